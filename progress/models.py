"""The ledger of completions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Activity, Enrolment

from .frozen import Frozen


class Completion(models.Model):
    """An enrolment completed an activity. The first pass stays; a better one may raise the score."""

    personal_data = {
        "purpose": _("To know which activities a learner has completed, and so whether the course is done."),
        "basis": _("Contract: learning and its certificate."),
        "retention": _("5 years after the course is completed."),
    }

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="completions")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="completions")
    completed_at = models.DateTimeField()
    score = models.DecimalField(
        max_digits=5, decimal_places=4, null=True, blank=True, help_text=_("Share of marks earned, from 0 to 1.")
    )

    frozen = Frozen("enrolment", "activity", "completed_at")

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "activity"], name="one_completion_per_enrolment_and_activity"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=1), name="completion_score_from_0_to_1"
            ),
        ]

    def __str__(self):
        return f"{self.enrolment}: {self.activity}"
