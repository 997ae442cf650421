"""A video in a lesson: played by keyboard, with captions, from this site alone; on paper its transcript stands instead."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone

from courses.services import enrol
from tests.factories import LearnerFactory
from tests.factories.files import VTT, block, lesson_file
from tests.factories.pages import make_course, publish
from tests.journeys.browsing import is_wider_than_the_window
from tests.journeys.conftest import ensure_locales_and_root
from tests.journeys.test_screens import violations

pytestmark = pytest.mark.looks

# Three seconds of a moving disc, recorded from a canvas: three kilobytes.
WEBM = (Path(__file__).parent / "media" / "bridge.webm").read_bytes()

# What the captions say as soon as the video moves; the page's policy lets no test evaluate a string of its own there.
CAPTION_SHOWN = """video => new Promise(resolve => {
    const [track] = video.textTracks
    const look = () => {
        if (video.currentTime > 0.3 && track.activeCues?.length) resolve([track.mode, track.language, track.activeCues[0].text])
    }
    video.addEventListener("timeupdate", look)
    track.addEventListener("cuechange", look)
})"""


@pytest.fixture
def lesson(transactional_db):
    """The second lesson of a course, so for enrolled readers alone, with a document and a video."""
    ensure_locales_and_root()
    lesson = make_course(lessons=2, quiz=False).lessons[1]
    captions = lesson_file("titrai.vtt", VTT.replace("00:01.000", "00:00.000").encode(), language="lt")
    lesson.body = [
        block("document", file=lesson_file(language="lt")),
        block("video", file=lesson_file("tiltas.webm", WEBM, language="lt"), captions=captions),
    ]
    return publish(lesson)


@pytest.fixture
def reader(lesson, open_page, live_server):
    learner = LearnerFactory()
    course = lesson.record.module.course
    enrol(learner_id=learner.pk, course_id=course.pk, at=timezone.now())
    client = Client()
    client.force_login(learner.user)
    page = open_page(width=390)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.answers = []
    page.on("response", lambda response: "/files/" in response.url and page.answers.append(response))
    page.goto(lesson.get_url())
    return page


def test_a_video_is_played_by_keyboard_with_its_captions(reader):
    video = reader.locator("video")
    assert video.evaluate("video => [video.paused, video.autoplay, video.preload]") == [True, False, "none"]
    assert [answer.url for answer in reader.answers if answer.url.endswith(".webm")] == []

    video.focus()
    reader.keyboard.press("Space")

    assert video.evaluate(CAPTION_SHOWN) == ["showing", "lt", "Laba diena."]
    assert {answer.status for answer in reader.answers if answer.url.endswith(".webm")} == {206}
    assert reader.complaints == []


def test_on_paper_the_transcript_stands_and_the_player_does_not(reader):
    words = reader.locator(".played .more .prose")
    assert not words.is_visible()

    reader.emulate_media(media="print")

    assert (words.is_visible(), reader.locator("video").is_visible()) == (True, False)
    assert [link.is_visible() for link in reader.locator(".played .offer").all()] == [False]


def test_a_document_is_saved_under_its_name(reader):
    with reader.expect_download() as download:
        reader.locator(".block.document a").click()

    assert download.value.suggested_filename == "lapas.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lesson_of_files_has_no_barrier(reader, scheme):
    reader.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    reader.locator(".played summary").click()

    assert [(each["id"], each["nodes"][0]["html"]) for each in violations(Axe(), reader)] == []
    reader.set_viewport_size({"width": 320, "height": 640})
    assert not is_wider_than_the_window(reader)
