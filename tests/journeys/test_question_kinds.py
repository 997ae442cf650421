"""Each kind of question in a real browser: answered by keyboard alone, saved, reloaded, in the other language, graded, fed back."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from courses.services import enrol
from learners.models import Learner
from quizzes.models import Attempt, QuestionVersion
from quizzes.services import start_attempt
from tests.factories import NOON
from tests.factories.pages import make_course
from tests.factories.questions import PARTS, make_question_of, right_values

from .browsing import follow, is_wider_than_the_window, log_in, said
from .test_keyboard import Keyboard
from .test_screens import violations
from .world import LEARNER

KINDS = list(PARTS)
OTHER = {"lt": "en", "en": "lt"}


@pytest.fixture
def attempt(courses):
    made = make_course(code="K9", lessons=1, questions=lambda: [make_question_of(kind) for kind in KINDS])
    learner = Learner.objects.get(user__email=LEARNER)
    enrolment = enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
    return start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=NOON)


def address(attempt, end, language):
    return f"/{language}/quizzes/attempts/{attempt.uuid}/{end}"


def set_values(page):
    """The values of the field `answer` as they stand on the screen."""
    return page.evaluate(
        """() => [...document.querySelectorAll("[name=answer]")]
            .filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked)
            .map((input) => input.value).filter(Boolean).sort()"""
    )


def answer(hands, attempt, number, language):
    """Answer rightly with Tab, Space, arrows and letters."""
    page, right = hands.page, right_values(attempt, number, language)
    fields = page.locator("[name=answer]")
    kind = fields.first.evaluate("input => input.type")
    if kind == "text":
        hands.reach(fields.first)
        page.keyboard.type(right[0])
        hands.press("Tab")
    elif kind == "select-one":
        for select in fields.all():
            hands.reach(select)
            values = select.evaluate("list => [...list.options].map((option) => option.value)")
            wanted = next(place for place, value in enumerate(values) if value in right or place == len(values) - 1)
            if values[wanted] in right:
                for _step in range(wanted):
                    hands.press("ArrowDown")
    else:
        hands.choose(QuestionVersion.objects.get(pk=attempt.questions[number - 1]["version"]))


@pytest.mark.looks
@pytest.mark.everything
@pytest.mark.parametrize(("language", "width"), [("lt", 390), ("en", 1280)])
def test_each_kind_is_answered_by_keyboard_kept_graded_and_explained(attempt, open_page, language, width):
    page = open_page(width=width, language=language)
    hands, axe = Keyboard(page), Axe()
    log_in(page, LEARNER)
    for number in range(1, len(KINDS) + 1):
        page.goto(address(attempt, f"{number}/", language))
        answer(hands, attempt, number, language)
        page.locator("[data-state].saved").wait_for()
        right = sorted(right_values(attempt, number, language))
        assert violations(axe, page) == []
        assert not is_wider_than_the_window(page)
        page.reload()
        assert set_values(page) == right
        page.goto(address(attempt, f"{number}/", OTHER[language]))
        assert set_values(page) == right
    page.goto(address(attempt, "overview/", language))
    hands.follow(page.get_by_role("button", name=said("Hand in the answers", language), exact=True))

    expect(page.get_by_role("heading", name=said("Passed", language), exact=True)).to_be_visible()
    assert page.locator(".score").inner_text() == "8 / 8"
    assert page.get_by_text("SECRET").count() >= 2 * len(KINDS) - 1  # the explanation, and what was chosen
    assert violations(axe, page) == []
    assert not is_wider_than_the_window(page)
    assert Attempt.objects.get(pk=attempt.pk).score == 1
    assert hands.unseen == set()
    assert page.complaints == []


@pytest.mark.looks
@pytest.mark.everything
@pytest.mark.parametrize("language", ["lt", "en"])
def test_each_kind_is_answered_without_scripts(attempt, open_page, language):
    page = open_page(language=language, java_script_enabled=False)
    log_in(page, LEARNER)
    page.goto(address(attempt, "1/", language))
    for number in range(1, len(KINDS) + 1):
        fill(page, right_values(attempt, number, language))
        last = number == len(KINDS)
        words = said("Save and review" if last else "Save and continue", language)
        follow(page.get_by_role("button", name=words, exact=True))
    assert page.locator(".overview .chip.done").count() == len(KINDS)
    follow(page.get_by_role("button", name=said("Hand in the answers", language), exact=True))

    assert page.locator(".score").inner_text() == "8 / 8"
    assert Attempt.objects.get(pk=attempt.pk).score == 1


def fill(page, values):
    fields = page.locator("[name=answer]")
    first = fields.first
    if first.evaluate("input => input.tagName") == "SELECT":
        for select in fields.all():
            offered = select.evaluate("list => [...list.options].map((option) => option.value)")
            select.select_option(next((value for value in values if value in offered), ""))
    elif first.get_attribute("type") == "text":
        first.fill(values[0])
    else:
        for value in values:
            page.locator(f'[name=answer][value="{value}"]').check()
