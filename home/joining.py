"""The learner's institutions: chosen from the list, missed, left; and which courses are counted for which of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.models import Enrolment
from courses.screens import memberships_to_choose
from institutions.finding import find_institutions
from institutions.forms import ChooseForm, FindForm, LastDayForm, MissingInstitutionForm
from institutions.models import InstitutionRequest, Membership
from institutions.services import (
    EndsBeforeStart,
    JoinRefused,
    choose_institution,
    end_membership,
    request_institution,
)
from learners.services import learner_of
from learners.views import ask_for_name
from ui.ratelimit import limited


@login_required
@require_http_methods(["GET", "POST"])
@limited("join", per_minute=20, methods=("POST",))
def choose(request):
    """Find the own institution on the list and choose it. Its coordinator then says whether the person works there."""
    learner = learner_of(request.user)
    if not learner.is_named:
        return ask_for_name(request.get_full_path())
    find, form = FindForm(request.GET or None), ChooseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["institution"]
        try:
            choose_institution(
                learner_id=learner.pk,
                institution_id=chosen.pk,
                job_title=form.cleaned_data["job_title"],
                on=timezone.localdate(timezone.now()),
            )
        except JoinRefused as refusal:
            form.add_error("institution", str(refusal))
        else:
            messages.success(request, _("You have chosen: %(institution)s.") % {"institution": chosen.name})
            return redirect("tiltas_home:my_institutions")
    found, number = _found(find)
    return render(
        request,
        "tiltas_home/choose.html",
        {"find": find, "form": form, "found": found, "number": number, "query": request.GET.urlencode()},
    )


def _found(find):
    """The institutions that the form asks for, and how many; None before anything was asked."""
    if not (find.is_bound and find.is_valid() and any(find.cleaned_data.values())):
        return None, 0
    return find_institutions(find.cleaned_data["q"], find.cleaned_data["municipality"])


@login_required
@require_http_methods(["GET", "POST"])
@limited("institution-request", per_minute=5, methods=("POST",))
def missing(request):
    """„Mano įstaigos nėra“: what it is called and where. An administrator answers; the answer is shown to the learner."""
    learner = learner_of(request.user)
    if not learner.is_named:
        return ask_for_name(request.get_full_path())
    known = {"name": request.GET.get("q", ""), "municipality": request.GET.get("municipality", "")}
    form = MissingInstitutionForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        request_institution(
            learner_id=learner.pk,
            name=data["name"],
            municipality_id=data["municipality"].pk,
            job_title=data["job_title"],
            at=timezone.now(),
        )
        messages.success(request, _("Thank you. The project office will answer; you will see the answer here."))
        return redirect("tiltas_home:my_institutions")
    return render(request, "tiltas_home/missing.html", {"form": form})


@login_required
@require_GET
def my_institutions(request):
    """Where the learner is and was, what was asked, and for which institution each course in progress is counted."""
    learner = learner_of(request.user)
    memberships = Membership.objects.filter(learner=learner).select_related("institution__municipality")
    requests = InstitutionRequest.objects.filter(learner=learner).select_related("institution", "municipality")
    return render(
        request,
        "tiltas_home/my_institutions.html",
        {
            "present": memberships.open().order_by("starts_on", "pk"),
            "past": memberships.filter(ends_on__isnull=False).order_by("-ends_on", "-pk"),
            "requests": requests,
            "memberships": memberships_to_choose(request.user),
            "enrolments": Enrolment.objects.filter(learner=learner, private=False)
            .open()
            .select_related("course", "membership__institution")
            .order_by("enrolled_at"),
            "here": reverse("tiltas_home:my_institutions"),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def leave(request, membership_uuid):
    """End one's own membership: the last day is asked, today at the latest."""
    own = Membership.objects.for_user(request.user).open().select_related("institution")
    membership = get_object_or_404(own, uuid=membership_uuid)
    form = LastDayForm(request.POST or None, today=timezone.localdate(timezone.now()))
    if request.method == "POST" and form.is_valid():
        try:
            end_membership(membership_id=membership.pk, on=form.cleaned_data["last_day"])
        except EndsBeforeStart as refusal:
            form.add_error("last_day", str(refusal))
        else:
            left = _("Ended: %(institution)s. What you completed there stays counted.")
            messages.success(request, left % {"institution": membership.institution.name})
            return redirect("tiltas_home:my_institutions")
    return render(request, "tiltas_home/leave.html", {"form": form, "membership": membership})
