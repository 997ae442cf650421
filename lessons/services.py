"""What a learner's reading writes."""

from django.db import transaction

from courses.models import Enrolment
from progress.services import record_completion

from .models import ReadingPlace


@transaction.atomic
def remember_place(*, enrolment_id, activity_id, block_id):
    """
    Note the block at which this enrolment stopped reading, instead of the one before. Calling it again changes nothing.

    Nothing is noted once the lesson is done or the enrolment closed: a late message of the page changes nothing either.
    """
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)
    if enrolment.is_open and not enrolment.completions.filter(activity_id=activity_id).exists():
        ReadingPlace.objects.update_or_create(
            enrolment=enrolment, activity_id=activity_id, defaults={"block_id": block_id}
        )


@transaction.atomic
def complete_lesson(*, enrolment_id, activity_id, at):
    """The learner has read this lesson: it is done, and its place is forgotten. Raises NotEnrolled."""
    record_completion(enrolment_id=enrolment_id, activity_id=activity_id, at=at)
    ReadingPlace.objects.filter(enrolment_id=enrolment_id, activity_id=activity_id).delete()
