"""A trainer's day in the editor, from an empty page to a lesson that goes out in two languages, without a word of English on the way."""

import re

import pytest
from playwright.sync_api import TimeoutError
from wagtail.models import Comment, Locale

from courses.models import ModulePage
from lessons.models import LessonPage

from .browsing import log_in, said, said_by_scripts
from .english import english_on
from .world import TRAINER

QUESTION = "Ar tikrai pirmiausia?"
TITLE, HEADING, TEXT = "Kaip pasitinkame žmogų", "Pirmas įspūdis", "Pirmiausia pasisveikinama."
IN_ENGLISH = {
    TITLE: "How we meet a person",
    HEADING: "First impression",
    TEXT: "A greeting comes first.",
}

# Wagtail's page checks write what they found into the browser's console, too.
CHECKS_SAY = "axe.run results"


@pytest.fixture
def module(courses):
    return ModulePage.objects.filter(locale=Locale.get_default()).order_by("path").first()


class Looked:
    """What is English on the screens that were looked at, by the step after which it stood there."""

    def __init__(self, page, language):
        self.page = page
        self.asked = language == "lt"
        self.found = {}

    def at(self, step):
        texts = english_on(self.page, except_for=IN_ENGLISH.values()) if self.asked else []
        if texts:
            self.found[step] = texts


@pytest.mark.looks
@pytest.mark.everything
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_trainer_makes_a_lesson_publishes_and_translates_it(module, open_page, language, width):
    page = open_page(width=width, language=language)
    page.set_default_timeout(15_000)
    looked = Looked(page, language)
    log_in(page, TRAINER)
    begin_a_lesson(page, module, looked)
    write(page, language, looked)
    preview(page, looked)
    check(page, looked)
    be_refused(page, looked)

    lesson = LessonPage.objects.get(title=TITLE)
    assert (lesson.live, [block.block_type for block in lesson.body]) == (False, ["heading", "text"])

    if width > 600:  # on a phone Wagtail's panel lies over the fields that it comments on
        comment(page, lesson, language, looked)
    begin_translating(page, lesson, looked)
    translate(page, IN_ENGLISH | {lesson.slug: "how-we-meet-a-person"}, language, looked)
    publish_translation(page, looked)

    lesson.refresh_from_db()
    assert lesson.live
    english = LessonPage.objects.get(translation_key=lesson.translation_key, locale__language_code="en")
    assert IN_ENGLISH[TEXT] in str(english.body)
    page.goto(english.url)
    assert page.get_by_role("heading", level=1).inner_text() == IN_ENGLISH[TITLE]
    assert looked.found == {}
    assert [each for each in page.complaints if not each.startswith(CHECKS_SAY)] == []


# Two seconds after a form has opened Wagtail looks at it for the first time: what was typed before is no change to it, and
# neither its preview nor its autosave follow until somebody types again.
WATCHES = "addEventListener('w-unsaved:watch-edits', () => { window.watchesEdits = true; }, true)"


def begin_a_lesson(page, module, looked):
    page.add_init_script(WATCHES)
    page.goto("/admin/")
    looked.at("the desk")
    page.goto(f"/admin/pages/{module.pk}/")
    looked.at("the module's pages")
    page.locator(f'a[href^="/admin/pages/{module.pk}/add_subpage/"]').first.click()
    looked.at("choosing a type of page")
    page.locator('a[href*="/tiltas_lessons/lessonpage/"]').first.click()
    page.wait_for_function("window.watchesEdits")
    looked.at("the empty lesson")


def write(page, language, looked):
    page.locator("[name=title]").fill(TITLE)
    add_block(page, said("Heading", language), looked)
    page.locator("[name=body-0-value]").fill(HEADING)
    add_block(page, said("Text", language), looked)
    page.locator('[data-contentpath="body"] [contenteditable=true]').last.click()
    page.keyboard.type(TEXT)
    looked.at("the written lesson")


def add_block(page, label, looked):
    page.locator('[data-contentpath="body"] .c-sf-add-button').locator("visible=true").last.click()
    looked.at("choosing a block")
    page.get_by_role("option", name=label, exact=True).click()


