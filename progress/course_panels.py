"""The next step on the pages of a course."""

from courses.panels import Panel, register_course_panel, register_done_marks

from .rules import academic_hours
from .services import completed_activities


def next_step_panel(enrolment, outline, request):
    """How far one is, and the way on; nothing once the course is completed. The outline on the same screen shows the place too."""
    if enrolment.completed_at:
        return None
    following = outline.next_step
    if following is not None:
        following.here = True
    return Panel(
        "tiltas_progress/next_step.html",
        {"outline": outline, "following": following, "hours_left": academic_hours(outline.minutes_left)},
    )


register_course_panel(next_step_panel, order=50)
register_done_marks(completed_activities)
