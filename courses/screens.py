"""What the catalogue's and the course's screens show."""

from collections import defaultdict

from django.conf import settings
from wagtail.models import Page

from institutions.models import Membership
from ui.collation import lithuanian_key

from .forms import CatalogueForm
from .outline import course_outline, newest_enrolment
from .pages import CoursePage
from .panels import course_panels, done_marks
from .permissions import can_try
from .records import Activity, Course, CourseEdition
from .searching import matches


def course_cards(locale):
    """The published courses in this locale, with their records, numbers and languages, in the order of their codes. Four queries."""
    pages = CoursePage.objects.filter(locale=locale, live=True)
    records = {course.key: course for course in Course.objects.prefetch_related("modules")}
    languages = defaultdict(set)
    for key, language in Page.objects.filter(live=True).values_list("translation_key", "locale__language_code"):
        languages[key].add(language)
    activities = defaultdict(list)
    for activity in Activity.objects.select_related("module__course").in_order():
        if locale.language_code in languages[activity.key]:
            activities[activity.module.course.key].append(activity)
    cards = [
        {
            "page": page,
            "course": records[page.translation_key],
            "modules": len(records[page.translation_key].modules.all()),
            "activities": len(activities[page.translation_key]),
            "contents": [each.titles.get(locale.language_code, "") for each in activities[page.translation_key]],
            "languages": [code for code, _name in settings.LANGUAGES if code in languages[page.translation_key]],
        }
        for page in pages
        if page.translation_key in records
    ]
    return sorted(cards, key=lambda card: card["course"].code)


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
    edition = enrolment.edition if enrolment else max(course.edition, 1)
    outline = course_outline(course, locale=page.locale, edition=edition, request=request)
    if enrolment:
        outline.mark(done=done_marks(enrolment))
    return {
        "course": course,
        "academic_hours": course.academic_hours,
        "outline": outline,
        "enrolment": enrolment,
        "panels": course_panels(enrolment, request) if enrolment else [],
        "memberships": memberships_to_choose(request.user) if not enrolment or attributable(enrolment) else [],
        "attributable": attributable(enrolment),
        "open_to_enrol": course.edition > 0,
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
