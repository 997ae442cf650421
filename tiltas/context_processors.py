"""What the base template shows around every screen."""

from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import get_language, get_language_from_path, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.models import CourseIndexPage
from home.invitations import waiting_invitation
from home.models import InfoPage
from home.standing import COURSES, NEWS, standing_pages
from institutions.permissions import visible_institutions
from ui.addresses import ONWARD, in_language, is_ours

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
    """The page that this address led to; None for a screen that is no page, and where there is none."""
    route = getattr(request, "_wagtail_route_for_request", None)
    return route[0] if route else None


def _translated(request, code):
    """This address in another language; one without a language in it is asked for it (tiltas.middleware)."""
    here = _here(request)
    if get_language_from_path(urlsplit(here).path):
        return in_language(here, code)
    return f"{urlsplit(here).path}?{_with_language(request, code)}"


def _here(request):
    """
    The address of this screen, to be opened anew. A form that came back says itself where it leads afterwards; one that was
    refused as such (tiltas.views.form_refused) stands on another page.
    """
    here = getattr(request, "tiltas_here", None) or request.get_full_path()
    onward = request.POST.get(ONWARD, "") if request.method == "POST" else ""
    if onward and is_ours(onward, request) and ONWARD not in request.GET:
        here += f"{'&' if '?' in here else '?'}{urlencode({ONWARD: onward})}"
    return here


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
    onward = request.GET.get(ONWARD, "")
    return f"?{urlencode({ONWARD: onward})}" if onward and is_ours(onward, request) else ""


def _footer(request):
    """The same links in the same order on every screen (WCAG 3.2.6), those whose page is published."""
    pages = standing_pages(request)
    named = {name: {"label": page.title, "url": page.get_url(request)} for name, page in pages.items()}
    verify = f"{reverse('tiltas_verify_form')}?lang={get_language()}"
    named["verify"] = {"label": _("Verify a certificate"), "url": verify}
    return [named[name] for name in FOOTER if name in named]
