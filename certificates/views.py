from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.models import Enrolment
from ui.ratelimit import limited

from .forms import VerifyForm
from .models import Certificate
from .services import CannotIssue, CannotRender, NoIssuer, issue_certificate
from .services import render as render_pdf
from .showing import shown, shown_specimen
from .specimens import draw_specimen, specimen_of
from .verifying import find_certificate, shown_name


@login_required
@require_GET
def course_done(request, enrolment_uuid):
    """
    The course is completed. Issues the certificate at once where the worker has not done so yet; idempotent. A trial ends with a
    specimen, which is shown and not issued.
    """
    enrolment = _completed(request, enrolment_uuid)
    if enrolment.trial:
        return _specimen(request, enrolment)
    try:
        issued = issue_certificate(enrolment_id=enrolment.pk, at=timezone.now())
    except CannotIssue as refusal:
        context = {"just_done": True, "refusal": str(refusal)}
    else:
        context = {"just_done": True, **shown(issued)}
    return render(request, "tiltas_certificates/certificate.html", context)


def _completed(request, enrolment_uuid, **more):
    """The reader's own enrolment, completed."""
    own = Enrolment.objects.for_user(request.user).select_related(
        "learner", "course", "membership__institution__municipality"
    )
    return get_object_or_404(own, uuid=enrolment_uuid, completed_at__isnull=False, **more)


def _specimen(request, enrolment):
    try:
        context = shown_specimen(specimen_of(enrolment))
    except NoIssuer as refusal:
        context = {"refusal": str(refusal)}
    return render(request, "tiltas_certificates/specimen.html", context | {"enrolment": enrolment})


@login_required
@require_GET
def specimen(request, enrolment_uuid):
    """The PDF of a trial's specimen, drawn for this answer alone."""
    enrolment = _completed(request, enrolment_uuid, trial=True)
    try:
        pdf = draw_specimen(specimen_of(enrolment))
    except (NoIssuer, CannotRender) as reason:
        messages.error(request, str(reason))
        return redirect("tiltas_certificates:course_done", enrolment_uuid=enrolment.uuid)
    name = gettext("specimen")
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    )


@login_required
@require_GET
def certificate(request, certificate_uuid):
    """The learner's own certificate as a page: what the PDF says, in the language of the reader."""
    found = get_object_or_404(
        Certificate.objects.for_user(request.user).select_related("replaced_by"), uuid=certificate_uuid
    )
    return render(request, "tiltas_certificates/certificate.html", shown(found))


@login_required
@require_GET
def download(request, certificate_uuid):
    """The learner's own PDF. Rendered here if the worker has not come to it."""
    certificate = get_object_or_404(Certificate.objects.for_user(request.user), uuid=certificate_uuid)
    try:
        certificate = render_pdf(certificate_id=certificate.pk)
    except CannotRender as reason:
        messages.error(request, str(reason))
        return redirect("tiltas_certificates:certificate", certificate_uuid=certificate.uuid)
    return FileResponse(certificate.file.open("rb"), as_attachment=True, filename=f"{certificate.full_number}.pdf")


@require_GET
@never_cache
def verify_form(request):
    form = VerifyForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        address = reverse("tiltas_verify", args=[form.cleaned_data["code"]])
        language = request.GET.get("lang", "")
        return redirect(f"{address}?lang={language}" if language in dict(settings.LANGUAGES) else address)
    return _shown(request, {"form": form})


@require_GET
@never_cache
@limited("verify", per_minute=30)
def verify(request, code):
    """Public: is this certificate valid? "No such certificate" is an answer too, with the form to try again."""
    certificate = find_certificate(code)
    number = request.GET.get("nr", "")
    context = {
        "form": VerifyForm(initial={"code": code[:20]}),
        "certificate": certificate,
        "asked": True,
        "name": certificate and shown_name(certificate, number),
        "whole_name": certificate is not None and number == certificate.full_number,
        "today": timezone.localdate(),
    }
    if certificate is not None:
        context |= shown(certificate)
    return _shown(request, context)


def _shown(request, context):
    """The page in the visitor's language, or in the one that the language switch names: the address itself has none."""
    language = request.GET.get("lang", "")
    known = language if language in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(known):
        response = render(request, "tiltas_certificates/verify.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
