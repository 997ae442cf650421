"""What a translator does, and a trainer who can't wait for one."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from studio.translations import behind_segments, sync
from studio.waivers import grant_waiver


def english():
    return Locale.objects.get(language_code="en")


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
