"""Course care in the editor's pages: releasing an edition."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.models import Locale

from courses.models import CoursePage
from courses.permissions import can_care
from courses.retiring import retired_activities
from courses.services import CannotComeBack, NothingRequired, PlanChanged
from progress.services import release_and_settle

from .care import edition_rows, pages_waiting, release_preview
from .care_forms import ReleaseForm
from .permissions import can_copy_course


def course_page_of(request, course_key):
    """The source-language page of this course, for who may care for it. Raises Http404, PermissionDenied."""
    page = get_object_or_404(CoursePage, translation_key=course_key, locale=Locale.get_default())
    if not can_care(request.user, page):
        raise PermissionDenied
    return page


def back_to(page):
    return redirect("tiltas_studio_care:course", page.translation_key)


@require_GET
def course(request, course_key):
    """One course: its editions, and what can be done for it."""
    page = course_page_of(request, course_key)
    record = page.record
    context = {"page": page, "course": record, "care_of_course": True, "may_copy": can_copy_course(request.user, page)}
    if record is not None:
        context |= {"editions": edition_rows(record), "retired": retired_activities(record)}
        context |= {"waiting": pages_waiting(page), "opens_later": record.opens_later(timezone.localdate())}
    return render(request, "tiltas_studio/care/course.html", context)


@require_http_methods(["GET", "POST"])
def release(request, course_key):
    """Shows what the next edition would mean; what is posted is released only if that is still so."""
    page = course_page_of(request, course_key)
    if page.record is None:
        messages.error(request, _("Publish the course's page first: then an edition can be released."))
        return back_to(page)
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if form.is_valid():
        try:
            return _release(request, page, form.cleaned_data)
        except (PlanChanged, NothingRequired, CannotComeBack) as reason:
            refusal = str(reason)
    return _show_release(request, page, form, refusal)


def _release(request, page, typed):
    hours, digest = typed["academic_hours"], typed["digest"]
    released, settled = release_and_settle(
        course_id=page.record.pk, academic_hours=hours, digest=digest, at=timezone.now()
    )
    said = _("Edition %(number)d is released. New enrolments take it; who is enrolled already keeps their edition.")
    messages.success(request, said % {"number": released.number})
    if settled:
        told = ngettext("%(number)d enrolment was completed.", "%(number)d enrolments were completed.", settled)
        messages.success(request, told % {"number": settled})
    return back_to(page)


def _show_release(request, page, form, refusal):
    preview = release_preview(page.record)
    if form.is_bound:
        form.data = form.data.copy()
        form.data["digest"] = preview.plan.digest  # what is confirmed next is what is shown now
    else:
        form.initial = {"academic_hours": preview.suggested_hours, "digest": preview.plan.digest}
    context = {"page": page, "course": page.record, "preview": preview, "form": form, "refusal": refusal}
    return render(request, "tiltas_studio/care/release.html", context)
