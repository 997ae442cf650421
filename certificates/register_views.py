"""The register of certificates in the editor's pages: looked at, searched, exported, revoked from; never written by hand."""

import io

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from courses.models import Course
from ui.sheets import CONTENT_TYPES, Table, write_csv, write_xlsx

from .forms import ReplaceForm
from .models import REPLACED, STATE_LABELS, VALID, Certificate
from .register import REGISTER_COLUMNS
from .services import CannotIssue, replace_certificate, revoke_certificate
from .signals import register_exported


def _years():
    return [
        (year, str(year)) for year in Certificate.objects.order_by("-year").values_list("year", flat=True).distinct()
    ]


class RegisterFilters(WagtailFilterSet):
    course = ModelChoiceFilter(
        field_name="enrolment__course",
        queryset=Course.objects,
        label=_("Course"),
        empty_label=_("All courses"),
        widget=forms.RadioSelect,
    )
    year = ChoiceFilter(choices=_years, label=_("Year"), empty_label=_("All years"), widget=forms.RadioSelect)
    state = ChoiceFilter(
        choices=list(STATE_LABELS.items()),
        method="in_state",
        label=_("State"),
        empty_label=_("All states"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Certificate
        fields = []

    def in_state(self, certificates, name, state):
        return certificates.in_state(state)


class RegisterView(IndexView):
    """The register, newest first. Its files hold just what is found under the search and the filters."""

    page_title = _("Register of certificates")
    list_export = [column.name for column in REGISTER_COLUMNS]
    replace_url_name = None

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("replaced_by")

    def search_queryset(self, queryset):
        return queryset.matching(self.search_query) if self.is_searching else queryset

    @cached_property
    def is_searchable(self):
        return True

    def get_edit_url(self, instance):
        """The number leads to what was certified; revoking is not one press away."""
        return self.get_inspect_url(instance)

    def get_list_more_buttons(self, instance):
        offered = [(_("What was certified"), self.inspect_url_name, "info-circle")]
        if instance.state == VALID:
            offered.append((_("Revoke"), self.edit_url_name, "cross"))
        if instance.state != REPLACED:
            offered.append((_("Replace"), self.replace_url_name, "resubmit"))
        return [
            MenuItem(label, url=reverse(name, args=[instance.pk]), icon_name=icon, priority=priority)
            for priority, (label, name, icon) in enumerate(offered)
        ]

    def as_spreadsheet(self, queryset, spreadsheet_format):
        """The offices' own CSV or XLSX instead of Wagtail's, and a line in the log."""
        now = timezone.now()
        entries = list(queryset)
        tables = [Table(str(_("Register of certificates")), REGISTER_COLUMNS, entries)]
        body = io.BytesIO()
        if spreadsheet_format == self.FORMAT_CSV:
            write_csv(body, tables)
        else:
            definitions = [(column.heading, column.definition) for column in REGISTER_COLUMNS]
            write_xlsx(body, tables, notes_heading=str(_("Definitions")), notes=definitions)
        asked = {name: value for name, value in self.request.GET.items() if value and name not in {"export", "p"}}
        register_exported.send(
            sender=Certificate,
            user=self.request.user,
            format_name=spreadsheet_format,
            filters=asked,
            rows=len(entries),
            at=now,
        )
        name = f"pazymejimai-{timezone.localdate(now).isoformat()}.{spreadsheet_format}"
        return HttpResponse(
            body.getvalue(),
            content_type=CONTENT_TYPES[spreadsheet_format],
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


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


class ReplaceView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """The name was wrong: revoke the certificate and issue another with the right one, in one step."""

    model = Certificate
    permission_required = "change"
    form_class = ReplaceForm
    template_name = "tiltas_certificates/replace.html"
    header_icon = "resubmit"
    index_url_name = edit_url_name = inspect_url_name = None

    @cached_property
    def certificate(self):
        found = Certificate.objects.select_related("enrolment__learner", "replaced_by")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_page_title(self):
        return _("Replace certificate %(number)s") % {"number": self.certificate.full_number}

    def get_breadcrumbs_items(self):
        register = {"url": reverse(self.index_url_name), "label": _("Register of certificates")}
        return [*self.breadcrumbs_items, register, {"url": "", "label": self.get_page_title()}]

    def get_initial(self):
        learner = self.certificate.enrolment.learner
        return {"given_names": learner.given_names, "surname": learner.surname}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"certificate": self.certificate}

    def form_valid(self, form):
        try:
            new = replace_certificate(certificate_id=self.certificate.pk, at=timezone.now(), **form.cleaned_data)
        except CannotIssue as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        for certificate in (self.certificate, new):
            log(instance=certificate, action="wagtail.edit", user=self.request.user)
        told = {"old": self.certificate.full_number, "new": new.full_number}
        messages.success(self.request, _("%(old)s is revoked, and %(new)s is issued in its place.") % told)
        return redirect(self.index_url_name)
