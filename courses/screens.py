"""What the catalogue's and the course's screens show."""

from wagtail.models import Page

from institutions.models import Membership

from .outline import course_outline, newest_enrolment
from .pages import CoursePage
from .panels import course_panels, done_marks
from .records import Activity, Course, CourseEdition


def course_cards(locale):
    """The published courses in this locale, with their records and numbers, in the order of their codes. Four queries."""
    pages = CoursePage.objects.filter(locale=locale, live=True)
    records = {course.key: course for course in Course.objects.prefetch_related("modules")}
    lessons = dict.fromkeys(records, 0)
    live = set(Page.objects.filter(locale=locale, live=True).values_list("translation_key", flat=True))
    for activity in Activity.objects.select_related("module__course"):
        if activity.key in live:
            lessons[activity.module.course.key] += 1
    cards = [
        {
            "page": page,
            "course": records[page.translation_key],
            "modules": len(records[page.translation_key].modules.all()),
            "activities": lessons[page.translation_key],
        }
        for page in pages
        if page.translation_key in records
    ]
    return sorted(cards, key=lambda card: card["course"].code)


def course_context(page, request):
    """What the course page shows: outline, the reader's enrolment with its panels, the institutions to choose from."""
    course = page.record
    if course is None:  # a preview before the first publication
        return {"course": None, "outline": None, "academic_hours": page.academic_hours}
    enrolment = newest_enrolment(course, request.user)
    edition = enrolment.edition if enrolment else max(course.edition, 1)
    outline = course_outline(course, locale=page.locale, edition=edition, request=request)
    if enrolment:
        outline.mark(done=done_marks(enrolment))
    return {
        "course": course,
        "academic_hours": course.academic_hours,
        "outline": outline,
        "enrolment": enrolment,
        "panels": course_panels(enrolment, request) if enrolment else [],
        "memberships": memberships_to_choose(request.user) if not enrolment or attributable(enrolment) else [],
        "attributable": attributable(enrolment),
        "open_to_enrol": course.edition > 0,
        "released": CourseEdition.objects.filter(course=course, number=edition).first(),
        "first_url": outline.first and outline.first.url,
    }


def attributable(enrolment):
    """May the learner still choose the institution for which this enrolment is counted?"""
    return enrolment is not None and enrolment.is_open and not enrolment.private


def memberships_to_choose(user):
    """The institutions at which the reader is now, by Lithuanian rules."""
    return list(
        Membership.objects.for_user(user).open().select_related("institution").order_by("institution__sort_key")
    )
