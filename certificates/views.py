from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.models import Enrolment
from ui.ratelimit import limited

from .forms import VerifyForm
from .models import Certificate
from .services import CannotIssue, CannotRender, issue_certificate
from .services import render as render_pdf
from .verifying import find_certificate, shown_name


@login_required
@require_GET
def course_done(request, enrolment_uuid):
    """The course is completed. Issues the certificate at once where the worker has not done so yet; idempotent."""
    enrolment = get_object_or_404(
        Enrolment.objects.for_user(request.user).select_related("course", "learner"),
        uuid=enrolment_uuid,
        completed_at__isnull=False,
    )
    certificate, refusal = None, ""
    try:
        certificate = issue_certificate(enrolment_id=enrolment.pk, at=timezone.now())
    except CannotIssue as reason:
        refusal = str(reason)
    return render(
        request,
        "tiltas_certificates/course_done.html",
        {"enrolment": enrolment, "certificate": certificate, "refusal": refusal},
    )


@login_required
@require_GET
def download(request, certificate_uuid):
    """The learner's own PDF. Rendered here if the worker has not come to it."""
    certificate = get_object_or_404(Certificate.objects.for_user(request.user), uuid=certificate_uuid)
    try:
        certificate = render_pdf(certificate_id=certificate.pk)
    except CannotRender as reason:
        messages.error(request, str(reason))
        return redirect("tiltas_certificates:course_done", enrolment_uuid=certificate.enrolment.uuid)
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
        "form": VerifyForm(initial={"code": code}),
        "certificate": certificate,
        "asked": True,
        "name": certificate and shown_name(certificate, number),
        "whole_name": certificate is not None and number == certificate.full_number,
    }
    return _shown(request, context)


def _shown(request, context):
    """The page in the visitor's language, or in the one that the language switch names: the address itself has none."""
    language = request.GET.get("lang", "")
    known = language if language in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(known):
        response = render(request, "tiltas_certificates/verify.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
