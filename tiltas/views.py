"""What serves machines, and the door to the editor's pages."""

from urllib.parse import urlsplit, urlunsplit

from allauth.account.views import LogoutView as AllauthLogoutView
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quizzes.views import answers_wait
from ui.addresses import is_ours

from . import clock


@require_GET
@never_cache
def healthz(request):
    """200 when database and cache answer, else 503 that says which does not; and when the clock last ran."""
    answers = {"database": _answers(_ask_database), "cache": _answers(_ask_cache)}
    ran = clock.last_run()
    body = answers | {"clock_last_ran": ran and ran.isoformat()}
    return JsonResponse(body, status=200 if all(answers.values()) else 503)


def _answers(ask):
    try:
        ask()
    except Exception:  # whatever it is that fails, the answer is no
        return False
    return True


def _ask_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_cache():
    cache.set("tiltas-health", "1", 5)
    if cache.get("tiltas-health") != "1":
        raise ConnectionError


# Wagtail's own two logins know neither our limits nor confirmed addresses, so these stand in their place. Who is logged in and
# is sent here all the same may not see what they asked for, and is told so: our login would send them straight back.


@never_cache
def editor_login(request):
    """Where Wagtail sends whoever may not enter the editor's pages."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get("next") or reverse("wagtailadmin_home"), settings.LOGIN_URL)
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return redirect("wagtailadmin_home")


@never_cache
def page_login(request):
    """Where Wagtail sends whoever may not see a page that an editor closed."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next") or "/", settings.LOGIN_URL)


def form_refused(request, reason=""):
    """A form without the site's token. To be opened again, in either language, is the page that it stood on: its own address may only be sent to."""
    stood_on = request.META.get("HTTP_REFERER", "")
    if is_ours(stood_on, request):
        parts = urlsplit(stood_on)
        request.tiltas_here = urlunsplit(("", "", parts.path, parts.query, ""))
    return render(request, "403_csrf.html", {"again": getattr(request, "tiltas_here", request.path)}, status=403)


class LogoutView(AllauthLogoutView):
    """
    Asks first, from whichever page somebody logs out, when answers of a quiz wait in the browser: they would be found there only
    by the next login.
    """

    template_name = "tiltas_shell/log_out.html"

    def post(self, *args, **kwargs):
        asked = "asked" in self.request.POST or not answers_wait(self.request)
        return super().post(*args, **kwargs) if asked else self.get(*args, **kwargs)

    def get_context_data(self, **kwargs):
        # `at_once`: somebody pressed the button already, and is not asked if no answer turns out to wait any more.
        more = {"learner": getattr(self.request.user, "learner", None), "at_once": self.request.method == "POST"}
        return super().get_context_data(**kwargs) | more
