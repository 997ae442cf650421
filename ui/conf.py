"""Settings that every room may ask for."""

from django.conf import settings


def contact():
    """The address that people write to when only a person can help; empty where the site names none."""
    return settings.TILTAS_CONTACT if hasattr(settings, "TILTAS_CONTACT") else ""


def absolute(path):
    """The public address of a path of this site: by TILTAS_URL and its scheme, never by the request."""
    return f"{settings.TILTAS_URL}{path}"
