from datetime import timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .job_titles import job_titles
from .models import Institution, Municipality

GOOD_FOR = timedelta(days=90)  # proposed for a new join code: long enough for a department to come round to it
MOST_WHO_JOIN = 10_000


class JobTitleInput(forms.TextInput):
    """A line to write in, with titles to choose from below it; without scripts too."""

    template_name = "tiltas_institutions/job_title_input.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}-titles"
        return context | {"titles": job_titles(get_language() or "lt")}


class JobTitleField(forms.CharField):
    def __init__(self, **kwargs):
        super().__init__(
            **{
                "label": _("Job title"),
                "max_length": 120,
                "required": False,
                "help_text": _("As you call it yourself; it stands on the certificate beside the institution."),
                "widget": JobTitleInput(attrs={"autocomplete": "organization-title"}),
            }
            | kwargs
        )


class JoinForm(forms.Form):
    """A code from the learner's institution."""

    code = forms.CharField(
        label=_("Your institution's code"),
        max_length=24,
        help_text=_("8 letters and digits, from your coordinator. Hyphens and spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code-input", "autocapitalize": "characters"}),
    )
    job_title = JobTitleField()


class InvitedForm(JoinForm):
    """A code that came with a link: it is known already, and what remains to be said is the job title."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = forms.HiddenInput()


class NewCodeForm(forms.Form):
    """How long a new join code is good, and for how many. Without a bound a sheet that was forgotten on a wall lets people in for ever."""

    last_day = forms.DateField(
        label=_("Good until"),
        help_text=_("The last day on which somebody can join with it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Say until which day the code is good."),
            "invalid": _("This is no day. Write it as year-month-day, such as 2026-01-31."),
        },
    )
    max_uses = forms.IntegerField(
        label=_("How many may join"),
        help_text=_("As many as you invite. Empty: without a limit."),
        required=False,
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_WHO_JOIN, "inputmode": "numeric"}),
        error_messages={"invalid": _("Write a whole number, such as 30, or leave it empty.")},
        validators=[
            MinValueValidator(1, _("At least one person is to join with it: put 1 or more, or leave it empty.")),
            MaxValueValidator(MOST_WHO_JOIN, _("That is more than an institution has staff: put 10,000 or less.")),
        ],
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["last_day"].initial = today + GOOD_FOR
        self.fields["last_day"].widget.attrs["min"] = today.isoformat()

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day < self.today:
            raise forms.ValidationError(
                _("%(day)s is over, so nobody could join: put today or a later day."), params={"day": day.isoformat()}
            )
        return day


class FindForm(forms.Form):
    """Which institutions to show: those of a municipality, those whose name has these words, or both."""

    municipality = forms.ModelChoiceField(
        Municipality.objects,
        to_field_name="code",
        required=False,
        label=_("Municipality"),
        empty_label=_("All municipalities"),
    )
    q = forms.CharField(
        label=_("Name of the institution"),
        max_length=200,
        required=False,
        help_text=_("A part is enough, also without hooks and dots: “seniunija” finds “Seniūnija”."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class ChooseForm(forms.Form):
    """The learner's institution, out of those on the list."""

    institution = forms.ModelChoiceField(
        Institution.objects,
        to_field_name="uuid",
        label=_("Institution"),
        error_messages={
            "required": _("Choose the institution that you work at, or say below that it is missing."),
            "invalid_choice": _("This institution is not on the list any more. Choose another one."),
        },
    )
    job_title = JobTitleField()


class MissingInstitutionForm(forms.Form):
    """What the learner knows of an institution that is not on the list."""

    name = forms.CharField(
        label=_("Name of the institution"),
        max_length=200,
        help_text=_("In full, as on its seal or web page, in Lithuanian."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects,
        to_field_name="code",
        label=_("Municipality"),
        empty_label=_("Choose the municipality"),
        error_messages={"required": _("Choose the municipality in which the institution works.")},
    )
    job_title = JobTitleField()


class LastDayForm(forms.Form):
    """The last day of a membership: the first one at the earliest (the service tells), today at the latest."""

    last_day = forms.DateField(
        label=_("Last day"),
        help_text=_("What was completed up to then stays counted."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["last_day"].initial = today
        self.fields["last_day"].widget.attrs["max"] = today.isoformat()

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day > self.today:
            raise forms.ValidationError(
                _("%(day)s is still to come. Put today or an earlier day; come back on the last day itself."),
                params={"day": day.isoformat()},
            )
        return day
