"""What „Mano paskyra“ shows: the person, the mails, the courses. What belongs to logging in is the shell's or the host's."""

from django.utils.translation import get_language_info

from courses.models import Enrolment
from learners.registry import why_name_stays


def profile_context(learner, request):
    """Queries grow neither with courses nor with institutions."""
    enrolments = list(
        Enrolment.objects.filter(learner=learner).select_related("course").order_by("withdrawn_at", "-enrolled_at")
    )
    return {
        "learner": learner,
        "name_stays": why_name_stays(learner),
        "language": get_language_info(learner.language)["name_local"].capitalize(),
        "memberships": list(learner.memberships.open().select_related("institution__municipality")),
        "enrolments": enrolments,
        "entered": {each.course_id for each in enrolments if each.withdrawn_at is None},
    }
