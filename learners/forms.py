from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Learner


class NameForm(forms.ModelForm):
    """The name as it should stand on the certificate."""

    class Meta:
        model = Learner
        fields = ["given_names", "surname"]
        help_texts = {"surname": _("Both as they should stand on your certificate.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, hint in (("given_names", "given-name"), ("surname", "family-name")):
            self.fields[name].required = True
            self.fields[name].widget.attrs["autocomplete"] = hint
            self.fields[name].strip = True
