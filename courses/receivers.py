"""Notices of Wagtail that this room hears: a page was published, moved, unpublished or deleted."""

from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from .pages import ActivityPage, CoursePage, ModulePage, is_source
from .recording import record_order, record_page, record_place

OURS = (CoursePage, ModulePage, ActivityPage)


@receiver(page_published, dispatch_uid="tiltas_courses_record_published_page")
def record_published_page(sender, instance, **kwargs):
    record_page(instance)


@receiver(post_page_move, dispatch_uid="tiltas_courses_record_moved_page")
def record_moved_page(sender, instance, parent_page_after, **kwargs):
    page = Page.objects.get(pk=instance.pk).specific
    if not is_source(page):
        return
    if page.live:
        record_page(page)
    elif isinstance(page, (ModulePage, ActivityPage)):
        record_place(page)
    course_page = page.get_ancestors().type(CoursePage).last()
    if course_page is not None:
        record_order(course_page)
    if isinstance(page, OURS):
        _move_translations(page, parent_page_after)


def _move_translations(page, parent):
    """A source page moves in all languages. Where its new parent has no page in a language, that one stays where it is."""
    with transaction.atomic():
        for translation in page.get_translations():
            target = parent.get_translation_or_none(translation.locale)
            if target is None or translation.get_parent() == target:
                continue
            free = find_available_slug(target, translation.slug, ignore_page_id=translation.pk)
            if free != translation.slug:
                translation.slug = free
                translation.save()
            translation.move(target, pos="last-child")


@receiver(page_unpublished, dispatch_uid="tiltas_courses_unpublish_translations")
def unpublish_translations(sender, instance, **kwargs):
    """A source page leaves in all languages: another language can't stay open on its own."""
    if isinstance(instance, OURS) and is_source(instance):
        _unpublish_translations(instance)


@receiver(pre_delete, dispatch_uid="tiltas_courses_unpublish_translations_of_deleted")
def unpublish_translations_of_deleted(sender, instance, **kwargs):
    if isinstance(instance, OURS) and is_source(instance):
        _unpublish_translations(instance)


def _unpublish_translations(page):
    for translation in page.get_translations().filter(live=True):
        translation.specific.unpublish()
