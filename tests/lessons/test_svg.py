"""A drawing is shapes, text and colours; whatever else it holds, it is refused in words."""

import pytest
from django.utils import translation

from lessons.svg import svg_problem

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10"'
PLAIN = f"""<?xml version="1.0" encoding="UTF-8"?>
{OPEN} width="10" height="10" role="img" aria-labelledby="t"><title id="t">Tiltas</title>
<defs><linearGradient id="g"><stop offset="0" stop-color="#0B5563"/></linearGradient><g id="p"><path d="M0 0h1"/></g></defs>
<rect x="1" y="1" width="4" height="4" fill="url(#g)" style="stroke:url('#g');stroke-width:2"/>
<use href="#p"/><use xlink:href="#p" transform="rotate(4)"/><text x="1" y="2" font-size="3">Žodžiai</text></svg>"""


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def drawn(inside="", attributes=""):
    return f"{OPEN} {attributes}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    "content", [PLAIN.encode(), b"\xef\xbb\xbf" + PLAIN.encode(), drawn(), drawn("<g data-name='x'/>")]
)
def test_a_drawing_may_be_shown(content):
    assert svg_problem(content) is None


HOLDS, POINTS = "The drawing holds “", "The drawing points to another file"
TYPE, UTF8, INVALID = (
    "The drawing has a document type",
    "The drawing is not written in UTF-8",
    "The drawing is no valid SVG",
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (drawn("<script>alert(1)</script>"), f"{HOLDS}script”"),
        (drawn('<script href="https://evil.example/x.js"/>'), f"{HOLDS}script”"),
        (drawn('<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>'), f"{HOLDS}script”"),
        (drawn('<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>'), f"{HOLDS}script”"),
        (drawn("", "onload='alert(1)'"), f"{HOLDS}onload”"),
        (drawn("<rect OnClick='alert(1)'/>"), f"{HOLDS}OnClick”"),
        (
            drawn("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"),
            f"{HOLDS}foreignObject”",
        ),
        (drawn("<a href='https://evil.example'><rect/></a>"), f"{HOLDS}a”"),
        (drawn("<image href='https://evil.example/x.png'/>"), f"{HOLDS}image”"),
        (drawn("<style>@import url(https://evil.example/x.css);</style>"), f"{HOLDS}style”"),
        (drawn("<animate attributeName='href' to='javascript:alert(1)'/>"), f"{HOLDS}animate”"),
        (drawn("<set attributeName='onmouseover' to='alert(1)'/>"), f"{HOLDS}set”"),
        (drawn("<handler>alert(1)</handler>"), f"{HOLDS}handler”"),
        (drawn("<filter id='f'><feImage href='https://evil.example'/></filter>"), f"{HOLDS}filter”"),
        (drawn("<metadata/>"), f"{HOLDS}metadata”"),
        (drawn("<iframe xmlns='http://www.w3.org/1999/xhtml' src='https://evil.example'/>"), f"{HOLDS}iframe”"),
        (drawn("<use href='https://evil.example/x.svg#a'/>"), POINTS),
        (drawn("<use xlink:href='data:image/svg+xml,x#a'/>"), POINTS),
        (drawn("<use href=' javascript:alert(1)'/>"), POINTS),
        (drawn("<use href='java&#10;script:alert(1)'/>"), POINTS),
        (drawn("<g xml:base='https://evil.example/'/>"), POINTS),
        (drawn("<rect fill='url(https://evil.example/x.svg#a)'/>"), POINTS),
        (drawn("<rect style='fill:URL( \"//evil.example/x#a\")'/>"), POINTS),
        (drawn("<rect style='background:u\\72l(https://evil.example)'/>"), POINTS),
        (drawn("<rect style='width:expression(alert(1))'/>"), POINTS),
        (drawn("<rect unknown='1'/>"), f"{HOLDS}unknown”"),
        (b'<!DOCTYPE svg [<!ENTITY x "y">]>' + drawn("&x;"), TYPE),
        (b'<!doctype svg SYSTEM "file:///etc/passwd">' + drawn(), TYPE),
        (b'<?xml-stylesheet href="https://evil.example/x.css"?>' + drawn(), TYPE),
        (PLAIN.encode("utf-16"), UTF8),
        (b'<?xml version="1.0" encoding="UTF-7"?>' + drawn(), UTF8),
        (b"\xff\xfe\x00", UTF8),
        (b"<svg>", INVALID),
        (b"", INVALID),
        (b"<svg/>", INVALID),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>", INVALID),
        (b"\x89PNG", UTF8),
        (b"just words", INVALID),
    ],
)
def test_what_is_no_drawing_is_refused(content, said):
    problem = svg_problem(content)

    assert problem is not None
    assert problem.startswith(said), problem
