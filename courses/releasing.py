"""What releasing a course's next edition would change, worked out in one place: the preview shows it and the release does it."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from wagtail.models import Locale, Page

from .pages import ActivityPage
from .records import Activity, Course, Enrolment

_IN_SOURCE = {"locale__language_code": settings.LANGUAGE_CODE}


@dataclass(frozen=True)
class EditionPlan:
    """
    The next edition of a course: activities in their order. `hindered` are those of `added` that can't come back;
    `unpublished` are titles of pages that are marked as required, but not published.
    """

    course: Course
    number: int
    added: list
    dropped: list
    kept: list
    hindered: list
    unpublished: list

    @property
    def required(self):
        return [*self.kept, *self.added]

    @property
    def minutes(self):
        return sum(activity.minutes for activity in self.required)

    @property
    def digest(self):
        """Two plans with the same digest require the same in the same edition."""
        required = sorted(str(activity.key) for activity in self.required)
        return hashlib.sha256(" ".join([str(self.course.key), str(self.number), *required]).encode()).hexdigest()


def wished_required(course):
    """Keys of the activities that are not retired and whose published source page is marked as required."""
    return {activity.key for activity in plan_edition(course).required}


def plan_edition(course):
    """The EditionPlan of this course as its pages are now. The same number of queries however many lessons it has."""
    wished, enrolled = _marked_as_required(live=True), _editions_with_enrolments(course)
    activities = Activity.objects.filter(module__course=course).select_related("module").in_order()
    added, dropped, kept = [], [], []
    for activity in activities:
        is_required = activity.required_since is not None and activity.required_until is None
        if activity.key in wished and activity.retired_at is None:
            (kept if is_required else added).append(activity)
        elif is_required:
            dropped.append(activity)
    hindered = [each for each in added if _enrolled_without(each, enrolled)]
    return EditionPlan(course, course.edition + 1, added, dropped, kept, hindered, _unpublished(course))


def _marked_as_required(**of):
    """Keys of the source-language activity pages that are marked as required. One query for each kind of them."""
    return {
        key
        for model in _activity_page_models()
        for key in model.objects.filter(required=True, **of, **_IN_SOURCE).values_list("translation_key", flat=True)
    }


def _activity_page_models():
    """Every kind of activity page that is installed."""
    found, queue = [], [ActivityPage]
    while queue:
        model = queue.pop()
        queue += model.__subclasses__()
        if not model._meta.abstract:
            found.append(model)
    return found


def _editions_with_enrolments(course):
    return set(Enrolment.objects.filter(course=course).values_list("edition", flat=True).distinct())


def _enrolled_without(activity, editions):
    """
    Did anybody enrol after this activity was left out? A row keeps one span of editions: one that was left out comes back only
    where nobody enrolled in the gap, or what those enrolments have to complete would change under them.
    """
    return activity.required_until is not None and any(edition >= activity.required_until for edition in editions)


def _unpublished(course):
    """Titles of the pages below the course's page that are marked as required and that nobody can open."""
    page = Page.objects.filter(translation_key=course.key, **_IN_SOURCE).first()
    if page is None:
        return []
    below = Page.objects.descendant_of(page).filter(live=False, translation_key__in=_marked_as_required(live=False))
    return list(below.order_by("path").values_list("title", flat=True))


def without_translation(activities):
    """(activity, names of the languages in which its page is not published) of those of these that have some. Two queries."""
    locales = list(Locale.objects.exclude(language_code=settings.LANGUAGE_CODE).order_by("language_code"))
    keys = [activity.key for activity in activities]
    there = set(Page.objects.filter(translation_key__in=keys, live=True).values_list("translation_key", "locale_id"))
    found = [
        (activity, [locale.get_display_name() for locale in locales if (activity.key, locale.pk) not in there])
        for activity in activities
    ]
    return [(activity, languages) for activity, languages in found if languages]
