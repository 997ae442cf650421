"""Enrolling, withdrawing, releasing an edition."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Membership

from .records import Cohort, Course, CourseEdition, Enrolment
from .releasing import plan_edition, wished_required

__all__ = [
    "CannotComeBack",
    "EnrolmentRefused",
    "NotOpenYet",
    "NotReleased",
    "NothingRequired",
    "PlanChanged",
    "check_open",
    "choose_membership",
    "enrol",
    "release_edition",
    "share_private_enrolment",
    "wished_required",
    "withdraw",
]


class EnrolmentRefused(Exception):
    """The learner can't enrol, withdraw or share so; the message says why and what to do."""


class NotReleased(EnrolmentRefused):
    def __init__(self):
        super().__init__(_("This course is still being prepared. Come back later: it will be open to everyone."))


class NotOpenYet(EnrolmentRefused):
    def __init__(self, day):
        super().__init__(
            _("This course opens to everyone on %(day)s. Until then you can enrol with the link of an invited group.")
            % {"day": day.isoformat()}
        )


class NothingRequired(Exception):
    """An edition in which nothing is required could never be completed."""

    def __init__(self):
        super().__init__(
            _(
                "No published activity of this course is marked as required. Mark and publish at least one, then release."
            )
        )


class CannotComeBack(Exception):
    """An activity that an edition left out, and that people enrolled without, can't come back under the same identity."""

    def __init__(self, activity):
        super().__init__(
            _("“%(title)s” was left out of an earlier edition. Copy the page, publish the copy and release again.")
            % {"title": activity.title}
        )


class PlanChanged(Exception):
    """What the next edition would require is not what was looked at."""

    def __init__(self):
        super().__init__(
            _(
                "What the edition would require has changed since you looked. Nothing was released: look again, then confirm."
            )
        )


# The institution as it was: of a withdrawn enrolment that is opened again; none for a new one.
AS_BEFORE = object()


@transaction.atomic
def enrol(*, learner_id, course_id, membership_id=AS_BEFORE, cohort_id=None, trial=False, at):
    """
    Enrol the learner and return the open enrolment. Calling it again returns the same row and changes nothing.

    A withdrawn enrolment is opened again, for the institution chosen now, if one or none was; after a completed one this is a
    retake, a new row in the course's present edition. In a private course the institution is left out, whatever was chosen.
    Before the day on which the course opens to everyone a new row needs a group (`cohort_id`), unless it is a trial. Raises
    EnrolmentRefused.
    """
    course = Course.objects.select_for_update().get(pk=course_id)
    if course.edition == 0:
        raise NotReleased
    existing = Enrolment.objects.filter(learner_id=learner_id, course=course)
    enrolment = existing.open().first()
    if enrolment is not None:
        return enrolment
    enrolment = existing.filter(withdrawn_at__isnull=False, trial=trial).order_by("-enrolled_at").first()
    if enrolment is not None:
        enrolment.withdrawn_at = None
        if not enrolment.private and membership_id not in (AS_BEFORE, enrolment.membership_id):
            enrolment.membership_id = membership_id and _own_membership(learner_id, membership_id)
        enrolment.save(update_fields=["withdrawn_at", "membership"])
        return enrolment
    if not trial:
        check_open(course, cohort_id, timezone.localdate(at))
    if membership_id is AS_BEFORE:
        membership_id = None
    if membership_id is not None:
        membership_id = _own_membership(learner_id, membership_id)
    try:
        with transaction.atomic():
            return Enrolment.objects.create(
                learner_id=learner_id,
                course=course,
                edition=course.edition,
                private=course.private,
                membership_id=None if course.private else membership_id,
                cohort_id=cohort_id,
                trial=trial,
                enrolled_at=at,
            )
    except IntegrityError:  # the database kept the promise against a request that came in between
        return existing.open().get()


