"""What „Mano mokymasis“ shows: enrolments, each with its outline and next step, and the learner's certificates."""

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import get_language

from certificates.models import Certificate
from courses.models import CourseEdition, Enrolment
from courses.outline import in_language, locale_of_reader, outline_of
from courses.screens import Shelf, course_cards
from progress.rules import academic_hours
from progress.services import completed_in


def my_learning_context(learner, request):
    """The continue card, the facts, the courses. As many queries for one course as for twenty."""
    locale = locale_of_reader(get_language())
    released = CourseEdition.objects.filter(course=OuterRef("course"), number=OuterRef("edition"))
    enrolments = list(
        Enrolment.objects.filter(learner=learner, withdrawn_at__isnull=True)
        .select_related("course", "membership__institution")
        .annotate(academic_hours=Subquery(released.values("academic_hours")))
        .order_by("-enrolled_at")
    )
    certificates = {each.enrolment_id: each for each in Certificate.objects.valid().filter(enrolment__learner=learner)}
    shelf, completed = Shelf.read(), completed_in(enrolments)
    pages = in_language(shelf.published, locale)
    courses = []
    for each in enrolments:
        outline = outline_of(each.course, shelf.modules_of(each.course_id), pages, each.edition, request)
        courses.append(_entry(each, outline.mark(done=completed[each.pk]), certificates.get(each.pk)))
    entered = {enrolment.course_id for enrolment in enrolments}
    return {
        "learner": learner,
        "going_on": next((entry for entry in courses if entry["enrolment"].is_open and entry["next"]), None),
        "courses": courses,
        "others": [card for card in course_cards(locale, shelf) if card["course"].pk not in entered],
        "hours_this_year": _hours(enrolments),
        "completed": sum(enrolment.completed_at is not None and not enrolment.trial for enrolment in enrolments),
        "membership": learner.memberships.open().select_related("institution__municipality").first(),
    }


def _entry(enrolment, outline, certificate):
    following = outline.next_step
    if following is not None and enrolment.is_open:
        following.here = True
    return {
        "enrolment": enrolment,
        "course": enrolment.course,
        "url": outline.url or "/",
        "outline": outline,
        "next": following if enrolment.is_open else None,
        "hours_left": academic_hours(outline.minutes_left),
        "certificate": certificate,
    }


def _hours(enrolments):
    """Academic hours of the courses completed in the local year, trials left out."""
    year = timezone.localdate().year
    return sum(
        enrolment.academic_hours
        for enrolment in enrolments
        if enrolment.completed_at and timezone.localdate(enrolment.completed_at).year == year and not enrolment.trial
    )
