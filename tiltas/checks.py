"""What must hold before the site starts."""

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.database)
def one_site(app_configs, databases, **kwargs):
    """One Wagtail Site: addresses, languages and certificates all speak of one. (Decision 0001.)"""
    from django.db import DatabaseError
    from wagtail.models import Site

    if not databases:
        return []
    try:
        number = Site.objects.count()
    except DatabaseError:  # not migrated yet
        return []
    if number <= 1:
        return []
    return [Error(f"Tiltas serves one Wagtail Site, and there are {number}: delete the others.", id="tiltas.E001")]


@register(Tags.security, deploy=True)
def production_is_asked_for(app_configs, **kwargs):
    """A public site must name its key and hosts."""
    if getattr(settings, "PRODUCTION", True):
        return []
    return [Error("Set TILTAS_PRODUCTION=1, SECRET_KEY and ALLOWED_HOSTS for a public site.", id="tiltas.E002")]
