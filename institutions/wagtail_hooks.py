from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from .deleting import refusing
from .models import Institution, JoinCode, Membership, Municipality


class MunicipalityViewSet(ModelViewSet):
    model = Municipality
    icon = "globe"
    form_fields = ["code", "iso_code", "names", "cases", "county_code", "county_names", "partner"]
    list_display = ["name", "code"]
    search_fields = ["code"]
    delete_view_class = refusing(_("“%(record)s” has institutions, so it can't be deleted."))


class InstitutionViewSet(ModelViewSet):
    model = Institution
    icon = "home"
    form_fields = ["name", "municipality", "kind", "code"]
    list_display = ["name", "municipality", "kind"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]
    delete_view_class = refusing(
        _(
            "“%(record)s” has members or codes, so it can't be deleted: what people learned there is kept. End their memberships."
        )
    )


class MembershipForm(WagtailAdminModelForm):
    """A membership that an administrator makes is confirmed by that."""

    class Meta:
        model = Membership
        fields = ["learner", "institution", "role", "job_title", "starts_on", "ends_on"]

    def save(self, commit=True):
        if self.instance.pk is None:
            self.instance.confirmed_at = timezone.now()
        return super().save(commit)


class MembershipViewSet(ModelViewSet):
    model = Membership
    icon = "group"

    def get_form_class(self, for_update=False):
        return MembershipForm

    list_display = ["learner", "institution", "role", "starts_on", "ends_on"]
    list_filter = ["role"]
    search_fields = ["learner__surname", "institution__name"]
    delete_view_class = refusing(
        _("Courses are counted for “%(record)s”, so it can't be deleted. Put its last day instead.")
    )


class JoinCodeViewSet(ModelViewSet):
    model = JoinCode
    icon = "key"
    form_fields = ["code", "institution", "expires_at", "max_uses"]
    list_display = ["code", "institution", "uses", "max_uses", "expires_at"]
    search_fields = ["code", "institution__name"]


class InstitutionsGroup(ModelViewSetGroup):
    menu_label = _("Institutions")
    menu_icon = "home"
    menu_order = 400
    items = (InstitutionViewSet(), MembershipViewSet(), JoinCodeViewSet(), MunicipalityViewSet())


@hooks.register("register_admin_viewset")
def institutions_viewset():
    return InstitutionsGroup()
