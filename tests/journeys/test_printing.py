"""A lesson on paper: nothing to press, nothing folded away, and where each link leads can be read."""

import pytest
from wagtail.models import Locale

from tests.factories.pages import make_course

from .all_blocks import ACT, show_all_blocks
from .conftest import ensure_locales_and_root

pytestmark = pytest.mark.looks

ADDRESS = "link => getComputedStyle(link, '::after').content"
# What only a screen has a use for: the player's own buttons are in it.
ON_SCREENS = "nav, button, .button, details.menu, .lang, .next, audio, video, .skip, .bridge"


@pytest.fixture
def lesson(transactional_db):
    ensure_locales_and_root()
    return show_all_blocks(make_course(lessons=1, quiz=False).lessons[0])


@pytest.mark.parametrize("language", ["lt", pytest.param("en", marks=pytest.mark.everything)])
def test_a_printed_lesson_shows_all_that_can_be_read_and_nothing_to_press(lesson, open_page, language):
    page = open_page(width=1280, language=language)
    page.goto(lesson.get_translation(Locale.objects.get(language_code=language)).url)
    folded = page.locator("article details.more > :not(summary)")
    assert not any(each.is_visible() for each in folded.all())

    page.emulate_media(media="print")

    pressed = page.locator(ON_SCREENS).locator("visible=true").all()
    links = page.locator('article a[href^="http"]').all()
    assert [each.evaluate("each => each.outerHTML.slice(0, 90)") for each in pressed] == []
    assert [each.is_visible() for each in folded.all()] == [True] * 6  # two transcripts, two parts, two answers
    assert {link.evaluate(ADDRESS) for link in links if link.is_visible()} == {f'" ({ACT})"'}
    assert len(links) == 9
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgba(0, 0, 0, 0)",
        "rgb(255, 255, 255)",
    )
