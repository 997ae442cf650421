"""Legal references of lessons that somebody has to check again: acts change, and nobody tells the lesson."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from .models import LessonPage


@dataclass(frozen=True)
class DueReference:
    """A legal reference past its review, in a lesson that is read."""

    page: LessonPage
    block_id: str
    act: str
    number: str
    checked_on: date
    due_on: date


def due_on(*, checked_on, review_by, months):
    """The day on which it is to be checked again: what its author wrote, and never later than so many months (0: no such rule)."""
    latest = _months_later(checked_on, months) if months else review_by
    return min(review_by, latest)


def due_references(pages, *, on, months):
    """The DueReference of each legal reference of these lessons that is due on this day, the longest overdue first. One query."""
    found = []
    for page in pages:
        for block in page.body.raw_data:
            if block["type"] == "legal_reference":
                found += _due(page, block, on=on, months=months)
    return sorted(found, key=lambda each: each.due_on)


def _due(page, block, *, on, months):
    value = block["value"]
    checked_on, review_by = (date.fromisoformat(value[name]) for name in ("checked_on", "review_by"))
    day = due_on(checked_on=checked_on, review_by=review_by, months=months)
    return [DueReference(page, block["id"], value["act"], value["number"], checked_on, day)] if day <= on else []


def _months_later(day, months):
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
