"""What the reports room writes: its own log."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportLog(models.Model):
    """Who took what out of the site, and when: statistics, or the register of certificates."""

    STATISTICS, REGISTER = "statistics", "register"
    CONTENTS = {STATISTICS: _("Statistics"), REGISTER: _("Register of certificates")}

    personal_data = {
        "purpose": _("To know who took personal data out of the site."),
        "basis": _("Legal obligation: accountability under the GDPR."),
        "retention": _("2 years."),
    }

    exported_at = models.DateTimeField(_("exported at"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("user")
    )
    content = models.CharField(_("what"), max_length=12, choices=CONTENTS, default=STATISTICS)
    format = models.CharField(_("format"), max_length=8)
    filters = models.JSONField(_("filters"), default=dict)
    rows = models.PositiveIntegerField(_("rows"))

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-exported_at", "-pk"]

    def __str__(self):
        return f"{self.exported_at:%Y-%m-%d %H:%M} {self.format} ({self.rows})"

    @property
    def filter_words(self):
        """The filters that were set, on one line."""
        return ", ".join(f"{name}: {value}" for name, value in self.filters.items())

    filter_words.fget.short_description = _("Filters")
