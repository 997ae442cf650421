from django import forms
from django.utils.translation import gettext_lazy as _

from learners.models import Learner

from .models import Certificate
from .verifying import normal_code


class VerifyForm(forms.Form):
    """The code from a certificate."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=20,
        help_text=_("12 letters and digits, beside the QR code of the certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code-input", "autocapitalize": "characters"}),
    )

    def clean_code(self):
        code = normal_code(self.cleaned_data["code"])
        if not (code.isascii() and code.isalnum()):
            raise forms.ValidationError(_("The code holds letters and digits only. Copy it from the certificate."))
        return code


class ReplaceForm(forms.Form):
    """The right name, and why the old certificate is revoked."""

    given_names = forms.CharField(
        label=_("Given names"), max_length=100, validators=Learner._meta.get_field("given_names").validators
    )
    surname = forms.CharField(
        label=_("Surname"), max_length=100, validators=Learner._meta.get_field("surname").validators
    )
    reason = forms.CharField(
        label=_("Reason for revoking"),
        max_length=Certificate._meta.get_field("revocation_reason").max_length,
        help_text=_("A sentence for the holder, such as: The surname was misspelt."),
        error_messages={"required": _("Say why in a sentence: the holder reads it.")},
    )
