"""What this room does when an account is closed."""

from django.utils.translation import gettext_lazy as _

from learners.registry import register_eraser

from .models import ReadingPlace


def forget_reading_places(*, learner_id, at):
    ReadingPlace.objects.filter(enrolment__learner_id=learner_id).delete()


register_eraser(forget_reading_places, gone=[_("The places in lessons where you stopped reading.")])
