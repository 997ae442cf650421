"""The rule "is this course done?" and what follows from it."""

from collections import defaultdict

from django.db import transaction

from courses.models import Activity, Enrolment
from courses.services import release_edition

from .models import Completion
from .rules import better_score, is_done
from .signals import course_completed


class NotEnrolled(Exception):
    """There is no open or completed enrolment to note this under."""


@transaction.atomic
def record_completion(*, enrolment_id, activity_id, at, score=None):
    """
    Note that this enrolment completed this activity, and complete the course if it was the last one. Returns the Completion.

    `score` is a share of marks from 0 to 1, or None. Calling it again changes nothing but a score that got better.
    Raises NotEnrolled for a withdrawn enrolment.
    """
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)
    if enrolment.withdrawn_at:
        raise NotEnrolled
    completion, created = Completion.objects.get_or_create(
        enrolment=enrolment, activity_id=activity_id, defaults={"completed_at": at, "score": score}
    )
    kept = completion.score if created else better_score(completion.score, score)
    if kept != completion.score:
        completion.score = kept
        completion.save(update_fields=["score"])
    _settle(enrolment, at)
    return completion


def completed_activities(enrolment):
    """Primary keys of the activities that this enrolment completed. One query."""
    return set(Completion.objects.filter(enrolment=enrolment).values_list("activity_id", flat=True))


def completed_in(enrolments):
    """Primary key of each of these enrolments → primary keys of the activities that it completed. One query."""
    completed = {enrolment.pk: set() for enrolment in enrolments}
    for enrolment_id, activity_id in Completion.objects.filter(enrolment__in=enrolments).values_list(
        "enrolment_id", "activity_id"
    ):
        completed[enrolment_id].add(activity_id)
    return completed


def is_course_done(enrolment):
    """Has this enrolment completed every activity that its edition requires? Two queries."""
    required = Activity.objects.filter(module__course_id=enrolment.course_id).required_in(enrolment.edition)
    return is_done(required=required.values_list("pk", flat=True), completed=completed_activities(enrolment))


def _settle(enrolment, at):
    """Complete the locked enrolment if its course is done. A completed one stays completed, at its first moment."""
    if enrolment.completed_at is not None or not is_course_done(enrolment):
        return False
    enrolment.completed_at = at
    enrolment.save(update_fields=["completed_at"])
    course_completed.send(sender=Enrolment, enrolment_id=enrolment.pk)
    return True


@transaction.atomic
def settle_enrolment(*, enrolment_id, at):
    """Complete the enrolment if its course is done; returns whether it was completed by this call."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)
    return enrolment.is_open and _settle(enrolment, at)


def would_complete(course):
    """Open enrolments of this course that have done what their own edition requires, for the preview of a release. Three queries."""
    activities = list(Activity.objects.filter(module__course=course))
    enrolments = Enrolment.objects.filter(course=course).open()
    completed = defaultdict(set)
    for enrolment_id, activity_id in Completion.objects.filter(enrolment__in=enrolments).values_list(
        "enrolment_id", "activity_id"
    ):
        completed[enrolment_id].add(activity_id)
    required = {
        edition: [each.pk for each in activities if each.is_required_in(edition)]
        for edition in range(1, course.edition + 1)
    }
    return [
        each
        for each in enrolments.order_by("pk")
        if is_done(required=required[each.edition], completed=completed[each.pk])
    ]


@transaction.atomic
def release_and_settle(*, course_id, academic_hours, at, digest=None):
    """
    Release the next edition, then complete the open enrolments that have done what their own edition requires. Returns
    (CourseEdition, how many were completed). Raises as `courses.services.release_edition` does, and then nothing is done.
    """
    released = release_edition(course_id=course_id, academic_hours=academic_hours, at=at, digest=digest)
    settled = [settle_enrolment(enrolment_id=each.pk, at=at) for each in would_complete(released.course)]
    return released, sum(settled)
