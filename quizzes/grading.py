"""How answers become marks: values in, values out, exact fractions throughout."""

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction


def all_or_nothing(*, right: Iterable[str], chosen: Iterable[str]) -> Fraction:
    """
    1 if exactly the right options were chosen, else 0; choosing nothing earns nothing.

    `right` and `chosen` are option ids; order and repetition do not matter.
    """
    right, chosen = set(right), set(chosen)
    return Fraction(bool(chosen) and right == chosen)


def total_score(marks: Iterable[tuple[Fraction, int]]) -> Fraction:
    """
    The share of all marks earned, from 0 to 1, of pairs (share of a question's marks, its points). 0 where there are none.

    The weighted mean: Σ share·points / Σ points.
    """
    marks = list(marks)
    possible = sum(points for _share, points in marks)
    if possible <= 0:
        return Fraction(0)
    return sum((share * points for share, points in marks), Fraction(0)) / possible


def is_passed(*, score: Fraction, pass_mark: int) -> bool:
    """Is this score (a share) at or above the pass mark (per cent)? Compared exactly: 2 of 3 is not 67 %."""
    return score * 100 >= pass_mark


def stored(score: Fraction) -> Decimal:
    """The score as it is kept: four decimals, rounded down, so that no kept score looks better than it was."""
    return (Decimal(score.numerator) / Decimal(score.denominator)).quantize(Decimal("0.0001"), rounding=ROUND_DOWN)
