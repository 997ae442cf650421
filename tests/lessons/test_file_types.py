"""Which files lessons take: by ending and by content, and what is said about the others."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import translation

from lessons.file_types import KIND_LABELS, MEGABYTE, TYPES, file_problem
from tests.factories.files import CONTENT, PNG, VTT, office, ooxml


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def problem(name, content, kind=None):
    return file_problem(ContentFile(content, name), kind)


@pytest.mark.parametrize("end", TYPES)
def test_a_file_that_is_what_it_says_is_taken(end):
    assert (problem(f"Lapas.{end}", CONTENT[end]), problem(f"LAPAS.{end.upper()}", CONTENT[end])) == (None, None)


@pytest.mark.parametrize("end", TYPES)
def test_a_photograph_under_another_ending_is_refused(end):
    said = problem(f"foto.{end}", PNG)

    assert said.endswith(("save it anew.", "Export the captions as WebVTT."))


@pytest.mark.parametrize(
    ("end", "other"), [(end, other) for end in TYPES for other in CONTENT if (end, other) not in {("m4a", "mp4")} and end != other]
)  # fmt: skip
def test_no_type_passes_for_another(end, other):
    assert problem(f"failas.{end}", CONTENT[other]) is not None


@pytest.mark.parametrize("name", ["foto.jpg", "puslapis.html", "piešinys.svg", "programa.exe", "be-galūnės", ".pdf", "a.zip"])  # fmt: skip
def test_other_files_are_refused_with_those_that_can_be_used(name):
    assert problem(name, CONTENT["pdf"]) == (
        f"“{name}” can't be used in a lesson. Documents are PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, videos MP4, WEBM, sound MP3, "
        "M4A, OGG, captions VTT. Pictures have a block of their own."
    )


def test_html_named_as_a_document_is_refused():
    for content in (b"<html><script>alert(1)</script>", b"\xef\xbb\xbf<svg/>", b"x%PDF-1.7"):
        assert "what it holds is something else" in problem("lapas.pdf", content)


@pytest.mark.parametrize("name", ["anketa.doc", "anketa.docm", "lentelė.xls", "lentelė.xlsm", "skaidrės.pptm", "forma.dotm"])  # fmt: skip
def test_old_formats_and_macros_are_refused_by_their_ending(name):
    assert problem(name, CONTENT["docx"]) == (
        f"“{name}” is a file of an old Word, Excel or PowerPoint, or one with macros. Save it as DOCX, XLSX or PPTX without "
        "macros, or as PDF."
    )


@pytest.mark.parametrize(
    "content",
    [
        ooxml("wordprocessingml.document.main", **{"word/vbaProject.bin": "x"}),
        ooxml("wordprocessingml.document.main", **{"word/VBAPROJECT.BIN": "x"}),
        office({"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}),
    ],
)
def test_macros_under_an_innocent_name_are_refused(content):
    assert "holds macros" in problem("anketa.docx", content)


def test_macros_of_opendocument_are_refused():
    content = office({"mimetype": "application/vnd.oasis.opendocument.text", "Basic/Standard/Module1.xml": "x"})

    assert "holds macros" in problem("anketa.odt", content)


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 broken", CONTENT["docx"][:-30], office({"a.txt": "x"}), office({"[Content_Types].xml": ""})],
)
def test_a_broken_or_other_zip_is_no_document(content):
    assert "what it holds is something else" in problem("anketa.docx", content)


def test_a_list_of_parts_that_unpacks_to_much_is_read_in_part_alone():
    bomb = office({"[Content_Types].xml": " " * (20 * MEGABYTE) + "wordprocessingml.document.main"})

    assert len(bomb) < MEGABYTE
    assert "what it holds is something else" in problem("anketa.docx", bomb)


class TestCaptions:
    @pytest.mark.parametrize(
        "text", [VTT, "\ufeff" + VTT, VTT.replace("WEBVTT", "WEBVTT - titrai"), VTT.replace("\n", "\r\n")]
    )
    def test_these_are_captions(self, text):
        assert problem("titrai.vtt", text.encode()) is None

    @pytest.mark.parametrize(
        "content",
        [b"WEBVTT\n", VTT.replace("WEBVTT", "WEBVTTX").encode(), b"1\n00:01 --> 00:02\n", VTT.encode("utf-16"), VTT.encode()[:-3] + b"\xff"],
    )  # fmt: skip
    def test_these_are_not_and_the_sentence_says_what_is_missing(self, content):
        assert problem("titrai.vtt", content) == (
            "“titrai.vtt” is no WebVTT file: it begins with a line WEBVTT, is written in UTF-8, and has times such as "
            "00:01.000 --> 00:04.000. Export the captions as WebVTT."
        )


class Unread(BytesIO):
    """A file that is large and must not be read."""

    def __init__(self, name, size):
        super().__init__()
        self.name, self.size = name, size

    def read(self, *args):
        raise AssertionError("read before its size was asked")


class TestSize:
    def test_a_video_of_200_megabytes_is_refused_unread_with_the_limit_and_the_way_out(self, settings):
        settings.TILTAS_VIDEO_MB = 150

        assert file_problem(Unread("paskaita.mp4", 200 * MEGABYTE)) == (
            "“paskaita.mp4” has 200 MB, and at most 150 MB can be taken. Compress it (720p is enough for a lesson), or split it "
            "into parts of a few minutes."
        )

    def test_so_is_a_document(self, settings):
        settings.TILTAS_DOCUMENT_MB = 20

        assert file_problem(Unread("vadovas.pdf", 20 * MEGABYTE + 1)) == (
            "“vadovas.pdf” has 21 MB, and at most 20 MB can be taken. Make its pictures smaller, or split it."
        )

    def test_captions_have_a_megabyte(self):
        assert "at most 1 MB" in file_problem(Unread("titrai.vtt", MEGABYTE + 1))

    def test_a_site_says_its_own_limits_and_one_that_says_none_has_ours(self, settings):
        settings.TILTAS_VIDEO_MB = 1
        del settings.TILTAS_DOCUMENT_MB

        assert "at most 1 MB" in file_problem(Unread("garsas.mp3", 2 * MEGABYTE))
        assert "at most 20 MB" in file_problem(Unread("vadovas.pdf", 21 * MEGABYTE))

    def test_an_empty_file_is_refused(self):
        assert problem("lapas.pdf", b"") == "“lapas.pdf” is empty. Choose the file once more."


@pytest.mark.parametrize(
    ("kind", "name", "endings"),
    [
        ("document", "vaizdas.mp4", "document (PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP)"),
        ("video", "lapas.pdf", "video (MP4, WEBM)"),
        ("audio", "foto.jpg", "sound recording (MP3, M4A, OGG)"),
        ("captions", "lapas.pdf", "captions (VTT)"),
    ],
)
def test_where_one_kind_is_needed_another_is_refused(kind, name, endings):
    content = CONTENT.get(name.rpartition(".")[2], PNG)

    assert problem(name, content, kind) == f"“{name}” can't stand here. What is needed is: {endings}."
    assert set(KIND_LABELS) == {type_.kind for type_ in TYPES.values()}


def test_the_file_is_left_at_its_beginning():
    file = ContentFile(CONTENT["docx"], "anketa.docx")
    file_problem(file)

    assert file.tell() == 0
