import unicodedata

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from .models import Learner

TOO_LONG = ngettext_lazy(
    "At most %(limit_value)d letter fits on the certificate, and here it is %(show_value)d. Write it shorter.",
    "At most %(limit_value)d letters fit on the certificate, and here there are %(show_value)d. Write it shorter.",
    "limit_value",
)


class NameField(forms.CharField):
    """A name in composed letters, however the device sends them, and of any length: our words refuse it, not the browser."""

    def to_python(self, value):
        return unicodedata.normalize("NFC", super().to_python(value))

    def widget_attrs(self, widget):
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class NameForm(forms.ModelForm):
    """The name as it should stand on the certificate."""

    class Meta:
        model = Learner
        fields = ["given_names", "surname"]
        field_classes = {"given_names": NameField, "surname": NameField}
        help_texts = {"surname": _("Both as they should stand on your certificate.")}
        error_messages = {"given_names": {"max_length": TOO_LONG}, "surname": {"max_length": TOO_LONG}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, hint in (("given_names", "given-name"), ("surname", "family-name")):
            self.fields[name].required = True
            self.fields[name].widget.attrs["autocomplete"] = hint


class LanguageForm(forms.Form):
    """The language of mails."""

    language = forms.ChoiceField(label=_("Language of e-mails"), widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            (code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES
        ]
