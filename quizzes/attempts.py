"""Attempts and the answers given in them: only ever added to, never rewritten."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models import Activity, Enrolment
from progress.frozen import Frozen

from .rules import ON_THE_WAY
from .versions import QuestionVersion


class EndedBy(models.TextChoices):
    LEARNER = "learner", _("handed in by the learner")
    TIME = "time", _("handed in when the time was over")
    STAFF = "staff", _("handed in when the quiz was ended by staff")


class AttemptQuerySet(models.QuerySet):
    def open(self):
        return self.filter(submitted_at__isnull=True)

    def submitted(self):
        return self.filter(submitted_at__isnull=False)

    def overdue(self, *, at):
        """Open attempts that nothing in time can reach any more; of a withdrawn enrolment none, which can't be graded."""
        return self.open().filter(deadline_at__lt=at - ON_THE_WAY, enrolment__withdrawn_at__isnull=True)

    def for_user(self, user):
        """A person's own attempts; nobody else's is ever found."""
        return self.filter(enrolment__learner__user=user) if user.is_authenticated else self.none()


class Attempt(models.Model):
    """
    One try at a quiz. `questions` holds what was drawn, as [{"version": pk, "options": [ids in the order shown]}]: not the
    words, since the learner may change the language midway. A submitted attempt is never changed.
    """

    personal_data = {
        "purpose": _("To grade a quiz and to show the learner what was right and why."),
        "basis": _("Contract: learning and its certificate."),
        "retention": _("Answers 1 year after the course is completed; the result as long as the enrolment."),
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attempts")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    questions = models.JSONField()
    seed = models.BigIntegerField()
    pass_mark = models.PositiveSmallIntegerField(help_text=_("Per cent; as it was when the attempt began."))
    started_at = models.DateTimeField()
    time_limit = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Minutes; as it was when the attempt began, without anybody's extra time.")
    )
    deadline_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)
    ended_by = models.CharField(max_length=8, choices=EndedBy.choices, blank=True)

    objects = AttemptQuerySet.as_manager()
    frozen = Frozen(after="submitted_at")

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "activity"],
                condition=Q(submitted_at__isnull=True),
                name="one_open_attempt_per_enrolment_and_activity",
            ),
            models.UniqueConstraint(fields=["enrolment", "activity", "number"], name="one_attempt_of_a_number"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, score__isnull=True, passed__isnull=True, ended_by="")
                | Q(submitted_at__isnull=False, score__isnull=False, passed__isnull=False, ended_by__in=EndedBy.values),
                name="an_attempt_has_a_score_when_submitted",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=1), name="attempt_score_from_0_to_1"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(submitted_at__gte=F("started_at")),
                name="attempt_moments_in_order",
            ),
            models.CheckConstraint(
                condition=Q(time_limit__isnull=True, deadline_at__isnull=True)
                | Q(time_limit__gte=1, deadline_at__gt=F("started_at")),
                name="an_attempt_has_a_deadline_when_limited",
            ),
            models.CheckConstraint(condition=Q(pass_mark__lte=100), name="attempt_pass_mark_up_to_100"),
        ]

    def __str__(self):
        return f"{self.enrolment}: {self.activity} ({self.number})"

    @property
    def version_ids(self):
        return [question["version"] for question in self.questions]


class ResponseQuerySet(models.QuerySet):
    def newest(self):
        """Version pk → the accepted response with the highest sequence."""
        return {response.version_id: response for response in self.filter(accepted=True).order_by("sequence")}


class Response(models.Model):
    """
    One answer as it arrived. Rows are only added; the accepted one with the highest sequence counts. A row that came in on
    top of an answer it had not seen (a slow phone, a second tab) or after the end (`late`) is kept, but not accepted.
    """

    personal_data = Attempt.personal_data

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="responses")
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="responses")
    operation_id = models.UUIDField(help_text=_("Made by the browser: the same operation sent again is stored once."))
    sequence = models.PositiveIntegerField(help_text=_("Given by the server, rising within the attempt."))
    base = models.PositiveIntegerField(help_text=_("The sequence of this question that the browser last saw; 0: none."))
    answer = models.JSONField()
    accepted = models.BooleanField()
    late = models.BooleanField(
        default=False,
        help_text=_("Arrived after the time was over or the attempt handed in: kept apart, never graded."),
    )
    saved_at = models.DateTimeField()

    objects = ResponseQuerySet.as_manager()
    frozen = Frozen()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "version", "operation_id"], name="one_response_per_operation"),
            models.UniqueConstraint(fields=["attempt", "sequence"], name="one_response_of_a_sequence_per_attempt"),
            models.CheckConstraint(condition=Q(late=False) | Q(accepted=False), name="a_late_response_is_not_accepted"),
            models.CheckConstraint(condition=Q(base__lt=F("sequence")), name="a_response_follows_its_base"),
        ]

    def __str__(self):
        return f"{self.attempt} #{self.sequence}"
