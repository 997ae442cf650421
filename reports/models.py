"""What the reports room writes: its own log."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportLog(models.Model):
    """Who took which statistics out of the site, and when."""

    personal_data = {
        "purpose": _("To know who took personal data out of the site."),
        "basis": _("Legal obligation: accountability under the GDPR."),
        "retention": _("2 years."),
    }

    exported_at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    format = models.CharField(max_length=8)
    filters = models.JSONField(default=dict)
    rows = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-exported_at"]

    def __str__(self):
        return f"{self.exported_at:%Y-%m-%d %H:%M} {self.format} ({self.rows})"
