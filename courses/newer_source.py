"""
A page whose source text went ahead of it: its readers are told so, and which parts stand in the source's language.

A page knows nothing of that. A room above puts a function into its file `newer_sources.py` and registers it there: it takes a
page and returns a NewerSource, or None where the page says what its source says.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import get_language


@dataclass(frozen=True)
class NewerSource:
    """Since when the source is newer, its language, and ids of blocks and names of fields that stand in that language."""

    since: datetime
    language: str
    places: frozenset = field(default_factory=frozenset)


_tellers = []


def register_newer_source(teller):
    """Ask `teller(page)` whether this page's source is newer; the last one registered is asked."""
    _tellers[:] = [teller]


def newer_source(page):
    """The NewerSource of this page, or None; the site's first language is never asked about."""
    if not _tellers or get_language() == settings.LANGUAGE_CODE:
        return None
    return _tellers[0](page)


def discover():
    autodiscover_modules("newer_sources")


class ToldWhenBehind:
    """A page whose screen is told of its NewerSource."""

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"newer_source": newer_source(self)}
