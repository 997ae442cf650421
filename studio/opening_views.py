"""Course care in the editor's pages: the day on which a course opens to everyone, and the groups that may enrol before."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from courses.models import Cohort
from courses.opening import OpeningRefused, save_group, set_opening
from ui.conf import absolute

from .care import group_rows
from .care_forms import GroupForm, OpeningForm
from .care_views import back_to, course_page_of


def _open_page(request, course_key):
    """The page of a course that may have groups. Raises Http404, PermissionDenied."""
    page = course_page_of(request, course_key)
    if page.record is None or page.record.private:
        raise Http404
    return page


@require_http_methods(["GET", "POST"])
def opening(request, course_key):
    page = _open_page(request, course_key)
    course = page.record
    form = OpeningForm(request.POST if request.method == "POST" else None, initial={"opens_on": course.opens_on})
    if form.is_valid():
        try:
            course = set_opening(course_id=course.pk, opens_on=form.cleaned_data["opens_on"], at=timezone.now())
        except OpeningRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _opened(course))
            return back_to(page)
    groups = [(row, _link(row)) for row in group_rows(page.record)]
    context = {"page": page, "course": page.record, "form": form, "groups": groups}
    return render(request, "tiltas_studio/care/opening.html", context)


def _opened(course):
    if course.opens_on is None:
        return _("The course is open to everyone.")
    said = _("The course opens to everyone on %(day)s. Until then groups enrol with their links.")
    return said % {"day": course.opens_on.isoformat()}


def _link(group):
    """The same whoever looks: in the site's first language, whose reader may switch there."""
    with override(settings.LANGUAGE_CODE):
        return absolute(reverse("tiltas_courses:group", args=[group.uuid]))


@require_http_methods(["GET", "POST"])
def group(request, course_key, group_uuid=None):
    """A new group, or one that there is."""
    page = _open_page(request, course_key)
    known = get_object_or_404(Cohort, uuid=group_uuid, course=page.record) if group_uuid else None
    form = GroupForm(request.POST if request.method == "POST" else None, group=known)
    if form.is_valid():
        try:
            save_group(course_id=page.record.pk, group_id=known and known.pk, **form.cleaned_data)
        except OpeningRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved. Send the group its link: whoever has it and logs in can enrol."))
            return redirect("tiltas_studio_care:opening", page.translation_key)
    return render(request, "tiltas_studio/care/group.html", {"page": page, "form": form, "group": known})
