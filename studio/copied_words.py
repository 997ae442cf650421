"""The words that a page or question has in another language, as pairs that another one may be given. Nothing is written here."""

from contextlib import suppress

from wagtail_localize.models import SegmentOverride, StringSegment, StringTranslation

from .translations import NotAPair, Pairs, pair


def words_of(original, source, locale, own=None):
    """
    The Pairs that a copy of `original` with this source can be given in this language; `own`: path → words of the copy's own.

    Of a page that was translated by hand, without the translator's desk, the words are read off its page.
    """
    known = _kept(original, locale) or _read_off(original, locale)
    said = {(path, data): words for path, data, words in known.strings}
    strings = []
    for path, data in StringSegment.objects.filter(source=source).values_list("context__path", "string__data"):
        words = (own or {}).get(path) or said.get((path, data))
        if words:
            strings.append((path, data, words))
    return Pairs(list(dict.fromkeys(strings)), known.overrides)


def _kept(original, locale):
    """What the translator's desk keeps: None where it keeps nothing."""
    rows = StringTranslation.objects.filter(
        locale=locale, context__object_id=original.translation_key, has_error=False
    ).exclude(data="")
    strings = list(rows.values_list("context__path", "translation_of__data", "data"))
    overrides = SegmentOverride.objects.filter(locale=locale, context__object_id=original.translation_key)
    addresses = {row.context.path: row.data for row in overrides.select_related("context")}
    return Pairs(strings, addresses) if strings else None


def _read_off(original, locale):
    twin = original.get_translation_or_none(locale)
    with suppress(NotAPair):
        return pair(original, twin)
    return Pairs()
