"""Ends logins that were left open on shared devices."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.utils.translation import gettext as _

from . import devices


class SharedDeviceMiddleware:
    """Stands after messages and languages. The page asked for then answers as to any visitor: most lead to the login and back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and devices.rested_too_long(request.session):
            logout(request)
            request.tiltas_logged_out = True
            messages.info(request, _told(request))
        return self.get_response(request)


def _told(request):
    if request.method in {"GET", "HEAD"}:
        return _("Nobody used this device for a while, so you were logged out. What you did is saved.")
    return _(
        "Nobody used this device for a while, so you were logged out before this form arrived: it was not saved. "
        "Log in, then use the browser's Back button: what you typed is usually still there."
    )
