"""A keyboard alone: a learner's way to the test and to the certificate, a coordinator's and a trainer's work; each stop of ours in sight and marked."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from wagtail.models import Locale

from certificates.models import Certificate
from courses.models import Course
from progress.models import Completion
from quizzes.models import Attempt, QuestionVersion
from tiltas.demo import PASSWORD

from .browsing import said
from .coordinating import make_waiting
from .world import COORDINATOR, LEARNER, TRAINER

MOST_STOPS = 120
# Is the element that has the focus within the window, and does it look different from one that has not?
SEEN = """() => {
    const stop = document.activeElement, box = stop.getBoundingClientRect(), style = getComputedStyle(stop);
    const shown = stop.closest('label') || stop;
    const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        || getComputedStyle(shown).outlineStyle !== 'none' || style.boxShadow !== 'none';
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return (inside && marked) ? '' : stop.outerHTML.slice(0, 160) + (inside ? '' : ' is out of sight') + (marked ? '' : ' is not marked');
}"""


class Keyboard:
    """Someone who has only Tab, Space, Enter and the arrows that radio buttons are moved by."""

    def __init__(self, page):
        self.page = page
        self.unseen = set()

    def press(self, key):
        self.page.keyboard.press(key)

    def reach(self, target):
        """Tab on until the target has the focus."""
        for _stop in range(MOST_STOPS):
            self.press("Tab")
            seen = self.page.evaluate(SEEN)
            if seen:
                self.unseen.add(seen)
            if target.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"{target} is not reached with {MOST_STOPS} tabs")

    def follow(self, target):
        """Reach it, press Enter, and wait for the next screen."""
        target = target.first
        self.reach(target)
        with self.page.expect_navigation():
            self.press("Enter")

    def unfold(self, summary):
        """Open what is folded away."""
        self.reach(summary.first)
        self.press("Enter")

    def choose(self, version):
        """Mark the right options: Space for boxes, arrows for buttons of which one counts."""
        right = version.answer_key["right"]
        options = self.page.locator("[name=answer]")
        if options.first.get_attribute("type") == "checkbox":
            for option in options.all():
                if option.get_attribute("value") in right:
                    self.reach(option)
                    self.press("Space")
            return
        self.reach(options.first)
        self.press("Space")
        for _option in range(options.count()):
            if self.page.evaluate("document.activeElement.value") in right:
                return
            self.press("ArrowDown")


@pytest.mark.looks
@pytest.mark.everything
@pytest.mark.parametrize(("language", "width"), [("lt", 390), ("en", 1280)])
def test_a_learner_walks_from_the_login_to_the_result_by_keyboard_alone(courses, open_page, language, width):
    page = open_page(width=width, language=language)
    hands = Keyboard(page)

    def follow(role, words):
        hands.follow(page.get_by_role(role, name=said(words, language), exact=True))

    log_in(hands, language)
    follow("link", Course.objects.get(code="K1").titles[language])
    follow("button", "Enrol in the course")
    follow("link", "Start")
    lessons = 0
    while page.get_by_role("button", name=said("Read, next", language), exact=True).count():
        follow("button", "Read, next")
        lessons += 1
    follow("button", "Start the test")
    versions = Attempt.objects.get().version_ids
    for place, pk in enumerate(versions, start=1):
        hands.choose(QuestionVersion.objects.get(pk=pk))
        follow("button", "Save and review" if place == len(versions) else "Save and continue")
    follow("button", "Hand in the answers")

    expect(page.get_by_role("heading", name=said("Passed", language), exact=True)).to_be_visible()
    done = Completion.objects.filter(enrolment__learner__user__email=LEARNER)
    assert sorted(done.values_list("activity__kind", flat=True)) == [*["lesson"] * lessons, "quiz"]
    assert hands.unseen == set()
    assert page.complaints == []


@pytest.mark.looks
@pytest.mark.everything
@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_learner_finds_the_menu_and_the_contents_and_the_certificate_by_keyboard(short_course, open_page, language):
    page = open_page(width=390, language=language)
    hands = Keyboard(page)

    def follow(role, words):
        hands.follow(page.get_by_role(role, name=said(words, language), exact=True))

    log_in(hands, language)
    hands.unfold(page.locator("details.menu summary"))
    hands.follow(page.locator("details.menu nav a").nth(0))
    hands.follow(page.locator(f'main a[href="{short_course.page.get_translation(locale_of(language)).url}"]'))
    follow("button", "Enrol in the course")
    follow("link", "Start")
    first = urlsplit(page.url).path
    follow("button", "Read, next")
    for leads_to in (first, urlsplit(page.url).path):  # back to the first, and to the second again
        hands.unfold(page.locator("details.contents summary"))
        hands.follow(page.locator("details.contents li a").and_(page.locator(f'[href="{leads_to}"]')))
        assert urlsplit(page.url).path == leads_to
    follow("button", "Read, next")
    follow("link", "To the certificate")

    certificate = Certificate.objects.get(enrolment__learner__user__email=LEARNER)
    expect(page.get_by_text(certificate.full_number).first).to_be_visible()
    assert hands.unseen == set()
    assert page.complaints == []


@pytest.mark.looks
@pytest.mark.everything
@pytest.mark.parametrize(("language", "width"), [("lt", 390), ("en", 1280)])
def test_a_coordinator_confirms_somebody_by_keyboard(short_course, open_page, language, width):
    waiting, _stranger = make_waiting()
    page = open_page(width=width, language=language)
    hands = Keyboard(page)
    log_in(hands, language, COORDINATOR)

    if width < 600:
        hands.unfold(page.locator("details.menu summary"))
    room = page.get_by_role("link", name=said("My institution", language), exact=True)
    hands.follow(room.locator("visible=true"))
    hands.follow(page.locator(".tabs").get_by_role("link", name=said("People", language), exact=True))
    hands.follow(page.locator(f'form[action$="/{waiting.uuid}/confirm/"] button'))

    waiting.refresh_from_db()
    assert waiting.confirmation == "coordinator"
    assert hands.unseen == set()
    assert page.complaints == []


@pytest.mark.looks
@pytest.mark.everything
@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_trainer_changes_a_sentence_and_saves_a_draft_by_keyboard(short_course, open_page, language):
    """In Wagtail's editor, whose own marks of the focus are not ours to judge."""
    lesson = short_course.lessons[0]
    page = open_page(width=1280, language=language)
    page.set_default_timeout(15_000)
    hands = Keyboard(page)
    log_in(hands, language, TRAINER)
    page.goto(f"/admin/pages/{lesson.get_parent().pk}/")

    hands.follow(page.locator(f'main .title-wrapper a[href$="/{lesson.pk}/edit/"]'))
    hands.reach(page.locator('[data-contentpath="body"] [contenteditable=true]').last)
    hands.press("Control+End")
    page.keyboard.type(" Ir dar vienas sakinys.")
    # The editor hands over what is typed a quarter of a second later.
    expect(page.locator("[name=body-1-value]")).to_have_value(re.compile("sakinys"))
    hands.reach(page.locator("footer [type=submit]").locator("visible=true").first)
    with page.expect_navigation():
        hands.press("Enter")

    lesson.refresh_from_db()
    assert "Ir dar vienas sakinys." in str(lesson.get_latest_revision_as_object().body)
    assert (lesson.has_unpublished_changes, "Ir dar" in str(lesson.body)) == (True, False)


def locale_of(language):
    return Locale.objects.get(language_code=language)


def log_in(hands, language, who=LEARNER):
    page = hands.page
    page.goto(f"/{language}/account/login/")
    hands.reach(page.locator("[name=login]"))
    page.keyboard.type(who)
    hands.reach(page.locator("[name=password]"))
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        hands.press("Enter")
