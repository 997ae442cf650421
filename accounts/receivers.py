"""Notices that this app hears: somebody logs in, an address is confirmed for the first time."""

from allauth.account.signals import email_confirmed
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils.translation import get_language

from . import devices
from .tasks import send_welcome


@receiver(user_logged_in, dispatch_uid="tiltas_accounts_device")
def begin_on_device(sender, request, user, **kwargs):
    devices.begin(request.session)


@receiver(email_confirmed, dispatch_uid="tiltas_accounts_welcome")
def welcome(sender, request, email_address, **kwargs):
    """Who confirms an address before the first login has just created the account."""
    if email_address.user.last_login is None:
        send_welcome.enqueue(email_address.user_id, get_language())
