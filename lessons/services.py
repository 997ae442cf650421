"""What a learner's reading writes, and what is remembered of a lesson when it is published."""

from django.db import transaction

from courses.models import Enrolment
from progress.services import record_completion

from .files import LessonFileUse
from .models import ReadingPlace
from .uses import files_in


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


@transaction.atomic
def record_files(*, page):
    """Note which files this published lesson shows, in place of those that it showed before. Calling it again changes nothing."""
    shown = files_in(page)
    LessonFileUse.objects.filter(page_id=page.pk).exclude(file__in=shown).delete()
    known = set(LessonFileUse.objects.filter(page_id=page.pk).values_list("file", flat=True))
    LessonFileUse.objects.bulk_create(LessonFileUse(page_id=page.pk, file_id=each) for each in sorted(shown - known))
