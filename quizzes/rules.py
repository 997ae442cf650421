"""May another attempt begin? Values in, values out; the words are those of whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto


@dataclass(frozen=True)
class Terms:
    """
    The terms of a quiz, as its page states them; None: no such term.

    `tries` counts handed-in attempts. `pause_minutes` passes between a hand-in and the next beginning. `opens_on` and
    `closes_on` are local days, both among those on which an attempt may begin.
    """

    tries: int | None = None
    pause_minutes: int | None = None
    opens_on: date | None = None
    closes_on: date | None = None


class Hindrance(Enum):
    """Why no attempt may begin now."""

    NOT_OPEN_YET = auto()
    CLOSED = auto()
    NO_TRIES_LEFT = auto()
    PAUSE = auto()


def hindrance(terms: Terms, *, handed_in: Sequence[datetime], at: datetime, today: date) -> Hindrance | None:
    """
    The first thing that keeps an attempt from beginning `at` this moment, which is `today` where the learner is; None: nothing.

    `handed_in` are the moments of the hand-ins so far, in any order.
    """
    if terms.opens_on and today < terms.opens_on:
        return Hindrance.NOT_OPEN_YET
    if terms.closes_on and today > terms.closes_on:
        return Hindrance.CLOSED
    if terms.tries is not None and len(handed_in) >= terms.tries:
        return Hindrance.NO_TRIES_LEFT
    if at < pause_until(terms, handed_in=handed_in, at=at):
        return Hindrance.PAUSE
    return None


def pause_until(terms: Terms, *, handed_in: Sequence[datetime], at: datetime) -> datetime:
    """From when the pause between two attempts is over: `at` itself where there is none."""
    if not terms.pause_minutes or not handed_in:
        return at
    return max(handed_in) + timedelta(minutes=terms.pause_minutes)
