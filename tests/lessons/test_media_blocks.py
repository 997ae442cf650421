"""Blocks that show files: what they draw, what they refuse, and that a lesson of them stays quick."""

from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.factories.files import block as with_files
from tests.factories.files import lesson_file
from tests.factories.pages import make_course, publish
from tests.lessons.test_blocks import cleaned, drawn, picture, png, refusals

pytestmark = pytest.mark.django_db
DOCUMENT = {"title": "Refleksijos lapas", "purpose": "Atsispausdinti ir pildyti su kolege."}
SPOKEN = {"title": "Rytas globos namuose", "transcript": "<p>Rasa pasibeldžia.</p>"}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


class Tags(HTMLParser):
    """The attributes of each tag in order: name → list."""

    def __init__(self, html):
        super().__init__()
        self.found = {}
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.setdefault(tag, []).append(dict(attributes))


@pytest.fixture
def video():
    return SPOKEN | {
        "file": lesson_file("rytas.mp4", language="lt").pk,
        "captions": lesson_file("rytas.vtt", language="lt").pk,
        "poster": None,
    }


def test_a_document_says_what_it_is_for_its_type_size_and_language():
    file = lesson_file("lapas.docx", language="lt")
    html = drawn("document", DOCUMENT | {"file": file.pk})

    assert Tags(html).found["a"] == [
        {"class": "button quiet", "href": file.url, "download": None, "hreflang": "lt"},
    ]
    assert 'Download<span class="visually-hidden">: Refleksijos lapas</span>' in html
    assert f"Word document, {file.size} bytes · Language: Lithuanian" in html
    assert "Atsispausdinti ir pildyti su kolege." in html


def test_a_document_in_the_readers_language_or_without_words_names_none():
    for language in ("en", ""):
        assert "Language:" not in drawn("document", DOCUMENT | {"file": lesson_file(language=language).pk})


def test_a_video_has_captions_plays_when_asked_and_has_a_transcript_beneath(video):
    tags = Tags(drawn("video", video)).found

    [player] = tags["video"]
    assert {"controls", "playsinline"} <= set(player)
    assert (player["preload"], player["aria-label"], "autoplay" in player) == ("none", "Rytas globos namuose", False)
    assert [(each["type"], each["src"].startswith("/en/lessons/files/")) for each in tags["source"]] == [
        ("video/mp4", True)
    ]
    [track] = tags["track"]
    assert (track["kind"], track["srclang"], track["label"], "default" in track) == (
        "captions",
        "lt",
        "Lietuviškai",
        True,
    )
    html = drawn("video", video)
    assert '<summary>Transcript of the video</summary><div class="prose"><p>Rasa pasibeldžia.</p>' in html
    assert "MP4 video" in html


def test_a_picture_stands_before_a_video_starts(video):
    html = drawn("video", video | {"poster": picture("kadras.png", png(1600, 900)).pk})

    assert Tags(html).found["video"][0]["poster"].endswith(".webp")


def test_sound_plays_when_asked_and_has_a_transcript_beneath():
    file = lesson_file("pokalbis.mp3", language="lt")
    html = drawn("audio", SPOKEN | {"file": file.pk})

    assert Tags(html).found["audio"] == [
        {"class": "no-print", "controls": None, "preload": "none", "aria-label": "Rytas globos namuose"}
    ]
    assert '<summary>Transcript of the recording</summary><div class="prose"><p>Rasa pasibeldžia.</p>' in html


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("document", ["title", "file", "purpose"]),
        ("video", ["title", "file", "captions", "transcript"]),
        ("audio", ["title", "file", "transcript"]),
    ],
)
def test_what_is_missing_is_told(name, missing):
    empty = {"title": "", "file": None, "purpose": "", "captions": None, "poster": None, "transcript": ""}

    assert refusals(name, empty) == [(field, "This field is required.") for field in missing]


def test_a_file_of_another_kind_is_refused_with_both_kinds(video):
    wrong = DOCUMENT | {"file": video["file"]}

    assert refusals("document", wrong) == [
        ("file", "“rytas” is: video. What is needed here is: document. Choose another file.")
    ]
    assert cleaned("video", video)["file"].pk == video["file"]


@pytest.mark.parametrize("kind", ["document", "video", "audio"])
def test_three_files_ask_as_many_queries_as_one(client, kind):
    lesson, asked = make_course(lessons=1, quiz=False).lessons[0], []
    names = {"document": "lapas.pdf", "video": "vaizdas.webm", "audio": "garsas.ogg"}
    for count in (1, 3):
        lesson.body = [with_files(kind, file=lesson_file(names[kind])) for _each in range(count)]
        publish(lesson)
        client.get(lesson.get_url())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(lesson.get_url()).content.decode().count("/lessons/files/") >= count
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 15
