"""Serving pages: whatever the depth, one query finds the page of an address and those above it."""

from itertools import pairwise

from django.core.cache import cache
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

DEEPEST = 8  # home, catalogue, course, module, activity, and room for a host's own
SITE_SECONDS = 60  # there is one Site (a check refuses more), and it hardly ever changes


def serve(request, path):
    """Wagtail's own view, told which page it is. What is not found here is left to Wagtail's walk down the tree."""
    page = _page_at(request, [slug for slug in path.split("/") if slug])
    if page is not None and page.live:
        specific = page.specific
        specific.locale = page.locale
        request._wagtail_route_for_request = RouteResult(specific)
        request._wagtail_site = cache.get_or_set("tiltas.site", lambda: Site.find_for_request(request), SITE_SECONDS)
    return wagtail_serve(request, path)


def _page_at(request, slugs):
    """
    The page at these slugs below the home page of the active language, each page above it in its place; None if not so simple.

    `request.tiltas_pages` keeps what was found: these pages in all languages, for the navigation and the language switch.
    """
    root = next((each.root_path for each in Site.get_site_root_paths() if each.language_code == get_language()), None)
    if root is None or len(slugs) > DEEPEST:
        return None
    addresses = [root + "".join(f"{slug}/" for slug in slugs[:depth]) for depth in range(len(slugs) + 1)]
    # Slugs have an index, addresses have none.
    here = Page.objects.filter(slug__in=[root.strip("/").rpartition("/")[2], *slugs], url_path__in=addresses)
    found = Page.objects.filter(translation_key__in=here.values("translation_key")).select_related("locale")
    pages = {page.url_path: page for page in found}
    line = [pages.get(address) for address in addresses]
    if None in line or not line[0].live or any(_routes_by_itself(page) for page in line):
        return None
    for above, below in pairwise(line):
        below._cached_parent_obj = above
    request.tiltas_pages = list(pages.values())
    return line[-1]


def _routes_by_itself(page):
    return page.specific_class is None or page.specific_class.route is not Page.route
