"""
Retiring an activity: who has to complete it keeps it, nobody else is offered it.

A fact of the record alone: the page stays as it is written, published and linked to, and no draft, translation or content file
has to say anything of it.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .records import Activity, CourseEdition, Enrolment


class NothingToRetire(Exception):
    """An activity that was never published."""

    def __init__(self):
        super().__init__(
            _(
                "This page was never published, so nobody knows it. Delete it, or leave it as a draft: nothing has to be retired."
            )
        )


@dataclass(frozen=True)
class Retirement:
    """What retiring means: numbers of the editions that require the activity, and how many are learning in them."""

    activity: Activity
    editions: list
    learning: int

    @property
    def is_required_now(self):
        """Do new enrolments still have to complete it, until the next edition is released?"""
        return self.activity.module.course.edition in self.editions


def retirement_of(activity):
    """The Retirement of this activity, whether it is retired or not. Two queries."""
    numbers = CourseEdition.objects.filter(course=activity.module.course).order_by("number")
    editions = [number for number in numbers.values_list("number", flat=True) if activity.is_required_in(number)]
    enrolments = Enrolment.objects.filter(course=activity.module.course, edition__in=editions)
    return Retirement(activity, editions, enrolments.open().counted().count())


@transaction.atomic
def retire(*, activity_id, at):
    """No edition released from now on requires the activity, and no outline but of those that do shows it. Twice is once."""
    return _note(activity_id, at)


@transaction.atomic
def take_back(*, activity_id):
    """Offer a retired activity again. Whether the next edition requires it, its page says."""
    return _note(activity_id, None)


def _note(activity_id, at):
    activity = Activity.objects.select_for_update().get(pk=activity_id)
    if (activity.retired_at is None) != (at is None):
        activity.retired_at = at
        activity.save(update_fields=["retired_at"])
    return activity


def retired_activities(course):
    """The retired activities of this course, in order. One query."""
    return Activity.objects.filter(module__course=course, retired_at__isnull=False).select_related("module").in_order()
