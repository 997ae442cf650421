"""Who issues certificates, and the register of those issued."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models import Enrolment, in_reader_language
from progress.frozen import Frozen
from ui.files import private_storage

from .searching import plain


class Issuer(models.Model):
    """The body that issues certificates, as it stands on them. Texts by language code."""

    personal_data = {
        "purpose": _("The signatory's name stands on each certificate."),
        "basis": _("Legal obligation: who issued the document."),
        "retention": _("As long as the register of certificates is kept."),
    }

    prefix = models.CharField(
        _("prefix of numbers"),
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{1,8}$", _("One to eight capital letters, such as KT."))],
    )
    names = models.JSONField(_("names"), default=dict, help_text=_("Language code and name."))
    code = models.CharField(_("legal entity code"), max_length=9, blank=True)
    signatory_name = models.CharField(_("signatory"), max_length=120, blank=True)
    signatory_position = models.JSONField(_("signatory's position"), default=dict, blank=True)
    funding = models.JSONField(
        _("funding statement"), default=dict, blank=True, help_text=_("Printed on certificates where it is not empty.")
    )
    active = models.BooleanField(_("issues new certificates"), default=True)

    class Meta:
        verbose_name = _("issuer")
        verbose_name_plural = _("issuers")
        constraints = [
            models.UniqueConstraint(
                fields=["active"],
                condition=Q(active=True),
                name="one_active_issuer",
                violation_error_message=_("Another issuer is active already: switch that one off first."),
            )
        ]

    def __str__(self):
        return in_reader_language(self.names) or self.prefix


class CertificateCounter(models.Model):
    """The last number given by an issuer in a year; locked while the next one is given, so that none is left out."""

    personal_data = None

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="counters")
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("certificate counter")
        verbose_name_plural = _("certificate counters")
        constraints = [models.UniqueConstraint(fields=["issuer", "year"], name="one_counter_per_issuer_and_year")]

    def __str__(self):
        return f"{self.issuer.prefix}-{self.year}: {self.last}"


VALID, REVOKED, REPLACED = "valid", "revoked", "replaced"
STATE_LABELS = {VALID: _("Valid"), REVOKED: _("Revoked"), REPLACED: _("Replaced")}


class CertificateQuerySet(models.QuerySet):
    def valid(self):
        return self.filter(revoked_at__isnull=True)

    def in_state(self, state):
        """Valid, revoked without another in its place, or replaced."""
        revoked = self.filter(revoked_at__isnull=False)
        return {
            VALID: self.valid,
            REVOKED: lambda: revoked.filter(replaced_by__isnull=True),
            REPLACED: lambda: revoked.filter(replaced_by__isnull=False),
        }[state]()

    def matching(self, query):
        """Those in which each word of the query is found: in number, code, the name as printed, or the present surname."""
        found = self
        for word in query.split():
            found = found.filter(Q(search_text__contains=plain(word)) | Q(enrolment__learner__surname__icontains=word))
        return found

    def for_user(self, user):
        """A person's own certificates; nobody else's is ever found."""
        return self.filter(enrolment__learner__user=user) if user.is_authenticated else self.none()


class Certificate(models.Model):
    """
    An entry of the register. `snapshot` is what was certified, as it was that day: it is never altered, whatever becomes of
    names, courses and institutions. A correction is a new certificate that replaces a revoked one.
    """

    personal_data = {
        "purpose": _("To certify a completed course and to let others check the certificate."),
        "basis": _("Legal obligation and legitimate interest: the register of certificates."),
        "retention": _("10 years after the year of issue."),
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="certificates", verbose_name=_("enrolment"))
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="certificates")
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=12, unique=True, help_text=_("Public, random: whoever holds it may verify."))
    snapshot = models.JSONField(_("what was certified"))
    file = models.FileField(storage=private_storage, blank=True)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    search_text = models.TextField(
        editable=False, help_text=_("Number, code and name as they are searched: small letters without accents.")
    )
    issued_at = models.DateTimeField(_("issued at"))
    mailed_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revocation_reason = models.CharField(_("reason for revoking"), max_length=300, blank=True)
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )

    objects = CertificateQuerySet.as_manager()
    frozen = Frozen("uuid", "enrolment", "issuer", "year", "number", "code", "snapshot", "search_text", "issued_at")

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(revoked_at__isnull=True),
                name="one_valid_certificate_per_enrolment",
            ),
            models.UniqueConstraint(fields=["issuer", "year", "number"], name="one_certificate_of_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="certificate_numbers_count_from_one"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("issued_at")),
                name="certificate_moments_in_order",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=False) | Q(revocation_reason="", replaced_by__isnull=True),
                name="only_a_revoked_certificate_is_replaced",
            ),
        ]

    def __str__(self):
        return self.full_number

    @property
    def full_number(self):
        """The registration number as printed, such as KT-2026-000123."""
        return self.snapshot["number"]

    full_number.fget.short_description = _("Number")  # heading of the register's list

    @property
    def holder(self):
        """The name as printed."""
        return f"{self.snapshot['learner']['given_names']} {self.snapshot['learner']['surname']}"

    holder.fget.short_description = _("Person")

    @property
    def issued_on(self):
        """The day as printed: year-month-day."""
        return self.snapshot["issued_on"]

    @property
    def state(self):
        if self.revoked_at is None:
            return VALID
        return REPLACED if self.replaced_by_id else REVOKED

    @property
    def state_label(self):
        return STATE_LABELS[self.state]

    state_label.fget.short_description = _("State")

    @property
    def printed_code(self):
        """The code in groups of four, as people read it."""
        return "-".join(self.code[place : place + 4] for place in range(0, len(self.code), 4))

    printed_code.fget.short_description = _("Verification code")

    @property
    def course_title(self):
        return in_reader_language(self.snapshot["course"]["titles"])

    course_title.fget.short_description = _("Programme")
