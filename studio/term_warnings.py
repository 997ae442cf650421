"""After a translation is published: which terms of the house it says otherwise. A warning; it is published all the same."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages

from .glossary import missing_terms, terms
from .po_files import units_of
from .translations import source_of

MOST_LINES = 10


def terms_said_otherwise(translated):
    """The Found of all sentences of this page or question that its language should say as agreed, each once."""
    source = source_of(translated)
    if source is None or translated.locale.language_code != "en":
        return []
    units = units_of([source], translated.locale)[source.pk]
    said = [(unit.text, unit.words) for unit in units if unit.words and unit.path != "slug"]
    found = [each for text, words in said for each in missing_terms(text, words, terms())]
    return list({each.terms: each for each in found}.values())


def warn_of_terms(request, translated):
    found = terms_said_otherwise(translated)[:MOST_LINES]
    if found:
        lines = format_html_join(
            "", '<li><span lang="lt">{}</span> → {}</li>', ((each.words, each.english) for each in found)
        )
        messages.warning(
            request,
            format_html("{}<ul>{}</ul>", _("Published, but these terms are said in other words than agreed:"), lines),
        )
