"""May another attempt begin, how long may it last, what does its result show? Values in, values out; the words are those of whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, IntEnum, auto


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


# What was chosen in time may be this long on its way: a slow phone sends at the last second.
ON_THE_WAY = timedelta(seconds=20)


def deadline(*, started_at: datetime, minutes: int | None, extra_percent: int) -> datetime | None:
    """
    When an attempt's time is over; None where the quiz has no limit.

    `minutes` is the quiz's limit; `extra_percent` what this person gets on top of it, in per cent of the limit.
    """
    if minutes is None:
        return None
    return started_at + timedelta(minutes=minutes) * (100 + extra_percent) / 100


def is_over(deadline: datetime | None, *, at: datetime) -> bool:
    """Does what arrives `at` this moment come too late for this deadline?"""
    return deadline is not None and at > deadline + ON_THE_WAY


class Shown(IntEnum):
    """How much the result of an attempt shows; each shows what the ones before it show."""

    SCORE = 1  # the score alone
    MARKS = 2  # and which of one's own answers were right
    ALL = 3  # and what was right, and why


def shown(policy: str, *, passed: bool, may_try_again: bool, is_closed: bool, is_answering: bool) -> Shown:
    """
    What the result shows now by the quiz's policy: "all" at once; "when_done" the right answers once the quiz is passed, in
    whichever attempt, or no attempt is left; "when_closed" once its last day is over; "score" never more than the score.

    `is_answering`: the learner has another attempt of the quiz open, which may outlast the last day. What one attempt shows
    must not answer the other.
    """
    if policy == "score":
        return Shown.SCORE
    if policy == "when_done" and not passed and (may_try_again or is_answering):
        return Shown.MARKS
    if policy == "when_closed" and (is_answering or not is_closed):
        return Shown.MARKS
    return Shown.ALL


def pause_until(terms: Terms, *, handed_in: Sequence[datetime], at: datetime) -> datetime:
    """From when the pause between two attempts is over: `at` itself where there is none."""
    if not terms.pause_minutes or not handed_in:
        return at
    return max(handed_in) + timedelta(minutes=terms.pause_minutes)
