"""
A translator finds what changed, translates it, may not publish, submits it for moderation; a trainer approves it. In both
languages of the editor, on a phone and on a desk, and without a word of English on a Lithuanian screen.
"""

import pytest
from playwright.sync_api import expect
from wagtail.models import Locale

from lessons.models import LessonPage
from studio.translations import source_of

from .browsing import is_wider_than_the_window, log_in, said
from .english import content_in_english, english_on
from .test_trainers_day import Looked, translate
from .world import TRAINER, TRANSLATOR

TITLE, IN_ENGLISH = "Kokybė ir jos vertintojai", "Quality and who judges it"
SENTENCE, SENTENCE_IN_ENGLISH = "Žmogus pasako pirmas.", "The person says it first."


@pytest.fixture
def lesson(courses):
    """A lesson that learners read in both languages, whose Lithuanian title and one paragraph have just been changed."""
    lesson = LessonPage.objects.filter(locale=Locale.get_default()).order_by("path").first()
    lesson.title = TITLE
    lesson.body.append(("text", f"<p>{SENTENCE}</p>"))
    lesson.save_revision().publish()
    return lesson


class LookedAtContent(Looked):
    """English content stands rightly on these screens: whatever somebody wrote in it is left out."""

    def __init__(self, page, language, lesson):
        super().__init__(page, language)
        self.content = [*content_in_english(), IN_ENGLISH, SENTENCE_IN_ENGLISH]

    def at(self, step):
        texts = english_on(self.page, except_for=self.content, words=False) if self.asked else []
        if texts:
            self.found[step] = texts


def english_of(lesson):
    return lesson.get_translation(Locale.objects.get(language_code="en"))


@pytest.mark.looks
@pytest.mark.everything
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_translator_submits_what_changed_and_a_trainer_approves_it(lesson, open_page, language, width):
    before = english_of(lesson).title
    page = open_page(width=width, language=language)
    page.set_default_timeout(15_000)
    looked = LookedAtContent(page, language, lesson)
    log_in(page, TRANSLATOR)

    find_it_on_the_desk(page, looked)
    assert page.locator("[value=publish]").count() == 0
    refuse_what_is_not_whole(page, looked)
    refuse_publishing(page, lesson)
    translate(page, {TITLE: IN_ENGLISH, SENTENCE: SENTENCE_IN_ENGLISH}, language, looked)
    submit(page, language, looked)
    assert (english_of(lesson).title, english_of(lesson).workflow_in_progress) == (before, True)

    trainer = open_page(width=width, language=language)
    trainer.set_default_timeout(15_000)
    looked_too = LookedAtContent(trainer, language, lesson)
    log_in(trainer, TRAINER)
    approve(trainer, lesson, language, looked_too)

    assert english_of(lesson).title == IN_ENGLISH
    trainer.goto(english_of(lesson).url)
    expect(trainer.get_by_text(SENTENCE_IN_ENGLISH)).to_be_visible()
    assert looked.found | looked_too.found == {}
    assert [each for each in page.complaints + trainer.complaints if "status of 404" not in each] == []


def find_it_on_the_desk(page, looked):
    page.goto("/admin/", wait_until="networkidle")
    looked.at("the desk")
    assert not is_wider_than_the_window(page)
    row = page.locator("#translations-section tbody tr")
    assert [each.strip() for each in row.locator(".title").all_inner_texts()] == [TITLE]
    row.get_by_role("link", name=TITLE).click()
    page.locator(".js-translation-editor li").first.wait_for()
    looked.at("the translation")


def refuse_what_is_not_whole(page, looked):
    """The button is there at once; what it says of the first sentence without words leads to it."""
    page.locator("[name=action][value=submit]").click()
    page.locator(".messages .error").wait_for()
    assert TITLE in page.locator(".messages .error").inner_text()
    looked.at("not submitted")


def refuse_publishing(page, lesson):
    """There is no button for it, and whoever sends it nevertheless is led home with a sentence."""
    page.locator(".js-translation-editor footer form").evaluate(
        """form => {
            const forged = document.createElement('input');
            Object.assign(forged, {type: 'hidden', name: 'action', value: 'publish'});
            form.append(forged);
            HTMLFormElement.prototype.submit.call(form);
        }"""
    )
    page.wait_for_url("**/admin/")
    assert page.locator(".messages .error").count() == 1
    assert TITLE not in LessonPage.objects.get(pk=english_of(lesson).pk).title
    page.goto(f"/admin/pages/{english_of(lesson).pk}/edit/")
    page.locator(".js-translation-editor li").first.wait_for()


def submit(page, language, looked):
    page.get_by_role("button", name=said("Submit for moderation", language), exact=True).click()
    page.locator(".messages .success").wait_for()
    page.get_by_text(said("In moderation.", language), exact=True).wait_for()
    looked.at("submitted")
    page.goto("/admin/", wait_until="networkidle")
    looked.at("the desk, submitted")
    assert page.locator("#translations-section").count() == 0


def approve(page, lesson, language, looked):
    """From what waits on the desk: look at it, approve it."""
    page.goto("/admin/", wait_until="networkidle")
    looked.at("the trainer's desk")
    waiting = page.locator("tr").filter(has_text=IN_ENGLISH)
    assert waiting.count() == 1
    waiting.locator("[data-w-dropdown-target=toggle]").click()
    page.locator(
        f'[data-workflow-action-url*="/{english_of(lesson).pk}/"][data-workflow-action-url*="/approve/"]'
    ).locator("visible=true").last.click()
    page.locator(".modal [type=submit]").locator("visible=true").first.wait_for()
    looked.at("approving")
    with page.expect_navigation():
        page.locator(".modal [type=submit]").locator("visible=true").first.click()
    looked.at("approved")


def test_the_source_of_the_translation_is_in_step(lesson):
    """What the journey rests on: publishing the Lithuanian page tells the translator's editor of it."""
    assert source_of(english_of(lesson)).as_instance().title == TITLE
