from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from institutions.deleting import refusing

from .inspecting import CertificateInspectView
from .models import Certificate, Issuer
from .register_views import RegisterFilters, RegisterView, ReplaceView, RevokeView


class IssuerViewSet(ModelViewSet):
    model = Issuer
    icon = "site"
    form_fields = ["prefix", "names", "code", "signatory_name", "signatory_position", "funding", "active"]
    list_display = ["__str__", "prefix", BooleanColumn("active", label=_("issues new certificates"))]
    delete_view_class = refusing(
        _("“%(record)s” has issued certificates, so it can't be deleted. Switch it off instead.")
    )


class RegisterPolicy(ModelPermissionPolicy):
    """The register is looked at and certificates are revoked; nobody adds to it or deletes from it by hand."""

    def user_has_permission(self, user, action):
        return action in {"view", "change"} and super().user_has_permission(user, action)


register_permission_policy(Certificate, RegisterPolicy(Certificate))


class CertificateViewSet(ModelViewSet):
    model = Certificate
    icon = "doc-full"
    menu_label = _("Register of certificates")
    form_fields = ["revocation_reason"]
    list_display = [
        "full_number",
        "holder",
        "course_title",
        Column("issued_on", label=_("Issued on"), sort_key="issued_at"),
        "state_label",
    ]
    list_per_page = 50
    filterset_class = RegisterFilters
    list_export = RegisterView.list_export
    index_view_class = RegisterView
    edit_view_class = RevokeView
    edit_template_name = "tiltas_certificates/revoke.html"
    replace_view_class = ReplaceView
    inspect_view_enabled = True
    inspect_view_class = CertificateInspectView
    inspect_view_fields = [
        "full_number",
        "holder",
        "course_title",
        "state_label",
        "issued_at",
        "revoked_at",
        "revocation_reason",
        "replaced_by",
        "printed_code",
        "file_sha256",
        "snapshot",
    ]

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(replace_url_name=self.get_url_name("replace"), **kwargs)

    @property
    def replace_view(self):
        return self.construct_view(self.replace_view_class)

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("replace/<int:pk>/", self.replace_view, name="replace")]


class CertificatesGroup(ModelViewSetGroup):
    menu_label = _("Certificates")
    menu_icon = "doc-full"
    menu_order = 410
    items = (CertificateViewSet(), IssuerViewSet())


@hooks.register("register_admin_viewset")
def certificates_viewset():
    return CertificatesGroup()
