"""How answers become marks: values in, values out, exact fractions throughout."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import pairwise

# Digits in one piece or in groups of three after spaces, then perhaps a comma or point with decimals. No other grouping: of
# "1.200" nobody could say whether it is more than a thousand. Twelve digits and six decimals stay exact everywhere.
_NUMBER = re.compile(r"([+-]?)(\d{1,12}|\d{1,3}(?: \d{3}){1,3})(?:[.,](\d{1,6}))?", re.ASCII)


def all_or_nothing(*, right: Iterable[str], chosen: Iterable[str]) -> Fraction:
    """
    1 if exactly the right options were chosen, else 0; choosing nothing earns nothing.

    `right` and `chosen` are option ids; order and repetition do not matter.
    """
    right, chosen = set(right), set(chosen)
    return Fraction(bool(chosen) and right == chosen)


def hits_less_misses(*, right: Iterable[str], chosen: Iterable[str], offered: Iterable[str]) -> Fraction:
    """
    The share of the right options that were chosen, less the share of the wrong ones that were chosen; never below 0.

    max(0, hits / right − misses / wrong): choosing everything earns nothing, as choosing nothing does. (The "balanced" scoring
    of multiple true-false items; guessing at random is worth 0 on average.)
    """
    right, chosen = set(right), set(chosen)
    wrong = set(offered) - right
    hits = Fraction(len(chosen & right), len(right)) if right else Fraction(0)
    misses = Fraction(len(chosen & wrong), len(wrong)) if wrong else Fraction(0)
    return max(Fraction(0), hits - misses)


def pairs_share(*, pairs: Mapping[str, str], given: Mapping[str, str]) -> Fraction:
    """The share of the pairs that were given as they should be; 0 where there are none."""
    if not pairs:
        return Fraction(0)
    return Fraction(sum(given.get(one) == other for one, other in pairs.items()), len(pairs))


def places_share(*, order: Sequence[str], places: Mapping[str, int]) -> Fraction:
    """
    The share of neighbours in `order` (each with the next) that stand next to each other, in this order, at the `places`
    given, which count from 1. The whole order right is 1; one step moved costs two or three neighbours, not all that follow.
    """
    neighbours = list(pairwise(order))
    if not neighbours:
        return Fraction(0)
    kept = sum(one in places and places.get(following) == places[one] + 1 for one, following in neighbours)
    return Fraction(kept, len(neighbours))


def is_accepted_text(answer: str, wanted: str, *, case: bool, accents: bool) -> bool:
    """Do the two say the same, but for spaces around and between words, and for capitals and accents where these do not matter?"""
    return _comparable(answer, case, accents) == _comparable(wanted, case, accents) != ""


def _comparable(text, case, accents):
    text = " ".join(text.split())
    if not accents:
        apart = unicodedata.normalize("NFD", text)
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", text if case else text.casefold())


def number_from(text: str) -> Decimal | None:
    """The number that a text writes with a decimal comma or point, thousands perhaps apart by spaces; None where it is none."""
    plain = " ".join(text.replace("\u2212", "-").split())
    found = _NUMBER.fullmatch(plain)
    if not found:
        return None
    sign, whole, decimals = found.groups()
    return Decimal(f"{sign}{whole.replace(' ', '')}.{decimals or '0'}")


def is_accepted_number(answer: str, *, least: str, most: str) -> bool:
    """Does the answer write a number from `least` to `most` (decimals with a point), both among them? Compared exactly."""
    number = number_from(answer)
    return number is not None and Decimal(least) <= number <= Decimal(most)


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
