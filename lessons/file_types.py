"""
Which files may stand in lessons, told by their ending and by what they hold: a photograph that is named as a document is no
document. Everything else is refused with a sentence that says the way out.

Size is asked before a single byte is read. Of a large file the first bytes are read alone.
"""

import codecs
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .conf import most_document_megabytes, most_video_megabytes

DOCUMENT, VIDEO, AUDIO, CAPTIONS = "document", "video", "audio", "captions"
KIND_LABELS = {
    DOCUMENT: gettext_lazy("document"),
    VIDEO: gettext_lazy("video"),
    AUDIO: gettext_lazy("sound recording"),
    CAPTIONS: gettext_lazy("captions"),
}
MEGABYTE = 1024 * 1024
CAPTIONS_MB = 1
_HEAD = 4096


@dataclass(frozen=True)
class FileType:
    """One kind of file by its ending: what it is called, how it is sent, and whether an opened file is one."""

    kind: str
    label: str
    content_type: str
    is_one: Callable


# ---- what a file holds


def _begins(*starts):
    return lambda file: file.read(_HEAD).startswith(starts)


def _is_iso_media(*brands):
    def is_one(file):
        head = file.read(12)
        return head[4:8] == b"ftyp" and head[8:12] in brands

    return is_one


def _is_webm(file):
    head = file.read(_HEAD)
    return head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head


def _is_mp3(file):
    head = file.read(3)
    return head == b"ID3" or (len(head) == 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2)


def _is_ogg_sound(file):
    head = file.read(_HEAD)
    return head.startswith(b"OggS") and (b"OpusHead" in head or b"\x01vorbis" in head)


def _is_captions(file):
    try:
        text = codecs.decode(file.read(), "utf-8-sig")
    except UnicodeDecodeError:
        return False
    return re.match(r"WEBVTT(?=[ \t\r\n])", text) is not None and "-->" in text


def _is_office(part):
    """A ZIP that names this as its content: Office Open XML in a list of parts, OpenDocument in a file of its own."""

    def is_one(file):
        if file.read(4) != b"PK\x03\x04":
            return False
        return part in (_part(file, "[Content_Types].xml") or _part(file, "mimetype"))

    return is_one


