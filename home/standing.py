"""The pages that stand at the same place on each screen: catalogue, news, help and the like."""

from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.utils.translation import get_language
from wagtail.models import Page

from courses.models import CourseIndexPage

from .models import InfoPage, NewsIndexPage

COURSES, NEWS = "courses", "news"

# Every screen shows them and they hardly ever change. A server whose memory is not shared learns of a change this much later.
SECONDS = 60


def standing_pages(request):
    """
    What it is → the published page in the reader's language; an InfoPage is named by its role. Remembered for a minute, or
    until one is published, moved or taken away.
    """
    language = get_language()
    known = getattr(request, "tiltas_standing", {})
    if language not in known:
        known[language] = cache.get_or_set(_key(language), lambda: _find(language), SECONDS)
        request.tiltas_standing = known
    return known[language]


def forget_standing_pages():
    cache.delete_many([_key(language) for language, _name in settings.LANGUAGES])


def _key(language):
    return f"tiltas_home.standing.{language}"


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
