"""What this room does when an account is closed."""

from django.utils.translation import gettext_lazy as _

from learners.registry import register_eraser

from .records import Enrolment
from .services import withdraw


def withdraw_from_open_courses(*, learner_id, at):
    """Nobody goes on with these: they count as withdrawn, not as in progress for ever."""
    for pk in Enrolment.objects.filter(learner_id=learner_id).open().values_list("pk", flat=True):
        withdraw(enrolment_id=pk, at=at)


register_eraser(withdraw_from_open_courses, gone=[_("Your place in courses that are not completed.")])
