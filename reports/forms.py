from datetime import date

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from institutions.models import Institution
from ui.collation import lithuanian_key
from ui.templatetags.tiltas_ui import local_date

from .statistics import Filters

# A year that nobody means is a slip of the finger, and some of them no calendar can go beyond.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("This is no day. Write it as year-month-day, such as 2026-01-31.")}

    def __init__(self, **kwargs):
        told = _("The year is to be from 2000 to 2099.")
        super().__init__(
            required=False,
            validators=[MinValueValidator(FIRST_DAY, told), MaxValueValidator(LAST_DAY, told)],
            **kwargs,
        )


class RecordField(forms.ChoiceField):
    """One of a few records, read once: choosing asks the database nothing more. Empty leaves nothing out."""

    def __init__(self, *, everything, **kwargs):
        super().__init__(required=False, **kwargs)
        self.everything = everything
        self.records = {}

    def offer(self, records):
        """Offer these, (key, record, label) each, in the order of Lithuanian."""
        in_order = sorted(records, key=lambda offered: lithuanian_key(offered[2]))
        self.records = {str(key): record for key, record, _label in in_order}
        self.choices = [("", self.everything)] + [(str(key), label) for key, _record, label in in_order]

    def clean(self, value):
        return self.records.get(super().clean(value))


class FiltersForm(forms.Form):
    """
    What to count. Empty fields leave nothing out. With a `scope`, a QuerySet of institutions, only these can be chosen, and a
    field that leaves no choice is not there.
    """

    course = RecordField(label=_("Course"), everything=_("All courses"))
    municipality = RecordField(label=_("Municipality"), everything=_("All municipalities"))
    institution = RecordField(label=_("Institution"), everything=_("All institutions"))
    since = DayField(label=_("First day"))
    until = DayField(label=_("Last day"))

    def __init__(self, *args, scope=None, **kwargs):
        super().__init__(*args, **kwargs)
        institutions = list((Institution.objects if scope is None else scope).select_related("municipality"))
        municipalities = {each.municipality.code: each.municipality for each in institutions}
        courses = Course.objects.all()
        self.fields["course"].offer((each.code, each, f"{each.code} · {each.title}") for each in courses)
        self.fields["municipality"].offer((code, each, each.name) for code, each in municipalities.items())
        self.fields["institution"].offer((each.uuid, each, each.name) for each in institutions)
        if scope is not None:
            for name in ("municipality", "institution"):
                if len(self.fields[name].records) == 1:
                    del self.fields[name]

    def clean(self):
        data = super().clean()
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("The last day is before the first: put a later last day."))
        institution, municipality = data.get("institution"), data.get("municipality")
        if institution and municipality and institution.municipality_id != municipality.pk:
            self.add_error(
                "institution",
                _("This institution is not in the chosen municipality: choose another, or all municipalities."),
            )
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

    def words(self):
        """What this valid form asks for, as people say it: course, place, period."""
        data = self.cleaned_data
        words = [data["course"].title if data.get("course") else _("All courses")]
        if data.get("institution") or data.get("municipality"):
            words.append((data.get("institution") or data.get("municipality")).name)
        elif "institution" in self.fields:
            words.append(_("All institutions"))
        days = {name: local_date(data[name]) for name in ("since", "until") if data.get(name)}
        if len(days) == 2:
            words.append(f"{days['since']} – {days['until']}")
        elif "since" in days:
            words.append(_("from %(day)s") % {"day": days["since"]})
        elif "until" in days:
            words.append(_("up to %(day)s") % {"day": days["until"]})
        else:
            words.append(_("all the time"))
        return words