def _part(file, name):
    """What this file in a ZIP says, at most a megabyte of it, whatever it would unpack to; "" where there is none."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open(name) as part:
            return part.read(MEGABYTE).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return ""


def _has_macros(file):
    """Programmes in an office file, under whatever ending."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    if any(re.search(r"vbaProject\.bin$|^Basic/|^Scripts/", name, re.IGNORECASE) for name in names):
        return True
    file.seek(0)
    return "macroEnabled" in _part(file, "[Content_Types].xml")


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_MP4 = (*(b"iso%d" % number for number in range(2, 10)), b"isom", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash")

TYPES = {
    "pdf": FileType(DOCUMENT, gettext_lazy("PDF document"), "application/pdf", _begins(b"%PDF-")),
    "docx": FileType(
        DOCUMENT,
        gettext_lazy("Word document"),
        f"{_OOXML}.wordprocessingml.document",
        _is_office("wordprocessingml.document.main"),
    ),
    "xlsx": FileType(
        DOCUMENT,
        gettext_lazy("Excel workbook"),
        f"{_OOXML}.spreadsheetml.sheet",
        _is_office("spreadsheetml.sheet.main"),
    ),
    "pptx": FileType(
        DOCUMENT,
        gettext_lazy("PowerPoint slides"),
        f"{_OOXML}.presentationml.presentation",
        _is_office("presentationml.presentation.main"),
    ),
    "odt": FileType(DOCUMENT, gettext_lazy("OpenDocument text"), f"{_ODF}.text", _is_office(f"{_ODF}.text")),
    "ods": FileType(
        DOCUMENT, gettext_lazy("OpenDocument spreadsheet"), f"{_ODF}.spreadsheet", _is_office(f"{_ODF}.spreadsheet")
    ),
    "odp": FileType(
        DOCUMENT, gettext_lazy("OpenDocument slides"), f"{_ODF}.presentation", _is_office(f"{_ODF}.presentation")
    ),
    "mp4": FileType(VIDEO, gettext_lazy("MP4 video"), "video/mp4", _is_iso_media(*_MP4)),
    "webm": FileType(VIDEO, gettext_lazy("WebM video"), "video/webm", _is_webm),
    "mp3": FileType(AUDIO, gettext_lazy("MP3 sound"), "audio/mpeg", _is_mp3),
    "m4a": FileType(AUDIO, gettext_lazy("M4A sound"), "audio/mp4", _is_iso_media(b"M4A ", *_MP4)),
    "ogg": FileType(AUDIO, gettext_lazy("Ogg sound"), "audio/ogg", _is_ogg_sound),
    "vtt": FileType(CAPTIONS, gettext_lazy("WebVTT captions"), "text/vtt; charset=utf-8", _is_captions),
}


def ending(name):
    """The ending of a file's name in small letters, without the dot."""
    return PurePath(name).suffix.lower().removeprefix(".")


def type_of(name):
    """The FileType that this name promises; None where lessons take no such files."""
    return TYPES.get(ending(name))


def endings_of(kind):
    """The endings that a kind may have, as people read them: "PDF, DOCX"."""
    return ", ".join(end.upper() for end, type_ in TYPES.items() if type_.kind == kind)


def most_megabytes(kind):
    """How large a file of this kind may be."""
    if kind == CAPTIONS:
        return CAPTIONS_MB
    return most_document_megabytes() if kind == DOCUMENT else most_video_megabytes()


# ---- what is refused


def file_problem(file, kind=None):
    """
    Why this file (with `name`, `size` and the methods of an opened one) may not stand in a lesson, as a sentence with the way
    out; None where it may. `kind` is the one that is wanted, if only one is. The file is left at its beginning.
    """
    type_ = type_of(file.name)
    if type_ is None or kind not in (None, type_.kind):
        return _ending_problem(file.name, kind)
    return _size_problem(file, type_) or _content_problem(file, type_)


def _ending_problem(name, kind):
    if re.fullmatch(r"(doc|xls|ppt|dot|xlt|pot)[mx]?", ending(name)) and ending(name) not in TYPES:
        return _(
            "“%(name)s” is a file of an old Word, Excel or PowerPoint, or one with macros. Save it as DOCX, XLSX or PPTX without macros, or as PDF."
        ) % {"name": name}
    if kind:
        return _("“%(name)s” can't stand here. What is needed is: %(kind)s (%(endings)s).") % {
            "name": name,
            "kind": KIND_LABELS[kind],
            "endings": endings_of(kind),
        }
    return _(
        "“%(name)s” can't be used in a lesson. Documents are %(documents)s, videos %(videos)s, sound %(sounds)s, captions %(captions)s. Pictures have a block of their own."
    ) % {
        "name": name,
        "documents": endings_of(DOCUMENT),
        "videos": endings_of(VIDEO),
        "sounds": endings_of(AUDIO),
        "captions": endings_of(CAPTIONS),
    }


def _size_problem(file, type_):
    most = most_megabytes(type_.kind)
    if not file.size:
        return _("“%(name)s” is empty. Choose the file once more.") % {"name": file.name}
    if file.size <= most * MEGABYTE:
        return None
    values = {"name": file.name, "size": -(-file.size // MEGABYTE), "most": most}
    if type_.kind in (VIDEO, AUDIO):
        return (
            _(
                "“%(name)s” has %(size)d MB, and at most %(most)d MB can be taken. Compress it (720p is enough for a lesson), or split it into parts of a few minutes."
            )
            % values
        )
    return (
        _("“%(name)s” has %(size)d MB, and at most %(most)d MB can be taken. Make its pictures smaller, or split it.")
        % values
    )


def _content_problem(file, type_):
    file.seek(0)
    try:
        if type_.kind == DOCUMENT and _has_macros(file):
            return _(
                "“%(name)s” holds macros, which can do harm on the computers of those who open it. Save it without macros, or as PDF."
            ) % {"name": file.name}
        file.seek(0)
        if type_.is_one(file):
            return None
    finally:
        file.seek(0)
    if type_.kind == CAPTIONS:
        return _(
            "“%(name)s” is no WebVTT file: it begins with a line WEBVTT, is written in UTF-8, and has times such as 00:01.000 --> 00:04.000. Export the captions as WebVTT."
        ) % {"name": file.name}
    return _(
        "“%(name)s” is named as: %(type)s, but what it holds is something else. Open it in the programme that made it and save it anew."
    ) % {"name": file.name, "type": type_.label}
