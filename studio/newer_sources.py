"""What readers are told of a page that went out under a waiver in its source language."""

from django.conf import settings

from courses.newer_source import NewerSource, register_newer_source

from .models import Waiver


def under_waiver(page):
    """One query."""
    waiver = (
        Waiver.objects.open()
        .filter(key=page.translation_key, locale=page.locale_id, newer_since__isnull=False)
        .only("newer_since", "gaps")
        .first()
    )
    if waiver is None:
        return None
    return NewerSource(
        waiver.newer_since, settings.LANGUAGE_CODE, frozenset(place_in_page(path) for path in waiver.gaps)
    )


def place_in_page(path):
    """What a template knows a part by: the block's id, or the field's name."""
    name, _dot, rest = path.partition(".")
    return rest.partition(".")[0] or name


register_newer_source(under_waiver)
