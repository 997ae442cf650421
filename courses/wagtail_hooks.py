from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages

from .models import Course, CoursePage


def course_in_use(page):
    """The first course with enrolments whose page is this one or stands below it; None where there is none."""
    keys = CoursePage.objects.descendant_of(page, inclusive=True).values("translation_key")
    return Course.objects.filter(key__in=keys, enrolments__isnull=False).first()


@hooks.register("before_delete_page")
def refuse_to_delete_a_course_in_use(request, page):
    course = course_in_use(page)
    if course is None:
        return None
    messages.error(
        request,
        _("People are enrolled in “%(course)s”, so its page can't be deleted. Unpublish it to close the course.")
        % {"course": course},
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def refuse_to_delete_courses_in_bulk(request, action_type, objects, action_class_instance):
    if action_type != "delete":
        return None
    for page in objects:
        if hasattr(page, "translation_key") and hasattr(page, "depth"):
            refusal = refuse_to_delete_a_course_in_use(request, page)
            if refusal is not None:
                return refusal
    return None
