from django import forms
from django.utils.translation import gettext_lazy as _

from .verifying import normal_code


class VerifyForm(forms.Form):
    """The code from a certificate."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=20,
        help_text=_("12 letters and digits, under the QR code of the certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code-input", "autocapitalize": "characters"}),
    )

    def clean_code(self):
        code = normal_code(self.cleaned_data["code"])
        if not (code.isascii() and code.isalnum()):
            raise forms.ValidationError(_("The code holds letters and digits only. Copy it from the certificate."))
        return code
