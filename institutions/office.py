"""The forms of the administrator's room: whom a role is given to, what an institution is, what came of a request."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .by_address import AddressForm
from .codes import end_of_day
from .forms import GOOD_FOR
from .models import Institution, InstitutionRequest, JoinCode, Membership, Municipality, MunicipalityCoordinator


class InstitutionField(forms.ModelChoiceField):
    """Institutions by Lithuanian rules, each with its municipality: names repeat."""

    def __init__(self, **kwargs):
        super().__init__(Institution.objects.select_related("municipality"), label=_("Institution"), **kwargs)

    def label_from_instance(self, institution):
        return f"{institution.name} – {institution.municipality}"


class InstitutionForm(WagtailAdminModelForm):
    # Longer than the code itself, so that one typed with spaces arrives.
    code = forms.CharField(
        label=_("Legal entity code"),
        max_length=24,
        required=False,
        help_text=_("Nine digits, from the Register of Legal Entities."),
    )

    class Meta:
        model = Institution
        fields = ["name", "municipality", "kind", "legal_form", "founder", "code"]

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())


class NewMembershipForm(AddressForm):
    """A membership that an administrator makes is confirmed by that."""

    institution = InstitutionField()

    class Meta:
        model = Membership
        fields = ["institution", "role", "job_title", "starts_on", "ends_on"]

    field_order = ["email"]

    def clean(self):
        self.instance.confirm(timezone.now(), Membership.Confirmation.OFFICE)
        return super().clean()


class MembershipForm(WagtailAdminModelForm):
    """Person and institution stay: what was learned points here."""

    is_confirmed = forms.BooleanField(
        label=_("Confirmed"),
        required=False,
        help_text=_("Does the person work there? Unconfirmed ones are counted apart."),
    )

    class Meta:
        model = Membership
        fields = ["role", "job_title", "starts_on", "ends_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_confirmed"].initial = self.instance.confirmed_at is not None

    def clean(self):
        data = super().clean()
        if data["is_confirmed"] and self.instance.confirmed_at is None:
            self.instance.confirm(timezone.now(), Membership.Confirmation.OFFICE)
        elif not data["is_confirmed"] and self.instance.confirmed_at is not None:
            self.instance.confirmed_at, self.instance.confirmation = None, ""
        return data


class JoinCodeForm(WagtailAdminModelForm):
    """A code that an administrator makes is good for as long as one that a coordinator makes, unless something else is put."""

    class Meta:
        model = JoinCode
        fields = ["code", "institution", "expires_at", "max_uses"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["expires_at"].initial = end_of_day(timezone.localdate() + GOOD_FOR)


class NewMunicipalityCoordinatorForm(AddressForm):
    class Meta:
        model = MunicipalityCoordinator
        fields = ["municipality", "starts_on", "ends_on"]

    field_order = ["email"]


class MunicipalityCoordinatorForm(WagtailAdminModelForm):
    class Meta:
        model = MunicipalityCoordinator
        fields = ["starts_on", "ends_on"]


class AnswerForm(WagtailAdminModelForm):
    """What comes of „my institution is missing“."""

    outcome = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            (InstitutionRequest.Outcome.MADE, _("Make this institution")),
            (InstitutionRequest.Outcome.LINKED, _("It is on the list already")),
            (InstitutionRequest.Outcome.DECLINED, _("Decline")),
        ],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Institution.Kind, initial=Institution.Kind.OTHER, required=False)
    institution = InstitutionField(
        required=False, help_text=_("Only where it is on the list already: which one the learner means.")
    )

    class Meta:
        model = InstitutionRequest
        fields = ["outcome", "name", "municipality", "institution", "reply"]
        help_texts = {
            "name": _("As the learner wrote it; correct it before the institution is made."),
            "reply": _("The learner reads this. Needed where you decline."),
        }

    field_order = ["outcome", "name", "municipality", "kind", "institution", "reply"]

    def clean(self):
        data = super().clean()
        outcome, name, municipality = data.get("outcome"), data.get("name"), data.get("municipality")
        if outcome == InstitutionRequest.Outcome.LINKED and not data.get("institution"):
            self.add_error("institution", _("Choose the institution that the learner means."))
        if outcome == InstitutionRequest.Outcome.DECLINED and not data.get("reply"):
            self.add_error("reply", _("Say why in a sentence: the learner reads it."))
        if outcome == InstitutionRequest.Outcome.MADE and self._is_there(name, municipality):
            self.add_error(
                "name",
                _("This municipality already has an institution of this name: answer that it is on the list already."),
            )
        return data

    def _is_there(self, name, municipality):
        return (
            isinstance(municipality, Municipality)
            and Institution.objects.filter(name=name, municipality=municipality).exists()
        )
