"""What authors find on the first screen of the editor's pages: the courses, and where work is waiting in them."""

from dataclasses import dataclass

from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page

from courses.models import CoursePage


@dataclass(frozen=True)
class DeskRow:
    """One course: its page, how many pages it has in the source language, and how many of them wait to be published."""

    page: CoursePage
    pages: int
    waiting: int


def desk_rows(user):
    """The courses that this person may edit, by code. Four queries, and what Wagtail asks once for the person's permissions."""
    courses = list(CoursePage.objects.filter(locale=Locale.get_default()).order_by("code"))
    pages = Page.objects.filter(
        locale=Locale.get_default(), depth__gte=min((each.depth for each in courses), default=1)
    )
    known = list(pages.values_list("path", "live", "has_unpublished_changes"))
    rows = []
    for course in courses:
        if not course.permissions_for_user(user).can_edit():
            continue
        own = [(live, changed) for path, live, changed in known if path.startswith(course.path)]
        rows.append(DeskRow(course, len(own), sum(changed or not live for live, changed in own)))
    return rows


class CoursesPanel(Component):
    """The courses on the editor's first screen."""

    template_name = "tiltas_studio/courses_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        return {"rows": desk_rows(parent_context["request"].user)}
