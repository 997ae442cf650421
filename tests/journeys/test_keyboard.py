"""A learner with a keyboard alone: from the login to the handed-in test, each stop in sight and marked."""

import pytest
from playwright.sync_api import expect

from courses.models import Course
from progress.models import Completion
from quizzes.models import Attempt, QuestionVersion
from tiltas.demo import PASSWORD

from .browsing import said
from .world import LEARNER

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


def log_in(hands, language):
    page = hands.page
    page.goto(f"/{language}/account/login/")
    hands.reach(page.locator("[name=login]"))
    page.keyboard.type(LEARNER)
    hands.reach(page.locator("[name=password]"))
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        hands.press("Enter")
