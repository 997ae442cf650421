"""Which sentences have no words in a language: of one draft, as it is typed, and counted for many pages at once."""

from collections import defaultdict

from django.db.models import Count, Exists, OuterRef, Q
from wagtail_localize.models import String, StringSegment, StringTranslation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue, validate_translation_links

from ..models import CarriedText
from .behind import Behind, Counted
from .carrying import Old, predecessors
from .figures import behind_files, count_behind_files


def translated_rows(key, locale):
    """The translations in use of this page or question; empty ones and those with an error are none."""
    rows = StringTranslation.objects.filter(locale=locale, context__object_id=key, has_error=False)
    return rows.exclude(data="")


def digest_of(segment):
    """What wagtail-localize knows a source string by."""
    return String._get_data_hash(segment.string.data)


def string_segments(instance):
    return [segment for segment in extract_segments(instance) if isinstance(segment, StringSegmentValue)]


def stale_segments(instance, locale):
    """The strings of this source instance, a live row or a draft, that have no words in the language. One query."""
    rows = translated_rows(instance.translation_key, locale)
    known = set(rows.values_list("context__path", "translation_of__data_hash"))
    return [each for each in string_segments(instance) if (each.path, digest_of(each)) not in known]


def behind_segments(instance, locale):
    """
    The Behinds of this source instance, a live row or a draft that nobody synced yet, in order; pictures after sentences. Four
    queries, and two where the language has pictures of its own; nothing is written.
    """
    return [*_Memory(instance, locale).behind(), *behind_files(instance, locale).values()]


class _Memory:
    """What a language says or said of a page or question: translations, the sentences as last synced, words carried over."""

    def __init__(self, instance, locale):
        self.segments = string_segments(instance)
        rows = translated_rows(instance.translation_key, locale)
        names = ("context__path", "translation_of__data_hash", "translation_of__data", "data")
        self.words, self.by_text = {}, {}
        for path, digest, source, data in rows.order_by("updated_at", "pk").values_list(*names):
            self.words[path, digest] = data
            self.by_text[source] = data
        carried = CarriedText.objects.filter(key=instance.translation_key, locale=locale)
        self.carried = {(each.path, each.digest): each for each in carried}
        self.synced = defaultdict(list)
        rows = StringSegment.objects.filter(
            source__object_id=instance.translation_key, source__locale=instance.locale_id
        )
        for path, digest, source in rows.order_by("order", "pk").values_list(
            "context__path", "string__data_hash", "string__data"
        ):
            self.synced[path].append(self._old(path, digest, source))

    def _old(self, path, digest, source):
        carried = self.carried.get((path, digest))
        words = self.words.get((path, digest))
        if words is None and carried is not None:
            return Old(source, carried.words, carried.was)
        return Old(source, words, source)

    def behind(self):
        now = defaultdict(list)
        for segment in self.segments:
            now[segment.path].append(segment)
        found = {}
        for path, segments in now.items():
            came_from = predecessors(self.synced[path], [each.string.data for each in segments])
            for place, segment in enumerate(segments):
                if (path, digest_of(segment)) not in self.words:
                    found[id(segment)] = self._behind(segment, came_from.get(place))
        return [found[id(segment)] for segment in self.segments if id(segment) in found]

    def _behind(self, segment, old):
        digest, source = digest_of(segment), segment.string.data
        if old is None or old.words is None:
            carried = self.carried.get((segment.path, digest))
            if carried is not None:
                old = Old(source, carried.words, carried.was)
            elif source in self.by_text:  # moved here from another place
                old = Old(source, self.by_text[source], source)
        if old is None or old.words is None or not _may_stand_for(source, old.words):
            return Behind(segment.path, digest, source, None, None, segment.render_text())
        was, words = (StringValue(each).render_text() for each in (old.was, old.words))
        return Behind(segment.path, digest, source, old.was, old.words, segment.render_text(), was, words)


def _may_stand_for(source, words):
    """Have the old words the links that the new sentence has? Without them the page could not be built."""
    try:
        validate_translation_links(source, words)
    except ValueError:
        return False
    return True


# ---- many at once


def _segments(locale, keys):
    translated = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=locale, has_error=False
    ).exclude(data="")
    segments = StringSegment.objects.annotate(is_done=Exists(translated))
    return segments if keys is None else segments.filter(source__object_id__in=keys)


def progress(locale, keys=None):
    """Key → (strings, translated strings) of the synced sources, all or these. One query."""
    counted = (
        _segments(locale, keys)
        .values("source__object_id")
        .annotate(all=Count("pk"), done=Count("pk", filter=Q(is_done=True)))
    )
    return {row["source__object_id"]: (row["all"], row["done"]) for row in counted}


def counts(locale, keys=None):
    """
    Key → Counted of the synced sources, all or these. Two queries. A sentence is stale where it came from one that had words, or
    where its place has words of a sentence that is gone; else it is missing. A picture that changed under the language's own is
    stale too.
    """
    carried = CarriedText.objects.filter(
        key=OuterRef("source__object_id"),
        path=OuterRef("context__path"),
        digest=OuterRef("string__data_hash"),
        locale=locale,
    )
    still_there = StringSegment.objects.filter(
        source=OuterRef(OuterRef("source")), context=OuterRef("context"), string=OuterRef("translation_of")
    )
    obsolete = (
        StringTranslation.objects.filter(context=OuterRef("context"), locale=locale, has_error=False)
        .exclude(data="")
        .filter(~Exists(still_there))
    )
    counted = (
        _segments(locale, keys)
        .annotate(had_words=Exists(carried) | Exists(obsolete))
        .values("source__object_id")
        .annotate(
            all=Count("pk"),
            stale=Count("pk", filter=Q(is_done=False, had_words=True)),
            missing=Count("pk", filter=Q(is_done=False, had_words=False)),
        )
    )
    files = count_behind_files(locale, keys)
    return {
        row["source__object_id"]: Counted(
            row["all"], row["stale"] + files.get(row["source__object_id"], 0), row["missing"]
        )
        for row in counted
    }
