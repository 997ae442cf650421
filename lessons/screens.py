"""What a lesson's screen shows."""

from courses.outline import activity_with_course, course_outline, newest_enrolment
from courses.panels import course_panels
from progress.services import completed_activities


def lesson_context(page, request):
    """
    Outline, place and next step of the reader. `reading` is False where the reader has to enrol first.

    The same number of queries however many lessons the course has.
    """
    activity, modules = activity_with_course(page.translation_key)
    if activity is None:  # a preview before the first publication
        return {"activity": None, "outline": None, "reading": True, "minutes": page.minutes}
    course = activity.module.course
    enrolment = newest_enrolment(course, request.user)
    edition = enrolment.edition if enrolment else max(course.edition, 1)
    outline = course_outline(course, locale=page.locale, edition=edition, request=request, modules=modules)
    done = completed_activities(enrolment) if enrolment else set()
    outline.mark(done=done, here=activity.pk)
    is_first = outline.first is not None and outline.first.here
    return {
        "activity": activity,
        "minutes": activity.minutes,
        "course": course,
        "course_page": page.get_parent().get_parent(),
        "enrolment": enrolment,
        "outline": outline,
        "section": next((section for section in outline.sections if any(step.here for step in section.steps)), None),
        "is_done": activity.pk in done,
        "remembers_place": enrolment is not None and enrolment.is_open and activity.pk not in done,
        "reading": getattr(request, "is_preview", False) or enrolment is not None or is_first,
        "previous": outline.before(activity.pk),
        "following": outline.after(activity.pk),
        "panels": course_panels(enrolment, outline, request) if enrolment and enrolment.completed_at else [],
    }


def address_of_place(page, request):
    """The address of the block where the reader stopped in this lesson; None where none is remembered, or it is gone."""
    from .models import ReadingPlace

    places = ReadingPlace.objects.for_user(request.user).filter(activity__key=page.translation_key)
    place = str(places.values_list("block_id", flat=True).first())
    return f"{page.get_url(request)}#b-{place}" if place in {str(block.id) for block in page.body} else None
