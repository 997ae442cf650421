"""Forms that arrive after the login has expired: nobody is led to a page that is not there, or left to believe that it was done."""

from functools import wraps
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST


def login_to_post(view):
    """
    For a view that only takes a POST. Who is not logged in goes to the login, is told that nothing was done, and comes back to
    the page with the form: the view's own address would answer nothing there.
    """
    view = require_POST(view)

    @wraps(view)
    def only_logged_in(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST" and not getattr(request, "tiltas_logged_out", False):  # then it has been said
            messages.warning(request, _("Your login had expired, so nothing was done yet. Log in and do it once more."))
        return redirect_to_login(page_of_form(request))

    return only_logged_in


def page_of_form(request):
    """The page of this site from which the form was sent, as far as the browser tells; else the site's front page."""
    sent_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(sent_from, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(sent_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
