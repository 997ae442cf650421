"""What the front page and the info pages show."""

from certificates.forms import VerifyForm
from courses.screens import course_cards

from .models import NEWEST_FIRST, InfoPage, NewsPage
from .standing import standing_pages

NEWS_ON_THE_FRONT_PAGE = 2


def home_context(page, request):
    """The courses, the check of a certificate, the help lines of the page that has them, the newest news."""
    help_page = standing_pages(request).get(InfoPage.Role.HELP)
    help_page = help_page and InfoPage.objects.get(pk=help_page.pk)
    news = NewsPage.objects.filter(locale=page.locale_id, live=True).order_by(*NEWEST_FIRST)
    return {
        "courses": course_cards(page.locale),
        "verify_form": VerifyForm(),
        "help_page": help_page,
        "help_lines": help_page and help_page.help_lines,
        "news": list(news[:NEWS_ON_THE_FRONT_PAGE]),
        "standing": standing_pages(request),
    }


def info_context(page, request):
    """The way to a person, at the end of each info page but the one that is it."""
    help_page = standing_pages(request).get(InfoPage.Role.HELP)
    return {"help_page": help_page if help_page is not None and help_page.pk != page.pk else None}
