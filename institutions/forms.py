from django import forms
from django.utils.translation import gettext_lazy as _


class JoinForm(forms.Form):
    """A code from the learner's institution."""

    code = forms.CharField(
        label=_("Your institution's code"),
        max_length=24,
        help_text=_("8 letters and digits, from your coordinator. Hyphens and spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code-input", "autocapitalize": "characters"}),
    )
    job_title = forms.CharField(
        label=_("Job title"),
        max_length=120,
        required=False,
        help_text=_("As you call it yourself; it stands on the certificate beside the institution."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
