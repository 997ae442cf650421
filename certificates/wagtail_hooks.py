from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from institutions.deleting import refusing

from .models import Certificate, Issuer
from .services import revoke_certificate


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


class RevokeView(EditView):
    """Revoking is all that can be done to an issued certificate."""

    page_title = _("Revoke a certificate")

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        reason = form.fields["revocation_reason"]
        reason.required = True
        reason.error_messages["required"] = _("Say why in a sentence: the holder reads it.")
        return form

    def form_valid(self, form):
        reason = form.cleaned_data["revocation_reason"]
        certificate = revoke_certificate(certificate_id=form.instance.pk, reason=reason, at=timezone.now())
        log(instance=certificate, action="wagtail.edit", user=self.request.user)  # the history tells who
        messages.success(self.request, _("%(number)s is revoked.") % {"number": form.instance.full_number})
        return redirect(self.index_url_name)


class CertificateViewSet(ModelViewSet):
    model = Certificate
    icon = "doc-full"
    menu_label = _("Register of certificates")
    form_fields = ["revocation_reason"]
    list_display = ["full_number", "enrolment", "issued_at", "revoked_at"]
    search_fields = ["code", "enrolment__learner__surname"]
    edit_view_class = RevokeView
    inspect_view_enabled = True
    inspect_view_fields = ["snapshot", "issued_at", "revoked_at", "revocation_reason", "file_sha256"]


class CertificatesGroup(ModelViewSetGroup):
    menu_label = _("Certificates")
    menu_icon = "doc-full"
    menu_order = 410
    items = (CertificateViewSet(), IssuerViewSet())


@hooks.register("register_admin_viewset")
def certificates_viewset():
    return CertificatesGroup()
