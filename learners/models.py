"""The person behind every learner fact."""

import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Any letter of any script, joined by what stands inside names; nothing that a formula, a tag or a number would need.
NAME = RegexValidator(
    r"^[^\W\d_]+(?:[ '’.\-]+[^\W\d_]+)*\.?$",
    _("A name holds letters, spaces, hyphens and apostrophes. Write it as it should stand on the certificate."),
)


class Learner(models.Model):
    """
    Somebody who learns here. Each fact of learning points at this row (PROTECT), never at the user: an account may be
    closed, the counts stay.
    """

    personal_data = {
        "purpose": _("To know whose learning, completion and certificate this is."),
        "basis": _("Contract: learning and its certificate."),
        "retention": _("Names as long as a certificate of the learner is kept in the register; blanked at erasure."),
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="learner", verbose_name=_("user")
    )
    given_names = models.CharField(_("given names"), max_length=100, blank=True, validators=[NAME])
    surname = models.CharField(_("surname"), max_length=100, blank=True, validators=[NAME])
    language = models.CharField(_("language"), max_length=12, default="lt")
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("learner")
        verbose_name_plural = _("learners")
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(user__isnull=True, given_names="", surname=""),
                name="an_erased_learner_has_no_name",
            )
        ]

    def __str__(self):
        return self.full_name or str(_("(erased)") if self.erased_at else _("(no name yet)"))

    @property
    def full_name(self):
        """Given names and surname as on the certificate; empty until the learner has given them."""
        return f"{self.given_names} {self.surname}".strip()

    @property
    def is_named(self):
        return bool(self.given_names and self.surname)