def preview(page, looked):
    """On a phone's width; then as it would read in English, where nothing has words yet."""
    toggle(page, "preview")
    assert page.locator("[name=preview-size]:checked").get_attribute("value") == "mobile"
    shown = page.frame_locator("#w-preview-iframe")
    shown.get_by_text(TEXT).wait_for()
    looked.at("the preview")
    page.locator("#id_preview_mode").select_option("en")
    shown.locator("html[lang=en] .untranslated").first.wait_for()
    assert shown.locator(".untranslated").all_inner_texts() == [TITLE, HEADING, TEXT]
    assert [each.get_attribute("lang") for each in shown.locator(".untranslated").all()] == ["lt"] * 3
    looked.at("the preview in English")
    toggle(page, "preview")


def check(page, looked):
    """Wagtail's checks run in the preview: this page lacks its description for search engines, and nothing else."""
    toggle(page, "checks")
    try:
        page.locator("[data-checks-panel] [data-content-checker-row]").first.wait_for()
    except (
        TimeoutError
    ):  # the preview was still being drawn when the panel opened: it looks again when it is opened again
        toggle(page, "checks")
        toggle(page, "checks")
        page.locator("[data-checks-panel] [data-content-checker-row]").first.wait_for(timeout=60_000)
    assert page.locator("[data-checks-panel] [data-content-checker-row]").count() == 1
    looked.at("the page checks")
    toggle(page, "checks")


def toggle(page, panel):
    """Open a panel at the side, or close it."""
    page.locator(f'[data-side-panel-toggle="{panel}"]').locator("visible=true").first.click()


def be_refused(page, looked):
    """Publishing says what is missing in English; the draft stays."""
    page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle").first.click()
    looked.at("the ways to save")
    with page.expect_navigation():
        page.locator("[name=action-publish]").locator("visible=true").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/$"))
    page.locator(".messages .error").filter(has_text=TITLE).wait_for()
    looked.at("after publishing without English")


def comment(page, lesson, language, looked):
    """Ask something beside a field, save, and tick it off."""
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    toggle(page, "comments")
    page.locator('[data-contentpath="title"] [data-comment-add]').first.click()
    page.locator(".comment textarea").locator("visible=true").fill(QUESTION)
    looked.at("writing a comment")
    page.locator(".comment").get_by_role("button", name=said_by_scripts("Comment", language), exact=True).click()
    save_draft(page)
    assert [(each.text, each.resolved_at) for each in Comment.objects.filter(page=lesson)] == [(QUESTION, None)]

    written = page.locator(".comment").filter(has_text=QUESTION)
    if not written.is_visible():  # Wagtail remembers which panel was open
        toggle(page, "comments")
    written.focus()
    written.locator("summary").click()
    looked.at("the comment")
    written.get_by_role("menuitem", name=said_by_scripts("Resolve", language), exact=True).click()
    save_draft(page)
    assert [each.resolved_at is None for each in Comment.objects.filter(page=lesson)] == [False]


def save_draft(page):
    with page.expect_navigation():
        page.locator("footer [type=submit]").locator("visible=true").first.click()


def begin_translating(page, lesson, looked):
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    looked.at("the lesson without English")
    page.locator('.messages a[href*="/admin/translating/"]').first.click()
    looked.at("what is not translated")
    page.locator("form:has([name=do][value=translate]) button").click()
    page.locator(".js-translation-editor li").first.wait_for()
    looked.at("the translation, empty")


def translate(page, words, language, looked):
    """Each sentence in its row: Translate, write, Save. An address has no space, and stands with what is for search engines."""
    begin, save = said_by_scripts("Translate", language), said_by_scripts("Save", language)
    rows = page.locator(".js-translation-editor li")
    for source, translation in words.items():
        if " " not in source:
            page.locator("[role=tab]").nth(1).click()
        row = rows.and_(page.locator(".incomplete")).filter(has_text=source)
        row.get_by_role("button", name=begin, exact=True).click()
        looked.at("writing a translation")
        row.locator("textarea").fill(translation)
        row.get_by_role("button", name=save, exact=True).click()
        rows.and_(page.locator(".complete")).filter(has_text=translation).first.wait_for()
    looked.at("the translation, whole")


def publish_translation(page, looked):
    with page.expect_navigation():
        page.locator("[name=action][value=publish]").locator("visible=true").click()
    looked.at("after publishing the translation")
