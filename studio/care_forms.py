"""What may be typed on the screens of course care."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.copying import CodeTaken, is_code_taken
from courses.models import CoursePage

MOST_HOURS = 400  # as many as a course's page may have
_HOURS = _("Type a whole number from 1 to 400: the academic hours that the certificate will state.")


class ReleaseForm(forms.Form):
    """The hours of an edition. `digest` says which preview was looked at."""

    academic_hours = forms.IntegerField(
        label=_("Academic hours of this edition"),
        min_value=1,
        max_value=MOST_HOURS,
        help_text=_("The certificate states them. One academic hour is 45 minutes; hours are rounded down."),
        error_messages={"required": _HOURS, "invalid": _HOURS, "min_value": _HOURS, "max_value": _HOURS},
    )
    digest = forms.CharField(widget=forms.HiddenInput, required=False)


class CopyForm(forms.Form):
    """The code of the copied course, and its title in each language in which the course's page is."""

    code = forms.CharField(
        label=_("Code of the new course"),
        max_length=CoursePage._meta.get_field("code").max_length,
        validators=CoursePage._meta.get_field("code").validators,
        help_text=_("Capital letters, digits and hyphens, 12 signs at most; each course has its own."),
    )

    def __init__(self, page, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = timezone.localdate().year + 1
        self.fields["code"].initial = f"{page.code[:7]}-{self.year}"
        for each in [page, *page.get_translations().select_related("locale")]:
            self.fields[f"title_{each.locale.language_code}"] = forms.CharField(
                label=_("Title (%(language)s)") % {"language": each.locale.get_display_name()},
                max_length=255,
                initial=f"{each.title} ({self.year})",
            )

    def clean_code(self):
        code = self.cleaned_data["code"]
        if is_code_taken(code):
            raise forms.ValidationError(str(CodeTaken(code)))
        return code

    @property
    def titles(self):
        """Language code → the title that was typed."""
        typed = self.cleaned_data.items()
        return {name.removeprefix("title_"): value for name, value in typed if name.startswith("title_")}


_DAY = _("Type a day such as 2027-01-31.")


def _day(**options):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, error_messages={"invalid": _DAY, "required": _DAY}, **options)


class OpeningForm(forms.Form):
    opens_on = _day(
        label=_("Opens to everyone on"),
        required=False,
        help_text=_("Empty: it is open to everyone now. Until that day only groups with a link can enrol."),
    )


class GroupForm(forms.Form):
    """A group; `group` is the one that is changed."""

    name = forms.CharField(
        label=_("Name of the group"),
        max_length=120,
        help_text=_("Those who are invited read it, such as: Telšiai, spring 2027."),
        error_messages={
            "required": _("Give the group a name: it tells groups apart, and those who are invited read it.")
        },
    )
    starts_on = _day(label=_("Can enrol from"))
    ends_on = _day(label=_("Can enrol until"), required=False, help_text=_("Empty: without an end."))

    def __init__(self, *args, group=None, **kwargs):
        initial = {name: getattr(group, name) for name in self.base_fields} if group else {}
        super().__init__(*args, initial=initial or {"starts_on": timezone.localdate()}, **kwargs)
