"""Institutions and who belongs to them, and when."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from learners.models import Learner

from .codes import new_code, normal_code

NO_PERSONAL_DATA = None


class Municipality(models.Model):
    """One of the country's municipalities, as in the address register. Names by language code: a host may speak three."""

    personal_data = NO_PERSONAL_DATA

    code = models.CharField(
        _("code"), max_length=8, unique=True, help_text=_("Two-digit code of the address register.")
    )
    iso_code = models.CharField(_("ISO 3166-2 code"), max_length=8, blank=True)
    names = models.JSONField(_("names"), default=dict, help_text=_("Language code and name."))
    cases = models.JSONField(
        _("cases"), default=dict, blank=True, help_text=_("Lithuanian genitive and locative, for sentences.")
    )
    county_code = models.CharField(_("county code"), max_length=8, blank=True)
    county_names = models.JSONField(_("county names"), default=dict, blank=True)
    partner = models.BooleanField(_("partner of the project"), default=False)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["code"]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """The name in the reader's language, else the Lithuanian one."""
        return self.names.get(get_language() or "lt") or self.names.get("lt", "")

    name.fget.short_description = _("Municipality")  # heading of the editor's list


class Institution(models.Model):
    """An employer of learners: a care home, a social services centre, a municipality's administration."""

    personal_data = NO_PERSONAL_DATA

    class Kind(models.TextChoices):
        ADMINISTRATION = "administration", _("Municipal administration")
        ELDERSHIP = "eldership", _("Eldership")
        SPC = "spc", _("Social services centre")
        CARE_HOME = "care_home", _("Care home")
        GROUP_HOME = "group_home", _("Group living home")
        COMMUNITY_CHILDREN = "community_children", _("Community children's home")
        FOSTER_CENTRE = "foster_centre", _("Foster-care centre")
        FAMILY_CENTRE = "family_centre", _("Family and child welfare or crisis centre")
        DAY_CENTRE = "day_centre", _("Day centre")
        SHELTER = "shelter", _("Shelter")
        VSB = "vsb", _("Public health bureau")
        PSPC = "pspc", _("Primary health-care centre")
        PSC = "psc", _("Mental health centre")
        HOSPITAL = "hospital", _("Hospital")
        NURSING_HOSPITAL = "nursing_hospital", _("Nursing and supportive-treatment hospital")
        EDUCATION = "education", _("Education or education-support institution")
        NGO = "ngo", _("Non-governmental organisation")
        STATE = "state", _("State body")
        COLLEGE = "college", _("College or university")
        OTHER = "other", _("Other")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="institutions", verbose_name=_("municipality")
    )
    kind = models.CharField(_("kind"), max_length=24, choices=Kind, default=Kind.OTHER)
    code = models.CharField(
        _("legal entity code"),
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"^(\d{7}|\d{9})$", _("A legal entity code has nine digits (older ones seven)."))],
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="one_institution_of_a_name_per_municipality",
                violation_error_message=_("This municipality already has an institution of this name."),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="one_institution_per_legal_entity_code",
                violation_error_message=_("There is already an institution with this legal entity code."),
            ),
        ]

    def __str__(self):
        return self.name


class MembershipQuerySet(models.QuerySet):
    def open(self):
        """Memberships that have not ended."""
        return self.filter(ends_on__isnull=True)

    def on(self, day):
        """Memberships that hold on this day (a local date)."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def coordinators(self):
        return self.filter(role=Membership.Role.COORDINATOR)


class Membership(models.Model):
    """A learner's time at an institution. The person owns the history: changing the employer ends one and starts another."""

    personal_data = {
        "purpose": _("To count learning for the right institution and to let its coordinator see it."),
        "basis": _("Public task and the employer's duty to develop staff; the learner chooses the institution."),
        "retention": _("5 years after its end."),
    }

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        COORDINATOR = "coordinator", _("Coordinator")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="memberships", verbose_name=_("learner"))
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="memberships", verbose_name=_("institution")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    confirmed_at = models.DateTimeField(
        _("confirmed at"),
        null=True,
        blank=True,
        help_text=_("A join code confirms at once; who only chose the institution from the list is counted apart."),
    )

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
        ]

    def __str__(self):
        return f"{self.learner} – {self.institution}"


class JoinCode(models.Model):
    """A code that an institution hands to its staff. It makes members, nothing else."""

    personal_data = NO_PERSONAL_DATA

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        default=new_code,
        help_text=_("Capitals and digits; spaces do not count."),
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="join_codes", verbose_name=_("institution")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    max_uses = models.PositiveIntegerField(
        _("most uses"), null=True, blank=True, help_text=_("Empty: without a limit.")
    )
    uses = models.PositiveIntegerField(_("uses"), default=0, editable=False)

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
        ]

    def __str__(self):
        return self.code

    def save(self, *args, **kwargs):
        self.code = normal_code(self.code)
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self.code = normal_code(self.code)
