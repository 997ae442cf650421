"""What this room does when an account is closed."""

from django.utils.translation import gettext_lazy as _

from learners.registry import register_eraser

from .models import ExtraTime


def forget_extra_time(*, learner_id, at):
    ExtraTime.objects.filter(learner_id=learner_id).delete()


register_eraser(forget_extra_time, gone=[_("Extra time for tests, if you were given any.")])
