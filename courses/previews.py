"""
What an author sees before anything is published: a page in each language of the site.

A page knows its own language alone. How its draft reads in another one is known by a room above, which puts a Previewer into
its file `page_previews.py` and registers it there. Without one a page has Wagtail's single preview.
"""

from abc import ABC, abstractmethod

from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _
from wagtail.coreutils import get_content_languages

from .newer_source import ToldWhenBehind


class Previewer(ABC):
    """What pages ask when they are previewed. It writes nothing."""

    @abstractmethod
    def in_language(self, page, language):
        """The page to show for this draft in the language (its code): another instance, never saved, or the draft itself."""

    @abstractmethod
    def dress(self, page, request, response):
        """Add to the preview what an author needs to see in it: `response` is a TemplateResponse that may be rendered."""


_previewers = []


def register_previewer(previewer):
    """Let this Previewer show pages in other languages; the last one registered is asked."""
    _previewers[:] = [previewer]


def discover():
    autodiscover_modules("page_previews")


class PreviewedInLanguages(ToldWhenBehind):
    """A page whose preview offers the languages of the site: its own first, which is what Wagtail shows unasked."""

    @property
    def preview_modes(self):
        """A mode is a language's code; the page's own has the empty name of Wagtail's default mode."""
        if not _previewers:
            return self.DEFAULT_PREVIEW_MODES
        own, languages = self.locale.language_code, get_content_languages()
        codes = [own, *(code for code in languages if code != own)]
        return [("" if code == own else code, _label(languages.get(code, code))) for code in codes]

    def make_preview_request(self, original_request=None, preview_mode=None, extra_request_attrs=None):
        """As Wagtail does; in another language it is that page which is asked, at its own address."""
        shown = self
        if preview_mode and _previewers:
            shown = _previewers[0].in_language(self, preview_mode)
        if shown is self:
            return super().make_preview_request(original_request, "", extra_request_attrs)
        return shown.make_preview_request(original_request, "", extra_request_attrs)

    def serve_preview(self, request, mode_name):
        response = super().serve_preview(request, mode_name)
        for previewer in _previewers:
            previewer.dress(self, request, response)
        return response


def _label(language):
    return _("Language: %(language)s") % {"language": language}
