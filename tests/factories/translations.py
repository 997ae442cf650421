"""Pages and questions with words in English as translators leave them, and a trainer who can't wait for one."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from studio.translations import behind_segments, publish, sync
from studio.waivers import grant_waiver


def english():
    return Locale.objects.get(language_code="en")


def translated(instance, words=None):
    """The source instance, published in English whole: with these words, and of the rest `<text>-en`. Returns its Translation."""
    source = sync(instance)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        text = segment.string.data
        say(segment, (words or {}).get(text, f"{text}-en"))
    publish(source, instance, english())
    return Translation.objects.get(source=source, target_locale=english())


def say(segment, words):
    StringTranslation.objects.update_or_create(
        translation_of=segment.string, locale=english(), context=segment.context, defaults={"data": words}
    )


def segment_of(instance, text):
    """The segment of this sentence in the synced source."""
    return StringSegment.objects.select_related("string", "context").get(
        source__object_id=instance.translation_key, string__data=text
    )


def said(instance):
    """Sentence → what is said for it in English, of the whole page as it is synced now."""
    rows = StringTranslation.objects.filter(locale=english(), context__object_id=instance.translation_key)
    return dict(rows.values_list("translation_of__data", "data"))


def put_into_english(instance, said=None):
    """Words for each sentence of the newest draft that has none: those of `said`, or the Lithuanian ones with a mark."""
    draft = type(instance).objects.get(pk=instance.pk).get_latest_revision_as_object()
    source, locale = sync(draft), english()
    places = {
        (segment.context.path, segment.string.data): segment
        for segment in source.stringsegment_set.select_related("context", "string")
    }
    for behind in behind_segments(draft, locale):
        segment = places[behind.path, behind.source]
        words = (said or {}).get(behind.source) or (
            f"{behind.source}-en" if behind.path == "slug" else f"{behind.source} (EN)"
        )
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=locale,
            defaults={"data": words, "has_error": False},
        )
    return instance


def waive(instance, *, user=None, days=30, reason="Vertėja atostogauja."):
    """Let it out in Lithuanian alone, until some day."""
    now = timezone.now()
    return grant_waiver(
        instance=instance,
        locale=english(),
        user=user,
        reason=reason,
        until=timezone.localdate(now) + timedelta(days=days),
        at=now,
    )
