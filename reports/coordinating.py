"""The coordinator's room: who belongs to the institution, who waits for a word, and what people are invited with."""

import io

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from institutions.conf import join_path
from institutions.forms import LastDayForm, NewCodeForm
from institutions.models import JoinCode, Membership
from institutions.permissions import coordinated_institutions, note_foreign_address
from institutions.services import (
    EndsBeforeStart,
    confirm_membership,
    end_join_code,
    end_membership,
    make_join_code,
    refuse_membership,
)
from ui.collation import lithuanian_key
from ui.logins import login_to_post


def find_institution(institutions, institution_uuid):
    """One of these institutions. Another's is not found, and the log gets a line."""
    found = institutions.select_related("municipality").filter(uuid=institution_uuid).first()
    if found is None:
        note_foreign_address(institution_uuid)
        raise Http404
    return found


def _own(request, institution_uuid):
    return find_institution(coordinated_institutions(request.user, _today()), institution_uuid)


def _today():
    return timezone.localdate(timezone.now())


def _member(institution, membership_uuid):
    return get_object_or_404(
        Membership.objects.filter(institution=institution).select_related("learner"), uuid=membership_uuid
    )


@login_required
@require_GET
def people(request, institution_uuid):
    """Who belongs here now: those that wait for a word first, then all others, by Lithuanian rules."""
    institution = _own(request, institution_uuid)
    members = sorted(
        Membership.objects.filter(institution=institution).open().select_related("learner"),
        key=lambda each: (lithuanian_key(each.learner.surname), lithuanian_key(each.learner.given_names), each.pk),
    )
    waiting = [each for each in members if each.is_waiting]
    return render(
        request,
        "tiltas_reports/people.html",
        {
            "institution": institution,
            "tab": "people",
            "manages": True,
            "waiting": waiting,
            "members": [each for each in members if not each.is_waiting],
            "own": request.user,
        },
    )


@login_to_post
def confirm(request, institution_uuid, membership_uuid):
    institution = _own(request, institution_uuid)
    membership = _member(institution, membership_uuid)
    confirmed = confirm_membership(membership_id=membership.pk, at=timezone.now())
    if confirmed.confirmed_at:
        messages.success(request, _("Confirmed: %(person)s.") % {"person": membership.learner})
    else:
        messages.error(request, _("Refused before: %(person)s can join with a code.") % {"person": membership.learner})
    return redirect("tiltas_reports:people", institution_uuid=institution.uuid)


@login_to_post
def refuse(request, institution_uuid, membership_uuid):
    institution = _own(request, institution_uuid)
    membership = _member(institution, membership_uuid)
    now = timezone.now()
    refused = refuse_membership(membership_id=membership.pk, at=now, on=timezone.localdate(now))
    if refused.refused_at:
        messages.success(request, _("Not yours: %(person)s. Nothing is counted here.") % {"person": membership.learner})
    else:
        messages.error(request, _("Confirmed before: %(person)s. End the membership.") % {"person": membership.learner})
    return redirect("tiltas_reports:people", institution_uuid=institution.uuid)


@login_required
@require_http_methods(["GET", "POST"])
def end(request, institution_uuid, membership_uuid):
    """The last day of somebody who works here no more."""
    institution = _own(request, institution_uuid)
    membership = _member(institution, membership_uuid)
    form = LastDayForm(request.POST or None, today=_today())
    if request.method == "POST" and form.is_valid():
        try:
            end_membership(membership_id=membership.pk, on=form.cleaned_data["last_day"])
        except EndsBeforeStart as refusal:
            form.add_error("last_day", str(refusal))
        else:
            messages.success(request, _("Ended: %(person)s.") % {"person": membership.learner})
            return redirect("tiltas_reports:people", institution_uuid=institution.uuid)
    return render(
        request,
        "tiltas_reports/end.html",
        {"institution": institution, "membership": membership, "form": form},
    )


@login_required
@require_GET
def invitations(request, institution_uuid):
    """The codes that are good now, each with its link and its sheets for the notice board."""
    return _invitations(request, _own(request, institution_uuid), NewCodeForm(today=_today()))


def _invitations(request, institution, form):
    codes = JoinCode.objects.filter(institution=institution).usable(timezone.now()).order_by("-created_at", "-pk")
    return render(
        request,
        "tiltas_reports/invitations.html",
        {
            "institution": institution,
            "tab": "invitations",
            "form": form,
            "manages": True,
            "codes": [
                {
                    "code": code,
                    "link": request.build_absolute_uri(join_path(code.code)),
                    "sheets": _sheets(institution, code),
                }
                for code in codes
            ],
        },
    )


def _sheets(institution, code):
    """Language and address of the sheet in each language of the site."""
    sheets = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            address = reverse("tiltas_reports:sheet", args=[institution.uuid, code.code])
        sheets.append({"language": language, "name": get_language_info(language)["name_local"], "url": address})
    return sheets


@login_to_post
def make_code(request, institution_uuid):
    """A new code with its last day and for how many it is; what can't be is told in the form, beneath the codes that are there."""
    institution = _own(request, institution_uuid)
    form = NewCodeForm(request.POST, today=_today())
    if not form.is_valid():
        return _invitations(request, institution, form)
    code = make_join_code(institution_id=institution.pk, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("The new code: %(code)s.") % {"code": code.spaced})
    return redirect("tiltas_reports:invitations", institution_uuid=institution.uuid)


@login_to_post
def end_code(request, institution_uuid, code):
    institution = _own(request, institution_uuid)
    found = get_object_or_404(JoinCode, institution=institution, code=code)
    end_join_code(join_code_id=found.pk, at=timezone.now())
    messages.success(request, _("The code %(code)s lets nobody in any more.") % {"code": found.spaced})
    return redirect("tiltas_reports:invitations", institution_uuid=institution.uuid)


@login_required
@require_GET
def sheet(request, institution_uuid, code):
    """A page of paper for the notice board, in the language of its address."""
    institution = _own(request, institution_uuid)
    found = get_object_or_404(JoinCode.objects.usable(timezone.now()), institution=institution, code=code)
    link = request.build_absolute_uri(join_path(found.code))
    return render(request, "tiltas_reports/sheet.html", {"institution": institution, "code": found, "link": link})


@login_required
@require_GET
def qr(request, institution_uuid, code):
    """The link of the sheet as a square, an SVG."""
    institution = _own(request, institution_uuid)
    found = get_object_or_404(JoinCode.objects.usable(timezone.now()), institution=institution, code=code)
    drawing = io.BytesIO()
    square = segno.make_qr(request.build_absolute_uri(join_path(found.code)), error="m")
    square.save(drawing, kind="svg", scale=8, border=4, dark="#000", light="#fff", xmldecl=False, omitsize=False)
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "private"})
