"""Who belongs to an institution, and when; and the codes that let people in."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.models import Learner

from .codes import new_code, normal_code
from .places import NO_PERSONAL_DATA, Institution, Municipality


class DatedQuerySet(models.QuerySet):
    def open(self):
        """What has not ended."""
        return self.filter(ends_on__isnull=True)

    def on(self, day):
        """What holds on this day (a local date), the first and the last one included."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def for_user(self, user):
        """A person's own; nobody else's is ever found."""
        return self.filter(learner__user=user) if user.is_authenticated else self.none()


class MembershipQuerySet(DatedQuerySet):
    def coordinators(self):
        return self.filter(role=Membership.Role.COORDINATOR)

    def waiting(self):
        """Chosen from the list, and the institution has not answered yet."""
        return self.open().filter(confirmed_at__isnull=True)


class Dated(models.Model):
    """A span of local days; without a last day it goes on."""

    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        abstract = True

    def refuse_overlap(self, others):
        """Raise ValidationError where one of these other spans has a day in common with this one."""
        before = Q() if self.ends_on is None else Q(starts_on__lte=self.ends_on)
        clash = (
            others.exclude(pk=self.pk).filter(before, Q(ends_on__isnull=True) | Q(ends_on__gte=self.starts_on)).first()
        )
        if clash is None:
            return
        if clash.ends_on is None:
            raise ValidationError(
                _("This person has this since %(day)s and without a last day: open that entry and change it."),
                params={"day": clash.starts_on.isoformat()},
            )
        raise ValidationError(
            _("This person already has this from %(first)s to %(last)s: put days outside of these."),
            params={"first": clash.starts_on.isoformat(), "last": clash.ends_on.isoformat()},
        )


class Membership(Dated):
    """
    A learner's time at an institution. The person owns the history: changing the employer ends one and starts another.

    Unconfirmed is who only chose the institution from the list. One that the institution refused is ended, and counts nowhere.
    """

    personal_data = {
        "purpose": _("To count learning for the right institution and to let its coordinator see it."),
        "basis": _("Public task and the employer's duty to develop staff; the learner chooses the institution."),
        "retention": _("5 years after its end."),
    }

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        COORDINATOR = "coordinator", _("Coordinator")

    class Confirmation(models.TextChoices):
        CODE = "code", _("By the institution's code")
        COORDINATOR = "coordinator", _("By the institution's coordinator")
        OFFICE = "office", _("By an administrator")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="memberships", verbose_name=_("learner"))
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="memberships", verbose_name=_("institution")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmation = models.CharField(_("confirmed"), max_length=12, choices=Confirmation, blank=True)
    refused_at = models.DateTimeField(_("refused at"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_days_in_order",
                violation_error_message=_("The last day is before the first: put a later last day."),
            ),
            models.UniqueConstraint(
                fields=["learner", "institution"],
                condition=Q(ends_on__isnull=True),
                name="one_open_membership_per_learner_and_institution",
                violation_error_message=_("This person already has an open membership here: end it first."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmation="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmation="")),
                name="a_confirmed_membership_says_how",
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True) | Q(confirmed_at__isnull=True, ends_on__isnull=False),
                name="a_refused_membership_is_over_and_unconfirmed",
            ),
        ]

    def __str__(self):
        return f"{self.learner} – {self.institution}"

    @property
    def is_waiting(self):
        return self.confirmed_at is None and self.refused_at is None

    def confirm(self, at, way):
        """Note the confirmation; a refusal before it is taken back. Saves nothing."""
        self.confirmed_at, self.confirmation, self.refused_at = at, way, None

    def clean(self):
        """The same person is never twice at an institution on one day."""
        super().clean()
        if self.learner_id is None or self.institution_id is None or self.starts_on is None:
            return
        if self.refused_at and self.ends_on is None:
            raise ValidationError(
                {"ends_on": _("The institution has refused this person: confirm them, or leave the last day.")}
            )
        self.refuse_overlap(
            Membership.objects.filter(learner=self.learner_id, institution=self.institution_id, refused_at=None)
        )


class MunicipalityCoordinator(Dated):
    """Somebody who sees, on these days, the lists of all institutions of a municipality. They change nothing there."""

    personal_data = {
        "purpose": _("To let a municipality see what its institutions' staff have completed."),
        "basis": _("Public task: the municipality is responsible for the social services on its territory."),
        "retention": _("5 years after its end."),
    }

    learner = models.ForeignKey(Learner, models.PROTECT, related_name="municipality_roles", verbose_name=_("person"))
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="coordinators", verbose_name=_("municipality")
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality coordinator")
        verbose_name_plural = _("municipality coordinators")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="municipality_coordinator_days_in_order",
                violation_error_message=_("The last day is before the first: put a later last day."),
            ),
            models.UniqueConstraint(
                fields=["learner", "municipality"],
                condition=Q(ends_on__isnull=True),
                name="one_open_role_per_person_and_municipality",
                violation_error_message=_("This person already coordinates this municipality: end that first."),
            ),
        ]

    def __str__(self):
        return f"{self.learner} – {self.municipality}"

    def clean(self):
        super().clean()
        if self.learner_id is not None and self.municipality_id is not None and self.starts_on is not None:
            self.refuse_overlap(
                MunicipalityCoordinator.objects.filter(learner=self.learner_id, municipality=self.municipality_id)
            )


class JoinCodeQuerySet(models.QuerySet):
    def usable(self, at):
        """Codes that still let somebody in at this moment."""
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at), Q(max_uses__isnull=True) | Q(uses__lt=F("max_uses"))
        )


class JoinCode(models.Model):
    """A code that an institution hands to its staff. It makes members, nothing else."""

    personal_data = NO_PERSONAL_DATA

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        default=new_code,
        help_text=_("Capitals and digits; spaces do not count."),
        validators=[RegexValidator(r"^[A-Za-z0-9\s\-–]+\Z", _("A code is made of the letters A to Z and digits."))],
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="join_codes", verbose_name=_("institution")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    max_uses = models.PositiveIntegerField(
        _("most uses"),
        null=True,
        blank=True,
        help_text=_("Empty: without a limit."),
        validators=[
            MinValueValidator(1, _("At least one person is to join with it: put 1 or more, or leave it empty."))
        ],
    )
    uses = models.PositiveIntegerField(_("uses"), default=0, editable=False)

    objects = JoinCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("join code")
        verbose_name_plural = _("join codes")
        constraints = [
            models.CheckConstraint(
                condition=Q(max_uses__isnull=True) | Q(uses__lte=F("max_uses")),
                name="join_code_not_used_more_than_it_allows",
                violation_error_message=_("The code was already used more often than that: put a larger number."),
            ),
            models.CheckConstraint(condition=~Q(code=""), name="join_code_is_not_empty"),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gte=F("created_at")),
                name="join_code_does_not_end_before_it_begins",
                violation_error_message=_("The code ends before it was made: put a later moment."),
            ),
        ]

    def __str__(self):
        return self.code

    def save(self, *args, **kwargs):
        self.code = normal_code(self.code)
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self.code = normal_code(self.code)
        if self.expires_at and self.expires_at < self.created_at:
            raise ValidationError(
                {
                    "expires_at": _("The code was made on %(day)s and can't end before: put a later moment.")
                    % {"day": timezone.localdate(self.created_at).isoformat()}
                }
            )

    @property
    def spaced(self):
        """The code in fours, as it is read from paper."""
        return " ".join(self.code[place : place + 4] for place in range(0, len(self.code), 4))
