"""How the values of fields and blocks are written in files, each in one way."""

import datetime
import re
from abc import ABC, abstractmethod

from lessons.blocks.tables import join_row, split_row

from . import markdown, richtext
from .runs import clean_text, link_address

LINK_SCHEMES = ("http:", "https:", "mailto:", "tel:", "page:")
_SIGNS = {"nbsp": "\xa0", "#10": "\n", "#58": ":", "#45": "-"}
_SIGN = re.compile(r"&((?:amp;)*)(nbsp|#10|#58|#45);")


class ValueRefused(ValueError):
    """A value that can't be read; `line` counts from 0 at the value's start."""

    def __init__(self, message, line=0):
        super().__init__(message)
        self.line = line


class Form(ABC):
    """One way to write a value. `library` knows what names and internal links stand for."""

    def canonical(self, text):
        """The one form of this text. Raises ValueRefused."""
        return self.write(self.read(text, None), None)

    @abstractmethod
    def read(self, text, library):
        """The value as a model field or a StreamField's JSON takes it. Raises ValueRefused."""

    @abstractmethod
    def write(self, value, library):
        """The value as text; "" where there is none."""


class Plain(Form):
    """Words without any marks. A line break is `&#10;`, a non-breaking space `&nbsp;`, so that a reviewer sees them."""

    empty = ""

    def read(self, text, library):
        return _plain(_SIGN.sub(lambda found: _sign(found[1], found[2]), text))

    def write(self, value, library):
        text = re.sub(r"&(?=(?:amp;)*(?:nbsp|#10|#58|#45);)", "&amp;", _plain(value or ""))
        text = text.replace("\xa0", "&nbsp;").replace("\n", "&#10;")
        if text.startswith("::"):
            return "&#58;" + text[1:]
        return "&#45;" + text[1:] if text.startswith("---") else text


def _sign(escapes, name):
    return f"&{escapes[4:]}{name};" if escapes else _SIGNS[name]


def _plain(text):
    lines = [clean_text(line).strip() for line in str(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(lines).strip()


class Whole(Form):
    empty = None

    def read(self, text, library):
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise ValueRefused(f"“{text}” is not a whole number")
        return int(text)

    def write(self, value, library):
        return "" if value is None else str(value)


class YesNo(Form):
    empty = False

    def read(self, text, library):
        if text not in ("yes", "no"):
            raise ValueRefused(f"“{text}” is neither yes nor no")
        return text == "yes"

    def write(self, value, library):
        return "yes" if value else "no"


class Day(Form):
    empty = None

    def read(self, text, library):
        try:
            return datetime.datetime.strptime(text, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007
        except ValueError:
            raise ValueRefused(f"“{text}” is not a day such as 2026-11-21") from None

    def write(self, value, library):
        return str(value or "")


class Rich(Form):
    """Markdown here, HTML on the page."""

    empty = ""

    def read(self, text, library):
        blocks = parse_rich(text)
        return richtext.to_html(richtext.map_links(blocks, library.to_page) if library else blocks)

    def write(self, value, library):
        blocks = richtext.from_html(getattr(value, "source", value))
        return markdown.serialise(richtext.map_links(blocks, library.to_file) if library else blocks)


class Table(Form):
    """Rows of plain cells with bars between: the first row holds the headers, `|---|---|` follows it."""

    empty = ()

    def read(self, text, library):
        lines = text.split("\n")
        stray = next((place for place, line in enumerate(lines) if not _is_row(line)), None)
        if stray is not None:
            raise ValueRefused("a row of a table begins and ends with |, one row a line, no empty line between", stray)
        rows = [[Plain().read(cell, library).replace("\n", " ") for cell in split_row(line)] for line in lines]
        if len(rows) < 2 or not all(re.fullmatch(":?-+:?", cell) for cell in rows[1]):
            raise ValueRefused(
                "the second line of a table is |---|---|, as many as there are columns", min(1, len(rows) - 1)
            )
        odd = next((place for place, row in enumerate(rows) if len(row) != len(rows[0])), None)
        if odd is not None:
            raise ValueRefused(f"cells in this row: {len(rows[odd])}, in the header row: {len(rows[0])}", odd)
        return [rows[0], *rows[2:]]

    def write(self, value, library):
        rows = [join_row([Plain().write(cell, library) for cell in row]) for row in value or ()]
        return "\n".join([*rows[:1], "|" + "---|" * len(value[0]), *rows[1:]]) if rows else ""


def _is_row(line):
    return bool(re.fullmatch(r"\|.*(?<!\\)(\\\\)*\|", line.rstrip()))


def parse_rich(text):
    """The blocks of this Markdown. Raises ValueRefused, also on a link to an address that no page may have."""
    try:
        found = markdown.parse_with_lines(text)
    except markdown.MarkdownError as error:
        raise ValueRefused(str(error), error.line) from None
    for block, line in found:
        for run in _all_runs(block):
            if run.link and not link_address(run.link).startswith(LINK_SCHEMES):
                address = link_address(run.link)
                raise ValueRefused(
                    f"a link to “{address}”; an address begins with https://, mailto:, tel: or page:", line
                )
    return [block for block, _line in found]


def _all_runs(block):
    if isinstance(block, richtext.Paragraph):
        return block.runs
    return [
        run for item in block.items for run in item.runs + [each for deep in item.lists for each in _all_runs(deep)]
    ]


class NamedFile(Form):
    """A file by its path below the content folder. Without a library it is none yet. Another language may name its own."""

    empty = None

    def canonical(self, text):
        return text.strip()


class Picture(NamedFile):
    """Shown in the page."""

    def read(self, text, library):
        return library.picture_pk(text) if library else None

    def write(self, value, library):
        return library.picture_name(value) if library and value is not None else ""


class Upload(NamedFile):
    """A document, a video, a sound recording or captions: a file of a lesson, of this kind."""

    def __init__(self, kind):
        self.kind = kind

    def read(self, text, library):
        return library.upload_pk(text) if library else None

    def write(self, value, library):
        return library.upload_name(value) if library and value is not None else ""