def check_open(course, cohort_id, day):
    """May somebody enrol on this day, in this group or in none? Raises EnrolmentRefused."""
    if cohort_id is None:
        if course.opens_later(day):
            raise NotOpenYet(course.opens_on)
        return
    if course.private:
        raise EnrolmentRefused(_("This course is private: nobody takes it in a group. Enrol on the course's page."))
    group = Cohort.objects.filter(pk=cohort_id, course=course).first()
    if group is None:
        raise EnrolmentRefused(_("This group takes another course. Use the link of the invitation once more."))
    if day < group.starts_on:
        said = _("This group can enrol from %(day)s on. Come back then, with the same link.")
        raise EnrolmentRefused(said % {"day": group.starts_on.isoformat()})
    if group.ends_on and day > group.ends_on:
        said = _(
            "This group could enrol until %(day)s. Ask whoever invited you, or see whether the course is open to everyone."
        )
        raise EnrolmentRefused(said % {"day": group.ends_on.isoformat()})


def _own_membership(learner_id, membership_id):
    if Membership.objects.filter(pk=membership_id, learner_id=learner_id).open().exists():
        return membership_id
    raise EnrolmentRefused(_("This institution is not among yours any more. Choose another, or none."))


@transaction.atomic
def choose_membership(*, enrolment_id, membership_id):
    """
    Attribute the enrolment to one of the learner's own institutions, or to none; only until it is completed. Where it is
    attributed so already nothing changes, even if the learner has left that institution since.
    """
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)
    if enrolment.private:
        raise EnrolmentRefused(_("This course is private: share its completion instead, if you wish to."))
    if enrolment.completed_at:
        raise EnrolmentRefused(_("The course is completed, so its institution stays as it was that day."))
    if enrolment.membership_id == membership_id:
        return enrolment
    enrolment.membership_id = membership_id and _own_membership(enrolment.learner_id, membership_id)
    enrolment.save(update_fields=["membership"])
    return enrolment


@transaction.atomic
def share_private_enrolment(*, enrolment_id, membership_id, at):
    """Let one institution see a private enrolment; `membership_id` None takes it back."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)
    if not enrolment.private:
        raise EnrolmentRefused(_("This course is not private: its institution already sees it."))
    enrolment.membership_id = membership_id and _own_membership(enrolment.learner_id, membership_id)
    enrolment.shared_at = at if membership_id else None
    enrolment.save(update_fields=["membership", "shared_at"])
    return enrolment


@transaction.atomic
def withdraw(*, enrolment_id, at):
    """Withdraw from the course. What was done is kept: enrolling again goes on from there. A completed course stays so."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)
    if enrolment.completed_at:
        raise EnrolmentRefused(_("This course is completed; a completed course stays on your record."))
    if enrolment.withdrawn_at is None:
        enrolment.withdrawn_at = at
        enrolment.save(update_fields=["withdrawn_at"])
    return enrolment


@transaction.atomic
def release_edition(*, course_id, academic_hours, at, digest=None):
    """
    Release the next edition: from now on new enrolments have to complete what is published and marked as required.

    Enrolments keep the edition that they started with. `digest` is that of the EditionPlan that somebody looked at: another
    plan is not released. Returns the CourseEdition; raises NothingRequired, CannotComeBack, PlanChanged.
    """
    course = Course.objects.select_for_update().get(pk=course_id)
    plan = plan_edition(course)
    if digest is not None and digest != plan.digest:
        raise PlanChanged
    if not plan.required:
        raise NothingRequired
    if plan.hindered:
        raise CannotComeBack(plan.hindered[0])
    for activity in plan.added:
        if activity.required_until is None:
            activity.required_since = plan.number
        activity.required_until = None
        activity.save(update_fields=["required_since", "required_until"])
    for activity in plan.dropped:
        activity.required_until = plan.number
        activity.save(update_fields=["required_until"])
    course.edition = plan.number
    course.save(update_fields=["edition"])
    return CourseEdition.objects.create(
        course=course, number=plan.number, academic_hours=academic_hours, released_at=at
    )
