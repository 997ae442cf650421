"""What the base template shows around every screen."""

from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page

from certificates.urls import verify_urlpatterns
from courses.models import CourseIndexPage
from institutions.permissions import visible_institutions

WITHOUT_PREFIX = {pattern.name for pattern in verify_urlpatterns}


def chrome(request):
    """Navigation, languages, account and footer, each made only when a template asks for it."""
    return {
        "tiltas_nav": SimpleLazyObject(lambda: _nav(request)),
        "tiltas_languages": SimpleLazyObject(lambda: _languages(request)),
        "tiltas_account": SimpleLazyObject(lambda: _account(request)),
        "tiltas_footer": SimpleLazyObject(_footer),
        "tiltas_home_url": f"/{get_language()}/",
    }


def _signed_in(request):
    return hasattr(request, "user") and request.user.is_authenticated


def _nav(request):
    catalogue = _catalogue(request)
    entries = [(_("Courses"), catalogue.get_url(request))] if catalogue else []
    if _signed_in(request):
        entries.append((_("My learning"), reverse("tiltas_home:my_learning")))
        if visible_institutions(request.user, timezone.localdate()).exists():
            entries.append((_("My institution"), reverse("tiltas_reports:my_institutions")))
    return [{"label": label, "url": url, "current": request.path.startswith(url)} for label, url in entries]


def _catalogue(request):
    """The catalogue in this language: one of the pages that the address led through, else the first there is."""
    for page in getattr(request, "tiltas_pages", []):
        if page.live and page.locale.language_code == get_language() and page.specific_class is CourseIndexPage:
            return page
    return CourseIndexPage.objects.filter(locale__language_code=get_language(), live=True).first()


def _languages(request):
    """The same place in each language: the page's translation, or the same view under the other prefix."""
    from django.conf import settings

    page = getattr(request, "wagtail_page", None) or _page_of(request)
    translations = {}
    if page is not None:
        translations = {each.locale.language_code: each.get_url(request) for each in _translations(page, request)}
    entries = []
    for code, _name in settings.LANGUAGES:
        entries.append(
            {
                "code": code,
                "name": get_language_info(code)["name_local"].capitalize(),
                "label": code.upper(),
                "url": translations.get(code) if page else _translated(request, code),
                "current": code == get_language(),
            }
        )
    return entries


def _translations(page, request):
    known = [each for each in getattr(request, "tiltas_pages", []) if each.translation_key == page.translation_key]
    if not known:
        known = Page.objects.filter(translation_key=page.translation_key).select_related("locale")
    return [each for each in known if each.live]


def _page_of(request):
    match = getattr(request, "resolver_match", None)
    if match is None or match.url_name != "wagtail_serve":
        return None
    from wagtail.models import Site

    route = getattr(request, "_wagtail_route_for_request", None)
    if route is not None:
        return route[0]
    site = Site.find_for_request(request)
    return site and site.root_page.localized


def _translated(request, code):
    """This address in another language; an address without a language in it leads through the language form."""
    match = getattr(request, "resolver_match", None)
    if match is not None and match.url_name in WITHOUT_PREFIX:
        return f"{request.path}?{_with_language(request, code)}"
    try:
        return translate_url(request.get_full_path(), code)
    except NoReverseMatch:
        return f"/{code}/"


def _with_language(request, code):
    query = request.GET.copy()
    query["lang"] = code
    return query.urlencode()


def _account(request):
    signed_in = _signed_in(request)
    return {
        "signed_in": signed_in,
        "name": str(request.user) if signed_in else "",
        "login_url": reverse("account_login"),
        "signup_url": reverse("account_signup"),
        "logout_url": reverse("account_logout"),
        "profile_url": reverse("tiltas_learners:name") if signed_in else None,
    }


def _footer():
    return [{"label": _("Verify a certificate"), "url": reverse("tiltas_verify_form")}]
