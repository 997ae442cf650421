"""A trainer's day in the editor, from an empty page to a lesson in two languages, without a word of English on the way."""

import re

import pytest
from wagtail.models import Locale

from courses.models import ModulePage
from lessons.models import LessonPage

from .browsing import log_in, said, said_by_scripts
from .english import english_on
from .world import TRAINER

TITLE, HEADING, TEXT = "Kaip pasitinkame žmogų", "Pirmas įspūdis", "Pirmiausia pasisveikinama."
IN_ENGLISH = {
    TITLE: "How we meet a person",
    HEADING: "First impression",
    TEXT: "A greeting comes first.",
}


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


@pytest.mark.everything
@pytest.mark.parametrize(("language", "width"), [("lt", 1280), ("en", 1280)])
def test_a_trainer_makes_a_lesson_publishes_and_translates_it(module, open_page, language, width):
    page = open_page(width=width, language=language)
    page.set_default_timeout(15_000)
    looked = Looked(page, language)
    log_in(page, TRAINER)
    begin_a_lesson(page, module, looked)
    write(page, language, looked)
    preview(page, looked)
    publish(page, looked)

    lesson = LessonPage.objects.get(title=TITLE)
    assert (lesson.live, [block.block_type for block in lesson.body]) == (True, ["heading", "text"])

    begin_translating(page, lesson, looked)
    translate(page, lesson, language, looked)
    publish_translation(page, looked)

    english = LessonPage.objects.get(translation_key=lesson.translation_key, locale__language_code="en")
    assert IN_ENGLISH[TEXT] in str(english.body)
    page.goto(english.url)
    assert page.get_by_role("heading", level=1).inner_text() == IN_ENGLISH[TITLE]
    assert looked.found == {}
    assert page.complaints == []


def begin_a_lesson(page, module, looked):
    page.goto("/admin/")
    looked.at("the desk")
    page.goto(f"/admin/pages/{module.pk}/")
    looked.at("the module's pages")
    page.locator(f'a[href^="/admin/pages/{module.pk}/add_subpage/"]').first.click()
    looked.at("choosing a type of page")
    page.locator('a[href*="/tiltas_lessons/lessonpage/"]').first.click()
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
    page.locator('[data-side-panel-toggle="preview"]').first.click()
    shown = page.frame_locator("#w-preview-iframe")
    shown.get_by_text(TEXT).wait_for()
    looked.at("the preview")
    page.locator('[data-side-panel-toggle="preview"]').first.click()


def publish(page, looked):
    page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle").first.click()
    looked.at("the ways to save")
    page.locator("[name=action-publish]").locator("visible=true").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    looked.at("after publishing")


def begin_translating(page, lesson, looked):
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    looked.at("the published lesson")
    page.goto(f"/admin/localize/submit/page/{lesson.pk}/")
    looked.at("asking for a translation")
    page.locator("[name=locales]").first.check()
    page.locator("[type=submit]").locator("visible=true").last.click()
    page.locator(".js-translation-editor li").first.wait_for()
    looked.at("the translation, empty")


def translate(page, lesson, language, looked):
    """Each sentence in its row: Translate, write, Save."""
    begin, save = said_by_scripts("Translate", language), said_by_scripts("Save", language)
    rows = page.locator(".js-translation-editor li")
    for source, words in [*IN_ENGLISH.items(), (lesson.slug, "how-we-meet-a-person")]:
        if source == lesson.slug:  # stands with what is for search engines
            page.locator("[role=tab]").nth(1).click()
        row = rows.and_(page.locator(".incomplete")).filter(has_text=source)
        row.get_by_role("button", name=begin, exact=True).click()
        looked.at("writing a translation")
        row.locator("textarea").fill(words)
        row.get_by_role("button", name=save, exact=True).click()
        rows.and_(page.locator(".complete")).filter(has_text=words).first.wait_for()
    looked.at("the translation, whole")


def publish_translation(page, looked):
    with page.expect_navigation():
        page.locator("[name=action][value=publish]").locator("visible=true").click()
    looked.at("after publishing the translation")
