"""What „Mano mokymasis“ shows: enrolments, each with its outline and next step, and the learner's certificates."""

from django.utils import timezone
from django.utils.translation import get_language

from certificates.models import Certificate
from courses.models import CourseEdition, Enrolment
from courses.outline import course_outline, course_url, locale_of_reader
from courses.screens import course_cards
from progress.rules import academic_hours
from progress.services import completed_activities


def my_learning_context(learner, request):
    """The continue card, the facts, the courses. Queries grow with the learner's own courses, not with lessons."""
    locale = locale_of_reader(get_language())
    enrolments = list(
        Enrolment.objects.filter(learner=learner, withdrawn_at__isnull=True)
        .select_related("course", "membership__institution")
        .order_by("-enrolled_at")
    )
    certificates = {each.enrolment_id: each for each in Certificate.objects.valid().filter(enrolment__learner=learner)}
    courses = [_entry(enrolment, certificates.get(enrolment.pk), locale, request) for enrolment in enrolments]
    entered = {enrolment.course_id for enrolment in enrolments}
    return {
        "learner": learner,
        "going_on": next((entry for entry in courses if entry["enrolment"].is_open and entry["next"]), None),
        "courses": courses,
        "others": [card for card in course_cards(locale) if card["course"].pk not in entered],
        "hours_this_year": _hours(enrolments),
        "completed": sum(enrolment.completed_at is not None for enrolment in enrolments),
        "membership": learner.memberships.open().select_related("institution__municipality").first(),
    }


def _entry(enrolment, certificate, locale, request):
    outline = course_outline(enrolment.course, locale=locale, edition=enrolment.edition, request=request)
    outline.mark(done=completed_activities(enrolment))
    following = outline.next_step
    if following is not None and enrolment.is_open:
        following.here = True
    return {
        "enrolment": enrolment,
        "course": enrolment.course,
        "url": course_url(enrolment.course, request),
        "outline": outline,
        "next": following if enrolment.is_open else None,
        "hours_left": academic_hours(outline.minutes_left),
        "certificate": certificate,
    }


def _hours(enrolments):
    """Academic hours of the courses completed in the local year."""
    year = timezone.localdate().year
    done = [
        enrolment
        for enrolment in enrolments
        if enrolment.completed_at and timezone.localdate(enrolment.completed_at).year == year and not enrolment.trial
    ]
    hours = {
        (edition.course_id, edition.number): edition.academic_hours
        for edition in CourseEdition.objects.filter(course__in=[each.course_id for each in done])
    }
    return sum(hours[each.course_id, each.edition] for each in done)
