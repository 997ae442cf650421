"""Notices of Wagtail that this room hears: a source text was published or got its translation; translators must see it."""

from django.dispatch import receiver
from wagtail.models import Locale, TranslatableMixin
from wagtail.signals import copy_for_translation_done, page_published, published
from wagtail_localize.models import Translation

from .translations import sync_if_known


@receiver(page_published, dispatch_uid="tiltas_studio_sync_page")
@receiver(published, dispatch_uid="tiltas_studio_sync_snippet")
def sync_published_source(sender, instance, **kwargs):
    if isinstance(instance, TranslatableMixin) and instance.locale_id == Locale.get_default().pk:
        sync_if_known(instance)


@receiver(copy_for_translation_done, dispatch_uid="tiltas_studio_translate_again")
def translate_again(sender, target_obj, **kwargs):
    """A page that was deleted stopped its translation; the new one in its place goes on with the sentences that were kept."""
    stopped = Translation.objects.filter(source__object_id=target_obj.translation_key, enabled=False)
    stopped.filter(target_locale=target_obj.locale_id).update(enabled=True)
