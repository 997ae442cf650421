"""Background work of this app."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.shortcuts import resolve_url
from django.tasks import task
from django.utils import translation

from ui.conf import absolute
from ui.mail import send


@task
def send_welcome(user_id, language):
    """The first mail after the account is ready: where to go on, how to log in."""
    user = get_user_model().objects.filter(pk=user_id).first()
    if user is None:  # closed in the meantime
        return
    with translation.override(language):
        links = {
            "start_url": absolute(resolve_url(settings.LOGIN_REDIRECT_URL)),
            "code_url": absolute(resolve_url("account_request_login_code")),
        }
        send("account/email/welcome", to=user.email, context=links)
