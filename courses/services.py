"""Enrolling, withdrawing, releasing an edition."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from institutions.models import Membership

from .pages import ActivityPage
from .records import Activity, Course, CourseEdition, Enrolment


class EnrolmentRefused(Exception):
    """The learner can't enrol, withdraw or share so; the message says why and what to do."""


class NotReleased(EnrolmentRefused):
    def __init__(self):
        super().__init__(_("This course is still being prepared. Come back later: it will be open to everyone."))


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


# The institution as it was: of a withdrawn enrolment that is opened again; none for a new one.
AS_BEFORE = object()


@transaction.atomic
def enrol(*, learner_id, course_id, membership_id=AS_BEFORE, cohort_id=None, trial=False, at):
    """
    Enrol the learner and return the open enrolment. Calling it again returns the same row and changes nothing.

    A withdrawn enrolment is opened again, for the institution chosen now, if one or none was; after a completed one this is a
    retake, a new row in the course's present edition.
    In a private course the institution is left out, whatever was chosen. Raises EnrolmentRefused.
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


def wished_required(course):
    """Keys of the activities whose published source page is marked as required."""
    keys = set()
    for model in _activity_page_models():
        keys |= set(
            model.objects.filter(locale=Locale.get_default(), live=True, required=True).values_list(
                "translation_key", flat=True
            )
        )
    return set(Activity.objects.filter(module__course=course, key__in=keys).values_list("key", flat=True))


def _activity_page_models():
    """Every kind of activity page that is installed."""
    found, queue = [], [ActivityPage]
    while queue:
        model = queue.pop()
        queue += model.__subclasses__()
        if not model._meta.abstract:
            found.append(model)
    return found


@transaction.atomic
def release_edition(*, course_id, academic_hours, at):
    """
    Release the next edition: from now on new enrolments have to complete what is published and marked as required.

    Enrolments keep the edition that they started with. Returns the CourseEdition; raises NothingRequired, CannotComeBack.
    """
    course = Course.objects.select_for_update().get(pk=course_id)
    wished = wished_required(course)
    if not wished:
        raise NothingRequired
    edition = course.edition + 1
    for activity in Activity.objects.filter(module__course=course).select_related("module"):
        is_required = activity.required_since is not None and activity.required_until is None
        if activity.key in wished and not is_required:
            _require(activity, edition)
        elif activity.key not in wished and is_required:
            activity.required_until = edition
            activity.save(update_fields=["required_until"])
    course.edition = edition
    course.save(update_fields=["edition"])
    return CourseEdition.objects.create(course=course, number=edition, academic_hours=academic_hours, released_at=at)


def _require(activity, edition):
    """
    Require the activity from this edition on. A row keeps one span of editions: one that was left out in between comes back
    only where nobody enrolled in the gap, or what those enrolments have to complete would change under them.
    """
    if activity.required_until is None:
        activity.required_since = edition
    elif Enrolment.objects.filter(
        course_id=activity.module.course_id, edition__gte=activity.required_until, edition__lt=edition
    ).exists():
        raise CannotComeBack(activity)
    activity.required_until = None
    activity.save(update_fields=["required_since", "required_until"])
