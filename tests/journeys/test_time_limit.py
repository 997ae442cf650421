"""A time limit in a real browser: how long is left is told, and when nothing is left, what was answered is handed in by itself."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Attempt, Response
from tests.factories import AttemptFactory, QuestionVersionFactory, drawn

from .browsing import is_wider_than_the_window, said
from .test_no_lost_answer import address
from .test_screens import violations

pytestmark = pytest.mark.looks
AWAY = (
    "The site can't be reached for the moment. "
    "Leave this page open: the test is handed in by itself as soon as it can be."
)


@pytest.fixture
def begin(learner):
    def begin(*, seconds):
        """An attempt with so many seconds left of its twenty minutes."""
        now = timezone.now()
        return AttemptFactory(
            enrolment__learner=learner,
            questions=drawn(QuestionVersionFactory(), QuestionVersionFactory()),
            started_at=now - timedelta(minutes=20),
            time_limit=20,
            deadline_at=now + timedelta(seconds=seconds),
        )

    return begin


@pytest.mark.everything
@pytest.mark.parametrize(("language", "width"), [("lt", 390), ("en", 1280)])
def test_what_is_left_is_told_and_the_end_hands_in_what_was_chosen(come, learner, begin, language, width):
    attempt = begin(seconds=7)
    page = come(learner, width=width, language=language)
    page.goto(address(attempt, "1/").replace("/lt/", f"/{language}/"))

    expect(page.locator("[data-timer-left]")).to_have_text(f" · {said('less than a minute left', language)}")
    assert violations(Axe(), page) == []
    assert not is_wider_than_the_window(page)
    page.locator("[name=answer]").first.check()
    page.wait_for_url("**/result/", timeout=20_000)

    kept = Attempt.objects.get(pk=attempt.pk)
    assert (kept.ended_by, kept.submitted_at >= kept.deadline_at) == ("time", True)
    assert [(row.accepted, row.late) for row in Response.objects.filter(attempt=attempt)] == [(True, False)]
    assert page.complaints == []


@pytest.mark.everything
def test_an_answer_without_network_at_the_end_is_sent_when_it_is_back_and_kept_apart(come, learner, begin):
    """The page alone was open, without network; meanwhile the clock handed in."""
    attempt = begin(seconds=600)
    page = come(learner)
    page.goto(address(attempt, "1/"))
    page.context.set_offline(True)
    page.locator("[name=answer]").first.check()
    expect(page.locator("[data-state]")).to_have_text("Laukiama")
    Attempt.objects.filter(pk=attempt.pk).update(
        started_at=timezone.now() - timedelta(minutes=30), deadline_at=timezone.now() - timedelta(minutes=5)
    )
    page.context.set_offline(False)

    expect(page.locator("[data-state]")).to_have_text("Neįrašyta", timeout=20_000)
    assert [(row.accepted, row.late) for row in Response.objects.filter(attempt=attempt)] == [(False, True)]


@pytest.mark.everything
def test_what_was_chosen_in_time_counts_though_the_network_was_away_at_the_end(come, learner, begin):
    """Without network from 2 seconds before the end until 10 seconds after it: the 20 seconds for the way are for this."""
    attempt = begin(seconds=15)
    page = come(learner)
    page.goto(address(attempt, "1/"))
    wait_until(page, attempt, seconds=-2)
    page.context.set_offline(True)
    page.locator("[name=answer]").first.check()
    wait_until(page, attempt, seconds=10)
    expect(page.locator("[data-state]")).to_have_text("Laukiama")
    expect(page.locator("[data-timer] p").first).to_have_text(said(AWAY, "lt"))
    page.context.set_offline(False)

    page.wait_for_url("**/result/", timeout=20_000)
    assert [(row.accepted, row.late) for row in Response.objects.filter(attempt=attempt)] == [(True, False)]
    assert Attempt.objects.get(pk=attempt.pk).ended_by == "time"


@pytest.mark.everything
def test_a_site_that_is_away_at_the_end_shows_no_error_page_and_is_handed_in_to_when_it_is_back(come, learner, begin):
    attempt = begin(seconds=6)
    page = come(learner)
    page.goto(address(attempt, "1/"))
    page.locator("[name=answer]").first.check()
    page.context.route("**/submit/", lambda route: route.fulfill(status=503))
    wait_until(page, attempt, seconds=3)
    expect(page.locator("[data-timer] p").first).to_have_text(said(AWAY, "lt"))
    expect(page.locator("[data-saving-form]")).to_have_attribute("inert", "")
    assert Attempt.objects.get(pk=attempt.pk).submitted_at is None
    page.context.unroute_all()
    page.evaluate("window.dispatchEvent(new Event('online'))")

    page.wait_for_url("**/result/", timeout=20_000)
    assert [(row.accepted, row.late) for row in Response.objects.filter(attempt=attempt)] == [(True, False)]


def wait_until(page, attempt, *, seconds):
    """So many seconds after the attempt's deadline."""
    left = (attempt.deadline_at - timezone.now()).total_seconds() + seconds
    page.wait_for_timeout(max(left, 0) * 1_000)
