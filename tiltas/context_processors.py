"""What the base template shows around every screen."""

from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page

from certificates.urls import verify_urlpatterns
from courses.models import CourseIndexPage
from home.invitations import waiting_invitation
from home.models import InfoPage
from home.standing import COURSES, NEWS, standing_pages
from institutions.permissions import visible_institutions

# The foot of each screen, in order.
FOOTER = (
    InfoPage.Role.HELP,
    InfoPage.Role.ABOUT,
    NEWS,
    "verify",
    InfoPage.Role.PRIVACY,
    InfoPage.Role.ACCESSIBILITY,
    InfoPage.Role.TERMS,
)
WITHOUT_PREFIX = {pattern.name for pattern in verify_urlpatterns}


def chrome(request):
    """Navigation, languages, account and footer, each made only when a template asks for it."""
    return {
        "tiltas_nav": SimpleLazyObject(lambda: _nav(request)),
        "tiltas_languages": SimpleLazyObject(lambda: _languages(request)),
        "tiltas_account": SimpleLazyObject(lambda: _account(request)),
        "tiltas_invited_by": SimpleLazyObject(lambda: _invited_by(request)),
        "tiltas_footer": SimpleLazyObject(lambda: _footer(request)),
        "tiltas_footer_note": _("Only the cookies that the site needs to work: nobody is followed."),
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
    help_page = standing_pages(request).get(InfoPage.Role.HELP)
    if help_page:
        entries.append((_("Help"), help_page.get_url(request)))
    return [{"label": label, "url": url, "current": request.path.startswith(url)} for label, url in entries]


def _catalogue(request):
    """The catalogue in this language: one of the pages that the address led through, else the first there is."""
    for page in getattr(request, "tiltas_pages", []):
        if page.live and page.locale.language_code == get_language() and page.specific_class is CourseIndexPage:
            return page
    return standing_pages(request).get(COURSES)


def _languages(request):
    """The same place in each language: the page's translation, or the same view under the other prefix."""
    from django.conf import settings

    page = getattr(request, "wagtail_page", None) or _page_of(request)
    translations = {}
    if page is not None:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        addresses = {each.locale.language_code: each.get_url(request) for each in _translations(page, request)}
        translations = {code: address and address + query for code, address in addresses.items()}
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


def _invited_by(request):
    """Who has not logged in yet and came by a join link: the name of the institution; else an empty text."""
    if _signed_in(request) or not hasattr(request, "session"):
        return ""
    invitation = waiting_invitation(request)
    return invitation.institution.name if invitation else ""


def _account(request):
    signed_in = _signed_in(request)
    return {
        "signed_in": signed_in,
        "name": str(request.user) if signed_in else "",
        "login_url": reverse("account_login"),
        "signup_url": reverse("account_signup"),
        "logout_url": reverse("account_logout"),
        "back_here": "" if signed_in else _back_here(request),
        "profile_url": reverse("tiltas_home:profile") if signed_in else None,
        "address_url": reverse("account_email"),
        "password_url": reverse("account_change_password"),
        "reset_url": reverse("account_reset_password"),
        "log_out_elsewhere_url": reverse("tiltas_accounts:log_out_elsewhere"),
    }


def _back_here(request):
    """The query that leads from the login back to this page; the login's own screens pass on the one that they got."""
    match = getattr(request, "resolver_match", None)
    page = match is not None and match.url_name == "wagtail_serve" and request.path != f"/{get_language()}/"
    if page or (match is not None and match.view_name == "tiltas_home:join_with_code"):
        return f"?{urlencode({'next': request.path})}"
    onward = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return f"?{urlencode({'next': onward})}" if onward and safe else ""


def _footer(request):
    """The same links in the same order on every screen (WCAG 3.2.6), those whose page is published."""
    pages = standing_pages(request)
    named = {name: {"label": page.title, "url": page.get_url(request)} for name, page in pages.items()}
    verify = f"{reverse('tiltas_verify_form')}?lang={get_language()}"
    named["verify"] = {"label": _("Verify a certificate"), "url": verify}
    return [named[name] for name in FOOTER if name in named]
