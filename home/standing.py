"""The pages that stand at the same place on each screen: catalogue, news, help and the like."""

from django.db.models import F
from django.utils.translation import get_language
from wagtail.models import Page

from courses.models import CourseIndexPage

from .models import InfoPage, NewsIndexPage

COURSES, NEWS = "courses", "news"


def standing_pages(request):
    """
    What it is → the published page in the reader's language; an InfoPage is named by its role. One query for a whole screen.
    """
    language = get_language()
    known = getattr(request, "tiltas_standing", {})
    if language not in known:
        known[language] = _find(language)
        request.tiltas_standing = known
    return known[language]


def _find(language):
    pages = (
        Page.objects.filter(locale__language_code=language, live=True)
        .type(CourseIndexPage, NewsIndexPage, InfoPage)
        .annotate(role=F("infopage__role"))
        .order_by("path")
    )
    found = {}
    for page in pages:
        name = _name(page)
        if name:
            found.setdefault(name, page)
    return found


def _name(page):
    if page.role is not None:
        return page.role
    return COURSES if issubclass(page.specific_class, CourseIndexPage) else NEWS
