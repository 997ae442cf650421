"""Draw a certificate as a PDF: a function of its snapshot alone, with no database, no clock and no visitor's language."""

import json
import re
import threading
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

HERE = Path(__file__).parent
TEMPLATE = HERE / "typst" / "certificate.typ"
FONTS = HERE / "fonts"

# PDF/A keeps the file readable for decades, PDF/UA lets it be read aloud; level "a" of the first wants the tags of the second.
STANDARDS = ["a-3a", "ua-1"]

LINEN = "#faf7f1"  # the sheet that the code is printed on, as in typst/drawings.typ

LINE_BREAKS = re.compile(r"[ \t\n\v\f\r\x85\u2028\u2029]+")  # not the no-break space, which is written on purpose
ENDLESS_WORD = re.compile(r"[^\s/–—-]{36,}")
ENDLESS_TIE = re.compile(r"[^ /–—-]{36,}")
ZERO_WIDTH_SPACE, NO_BREAK_SPACE = "\u200b", "\u00a0"
INVISIBLE = {"Cc", "Cf", "Cs"}  # control characters, formatting (reversed writing among it), halves of a character

_thread = threading.local()


class UnprintableText(ValueError):
    """A text has a character that no font of the certificate can draw, an emoji for instance. `text` is that part."""

    def __init__(self, text: str) -> None:
        super().__init__(f"No font of the certificate can draw {text}. Write it with other letters.")
        self.text = text


def render_certificate(snapshot: dict[str, Any], *, verify_url: str, specimen: bool = False) -> bytes:
    """
    Return the certificate as a PDF of two A4 pages: the front; topics with their hours, outcomes and completion criteria.

    `snapshot` is what `services.snapshot_of` made: days are ISO dates, `academic_hours` a whole number, texts by
    language are dicts. The first of its `languages` speaks at full voice, the others below it; a language that
    `typst/words.typ` does not know is left out. `verify_url` is linked, drawn as QR code and printed up to its "?";
    an empty one leaves that part out. A `specimen` is marked as such and has no number, whatever the snapshot says.

    The same input gives the same bytes in every thread and process. Raises UnprintableText; KeyError or ValueError
    for a snapshot without a valid `issued_on`; typst.TypstError if something else is missing from it.
    """
    issued_at = datetime.combine(date.fromisoformat(snapshot["issued_on"]), time.min, tzinfo=UTC)
    certificate = loosened(printable(snapshot))
    data = {
        "certificate": breakable(certificate),
        "learner": certificate["learner"],  # whole words: the name is made as small as its longest part needs
        "specimen": specimen,
        "verify_url": verify_url,
        "qr": qr_code(verify_url) if verify_url else None,
    }
    try:
        return compiler().compile(
            format="pdf", sys_inputs={"data": json.dumps(data)}, pdf_standards=STANDARDS, timestamp=issued_at
        )
    except typst.TypstError as error:
        undrawn = re.search(r"the text `(.+)` could not be displayed", error.message)
        if undrawn:
            raise UnprintableText(undrawn[1]) from error
        raise


def printable(value: Any) -> Any:
    """Return the value with every text in it composed (NFC), on one line and without invisible characters."""
    return with_texts(value, _one_line)


def breakable(value: Any) -> Any:
    """Return the value with places to break in every word of it that is longer than any real one: else it leaves the page."""
    return with_texts(value, lambda text: ENDLESS_WORD.sub(lambda word: ZERO_WIDTH_SPACE.join(word[0]), text))


def loosened(value: Any) -> Any:
    """Return the value with plain spaces where no-break spaces tie more together than a line can hold."""
    return with_texts(value, lambda text: ENDLESS_TIE.sub(lambda tie: tie[0].replace(NO_BREAK_SPACE, " "), text))


def with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """Return the value with each text inside it changed."""
    match value:
        case str():
            return change(value)
        case dict():
            return {key: with_texts(item, change) for key, item in value.items()}
        case list():
            return [with_texts(item, change) for item in value]
    return value


def _one_line(text: str) -> str:
    line = LINE_BREAKS.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")
    return "".join(character for character in line if unicodedata.category(character) not in INVISIBLE)


def qr_code(address: str) -> dict[str, Any]:
    """Return a QR code of error level M: its `drawing` as SVG, and how much of its width the `quiet` border takes a side."""
    code, border = segno.make_qr(address, error="m", boost_error=False), 4
    width, _height = code.symbol_size(border=border)
    drawing = BytesIO()
    code.save(drawing, kind="svg", border=border, dark="#000", light=LINEN, xmldecl=False)
    return {"drawing": drawing.getvalue().decode(), "quiet": border / width}


@cache
def fonts() -> typst.Fonts:
    """Return our fonts and those inside the typst wheel, never the machine's: each server would draw differently."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])


def compiler() -> typst.Compiler:
    """Return this thread's compiler, made once: two threads must not share one."""
    if not hasattr(_thread, "compiler"):
        _thread.compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts())
    return _thread.compiler
