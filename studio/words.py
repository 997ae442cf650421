"""
What a translator writes for one sentence: cleaned, checked, and never over what somebody else saved meanwhile.

The second door through which words come into wagtail-localize's store; `translations.py` is the first, for files and pages.
"""

import re
from collections import Counter

from bs4 import BeautifulSoup
from django.core.validators import slug_re
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, TranslationContext
from wagtail_localize.strings import StringValue, validate_translation_links

from ui.pasted import tidy_pasted

_TAGS = {"a", "b", "i", "br"}  # what a sentence may hold
_SAME_AS = {"strong": "b", "em": "i"}
_ONE_LINE, _LONGEST = {"title", "slug", "seo_title"}, 255  # Wagtail's own fields
_SPACES = re.compile("[ \t\r\n\u2028\u2029]+")
_OPENED = re.compile(r"<(a|b|i)(?:\s[^>]*)?>", re.IGNORECASE)
_CLOSED = re.compile(r"</(a|b|i)\s*>", re.IGNORECASE)
_HALF_A_TAG = re.compile(r"</?(?:a|b|i|br)\b[^>]*(?:<|$)", re.IGNORECASE)


class BadWords(ValueError):
    """These words can't be a translation of the sentence; the message says why and what to do."""


class SavedMeanwhile(Exception):
    """Somebody else saved other words here; `row` is theirs, None where they took the translation away."""

    def __init__(self, row):
        super().__init__()
        self.row = row


def clean_words(source, words, *, path=""):
    """These words as they are kept: what a word processor leaves is taken out, what can't be right is refused: BadWords."""
    _refuse_broken_tags(words)
    words = _SPACES.sub(" ", _in_one_line(tidy_pasted(words))).strip(" ")
    if not StringValue(words).render_text().strip():
        raise BadWords(_("A translation can't be empty. Write it, or press “Cancel” to keep what is there."))
    _refuse_other_links(source, words)
    _refuse_what_the_field_does_not_hold(path, words)
    try:
        StringValue.from_translated_html(words)
        validate_translation_links(source, words)
    except ValueError as error:  # what the engine refuses besides, in its own words
        raise BadWords(str(error)) from None
    return words


def _refuse_broken_tags(words):
    opened = Counter(name.lower() for name in _OPENED.findall(words))
    closed = Counter(name.lower() for name in _CLOSED.findall(words))
    for name in sorted(opened | closed):
        if opened[name] != closed[name]:
            raise BadWords(
                _("The tag “%(tag)s” is not opened and closed in pairs. Write both ends, or neither.") % {"tag": name}
            )
    if _HALF_A_TAG.search(words):
        raise BadWords(_("A tag is not closed: its “>” is missing."))


def _in_one_line(html):
    """The paragraphs and list items of what was pasted, one after the other, with our tags and no attributes."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup("a"):
        if "id" not in link.attrs and "href" in link.attrs:
            raise BadWords(_("A link can't be pasted here. Keep the links of the source, each with its own tags."))
        link.attrs = {"id": link["id"]} if "id" in link.attrs else {}
        if not link.attrs:
            link.unwrap()
    for element in soup(lambda element: element.name != "a"):
        element.name, element.attrs = _SAME_AS.get(element.name, element.name), {}
        if element.name not in _TAGS:
            element.insert_before(" ")
            element.insert_after(" ")
            element.unwrap()
    return str(soup)


def _refuse_other_links(source, words):
    ours, theirs = (Counter(re.findall(r'<a id="([^"]*)">', text)) for text in (source, words))
    for number in sorted(ours - theirs):
        raise BadWords(
            _("The link “%(id)s” of the source is missing. Put its tags around the same words.") % {"id": number}
        )
    for number in sorted(theirs - ours):
        raise BadWords(_("The link “%(id)s” is not in the source, or stands twice. Take it out.") % {"id": number})


def _refuse_what_the_field_does_not_hold(path, words):
    if path == "slug" and not slug_re.fullmatch(words):
        raise BadWords(
            _("An address holds small letters without accents, digits and hyphens alone, such as first-steps.")
        )
    if path in _ONE_LINE and len(words) > _LONGEST:
        raise BadWords(_("This is longer than %(number)d characters. Shorten it.") % {"number": _LONGEST})


@transaction.atomic
def save_words(*, segment, locale, words, seen, user):
    """
    Keep these words for the segment. `seen` is what the translator had on the screen, "" where nothing was there.

    Raises BadWords, or SavedMeanwhile where something else stands there now. The same words again change nothing.
    """
    words = clean_words(segment.string.data, words, path=segment.context.path)
    TranslationContext.objects.select_for_update().get(pk=segment.context_id)  # one at a time, also for the first words
    row = words_of(segment, locale)
    if row is not None and row.data == words and not row.has_error:
        return row
    if (row.data if row else "") != seen:
        raise SavedMeanwhile(row)
    return keep_words(string_id=segment.string_id, context_id=segment.context_id, locale=locale, words=words, user=user)


def words_of(segment, locale):
    """The row of what is said now, or None."""
    rows = StringTranslation.objects.filter(
        translation_of_id=segment.string_id, context_id=segment.context_id, locale=locale
    )
    return rows.select_related("last_translated_by").first()


def keep_words(*, string_id, context_id, locale, words, user, tool=""):
    """Write words that were checked; the store notes the moment by itself. Returns their row."""
    return StringTranslation.objects.update_or_create(
        translation_of_id=string_id,
        context_id=context_id,
        locale=locale,
        defaults={
            "data": words,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": tool,
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )[0]
