"""
How far each translation is behind, in numbers: for a page list, the editor, and any desk. `counts` asks one query a language, for
however many pages.
"""

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation

from .translations import counts
from .waivers import expired_waivers

__all__ = ["annotate_behind", "counts", "counts_of_all", "expired_waivers", "markers", "sentence"]


def counts_of_all(keys=None):
    """(key, Locale) → Counted of all synced sources, or of these, in each language but the source's. One query a language."""
    found = {}
    for locale in Locale.objects.exclude(pk=Locale.get_default().pk).order_by("pk"):
        found |= {(key, locale): counted for key, counted in counts(locale, keys).items()}
    return found


_MARK = "tiltas_behind"


def annotate_behind(pages):
    """These pages with the number of sentences that have no words, for each language: no query of its own."""
    for locale in _languages():
        translated = StringTranslation.objects.filter(
            translation_of=OuterRef("string"), context=OuterRef("context"), locale=locale, has_error=False
        ).exclude(data="")
        missing = (
            StringSegment.objects.filter(~Exists(translated), source__object_id=OuterRef("translation_key"))
            .values("source__object_id")
            .annotate(number=Count("pk"))
            .values("number")
        )
        pages = pages.annotate(
            **{
                f"{_MARK}_{locale.pk}_{locale.language_code}": Coalesce(
                    Subquery(missing, output_field=IntegerField()), 0
                )
            }
        )
    return pages


def _languages():
    return list(Locale.objects.exclude(pk=Locale.get_default().pk).order_by("pk"))


def markers(page):
    """
    A short sentence for each language in which this annotated page lacks words, of a page in another language for its own; none of a
    page that was not annotated. No query.
    """
    names, found = get_content_languages(), {}
    for name, number in vars(page).items():
        if name.startswith(_MARK) and number:
            locale_id, _sign, code = name.removeprefix(f"{_MARK}_").partition("_")
            found[int(locale_id)] = (names.get(code, code), number)
    if page.locale_id in found:
        found = {page.locale_id: found[page.locale_id]}
    return [
        ngettext(
            "%(language)s: %(count)d sentence not translated",
            "%(language)s: %(count)d sentences not translated",
            number,
        )
        % {"language": capfirst(language), "count": number}
        for language, number in found.values()
    ]


def sentence(language, stale, missing):
    """Such as “English: 2 sentences changed since they were translated, 1 was never translated.”"""
    said = []
    if stale:
        said.append(
            ngettext(
                "%(count)d sentence was changed since it was translated",
                "%(count)d sentences were changed since they were translated",
                stale,
            )
            % {"count": stale}
        )
    if missing:
        said.append(
            ngettext("%(count)d sentence was never translated", "%(count)d sentences were never translated", missing)
            % {"count": missing}
        )
    return _("%(language)s: %(said)s.") % {"language": capfirst(language), "said": ", ".join(said)}
