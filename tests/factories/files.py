"""Tiny files of each type that lessons take, made of bytes; and lessons' files of them."""

import zipfile
from io import BytesIO

from django.core.files.base import ContentFile

from lessons.models import LessonFile

VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\nLaba diena.\n"


def office(parts):
    """A ZIP of these parts: name → text."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return written.getvalue()


def ooxml(main, **more):
    """An Office Open XML file whose main part has this content type, such as "wordprocessingml.document.main"."""
    kind = f"application/vnd.openxmlformats-officedocument.{main}+xml"
    return office({"[Content_Types].xml": f'<Types><Override ContentType="{kind}"/></Types>', **more})


def odf(kind):
    return office({"mimetype": f"application/vnd.oasis.opendocument.{kind}"})


CONTENT = {
    "pdf": b"%PDF-1.7\n%%EOF\n",
    "docx": ooxml("wordprocessingml.document.main"),
    "xlsx": ooxml("spreadsheetml.sheet.main"),
    "pptx": ooxml("presentationml.presentation.main"),
    "odt": odf("text"),
    "ods": odf("spreadsheet"),
    "odp": odf("presentation"),
    "mp4": b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + b"\x00" * 64,
    "webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + b"\x00" * 64,
    "mp3": b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\x00" * 64,
    "m4a": b"\x00\x00\x00\x18ftypM4A \x00\x00\x02\x00M4A isom" + b"\x00" * 64,
    "ogg": b"OggS\x00\x02" + b"\x00" * 20 + b"\x01\x13OpusHead" + b"\x00" * 64,
    "vtt": VTT.encode(),
}
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


def lesson_file(name="lapas.pdf", content=None, **values):
    """A saved file of a lesson; its content is that of its ending unless it is given."""
    content = CONTENT[name.rpartition(".")[2]] if content is None else content
    return LessonFile.objects.create(file=ContentFile(content, name), **values)


def block(kind, **files):
    """The block of this kind as a lesson's body takes it, with these files."""
    words = {
        "document": {"title": "Lapas", "purpose": "Užpildyti kartu."},
        "video": {"title": "Vaizdas", "transcript": "<p>Laba diena.</p>"},
        "audio": {"title": "Garsas", "transcript": "<p>Laba diena.</p>"},
    }[kind]
    if kind == "video":
        files.setdefault("captions", lesson_file("titrai.vtt", language="lt"))
        files.setdefault("poster", None)
    return kind, words | files
