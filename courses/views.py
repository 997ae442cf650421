from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Locale

from institutions.models import Membership
from learners.services import learner_of
from learners.views import ask_for_name, onward_address
from ui.logins import login_to_post

from .outline import course_url, newest_enrolment
from .pages import CoursePage
from .permissions import can_try
from .records import Cohort, Course, Enrolment
from .screens import group_context
from .services import EnrolmentRefused, choose_membership, enrol, withdraw


@login_to_post
def enrol_in_course(request, course_key):
    course = get_object_or_404(Course, key=course_key)
    learner = learner_of(request.user)
    if not learner.is_named:
        return ask_for_name(course_url(course, request))
    chosen = {}
    if "membership" in request.POST:
        membership = _chosen_membership(request)
        chosen["membership_id"] = membership and membership.pk
    try:
        enrol(learner_id=learner.pk, course_id=course.pk, at=timezone.now(), **chosen)
    except EnrolmentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You are enrolled. Start with the first lesson whenever it suits you."))
    return redirect(course_url(course, request))


@login_required
@require_http_methods(["GET", "POST"])
def enrol_with_group(request, cohort_uuid):
    """The link of an invited group: what one is invited to, and enrolling there, also before the course opens to everyone."""
    group = get_object_or_404(Cohort.objects.select_related("course"), uuid=cohort_uuid)
    course, place = group.course, course_url(group.course, request)
    enrolment = newest_enrolment(course, request.user)
    if enrolment is not None and enrolment.is_open:
        return redirect(place)
    if request.method == "GET":
        return render(request, "tiltas_courses/group.html", group_context(group, request.user, place))
    learner = learner_of(request.user)
    if not learner.is_named:
        return ask_for_name(request.path)
    membership = _chosen_membership(request)
    try:
        enrol(
            learner_id=learner.pk,
            course_id=course.pk,
            cohort_id=group.pk,
            membership_id=membership and membership.pk,
            at=timezone.now(),
        )
    except EnrolmentRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    messages.success(request, _("You are enrolled. Start with the first lesson whenever it suits you."))
    return redirect(place)


@login_to_post
def try_course(request, course_key):
    """A trainer's trial: what learners see, counted nowhere."""
    page = get_object_or_404(CoursePage, translation_key=course_key, locale=Locale.get_default())
    if not can_try(request.user, page):
        raise PermissionDenied
    course = get_object_or_404(Course, key=course_key)
    try:
        enrol(learner_id=learner_of(request.user).pk, course_id=course.pk, trial=True, at=timezone.now())
    except EnrolmentRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(course_url(course, request))


def _chosen_membership(request):
    """The membership that the form names, None for "on my own"; another's is never found. Whether it has ended, the service tells."""
    chosen = request.POST.get("membership")
    if not chosen:
        return None
    try:
        return get_object_or_404(Membership, learner__user=request.user, uuid=UUID(chosen))
    except ValueError:
        raise Http404 from None


@login_to_post
def choose_institution(request, enrolment_uuid):
    """„Įskaityti į įstaigą“: for which of the own institutions the course is counted, until it is completed."""
    enrolment = get_object_or_404(Enrolment.objects.for_user(request.user), uuid=enrolment_uuid)
    membership = _chosen_membership(request)
    try:
        choose_membership(enrolment_id=enrolment.pk, membership_id=membership and membership.pk)
    except EnrolmentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        counted = _("The course is counted for: %(institution)s.") % {
            "institution": membership and membership.institution
        }
        messages.success(request, counted if membership else _("The course is counted for no institution."))
    return redirect(onward_address(request) or course_url(enrolment.course, request))


@login_required
@require_http_methods(["GET", "POST"])
def withdraw_from_course(request, enrolment_uuid):
    """Asks once before it withdraws."""
    enrolment = get_object_or_404(
        Enrolment.objects.for_user(request.user).select_related("course"), uuid=enrolment_uuid
    )
    place = course_url(enrolment.course, request)
    if request.method == "GET":
        return render(request, "tiltas_courses/withdraw.html", {"enrolment": enrolment, "course_url": place})
    try:
        withdraw(enrolment_id=enrolment.pk, at=timezone.now())
    except EnrolmentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        if enrolment.trial:
            messages.success(request, _("The trial has ended."))
        else:
            messages.success(
                request, _("You have withdrawn from the course. What you did is kept: enrol again to go on.")
            )
    return redirect(place)
