"""In the editor's form: two people at one lesson, and what a word processor leaves in the clipboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.ui.test_pasted import WORD_LIST

from .browsing import log_in, said
from .world import ADMINISTRATOR, TRAINER, user_of

pytestmark = [pytest.mark.looks, pytest.mark.everything]

PASTE = """(field, html) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', html)
    clipboardData.setData('text/plain', field.ownerDocument.createRange().createContextualFragment(html).textContent)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
}"""


@pytest.fixture
def edit(open_page):
    """Call it for the lesson's form as this person has it open."""

    def edit(lesson, who, language):
        page = open_page(width=1280, language=language)
        page.set_default_timeout(20_000)
        log_in(page, who)
        page.goto(f"/admin/pages/{lesson.pk}/edit/")
        return page

    return edit


def save(page):
    page.locator("footer [type=submit]").locator("visible=true").first.click()


def saved_title(lesson):
    lesson.refresh_from_db()
    return lesson.get_latest_revision_as_object().title


@pytest.mark.parametrize("language", ["lt", "en"])
def test_who_saves_second_is_warned_before_anything_is_overwritten(short_course, edit, settings, language):
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 1000
    lesson = short_course.lessons[0]
    trainer, administrator = edit(lesson, TRAINER, language), edit(lesson, ADMINISTRATOR, language)

    trainer.locator("[name=title]").fill("Lektoriaus pavadinimas")
    with trainer.expect_navigation():
        save(trainer)
    administrator.locator(".w-editing-sessions__session--saved").first.wait_for()
    administrator.locator("[name=title]").fill("Administratorės pavadinimas")
    save(administrator)

    dialog = administrator.get_by_role("dialog").locator("visible=true")
    warning = said("Proceeding will overwrite the changes made by %(user_name)s.", language)
    expect(dialog).to_contain_text(warning % {"user_name": user_of(TRAINER).get_full_name()})
    assert saved_title(lesson) == "Lektoriaus pavadinimas"
    assert administrator.locator("[name=title]").input_value() == "Administratorės pavadinimas"


def test_what_a_word_processor_pastes_is_saved_as_clean_words(short_course, edit):
    lesson = short_course.lessons[0]
    page = edit(lesson, TRAINER, "lt")

    text = page.locator('[data-contentpath="body"] [contenteditable=true]').last
    text.click()
    page.keyboard.press("ControlOrMeta+End")
    text.evaluate(PASTE, WORD_LIST)
    expect(text).to_contain_text("Antras")
    expect(page.locator("[name=body-1-value]")).to_have_value(re.compile("Antras"))
    with page.expect_navigation():
        save(page)

    lesson.refresh_from_db()
    written = lesson.get_latest_revision_as_object().body[1].value.source
    plain = re.sub(r' data-block-key="\w+"', "", written)
    assert set(re.findall(r"<[^/][^>]*>", plain)) <= {"<p>", "<ul>", "<ol>", "<li>", "<b>", "<i>", "<br>", "<br/>"}
    assert re.sub(r"<[^>]+>", " ", plain).split()[-3:] == ["Pirmas", "punktas", "Antras"]
