from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.models import Activity, Enrolment
from courses.outline import course_outline, course_url, locale_of_reader
from progress.services import NotEnrolled
from ui.logins import login_to_post

from .permissions import files_for, note_foreign_file
from .ranges import file_response
from .services import complete_lesson, remember_place


@login_to_post
def lesson_done(request, enrolment_uuid, activity_key):
    """The learner's own click: read. Leads to the next activity, and after the last to the course page."""
    enrolment, activity = _enrolment_and_lesson(request, enrolment_uuid, activity_key)
    try:
        complete_lesson(enrolment_id=enrolment.pk, activity_id=activity.pk, at=timezone.now())
    except NotEnrolled:
        messages.error(request, _("You have withdrawn from this course. Enrol again, and what you did is still there."))
        return redirect(course_url(enrolment.course, request))
    outline = course_outline(
        enrolment.course, locale=locale_of_reader(get_language()), edition=enrolment.edition, request=request
    )
    following = outline.after(activity.pk)
    return redirect(following.url if following else course_url(enrolment.course, request))


@require_POST
def reading_place(request, enrolment_uuid, activity_key):
    """
    The page's script says at which block the reader is. Answers 204; 400 for what is no block, 401 after the login has
    expired.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    enrolment, activity = _enrolment_and_lesson(request, enrolment_uuid, activity_key)
    try:
        block_id = UUID(request.POST.get("block", ""))
    except ValueError:
        return HttpResponse(status=400)
    remember_place(enrolment_id=enrolment.pk, activity_id=activity.pk, block_id=block_id)
    return HttpResponse(status=204)


@require_safe
def lesson_file(request, file_uuid, name):
    """A file of a lesson, for whoever may read the lesson. Documents are saved, video and sound are played in the page."""
    file = files_for(request).filter(uuid=file_uuid, name=name).first()
    if file is None:
        note_foreign_file(file_uuid)
        raise Http404
    return file_response(
        request,
        lambda: file.file.open("rb"),
        size=file.size,
        digest=file.digest,
        content_type=file.content_type,
        name=file.name,
        as_attachment=file.is_document,
    )


def _enrolment_and_lesson(request, enrolment_uuid, activity_key):
    enrolment = get_object_or_404(
        Enrolment.objects.for_user(request.user).select_related("course"), uuid=enrolment_uuid
    )
    return enrolment, get_object_or_404(Activity, key=activity_key, module__course=enrolment.course, kind="lesson")
