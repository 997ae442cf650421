from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.models import Activity, Enrolment
from courses.outline import course_outline, course_url, locale_of_reader
from progress.services import NotEnrolled, record_completion


@login_required
@require_POST
def lesson_done(request, enrolment_uuid, activity_key):
    """The learner's own click: read. Leads to the next activity, and after the last to the course page."""
    enrolment = get_object_or_404(
        Enrolment.objects.for_user(request.user).select_related("course"), uuid=enrolment_uuid
    )
    activity = get_object_or_404(Activity, key=activity_key, module__course=enrolment.course, kind="lesson")
    try:
        record_completion(enrolment_id=enrolment.pk, activity_id=activity.pk, at=timezone.now())
    except NotEnrolled:
        messages.error(request, _("You have withdrawn from this course. Enrol again, and what you did is still there."))
        return redirect(course_url(enrolment.course, request))
    outline = course_outline(
        enrolment.course, locale=locale_of_reader(get_language()), edition=enrolment.edition, request=request
    )
    following = outline.after(activity.pk)
    return redirect(following.url if following else course_url(enrolment.course, request))
