"""More time for a person who needs it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learners.models import Learner


class ExtraTime(models.Model):
    """What a person gets on top of every time limit. Why is nobody's business and is not asked."""

    personal_data = {
        "purpose": _("To give a person who needs it more time for tests."),
        "basis": _("Equal treatment of people with disabilities: a reasonable adjustment that the person asked for."),
        "retention": _("Until it is taken back or the account is closed."),
    }

    learner = models.OneToOneField(
        Learner, models.CASCADE, related_name="extra_time", editable=False, verbose_name=_("learner")
    )
    percent = models.PositiveSmallIntegerField(
        _("extra time"),
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(300)],
        help_text=_("Per cent of the time limit, from 1 to 300: with 50, a test of 20 minutes lasts 30."),
    )

    class Meta:
        verbose_name = _("extra time")
        verbose_name_plural = _("extra time")
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=300), name="extra_time_from_1_to_300")
        ]

    def __str__(self):
        return f"{self.learner}: +{self.percent} %"
