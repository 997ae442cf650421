"""Parts of files: what a header asks for, and what is sent."""

from io import BytesIO

import pytest
from django.test import RequestFactory

from lessons.ranges import NotSatisfiable, file_response, wanted_bytes

BYTES = bytes(range(256)) * 1000  # several pieces


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=0-", (0, 99)),
        ("bytes=90-", (90, 99)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-1000", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-1000", (0, 99)),
        ("Bytes = 5-6", (5, 6)),
        ("", None),
        ("bytes=-", None),
        ("bytes=9-5", None),
        ("bytes=0-1,5-6", None),
        ("bytes=a-b", None),
        ("bytes=1-2x", None),
        ("bytes=\u0661-\u0662", None),
        ("lines=0-5", None),
        ("bytes=" + "9" * 30 + "-", None),
    ],
)
def test_what_a_header_asks_for(header, found):
    assert wanted_bytes(header, 100) == found


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_what_lies_behind_the_end_can_not_be_had(header):
    with pytest.raises(NotSatisfiable):
        wanted_bytes(header, 100)


def test_of_an_empty_file_there_is_no_part():
    with pytest.raises(NotSatisfiable):
        wanted_bytes("bytes=0-", 0)


def answer(method="get", **headers):
    opened = BytesIO(BYTES)
    request = getattr(RequestFactory(), method)("/", headers={name.replace("_", "-"): value for name, value in headers.items()})  # fmt: skip
    response = file_response(
        request,
        lambda: opened,
        size=len(BYTES),
        digest="abc",
        content_type="video/mp4",
        name="Vaizdas ąč.mp4",
        as_attachment=False,
    )
    return response, opened


@pytest.mark.django_db  # closing an answer looks after the connections
def test_the_whole_file_comes_in_pieces_and_is_closed():
    response, opened = answer()

    pieces = list(response.streaming_content)
    response.close()

    assert (response.status_code, b"".join(pieces) == BYTES, len(pieces)) == (200, True, 4)
    assert opened.closed
    assert dict(response.headers) == {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": "inline; filename*=utf-8''Vaizdas%20%C4%85%C4%8D.mp4",
        "Content-Length": "256000",
        "Content-Type": "video/mp4",
        "ETag": '"abc"',
        "X-Content-Type-Options": "nosniff",
    }


def test_a_part_says_which_one_it_is():
    response, _opened = answer(Range="bytes=100000-200000")

    assert response.status_code == 206
    assert response.headers["Content-Range"] == "bytes 100000-200000/256000"
    assert response.headers["Content-Length"] == "100001"
    assert response.getvalue() == BYTES[100000:200001]


def test_a_part_behind_the_end_is_416_with_the_size():
    response, _opened = answer(Range="bytes=256000-")

    assert (response.status_code, response.headers["Content-Range"], response.content) == (416, "bytes */256000", b"")


def test_a_file_that_changed_since_its_first_part_comes_whole():
    assert answer(Range="bytes=5-9", If_Range='"old"')[0].status_code == 200
    assert answer(Range="bytes=5-9", If_Range='"abc"')[0].status_code == 206


def test_what_the_browser_has_is_not_sent_again():
    response, _opened = answer(If_None_Match='"abc"')

    assert (response.status_code, response.headers["ETag"], response.content) == (304, '"abc"', b"")
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert answer(If_None_Match='"old"')[0].status_code == 200


def test_head_tells_the_size_and_opens_nothing():
    response, opened = answer("head", Range="bytes=5-9")

    assert (response.status_code, response.headers["Content-Length"], response.content) == (200, "256000", b"")
    assert opened.tell() == 0
