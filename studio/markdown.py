"""
Markdown of a small kind to rich text and back: paragraphs, `**bold**`, `*italic*`, lists, links, line breaks.

Each text has one canonical form: what `to_markdown` writes is what it reads back.
"""

import re

from markdown_it import MarkdownIt

from . import richtext
from .richtext import Item, List, Paragraph
from .runs import Run, link_address, link_attributes, nest

_PARSER = MarkdownIt("zero", {"html": True}).enable(
    ["list", "emphasis", "link", "escape", "entity", "newline", "html_inline"]
)
# Addresses stay as they are written: the check of their scheme is ours, and it says so instead of making text of them.
_PARSER.validateLink = lambda url: True
_PARSER.normalizeLink = lambda url: url
_PARSER.normalizeLinkText = lambda url: url

_MARK_TOKENS = {"strong_open": "bold", "em_open": "italic"}
_FOREIGN = [
    (re.compile(r"#{1,6}(\s|$)"), "a heading inside of text; make it a block of its own"),
    (re.compile(r">"), "a quotation sign at the start of a line; write \\> or quotation marks"),
    (re.compile(r"\|"), "a table; text has none"),
    (re.compile(r"```|~~~"), "a code block; text has none"),
]
_IMAGE = re.compile(r"(?<!\\)!\[")


class MarkdownError(ValueError):
    """A text that is not of our small kind; `line` counts from 0 at the text's start."""

    def __init__(self, line, message):
        super().__init__(message)
        self.line = line


def to_html(markdown):
    """The HTML of this Markdown, as Wagtail keeps rich text. Raises MarkdownError."""
    return richtext.to_html(parse(markdown))


def to_markdown(html):
    """The canonical Markdown of this HTML."""
    return serialise(richtext.from_html(html))


# ---- from Markdown


def parse(markdown):
    """The blocks of this Markdown. Raises MarkdownError."""
    return [block for block, _line in parse_with_lines(markdown)]


def parse_with_lines(markdown):
    """The blocks of this Markdown, each with the line it begins on. Raises MarkdownError."""
    tokens = _PARSER.parse(markdown)
    found, place = [], 0
    while place < len(tokens):
        line = tokens[place].map[0] if tokens[place].map else 0
        block, place = _block(tokens, place)
        found.append((block, line))
    blocks = richtext.tidy_blocks([block for block, _line in found])
    lines = [line for block, line in found if richtext.tidy_blocks([block])]
    return list(zip(blocks, [*lines, *[0] * len(blocks)], strict=False))


def _block(tokens, place):
    token = tokens[place]
    if token.type == "paragraph_open":
        return Paragraph(_runs(tokens[place + 1])), place + 3
    items, inside = [], place + 1
    while tokens[inside].type == "list_item_open":
        item, inside = _list_item(tokens, inside + 1)
        items.append(item)
    if token.type == "ordered_list_open" and token.attrs.get("start", 1) != 1:
        raise MarkdownError(token.map[0], "a numbered list that does not start at 1")
    return List(token.type == "ordered_list_open", items), inside + 1


def _list_item(tokens, place):
    runs, lists = None, []
    while tokens[place].type != "list_item_close":
        line = tokens[place].map[0]
        block, place = _block(tokens, place)
        if isinstance(block, List):
            lists.append(block)
        elif runs is None and not lists:
            runs = block.runs
        else:
            raise MarkdownError(line, "a second paragraph inside of a list item; make it an item or text of its own")
    return Item(runs or [], lists), place + 1


