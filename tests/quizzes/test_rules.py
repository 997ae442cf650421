"""When an attempt may begin, against a plain reading of the terms."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules import Hindrance, Shown, Terms, deadline, hindrance, is_over, pause_until, shown

NOON = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def found(terms, *minutes_ago):
    return hindrance(terms, handed_in=[NOON - timedelta(minutes=each) for each in minutes_ago], at=NOON, today=TODAY)


def test_without_terms_nothing_hinders():
    assert found(Terms()) is None
    assert found(Terms(), 0, 1, 2, 3) is None


@pytest.mark.parametrize(
    ("terms", "hindered"),
    [
        (Terms(opens_on=TODAY), None),
        (Terms(opens_on=TODAY + timedelta(days=1)), Hindrance.NOT_OPEN_YET),
        (Terms(closes_on=TODAY), None),
        (Terms(closes_on=TODAY - timedelta(days=1)), Hindrance.CLOSED),
        (Terms(opens_on=TODAY, closes_on=TODAY), None),
    ],
)
def test_both_days_are_among_those_on_which_it_is_open(terms, hindered):
    assert found(terms) is hindered


def test_handed_in_attempts_are_counted():
    assert found(Terms(tries=2), 500) is None
    assert found(Terms(tries=2), 500, 900) is Hindrance.NO_TRIES_LEFT


def test_a_pause_is_over_to_the_minute():
    assert found(Terms(pause_minutes=60), 59) is Hindrance.PAUSE
    assert found(Terms(pause_minutes=60), 60) is None
    assert found(Terms(pause_minutes=60), 300, 20, 100) is Hindrance.PAUSE
    assert found(Terms(pause_minutes=60)) is None


@given(pause=st.integers(1, 10_000), minutes=st.lists(st.integers(0, 20_000), min_size=1))
def test_at_the_end_of_the_pause_nothing_hinders_and_a_moment_before_it_does(pause, minutes):
    terms, moments = Terms(pause_minutes=pause), [NOON - timedelta(minutes=each) for each in minutes]
    until = pause_until(terms, handed_in=moments, at=NOON)

    assert hindrance(terms, handed_in=moments, at=until, today=TODAY) is None
    before = until - timedelta(microseconds=1)
    assert hindrance(terms, handed_in=moments, at=before, today=TODAY) is Hindrance.PAUSE


@given(minutes=st.integers(1, 1440), extra=st.integers(0, 300), seconds=st.integers(-100_000, 200_000))
def test_time_is_over_after_the_limit_the_extra_time_and_what_is_on_its_way(minutes, extra, seconds):
    end = deadline(started_at=NOON, minutes=minutes, extra_percent=extra)
    allowed = minutes * 60 * (1 + extra / 100) + 20

    assert is_over(end, at=NOON + timedelta(seconds=seconds)) is (seconds > allowed)


def test_without_a_limit_time_is_never_over():
    end = deadline(started_at=NOON, minutes=None, extra_percent=50)

    assert end is None
    assert not is_over(end, at=NOON + timedelta(days=10_000))


@pytest.mark.parametrize("passed", [True, False])
@pytest.mark.parametrize("may_try_again", [True, False])
@pytest.mark.parametrize("is_closed", [True, False])
def test_the_result_shows_what_the_policy_says(passed, may_try_again, is_closed):
    def level(policy):
        return shown(policy, passed=passed, may_try_again=may_try_again, is_closed=is_closed, is_answering=False)

    assert level("all") is Shown.ALL
    assert level("score") is Shown.SCORE
    assert level("when_done") is (Shown.ALL if passed or not may_try_again else Shown.MARKS)
    assert level("when_closed") is (Shown.ALL if is_closed else Shown.MARKS)


@pytest.mark.parametrize("policy", ["when_done", "when_closed"])
@pytest.mark.parametrize("passed", [True, False])
def test_what_one_attempt_shows_never_answers_another_that_is_open(policy, passed):
    level = shown(policy, passed=passed, may_try_again=False, is_closed=True, is_answering=True)

    assert level is (Shown.ALL if policy == "when_done" and passed else Shown.MARKS)
