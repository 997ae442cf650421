"""The same place in another language, as an address of this site."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from django.urls import Resolver404, resolve, translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path, override
from wagtail.models import Page, Site

ONWARD = "next"  # where a form leads afterwards: an address in the query of an address


def in_language(address, language):
    """
    This address in the language, with its query and fragment; `next` in the query as well.

    A page's address becomes that of its translation, or stays where none is published. One that leads nowhere changes its prefix:
    nothing is here in that language either. An address without a language in it stays as it is.
    """
    parts = urlsplit(address)
    spoken = get_language_from_path(parts.path)
    if spoken is None or not is_ours(address):
        return address
    with override(spoken):  # only addresses of the active language resolve
        path = parts.path if spoken == language else _path_in(parts.path, spoken, language)
    return urlunsplit(("", "", path, _query_in(parts.query, language), parts.fragment))


def front_page(language):
    """Where the site begins in this language; a host may have no languages in its addresses."""
    return f"/{language}/" if is_language_prefix_patterns_used(settings.ROOT_URLCONF)[0] else "/"


def is_ours(address, request=None):
    """Does this address stay on the site? Asked of whatever came from outside."""
    hosts = {request.get_host()} if request else set()
    return url_has_allowed_host_and_scheme(address, hosts, require_https=bool(request) and request.is_secure())


def _path_in(path, spoken, language):
    try:
        is_page = resolve(path).url_name == "wagtail_serve"
    except Resolver404:
        return _prefixed(path, spoken, language)
    if not is_page:
        translated = translate_url(path, language)
        return translated if translated != path else _prefixed(path, spoken, language)  # a view without a name
    page = _page_at(path.removeprefix(f"/{spoken}/"), spoken)
    if page is None:
        return _prefixed(path, spoken, language)
    twin = Page.objects.filter(translation_key=page.translation_key, locale__language_code=language, live=True).first()
    return twin.get_url() if twin else path


def _prefixed(path, spoken, language):
    return f"/{language}{path.removeprefix(f'/{spoken}')}"


def _page_at(path, language):
    root = next((each.root_path for each in Site.get_site_root_paths() if each.language_code == language), None)
    slug = path.strip("/").rpartition("/")[2]
    if root is None:
        return None
    here = {"slug": slug} if slug else {}  # slugs have an index, addresses have none
    return Page.objects.filter(url_path=root + path, live=True, **here).first()


def _query_in(query, language):
    pairs = parse_qsl(query, keep_blank_values=True)
    if all(name != ONWARD for name, _value in pairs):
        return query
    return urlencode([(name, in_language(value, language) if name == ONWARD else value) for name, value in pairs])
