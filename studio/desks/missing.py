"""Required activities that nobody can open: whoever is enrolled can't complete the course until they are back."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Locale, Page

from courses.models import Activity, CoursePage, Enrolment
from progress.models import Completion


@dataclass(frozen=True)
class MissingRow:
    """`edit_url` leads to the page that was unpublished; it is empty where the page is deleted."""

    title: str
    code: str  # of the course
    stopped: int  # people enrolled who have not done it
    edit_url: str
    course_url: str


def missing_rows(user):
    """Those of the courses that this person may publish, what stops most people first. Six queries, however many there are."""
    activities = _without_a_page()
    courses = {each.module.course_id: each.module.course for each in activities}
    enrolled = _by_edition(courses)
    done = _done(activities)
    pages = _source_pages(activities)
    course_pages = _publishable(user, courses)
    finder, rows = AdminURLFinder(user), []
    for activity in activities:
        course = courses[activity.module.course_id]
        editions = {edition for course_id, edition in enrolled if course_id == course.pk} | {course.edition}
        asking = [edition for edition in editions if _is_required(activity, edition)]
        if not asking or course.key not in course_pages:
            continue
        stopped = sum(enrolled[course.pk, edition] - done[activity.pk, edition] for edition in asking)
        page = pages.get(activity.key)
        edit_url = finder.get_edit_url(page) if page else ""
        rows.append(MissingRow(activity.title, course.code, stopped, edit_url or "", course_pages[course.key]))
    return sorted(rows, key=lambda row: -row.stopped)


def _without_a_page():
    live = Page.objects.filter(translation_key=OuterRef("key"), live=True)
    found = Activity.objects.filter(~Exists(live), required_since__isnull=False)
    return list(found.select_related("module__course").order_by("module__course__code", "module__position", "position"))


def _is_required(activity, edition):
    return edition >= activity.required_since and (activity.required_until is None or activity.required_until > edition)


def _open():
    return Enrolment.objects.open().counted()


def _by_edition(courses):
    """(course, edition) → how many people are on their way in it."""
    found = _open().filter(course__in=courses).values_list("course_id", "edition").annotate(Count("pk")).order_by()
    return Counter({(course, edition): number for course, edition, number in found})


def _done(activities):
    """(activity, edition) → how many of those have done it."""
    found = Completion.objects.filter(activity__in=activities, enrolment__in=_open())
    found = found.values_list("activity_id", "enrolment__edition").annotate(Count("pk")).order_by()
    return Counter({(activity, edition): number for activity, edition, number in found})


def _source_pages(activities):
    keys = [each.key for each in activities]
    return {
        page.translation_key: page
        for page in Page.objects.filter(translation_key__in=keys, locale=Locale.get_default())
    }


def _publishable(user, courses):
    """Key of the course → its page in the list of pages, of those that this person may publish."""
    keys = [each.key for each in courses.values()]
    pages = CoursePage.objects.filter(translation_key__in=keys, locale=Locale.get_default())
    finder = AdminURLFinder(user)
    return {
        page.translation_key: finder.get_edit_url(page)
        for page in pages
        if page.permissions_for_user(user).can_publish()
    }
