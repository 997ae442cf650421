"""Pages and questions with words in English, as translators leave them."""

from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from studio.translations import publish, sync


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
