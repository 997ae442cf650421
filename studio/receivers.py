"""Notices of Wagtail that this room hears: a source text was published, so translators must see what is new in it."""

from django.dispatch import receiver
from wagtail.models import Locale, TranslatableMixin
from wagtail.signals import page_published, published

from .translations import sync_if_known


@receiver(page_published, dispatch_uid="tiltas_studio_sync_page")
@receiver(published, dispatch_uid="tiltas_studio_sync_snippet")
def sync_published_source(sender, instance, **kwargs):
    if isinstance(instance, TranslatableMixin) and instance.locale_id == Locale.get_default().pk:
        sync_if_known(instance)
