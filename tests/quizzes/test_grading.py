"""Grading against oracles that count in another way, with whole numbers only."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading import all_or_nothing, is_passed, stored, total_score

options = st.lists(st.sampled_from("abcd"), max_size=6)
shares = st.fractions(0, 1, max_denominator=60)
marks = st.lists(st.tuples(shares, st.integers(1, 100)), min_size=1, max_size=8)


@given(right=options, chosen=options)
def test_exactly_the_right_options_earn_all_anything_else_nothing(right, chosen):
    same = all((option in right) == (option in chosen) for option in "abcd")

    assert all_or_nothing(right=right, chosen=chosen) == (1 if same and len(chosen) > 0 else 0)


@given(right=options, chosen=options)
def test_order_and_repetition_do_not_matter(right, chosen):
    assert all_or_nothing(right=right, chosen=chosen) == all_or_nothing(
        right=reversed(right), chosen=sorted(chosen + chosen)
    )


def test_choosing_nothing_earns_nothing_even_where_nothing_is_right():
    assert all_or_nothing(right=[], chosen=[]) == 0


@given(marks=marks)
def test_the_score_is_the_mean_weighted_by_points(marks):
    """A question of n points is worth n questions of one point: count those one by one over a common denominator."""
    common = 1
    for share, _points in marks:
        common *= share.denominator
    earned = sum(share.numerator * (common // share.denominator) for share, points in marks for _point in range(points))
    possible = sum(points for _share, points in marks)

    assert total_score(marks) == Fraction(earned, possible * common)
    assert 0 <= total_score(marks) <= 1


@given(marks=marks)
def test_the_order_of_questions_changes_no_score(marks):
    assert total_score(reversed(marks)) == total_score(marks)


def test_an_attempt_without_points_earns_nothing():
    assert total_score([]) == 0
    assert total_score([(Fraction(1), 0)]) == 0


@given(score=shares, pass_mark=st.integers(1, 100))
def test_passed_is_compared_in_whole_numbers(score, pass_mark):
    assert is_passed(score=score, pass_mark=pass_mark) is (score.numerator * 100 >= pass_mark * score.denominator)


@pytest.mark.parametrize(
    ("right", "of", "pass_mark", "passed"),
    [(2, 3, 66, True), (2, 3, 67, False), (7, 10, 70, True), (69, 100, 70, False), (3, 3, 100, True), (0, 3, 1, False)],
)
def test_two_of_three_are_not_67_per_cent(right, of, pass_mark, passed):
    assert is_passed(score=Fraction(right, of), pass_mark=pass_mark) is passed


@given(score=shares)
def test_a_kept_score_has_four_decimals_and_never_flatters(score):
    kept = stored(score)

    assert kept == Decimal(score.numerator * 10_000 // score.denominator) / 10_000
    assert kept.as_tuple().exponent == -4
    assert Fraction(kept) <= score < Fraction(kept) + Fraction(1, 10_000)
