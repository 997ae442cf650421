"""What may be typed on the screens of course care."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_HOURS = 400  # as many as a course's page may have
_HOURS = _("Type a whole number from 1 to 400: the academic hours that the certificate will state.")


class ReleaseForm(forms.Form):
    """The hours of an edition. `digest` says which preview was looked at."""

    academic_hours = forms.IntegerField(
        label=_("Academic hours of this edition"),
        min_value=1,
        max_value=MOST_HOURS,
        help_text=_("The certificate states them. One academic hour is 45 minutes; hours are rounded down."),
        error_messages={"required": _HOURS, "invalid": _HOURS, "min_value": _HOURS, "max_value": _HOURS},
    )
    digest = forms.CharField(widget=forms.HiddenInput, required=False)
