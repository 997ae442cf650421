"""
A part of a file, as players of video and sound ask for it: they read the end of a file first and jump within it.

Django answers no `Range` by itself, and WhiteNoise, which does, for static files alone; what is needed of RFC 9110 is this much.
"""

import re

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

_CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes\s*=\s*([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)


class NotSatisfiable(Exception):
    """The range begins behind the end of the file."""


def wanted_bytes(header, size):
    """
    (first, last) of the one range that this header asks for; None for the whole file: no header, several ranges, or what is
    no range, all of which a server may pass over. Raises NotSatisfiable.
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:  # the last so many bytes
        first, last = max(size - int(found[2]), 0), size - 1
    else:
        first, last = int(found[1]), min(int(found[2] or size), size - 1)
        if found[2] and int(found[2]) < first:
            return None
    if first >= size or first > last:
        raise NotSatisfiable
    return first, last


class _Part:
    """The bytes of an opened file from `first` to `last`, a piece at a time; it closes the file after them."""

    def __init__(self, opened, first, last):
        self.opened, self.left = opened, last - first + 1
        opened.seek(first)

    def __iter__(self):
        return self

    def __next__(self):
        piece = self.opened.read(min(_CHUNK, self.left))
        if not piece:
            raise StopIteration
        self.left -= len(piece)
        return piece

    def close(self):
        self.opened.close()


def file_response(request, open_file, *, size, digest, content_type, name, as_attachment):
    """
    The answer that hands out a file or the part of it that was asked for: 200, 206, 304 or 416.

    `open_file` opens it, and is called only where bytes are sent. Nobody but the reader's own browser may keep a copy, and it
    asks each time whether the reader still may.
    """
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": content_disposition_header(as_attachment, name),
        "Content-Type": content_type,
        "ETag": f'"{digest}"',
        "X-Content-Type-Options": "nosniff",
    }
    nothing_yet = HttpResponse(headers=headers)
    answer = get_conditional_response(request, etag=headers["ETag"], response=nothing_yet)
    if answer is not nothing_yet:
        return answer
    try:
        part = wanted_bytes(_range_header(request, headers["ETag"]), size)
    except NotSatisfiable:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    first, last = part or (0, size - 1)
    headers["Content-Length"] = str(last - first + 1)
    if part:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    status = 206 if part else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    return StreamingHttpResponse(_Part(open_file(), first, last), status=status, headers=headers)


def _range_header(request, etag):
    """The range asked for; none of a file that has changed since the first part of it was fetched (`If-Range`)."""
    if request.headers.get("If-Range", etag) != etag:
        return ""
    return request.headers.get("Range", "") if request.method == "GET" else ""
