"""What this room asks of the settings."""

from django.conf import settings
from django.urls import reverse


def join_path(code):
    """Where this code is used, in the active language: the address that a link, a sheet and a QR code lead to."""
    return reverse(settings.TILTAS_JOIN_VIEW, args=[code])