def _runs(inline):
    line = inline.map[0]
    for number, each in enumerate(inline.content.split("\n")):
        for pattern, name in _FOREIGN:
            if pattern.match(each.strip()):
                raise MarkdownError(line + number, name)
        if _IMAGE.search(each):
            raise MarkdownError(line + number, "an image; text has none")
    runs, bold, italic, link = [], 0, 0, ()
    for token in inline.children:
        if token.type in ("strong_open", "em_open", "strong_close", "em_close"):
            if token.markup[0] == "_":
                raise MarkdownError(line, "underscores around words; write *italic* or **bold**, or \\_")
            bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
            italic += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        elif token.type == "html_inline":
            change = {"<b>": (1, 0), "</b>": (-1, 0), "<i>": (0, 1), "</i>": (0, -1)}.get(token.content)
            if change is None or bold + change[0] < 0 or italic + change[1] < 0:
                raise MarkdownError(line, f"raw HTML: {token.content}")
            bold, italic = bold + change[0], italic + change[1]
        elif token.type == "link_open":
            link = link_attributes(token.attrs.get("href", ""))
        elif token.type == "link_close":
            link = ()
        else:
            text = "\n" if token.type == "hardbreak" else " " if token.type == "softbreak" else token.content
            runs.append(Run(text, bold > 0, italic > 0, link))
        line += token.type in ("hardbreak", "softbreak")
    if bold or italic:
        raise MarkdownError(inline.map[0], "raw HTML: <b> or <i> without its end")
    return runs


# ---- to Markdown


def serialise(blocks):
    """The canonical Markdown of these blocks."""
    return "\n\n".join(_write(block) for block in blocks)


def _write(block):
    if isinstance(block, Paragraph):
        return _write_runs(block.runs)
    lines = []
    for number, item in enumerate(block.items, start=1):
        marker = f"{number}. " if block.ordered else "- "
        inside = "\n".join([_write_runs(item.runs), *(_write(each) for each in item.lists)])
        lines.append(marker + inside.replace("\n", "\n" + " " * len(marker)))
    return "\n".join(lines)


def _write_runs(runs):
    """Stars where CommonMark reads them back (it can't write bold that ends in a colon before a letter), else `<b>`, `<i>`."""
    tree = nest(runs)
    count = _count_marks(tree)
    starred = frozenset(range(count))
    written = _written(tree, starred)
    if not _means(written, runs):
        starred = frozenset()
        for number in range(count):
            if _means(_written(tree, starred | {number}), runs):
                starred |= {number}
        written = _written(tree, starred)
    return written


def _means(written, runs):
    try:
        blocks = parse(written)
    except MarkdownError:
        return False
    return blocks == [Paragraph(runs)]


def _count_marks(tree):
    return sum((node[0] != "link") + _count_marks(node[2]) for node in tree if not isinstance(node, str))


def _written(tree, starred):
    """This tree as Markdown; marks are numbered as they open."""
    numbers = iter(range(_count_marks(tree)))

    def write(nodes):
        parts = []
        for place, node in enumerate(nodes):
            if isinstance(node, str):
                follower = nodes[place + 1] if place + 1 < len(nodes) else ""
                parts.append(_escaped(node, before_link=not isinstance(follower, str) and follower[0] == "link"))
                continue
            mark, attributes, children = node
            if mark == "link":
                parts.append(f"[{write(children)}]({_address(attributes)})")
                continue
            star, tag = ("**", "b") if mark == "bold" else ("*", "i")
            opened, closed = (star, star) if next(numbers) in starred else (f"<{tag}>", f"</{tag}>")
            parts.append(f"{opened}{write(children)}{closed}")
        return "".join(parts)

    return "\n".join(_escaped_start(line) for line in write(tree).split("\n"))


def _escaped(text, before_link):
    if text == "\n":
        return "\\\n"
    text = re.sub(r"[\\*\[\]]", r"\\\g<0>", text)
    text = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", text)
    text = re.sub(r"<(?=[A-Za-z/!?])", r"\\<", text)
    text = re.sub(r"&(?=#?\w+;)", r"\\&", text)
    if before_link and text.endswith("!"):
        text = text[:-1] + "\\!"
    return text.replace("\xa0", "&nbsp;")


def _escaped_start(line):
    """The line with a sign escaped that would make something else of its start: a list, a heading, a fence."""
    line = re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", line)
    return re.sub(r"^(?=[-+](\s|$)|::|---|#{1,6}(\s|$)|>|\||```|~~~)", r"\\", line)


def _address(attributes):
    """A link's address: brackets and what looks like an entity escaped."""
    address = re.sub(r"[\\()]|!(?=\[)", r"\\\g<0>", link_address(attributes))
    return re.sub(r"&(?=#?\w+;)", r"\\&", address).replace("\xa0", "&nbsp;")
