from datetime import date

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from institutions.models import Institution, Municipality
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


class FiltersForm(forms.Form):
    """
    What to count. Empty fields leave nothing out. With a `scope`, a QuerySet of institutions, only these can be chosen, and a
    field that leaves no choice is not there.
    """

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
    since = DayField(label=_("First day"))
    until = DayField(label=_("Last day"))

    def __init__(self, *args, scope=None, **kwargs):
        super().__init__(*args, **kwargs)
        institutions = Institution.objects if scope is None else scope
        municipalities = Municipality.objects.all()
        if scope is not None:
            municipalities = municipalities.filter(pk__in=scope.values("municipality"))
        self.fields["course"].label_from_instance = lambda course: f"{course.code} · {course.title}"
        self._offer("municipality", municipalities, "code")
        self._offer("institution", institutions.all(), "uuid")
        if scope is not None:
            for name in ("municipality", "institution"):
                if len(self.fields[name].choices) <= 2:  # all, and the only one
                    del self.fields[name]

    def _offer(self, name, records, key):
        field = self.fields[name]
        field.queryset = records
        named = sorted(records, key=lambda record: lithuanian_key(record.name))
        field.choices = [("", field.empty_label)] + [(str(getattr(each, key)), each.name) for each in named]

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
