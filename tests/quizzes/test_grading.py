"""Grading against oracles that count in another way, with whole numbers only."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading import (
    all_or_nothing,
    hits_less_misses,
    is_accepted_number,
    is_accepted_text,
    is_passed,
    number_from,
    pairs_share,
    places_share,
    stored,
    total_score,
)

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


subsets = st.sets(st.sampled_from("abcdef"))


@given(right=subsets, chosen=subsets)
def test_wrong_choices_take_away_what_right_ones_give(right, chosen):
    """Over the common denominator right · wrong, each hit is worth `wrong`, each miss `right`."""
    wrong = len("abcdef") - len(right)
    hits = sum(option in right for option in chosen)
    misses = len(chosen) - hits
    expected = Fraction(max(0, hits * wrong - misses * len(right)), len(right) * wrong) if right and wrong else None

    share = hits_less_misses(right=right, chosen=chosen, offered="abcdef")

    if expected is None:
        assert share == (Fraction(hits, 6) if right else 0)
    else:
        assert share == expected


@given(right=subsets.filter(bool))
def test_all_right_ones_and_no_other_earn_everything(right):
    assert hits_less_misses(right=right, chosen=right, offered="abcdef") == 1


@given(right=subsets.filter(lambda right: 0 < len(right) < 6))
def test_choosing_everything_earns_nothing(right):
    assert hits_less_misses(right=right, chosen="abcdef", offered="abcdef") == 0


@given(pairs=st.dictionaries(st.sampled_from("abcd"), st.sampled_from("1234")), data=st.data())
def test_each_pair_counts_alike(pairs, data):
    given_ = data.draw(st.dictionaries(st.sampled_from("abcde"), st.sampled_from("12345")))
    right = [one for one, other in pairs.items() if one in given_ and given_[one] == other]

    assert pairs_share(pairs=pairs, given=given_) * len(pairs) == len(right)


def test_where_there_are_no_pairs_nothing_is_earned():
    assert pairs_share(pairs={}, given={}) == 0
    assert pairs_share(pairs={}, given={"a": "1"}) == 0


@given(places=st.dictionaries(st.sampled_from("abcd"), st.integers(1, 4)))
def test_neighbours_that_stayed_together_are_counted(places):
    """The oracle looks for the letters of each neighbour in a line of seats."""
    seats = {}
    for step, place in places.items():
        seats.setdefault(place, set()).add(step)
    kept = sum(
        any(one in seats.get(place, ()) and two in seats.get(place + 1, ()) for place in range(1, 4))
        for one, two in ("ab", "bc", "cd")
    )

    assert places_share(order="abcd", places=places) == Fraction(kept, 3)


@given(order=st.permutations("abcde"))
def test_of_all_whole_orders_the_right_one_alone_earns_everything(order):
    share = places_share(order="abcde", places={step: place for place, step in enumerate(order, start=1)})

    assert (share == 1) is (list(order) == list("abcde"))


def test_an_order_of_one_step_or_none_is_nothing_to_tell():
    assert places_share(order="a", places={"a": 1}) == 0
    assert places_share(order="", places={}) == 0


@pytest.mark.parametrize(
    ("answer", "case", "accents", "accepted"),
    [
        ("Šiauliai", True, True, True),
        ("  Šiauliai ", True, True, True),
        ("S\u030ciauliai", True, True, True),  # the caron typed apart
        ("šiauliai", True, True, False),
        ("šiauliai", False, True, True),
        ("Siauliai", True, True, False),
        ("Siauliai", True, False, True),
        ("siauliai", True, False, False),
        ("SIAULIAI", False, False, True),
        ("Šiaulių", False, False, False),
        ("", False, False, False),
    ],
)
def test_a_text_is_accepted_as_the_trainer_chose(answer, case, accents, accepted):
    assert is_accepted_text(answer, "Šiauliai", case=case, accents=accents) is accepted


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        ("atvejo vadybininkas", True),
        (" atvejo \t vadybininkas ", True),
        ("atvejo\u00a0vadybininkas", True),
        ("atvejovadybininkas", False),
        ("atvejo-vadybininkas", False),
        ("atvejo", False),
    ],
)
def test_spaces_part_words_however_many_there_are(answer, accepted):
    for case, accents in ((True, True), (False, False)):
        assert is_accepted_text(answer, "atvejo vadybininkas", case=case, accents=accents) is accepted


def test_nothing_is_never_accepted():
    assert is_accepted_text("", "", case=False, accents=False) is False
    assert is_accepted_text("\u0301", "\u0301", case=False, accents=False) is False


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        (" -3 ", "-3"),
        ("\u22123", "-3"),
        ("+3", "3"),
        ("1 200", "1200"),
        ("12 345", "12345"),
        ("123 456,5", "123456.5"),
        ("123 456 789 012", "123456789012"),
        ("123456789012", "123456789012"),
        ("0,123456", "0.123456"),
        ("1\u00a0200,50", "1200.5"),
        ("007", "7"),
        ("1.200,5", None),
        ("1,2,3", None),
        ("12 00", None),
        ("", None),
        ("keturi", None),
        ("1e5", None),
        ("12,", None),
        (",5", None),
        ("- 3", None),
        ("٣", None),
        ("1234567890123", None),
        ("1 234 567 890 123", None),
        ("0,1234567", None),
        ("NaN", None),
    ],
)
def test_numbers_are_read_with_comma_or_point(text, number):
    assert number_from(text) == (None if number is None else Decimal(number))


@given(thousandths=st.integers(-(10**9), 10**9))
def test_every_decimal_is_read_exactly_in_both_ways_of_writing(thousandths):
    whole, rest = divmod(abs(thousandths), 1000)
    sign = "-" if thousandths < 0 else ""
    for mark in ",.":
        assert number_from(f"{sign}{whole}{mark}{rest:03d}") * 1000 == thousandths


@given(number=st.integers(-(10**6), 10**6), least=st.integers(-(10**6), 10**6), most=st.integers(-(10**6), 10**6))
def test_both_ends_of_a_range_are_right(number, least, most):
    written = f"{'-' if number < 0 else ''}{abs(number) // 100},{abs(number) % 100:02d}"

    accepted = is_accepted_number(written, least=str(Decimal(least) / 100), most=str(Decimal(most) / 100))

    assert accepted is (least <= number <= most)


def test_what_is_no_number_is_not_accepted():
    assert is_accepted_number("keturi", least="0", most="9") is False


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


def test_a_single_point_is_points_enough():
    assert total_score([(Fraction(1, 2), 1)]) == Fraction(1, 2)


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
