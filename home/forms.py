from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

FRESH = timedelta(minutes=10)


class ClosingForm(forms.Form):
    """Is it really the person? The password; who has none, has to have logged in just now."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, user, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.at = user, at
        self.needs_login = False
        if not user.has_usable_password():
            del self.fields["password"]

    def clean_password(self):
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password. Nothing was deleted; try again."))
        return self.cleaned_data["password"]

    def clean(self):
        super().clean()
        if "password" not in self.fields and not (self.user.last_login and self.at - self.user.last_login <= FRESH):
            self.needs_login = True
            raise forms.ValidationError(
                _("You have no password, so log in with a code once more and come back within ten minutes.")
            )
