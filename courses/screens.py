"""What the catalogue's and the course's screens show."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from institutions.models import Membership
from ui.collation import lithuanian_key

from .forms import CatalogueForm
from .outline import course_outline, courses_with_modules, keys_of, newest_enrolment, published_pages
from .pages import CoursePage
from .panels import course_panels, done_marks
from .permissions import can_try
from .records import Course, CourseEdition
from .searching import matches
from .services import EnrolmentRefused, NotReleased, check_open


@dataclass(frozen=True)
class Shelf:
    """What there is to learn: all courses with their modules and activities, and whatever of them is published in any language."""

    courses: dict[int, tuple[Course, list]]  # primary key → the course and its modules
    published: list[Page]

    def modules_of(self, course_id):
        """The modules of this course; none of one that has none."""
        return self.courses[course_id][1] if course_id in self.courses else []

    @classmethod
    def read(cls):
        """Three queries, however many lessons there are."""
        courses = courses_with_modules()
        keys = [key for course, modules in courses.values() for key in (course.key, *keys_of(modules))]
        return cls(courses, published_pages(keys))


def course_cards(locale, shelf=None):
    """
    The published courses in this locale, with their records, numbers and languages, in the order of their codes. Four queries;
    one where the caller has read the shelf already.
    """
    shelf = shelf or Shelf.read()
    languages = defaultdict(set)
    for page in shelf.published:
        languages[page.translation_key].add(page.locale.language_code)
    pages = {page.translation_key: page for page in CoursePage.objects.filter(locale=locale, live=True)}
    filled = [(course, modules) for course, modules in shelf.courses.values() if course.key in pages]
    empty = pages.keys() - {course.key for course, _modules in filled}
    known = [*filled, *((course, []) for course in (Course.objects.filter(key__in=empty) if empty else ()))]
    return [
        _card(pages[course.key], course, modules, languages, locale)
        for course, modules in sorted(known, key=lambda entry: entry[0].code)
    ]


def _card(page, course, modules, languages, locale):
    activities = [
        activity
        for module in modules
        for activity in module.activities.all()
        if locale.language_code in languages[activity.key] and activity.is_offered_in(course.edition)
    ]
    return {
        "page": page,
        "course": course,
        "opens_later": course.opens_later(timezone.localdate()),
        "modules": len(modules),
        "activities": len(activities),
        "contents": [each.titles.get(locale.language_code, "") for each in activities],
        "languages": [code for code, _name in settings.LANGUAGES if code in languages[course.key]]
        or [locale.language_code],
    }


def catalogue_context(page, request):
    """The courses, those that were asked for alone, and the form that asks. As many queries as the cards."""
    cards = course_cards(page.locale)
    topics = [(topic.id, topic.value) for card in cards for topic in card["page"].topics]
    asked = {"q", "topic"} & set(request.GET)
    form = CatalogueForm(
        request.GET if asked else None, topics=sorted(topics, key=lambda topic: lithuanian_key(topic[1]))
    )
    searched = form.is_valid() and any(form.cleaned_data.values())
    found = _found(cards, **form.cleaned_data) if searched else cards
    return {
        "courses": found,
        "has_courses": bool(cards),
        "form": form,
        "searched": searched,
        "everything_url": page.get_url(request),
    }


def _found(cards, q, topic):
    """The cards that hold every word of `q` and this topic. Each says which of its lessons hold the words."""
    found = []
    for card in cards:
        page = card["page"]
        topics = {each.id: each.value for each in page.topics}
        outcomes = [each.value for each in page.outcomes]
        words = [page.title, page.summary, page.audience, *topics.values(), *outcomes, *card["contents"]]
        if (not topic or topic in topics) and matches(q, *words):
            lessons = [title for title in card["contents"] if q and matches(q, title)]
            found.append(card | {"lessons_found": lessons})
    return found


def course_context(page, request):
    """What the course page shows: outline, the reader's enrolment with its panels, the institutions to choose from."""
    course = page.record
    if course is None:  # a preview before the first publication
        return {"course": None, "outline": None, "academic_hours": page.academic_hours}
    enrolment = newest_enrolment(course, request.user)
    opens_later = course.opens_later(timezone.localdate())
    edition = enrolment.edition if enrolment else max(course.edition, 1)
    outline = course_outline(course, locale=page.locale, edition=edition, request=request)
    if enrolment:
        outline.mark(done=done_marks(enrolment))
    return {
        "course": course,
        "academic_hours": course.academic_hours,
        "outline": outline,
        "enrolment": enrolment,
        "panels": course_panels(enrolment, outline, request) if enrolment else [],
        "memberships": memberships_to_choose(request.user) if not enrolment or attributable(enrolment) else [],
        "attributable": attributable(enrolment),
        "open_to_enrol": course.edition > 0 and not opens_later,
        "opens_later": opens_later if course.edition else None,
        "may_try": course.edition > 0 and enrolment is None and can_try(request.user, page),
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


def group_context(group, user, course_address):
    """What the link of an invited group shows; `refusal` says why nobody can enrol with it today, and is "" where one can."""
    refusal = ""
    try:
        check_open(group.course, group.pk, timezone.localdate())
    except EnrolmentRefused as reason:
        refusal = str(reason)
    if group.course.edition == 0:
        refusal = str(NotReleased())
    return {
        "group": group,
        "course": group.course,
        "course_url": course_address,
        "memberships": memberships_to_choose(user),
        "refusal": refusal,
    }
