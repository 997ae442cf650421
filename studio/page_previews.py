"""Previews of pages in each language, with what authors want to see in them: what is not translated yet, and page checks."""

import re

from django.contrib import messages
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext, override
from wagtail.admin.userbar import Userbar
from wagtail.models import Locale

from courses.previews import Previewer, register_previewer

from .drafts import END, MISSING, build_draft

# Where a mark can't stand: inside a tag, and in elements that hold text alone.
_TEXT_ALONE = re.compile(r"<(title|option|textarea|script)\b.*?</\1>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_SENTENCE = re.compile(f"{MISSING}([^{MISSING}{END}]*){END}")
_LEFT_OVER = re.compile(f"[{MISSING}{END}]")


class InLanguages(Previewer):
    """Pages in the other languages, built from their translations as they are now."""

    def in_language(self, page, language):
        """What has no words in the language yet stands as the source says it, and is marked."""
        locale = Locale.objects.filter(language_code=language).first()
        source = page if page.locale_id == Locale.get_default().pk else source_draft(page)
        if locale is None or source is None:
            return page
        return source if source.locale_id == locale.pk else built_for_preview(source, locale)

    def dress(self, page, request, response):
        written_in = getattr(page, "preview_written_in", None)
        if written_in:
            if page.preview_note:
                messages.warning(request, page.preview_note)
            with override(page.locale.language_code):
                response.render()
            response.content = marked(response.content.decode(), written_in)
        if getattr(request, "in_preview_panel", False):
            response.render()
            response.content = with_checks(response.content.decode(), page, request)


def source_draft(page):
    """The latest draft of the page that this one is a translation of; None where there is none."""
    source = type(page).objects.filter(translation_key=page.translation_key, locale=Locale.get_default()).first()
    return source and source.get_latest_revision_as_object()


def built_for_preview(draft, locale):
    """This draft in the locale, not saved, with what its preview has to say: the language of the gaps, and how many there are."""
    built = build_draft(draft, locale)
    page = built.instance
    page.preview_written_in = draft.locale.language_code
    page.preview_note = _note(built.missing) if built.missing else None
    return page


def _note(missing):
    """In the language of whoever asked, marked as such: the page around it is in another."""
    said = ngettext(
        "%(count)d sentence is not translated yet: it is shown in the language in which it was written, in a dashed frame.",
        "%(count)d sentences are not translated yet: they are shown in the language in which they were written, in dashed frames.",
        missing,
    )
    return format_html('<span lang="{}">{}</span>', get_language(), said % {"count": missing})


def marked(html, language):
    """The page with each untranslated sentence in a frame that names its language to screen readers."""
    html = _TEXT_ALONE.sub(lambda found: _LEFT_OVER.sub("", found[0]), html)
    html = _SENTENCE.sub(rf'<mark class="untranslated" lang="{language}">\1</mark>', html)
    style = format_html('<link rel="stylesheet" href="{}">', static("tiltas_studio/preview.css"))
    return _LEFT_OVER.sub("", html).replace("</head>", f"{style}</head>", 1)


def with_checks(html, page, request):
    """The page with Wagtail's user bar, hidden in the preview panel: its script runs the page checks and tells their results."""
    bar = Userbar(object=page).render_html({"request": request})
    return html.replace("</body>", f"{bar}</body>", 1)


register_previewer(InLanguages())
