from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from institutions.models import Institution, Municipality
from ui.collation import lithuanian_key

from .statistics import Filters


class FiltersForm(forms.Form):
    """What to count. Empty fields leave nothing out."""

    course = forms.ModelChoiceField(
        Course.objects, to_field_name="code", required=False, label=_("Course"), empty_label=_("All courses")
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects,
        to_field_name="code",
        required=False,
        label=_("Municipality"),
        empty_label=_("All municipalities"),
    )
    institution = forms.ModelChoiceField(
        Institution.objects,
        to_field_name="uuid",
        required=False,
        label=_("Institution"),
        empty_label=_("All institutions"),
    )
    since = forms.DateField(
        required=False, label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        required=False, label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("municipality", "institution"):
            field = self.fields[name]
            named = sorted(field.queryset.all(), key=lambda record: lithuanian_key(record.name))
            keys = {"municipality": "code", "institution": "uuid"}
            field.choices = [("", field.empty_label)] + [(str(getattr(each, keys[name])), each.name) for each in named]

    def clean(self):
        data = super().clean()
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("The last day is before the first: put a later last day."))
        return data

    def filters(self):
        """The Filters of this valid form, in the reader's language."""
        data = self.cleaned_data
        return Filters(
            course=data["course"].code if data.get("course") else "",
            municipality=data["municipality"].code if data.get("municipality") else "",
            institution=data["institution"].uuid if data.get("institution") else None,
            since=data.get("since"),
            until=data.get("until"),
            language=get_language() or settings.LANGUAGE_CODE,
        )
