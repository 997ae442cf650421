"""When a course is done, and how much is left: values in, values out."""

from collections.abc import Iterable

MINUTES_PER_ACADEMIC_HOUR = 45


def is_done(*, required: Iterable[int], completed: Iterable[int]) -> bool:
    """
    Is the course done? Every required activity is completed; a course in which nothing is required is never done.

    Both are activities' primary keys. More completions than required ones change nothing.
    """
    required = set(required)
    return bool(required) and required <= set(completed)


def academic_hours(minutes: int) -> int:
    """Whole academic hours (45 minutes each) in these minutes, rounded down as on certificates."""
    return max(minutes, 0) // MINUTES_PER_ACADEMIC_HOUR


def better_score(old, new):
    """The score to keep of two (shares from 0 to 1, or None where there is none): the higher."""
    if old is None or new is None:
        return new if old is None else old
    return max(old, new)
