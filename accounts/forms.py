"""The login's forms, with the one question that allauth does not ask well: whose device is it?"""

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _


class OwnDeviceField(forms.BooleanField):
    """Ticked: the login outlives the browser. Empty: it ends with it, and after a rest."""

    def __init__(self):
        super().__init__(
            label=_("This is my own device: keep me logged in"),
            help_text=_(
                "On a shared computer leave it empty: you are then logged out when the browser closes or rests for long."
            ),
            required=False,
        )


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remember"] = OwnDeviceField()


class RequestLoginCodeForm(allauth_forms.RequestLoginCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remember"] = OwnDeviceField()


class NewAddressForm(allauth_forms.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
