"""„My institution is missing“: what a learner asks and what came of it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learners.models import Learner

from .memberships import DatedQuerySet
from .places import Institution, Municipality


class InstitutionRequestQuerySet(models.QuerySet):
    for_user = DatedQuerySet.for_user

    def waiting(self):
        return self.filter(answered_at__isnull=True)


class InstitutionRequest(models.Model):
    """A learner does not find the own institution. An administrator makes it, names the one that is meant, or says why not."""

    personal_data = {
        "purpose": _("To add the institution that a learner misses, and to tell the learner what came of it."),
        "basis": _("Public task and the employer's duty to develop staff; the learner chooses the institution."),
        "retention": _("2 years after the answer; unanswered, 2 years after it was asked."),
    }

    class Outcome(models.TextChoices):
        MADE = "made", _("A new institution was added")
        LINKED = "linked", _("The institution was on the list already")
        DECLINED = "declined", _("Declined")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(
        Learner, models.PROTECT, related_name="institution_requests", verbose_name=_("learner"), editable=False
    )
    name = models.CharField(_("name of the institution"), max_length=200)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name=_("municipality"))
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("asked at"), editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    outcome = models.CharField(_("answer"), max_length=12, choices=Outcome, blank=True)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("institution")
    )
    reply = models.CharField(_("words to the learner"), max_length=500, blank=True)

    objects = InstitutionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("missing institution")
        verbose_name_plural = _("missing institutions")
        ordering = [F("answered_at").desc(nulls_first=True), "-created_at"]  # what waits stands first
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "municipality", "name"],
                condition=Q(answered_at__isnull=True),
                name="one_waiting_request_of_a_name_per_learner",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="", institution__isnull=True)
                | Q(answered_at__isnull=False, outcome__in=["made", "linked"], institution__isnull=False)
                | Q(answered_at__isnull=False, outcome="declined", institution__isnull=True),
                name="an_answered_request_says_what_came_of_it",
            ),
        ]

    def __str__(self):
        return self.name
