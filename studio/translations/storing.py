"""Keeping: sources as they were last read, words of other languages, and old words for sentences that changed."""

import json
from collections import defaultdict

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.models import Locale
from wagtail_localize.models import (
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments.extract import extract_segments

from ..models import CarriedText
from .figures import digest_of_file, files_of
from .reading import read_segments
from .segments import behind_segments, digest_of, string_segments


def store(instance, locale, pairs, *, at):
    """Keep these translations of the saved source `instance`; other rows of it stay, as memory. Returns its source."""
    return store_words(sync(instance), instance, locale, pairs, at=at)


def store_words(source, instance, locale, pairs, *, at):
    """`store` for an instance whose source was synced just now."""
    known = StringSegment.objects.filter(source=source).values_list(
        "context__path", "string__data", "string_id", "context_id"
    )
    places = {(path, data): (string, context) for path, data, string, context in known}
    rows = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(locale=locale, context__object_id=instance.translation_key)
    }
    made, changed = [], []
    for path, string, data in pairs.strings:
        place = places[path, string]
        row = rows.get(place)
        if row is None:
            row = StringTranslation(translation_of_id=place[0], context_id=place[1], locale=locale, data=data)
            row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
            made.append(row)
        elif row.data != data or row.has_error:
            row.data, row.has_error, row.field_error, row.updated_at = data, False, "", at
            changed.append(row)
    StringTranslation.objects.bulk_create(made)
    StringTranslation.objects.bulk_update(changed, ["data", "has_error", "field_error", "updated_at"])
    _store_overrides(instance, locale, pairs.overrides)
    return source


def _store_overrides(instance, locale, wished):
    """Addresses and files of the other language's own: these and no others."""
    rows = SegmentOverride.objects.filter(locale=locale, context__object_id=instance.translation_key)
    known = {row.context.path: row for row in rows.select_related("context")}
    for path, row in known.items():
        if path not in wished:
            row.delete()
        elif row.data != wished[path]:
            row.data_json = json.dumps(wished[path])
            row.save(update_fields=["data_json", "updated_at"])
    missing = set(wished) - set(known)
    if missing:
        for context in TranslationContext.objects.filter(object_id=instance.translation_key, path__in=missing):
            SegmentOverride.objects.create(locale=locale, context=context, data_json=json.dumps(wished[context.path]))


@transaction.atomic
def sync(instance):
    """
    Read the segments of this source instance, a live row or a draft, anew; returns its source. Nothing syncs by itself.

    Sentences that lost their words keep those of the sentence that they came from, apart from the translations.
    """
    known = TranslationSource.objects.select_for_update(of=("self",)).filter(
        object_id=instance.translation_key, locale_id=instance.locale_id
    )
    source = known.first()
    if source is None:
        return TranslationSource.update_or_create_from_instance(instance)[0]
    if _says_the_same(source, instance):
        return _note_content(source, instance)
    carried = {locale: behind_segments(instance, locale) for locale in _others(instance)}
    read_segments(_note_content(source, instance), source.as_instance())
    _carry(instance, carried)
    return source


def _others(instance):
    return Locale.objects.exclude(pk=instance.locale_id)


def _says_the_same(source, instance):
    """Would the same segments be read? Then they need not be written: each costs some queries."""
    before, now = (list(extract_segments(each)) for each in (source.as_instance(), instance))
    return before == now


def _note_content(source, instance):
    """As wagtail-localize notes it, without writing the segments once more."""
    if isinstance(instance, ClusterableModel):
        content = instance.to_json()
    else:
        content = json.dumps(get_serializable_data_for_fields(instance), cls=DjangoJSONEncoder)
    if json.loads(content) != json.loads(source.content_json):
        source.content_json, source.object_repr, source.last_updated_at = content, str(instance)[:200], timezone.now()
        source.schema_version = get_schema_version(instance._meta.app_label)
        source.save()
    return source


def _carry(instance, carried):
    """Keep old words for these Behinds of each language, and forget those of sentences that are gone."""
    if not carried:
        return
    places = {(each.path, digest_of(each)) for each in string_segments(instance)}
    places |= {(path, digest_of_file(value)) for path, value in files_of(instance).items()}
    rows = CarriedText.objects.filter(key=instance.translation_key)
    kept = {(row.locale_id, row.path, row.digest): row for row in rows}
    gone = [row.pk for (_locale, path, digest), row in kept.items() if (path, digest) not in places]
    CarriedText.objects.filter(pk__in=gone).delete()
    CarriedText.objects.bulk_create(
        CarriedText(
            key=instance.translation_key,
            locale=locale,
            path=each.path,
            digest=each.digest,
            was=each.was,
            words=each.words,
        )
        for locale, behind in carried.items()
        for each in {(each.path, each.digest): each for each in behind if each.is_stale}.values()
        if (locale.pk, each.path, each.digest) not in kept
    )


def keep_carried(*, key, locale, path, digest):
    """“Still right”: the old words become the words of the sentence as it is now. False where there are none, or better ones."""
    carried = CarriedText.objects.filter(key=key, locale=locale, path=path, digest=digest).first()
    if carried is not None and SegmentOverride.objects.filter(
        locale=locale, context__object_id=key, context__path=path
    ):
        carried.delete()  # a picture: the language's own is right beside the new one
        return True
    segment = (
        StringSegment.objects.filter(source__object_id=key, context__path=path, string__data_hash=digest)
        .exclude(source__locale=locale)
        .first()
    )
    if carried is None or segment is None:
        return False
    row, made = StringTranslation.objects.get_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=locale,
        defaults={"data": carried.words, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
    )
    if not made and (row.has_error or not row.data):
        row.data, row.has_error, row.field_error, row.updated_at = carried.words, False, "", timezone.now()
        row.save()
        made = True
    return made


def sources_of(keys, locale):
    """Key → TranslationSource of the instances with these keys in their source locale. One query."""
    sources = TranslationSource.objects.filter(object_id__in=keys, locale=locale)
    return {source.object_id: source for source in sources.select_related("specific_content_type")}


def own_files_of(keys, locale):
    """Key → {segment path: primary key} of the files that the language has in place of the source's. One query."""
    found = defaultdict(dict)
    for row in SegmentOverride.objects.filter(locale=locale, context__object_id__in=keys).select_related("context"):
        if not row.context.path.endswith("'"):  # the path of an address ends with the address itself
            found[row.context.object_id][row.context.path] = row.data
    return found


def source_of(translated):
    """The TranslationSource that wagtail-localize's editor works on for this page or question, or None: not a translation."""
    translation = (
        Translation.objects.filter(
            source__object_id=translated.translation_key, target_locale=translated.locale, enabled=True
        )
        .select_related("source")
        .first()
    )
    return translation and translation.source


def start(source, locale):
    """Let translators work on this language of the source."""
    Translation.objects.get_or_create(source=source, target_locale=locale)


def has_translation_source(instance):
    """Does the engine know this instance as a source?"""
    return TranslationSource.objects.filter(object_id=instance.translation_key, locale_id=instance.locale_id).exists()


def sync_if_known(instance):
    """Let the translator's editor see what is new here. Nothing happens for what was never translated."""
    if has_translation_source(instance):
        sync(instance)
