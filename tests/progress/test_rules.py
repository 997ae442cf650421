"""The rules against oracles that count in another way."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.rules import academic_hours, better_score, is_done

keys = st.lists(st.integers(1, 6), max_size=8)
shares = st.none() | st.decimals(0, 1, places=4)


@given(required=keys, completed=keys)
def test_done_is_when_nothing_required_is_left(required, completed):
    left = [key for key in required if Counter(completed)[key] == 0]

    assert is_done(required=required, completed=completed) is (len(required) > 0 and len(left) == 0)


@given(required=keys, completed=keys, more=keys)
def test_more_completions_never_undo_a_course(required, completed, more):
    if is_done(required=required, completed=completed):
        assert is_done(required=required, completed=completed + more)


@given(completed=keys)
def test_a_course_in_which_nothing_is_required_is_never_done(completed):
    assert is_done(required=[], completed=completed) is False


def test_any_iterable_will_do():
    assert is_done(required=iter([1, 2]), completed=(number for number in (2, 1, 3))) is True


@given(minutes=st.integers(-100, 100_000))
def test_academic_hours_are_the_whole_lessons_of_45_minutes_that_fit(minutes):
    hours = academic_hours(minutes)

    assert hours == len(range(45, max(minutes, 0) + 1, 45))


@pytest.mark.parametrize(("minutes", "hours"), [(0, 0), (44, 0), (45, 1), (89, 1), (90, 2), (720, 16), (-1, 0)])
def test_academic_hours_round_down(minutes, hours):
    assert academic_hours(minutes) == hours


@given(old=shares, new=shares)
def test_the_better_score_is_kept_whichever_came_first(old, new):
    known = sorted(share for share in (old, new) if share is not None)

    assert better_score(old, new) == (known[-1] if known else None)
    assert better_score(old, new) == better_score(new, old)


def test_no_score_is_not_the_same_as_nothing_right():
    assert better_score(None, Decimal(0)) == better_score(Decimal(0), None) == 0
    assert better_score(None, None) is None
    assert better_score(Fraction(1, 3), Fraction(2, 3)) == Fraction(2, 3)
