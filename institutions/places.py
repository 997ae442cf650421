"""Where people work: municipalities and the institutions in them."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ui.collation import sortable

NO_PERSONAL_DATA = None


class Sorted(models.Model):
    """A record that every database lists by Lithuanian rules: `sort_key` follows the Lithuanian name at each save."""

    sort_key = models.TextField(editable=False, default="")

    class Meta:
        abstract = True
        ordering = ["sort_key"]

    def save(self, *args, update_fields=None, **kwargs):
        self.sort_key = sortable(self.sorted_by)
        if update_fields is not None:
            update_fields = {*update_fields, "sort_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def sorted_by(self):
        return self.name


class Municipality(Sorted):
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

    class Meta(Sorted.Meta):
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self):
        return self.name

    @property
    def name(self):
        """The name in the reader's language, else the Lithuanian one."""
        return self.names.get(get_language() or "lt") or self.names.get("lt", "")

    name.fget.short_description = _("Municipality")  # heading of the editor's list

    @property
    def sorted_by(self):
        return self.names.get("lt", "")


class Institution(Sorted):
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

    class LegalForm(models.TextChoices):
        BUDGETARY = "bi", _("Budgetary institution")
        PUBLIC = "vsi", _("Public institution (VšĮ)")
        ASSOCIATION = "association", _("Association")
        FOUNDATION = "foundation", _("Charity and support foundation")
        COMPANY = "uab", _("Private limited company")
        RELIGIOUS = "religious", _("Religious community")
        OTHER = "other", _("Other")

    class Founder(models.TextChoices):
        MUNICIPALITY = "municipality", _("Municipality")
        STATE = "state", _("State")
        NGO = "ngo", _("Non-governmental organisation")
        PRIVATE = "private", _("Private founder")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="institutions", verbose_name=_("municipality")
    )
    kind = models.CharField(_("kind"), max_length=24, choices=Kind, default=Kind.OTHER)
    legal_form = models.CharField(_("legal form"), max_length=16, choices=LegalForm, blank=True)
    founder = models.CharField(_("founder"), max_length=16, choices=Founder, blank=True)
    code = models.CharField(
        _("legal entity code"),
        max_length=9,
        blank=True,
        validators=[
            RegexValidator(r"^[0-9]{9}\Z", _("A legal entity code has nine digits. Check it, or leave it empty."))
        ],
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(Sorted.Meta):
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
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
            models.CheckConstraint(
                condition=Q(code="") | Q(Exact(Length("code"), 9)),
                name="a_legal_entity_code_has_nine_digits",
                violation_error_message=_("A legal entity code has nine digits. Check it, or leave it empty."),
            ),
        ]

    def __str__(self):
        return self.name
