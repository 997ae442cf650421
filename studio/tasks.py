"""Background work of the workshop."""

from django.contrib.auth import get_user_model
from django.tasks import task
from django.utils import timezone

from courses.copying import CodeTaken

from .copying import copy_course


@task
def copy_course_task(course_key, code, titles, user_id):
    """
    Copy a course: many pages take longer than a person waits for an answer. Returns what its waiting page asks for. A second
    run of the same task finds its code taken, and makes nothing.
    """
    user = get_user_model().objects.filter(pk=user_id).first()
    try:
        made = copy_course(course_key=course_key, code=code, titles=titles, user=user, at=timezone.now())
    except CodeTaken:
        return {"taken": code}
    return {"key": str(made.course.key), "pages": made.pages, "questions": made.questions}
