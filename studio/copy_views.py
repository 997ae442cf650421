"""Course care in the editor's pages: copying a course, and the page that waits until it is done."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.tasks import TaskResultStatus
from django.tasks.exceptions import TaskResultDoesNotExist
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from courses.copying import CodeTaken

from .care import copy_preview
from .care_forms import CopyForm
from .care_views import back_to, course_page_of
from .permissions import can_copy_course
from .tasks import copy_course_task

SECONDS_BETWEEN_LOOKS = 2


def _page_to_copy(request, course_key):
    page = course_page_of(request, course_key)
    if not can_copy_course(request.user, page):
        raise PermissionDenied
    return page


@require_http_methods(["GET", "POST"])
def copy(request, course_key):
    """Says what a copy will have and what not; what is posted is copied by a task."""
    page = _page_to_copy(request, course_key)
    if page.record is None:
        messages.error(request, _("Publish the course's page first: then it can be copied."))
        return back_to(page)
    form = CopyForm(page, request.POST if request.method == "POST" else None)
    if form.is_valid():
        result = copy_course_task.enqueue(
            str(page.translation_key), form.cleaned_data["code"], form.titles, request.user.pk
        )
        return redirect("tiltas_studio_care:copying", page.translation_key, result.id)
    context = {"page": page, "form": form, "preview": copy_preview(page)}
    return render(request, "tiltas_studio/care/copy.html", context)


@require_GET
def copying(request, course_key, result_id):
    """Waits for the task: looks again by itself, and leads to the new course."""
    page = _page_to_copy(request, course_key)
    try:
        result = copy_course_task.get_result(str(result_id))
    except TaskResultDoesNotExist:
        raise Http404 from None
    if result.args[0] != str(course_key):
        raise Http404
    if result.status == TaskResultStatus.SUCCESSFUL:
        return _copied(request, page, result.return_value)
    failed = result.status == TaskResultStatus.FAILED
    context = {"page": page, "code": result.args[1], "failed": failed}
    response = render(request, "tiltas_studio/care/copying.html", context)
    if not failed:
        response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


def _copied(request, page, made):
    if "taken" in made:
        messages.error(request, str(CodeTaken(made["taken"])))
        return redirect("tiltas_studio_care:copy", page.translation_key)
    said = _(
        "Copied: %(pages)d pages and %(questions)d questions. All pages are drafts: read them through and publish them."
    )
    messages.success(request, said % made)
    return redirect("tiltas_studio_care:course", made["key"])
