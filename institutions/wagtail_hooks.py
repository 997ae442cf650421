from typing import ClassVar

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from .by_address import GivenToAnAddressView
from .codes import check_digit_holds
from .deleting import refusing
from .inspecting import InspectView
from .models import Institution, InstitutionRequest, JoinCode, Membership, Municipality, MunicipalityCoordinator
from .office import (
    AnswerForm,
    InstitutionForm,
    JoinCodeForm,
    MembershipForm,
    MunicipalityCoordinatorForm,
    NewMembershipForm,
    NewMunicipalityCoordinatorForm,
)
from .services import AlreadyAnswered, decline_request, link_requested_institution, make_requested_institution


class SortedIndexView(IndexView):
    """Names sort by Lithuanian rules on every database. People's names, which have no column to sort by, are searched for."""

    sorted_by: ClassVar = {
        "name": "sort_key",
        "municipality": "municipality__sort_key",
        "institution": "institution__sort_key",
        "learner": None,
    }

    def _get_custom_column(self, field_name, *args, **kwargs):
        column = super()._get_custom_column(field_name, *args, **kwargs)
        column.sort_key = self.sorted_by.get(field_name, column.sort_key)
        return column


class RequestIndexView(SortedIndexView):
    """What learners wrote is in no order of names; what waits stands first."""

    sorted_by: ClassVar = SortedIndexView.sorted_by | {"name": None}


class MunicipalityViewSet(ModelViewSet):
    model = Municipality
    icon = "globe"
    index_view_class = SortedIndexView
    form_fields = ["code", "iso_code", "names", "cases", "county_code", "county_names", "partner"]
    list_display = ["name", "code"]
    search_fields = ["code"]
    delete_view_class = refusing(_("“%(record)s” has institutions, so it can't be deleted."))


class WarnsOfTheCode:
    """A legal entity code whose check digit fails is kept, with a word of warning."""

    def save_instance(self):
        institution = super().save_instance()
        if institution.code and not check_digit_holds(institution.code):
            messages.warning(
                self.request,
                _("Saved, but the code %(code)s looks mistyped: its check digit fails. Compare it with the register.")
                % {"code": institution.code},
            )
        return institution


class InstitutionCreateView(WarnsOfTheCode, CreateView):
    pass


class InstitutionEditView(WarnsOfTheCode, EditView):
    pass


class InstitutionViewSet(ModelViewSet):
    model = Institution
    icon = "home"
    index_view_class = SortedIndexView
    add_view_class = InstitutionCreateView
    edit_view_class = InstitutionEditView
    list_display = ["name", "municipality", "kind", "code"]
    list_filter = ["municipality", "kind", "founder"]
    search_fields = ["name", "code"]
    delete_view_class = refusing(
        _(
            "“%(record)s” has members or codes, so it can't be deleted: what people learned there is kept. End their memberships."
        )
    )

    def get_form_class(self, for_update=False):
        return InstitutionForm


class MembershipViewSet(ModelViewSet):
    model = Membership
    icon = "group"
    index_view_class = SortedIndexView
    add_view_class = GivenToAnAddressView
    copy_view_enabled = False
    list_display = ["learner", "institution", "role", "confirmation", "starts_on", "ends_on"]
    list_filter = ["role", "confirmation", "institution__municipality"]
    search_fields = ["learner__surname", "institution__name"]
    delete_view_class = refusing(
        _("Courses are counted for “%(record)s”, so it can't be deleted. Put its last day instead.")
    )

    def get_form_class(self, for_update=False):
        return MembershipForm if for_update else NewMembershipForm


class MunicipalityCoordinatorViewSet(ModelViewSet):
    model = MunicipalityCoordinator
    icon = "view"
    index_view_class = SortedIndexView
    add_view_class = GivenToAnAddressView
    copy_view_enabled = False
    list_display = ["learner", "municipality", "starts_on", "ends_on"]
    list_filter = ["municipality"]
    search_fields = ["learner__surname"]

    def get_form_class(self, for_update=False):
        return MunicipalityCoordinatorForm if for_update else NewMunicipalityCoordinatorForm


class JoinCodeViewSet(ModelViewSet):
    model = JoinCode
    icon = "key"
    index_view_class = SortedIndexView
    list_display = ["code", "institution", "uses", "max_uses", "expires_at"]
    search_fields = ["code", "institution__name"]

    def get_form_class(self, for_update=False):
        return JoinCodeForm


class AnswersOnlyPolicy(ModelPermissionPolicy):
    """Learners ask; here requests are looked at and answered, never added or deleted by hand."""

    def user_has_permission(self, user, action):
        return action in {"view", "change"} and super().user_has_permission(user, action)


register_permission_policy(InstitutionRequest, AnswersOnlyPolicy(InstitutionRequest))


class AnswerView(EditView):
    """Answering is all that can be done to a request, and once."""

    page_title = _("Answer")

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        return self.say_answered() if self.object.answered_at else super().get(request, *args, **kwargs)

    def form_valid(self, form):
        data, outcome = form.cleaned_data, InstitutionRequest.Outcome
        asked, now = {"asked_id": form.instance.pk, "reply": data["reply"]}, timezone.now()
        today = timezone.localdate(now)
        try:
            if data["outcome"] == outcome.MADE:
                answered = make_requested_institution(
                    name=data["name"],
                    municipality_id=data["municipality"].pk,
                    kind=data["kind"] or Institution.Kind.OTHER,
                    at=now,
                    on=today,
                    **asked,
                )
            elif data["outcome"] == outcome.LINKED:
                answered = link_requested_institution(institution_id=data["institution"].pk, at=now, on=today, **asked)
            else:
                answered = decline_request(at=now, **asked)
        except AlreadyAnswered:
            return self.say_answered()
        log(instance=answered, action="wagtail.edit", user=self.request.user)  # the history tells who
        messages.success(self.request, _("Answered: %(name)s. The learner sees the answer.") % {"name": answered})
        return redirect(self.index_url_name)

    def say_answered(self):
        messages.warning(self.request, str(AlreadyAnswered()))
        return redirect(self.get_inspect_url())


class InstitutionRequestViewSet(ModelViewSet):
    model = InstitutionRequest
    icon = "help"
    index_view_class = RequestIndexView
    edit_view_class = AnswerView
    inspect_view_enabled = True
    inspect_view_class = InspectView
    inspect_view_fields = [
        *("name", "municipality", "learner", "job_title", "created_at"),
        *("answered_at", "outcome", "institution", "reply"),
    ]
    list_display = ["name", "municipality", "learner", "created_at", "outcome"]
    list_filter = ["outcome", "municipality"]
    search_fields = ["name"]

    def get_form_class(self, for_update=False):
        return AnswerForm


class InstitutionsGroup(ModelViewSetGroup):
    menu_label = _("Institutions")
    menu_icon = "home"
    menu_order = 400
    items = (
        InstitutionViewSet(),
        InstitutionRequestViewSet(),
        MembershipViewSet(),
        MunicipalityCoordinatorViewSet(),
        JoinCodeViewSet(),
        MunicipalityViewSet(),
    )


@hooks.register("register_admin_viewset")
def institutions_viewset():
    return InstitutionsGroup()
