"""Notices of Wagtail that this room hears: a page was published, moved, unpublished, deleted or given a translation."""

from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    page_unpublished,
    post_page_move,
    pre_page_move,
)

from . import tree
from .recording import record_page
from .tree_rules import check_following_move, check_move, source_page


@receiver(page_published, dispatch_uid="tiltas_courses_record_published_page")
def record_published_page(sender, instance, **kwargs):
    record_page(instance)


@receiver(pre_page_move, dispatch_uid="tiltas_courses_check_move")
def refuse_a_move(sender, instance, parent_page_before, parent_page_after, **kwargs):
    """Whoever moves it: a page that can't go in all languages does not go at all. Raises TreeRefused."""
    page = Page.objects.get(pk=instance.pk)
    if source_page(page) is None:
        check_move(page, parent_page_after)
    else:
        check_following_move(page, parent_page_after)


@receiver(post_page_move, dispatch_uid="tiltas_courses_follow_move")
def follow_move(sender, instance, parent_page_before, parent_page_after, **kwargs):
    with transaction.atomic():
        before = Page.objects.filter(pk=parent_page_before.pk).first()
        tree.follow_move(Page.objects.get(pk=instance.pk), before)


@receiver(copy_for_translation_done, dispatch_uid="tiltas_courses_place_translation")
def place_translation(sender, source_obj, target_obj, **kwargs):
    """A page got a translation, at the end of its siblings: it belongs where its source stands."""
    if isinstance(source_obj, Page):
        tree.settle_order(Page.objects.get(pk=source_obj.pk).get_parent())
        target_obj.refresh_from_db(fields=["path"])  # whoever made it goes on with this instance and saves it


@receiver(page_unpublished, dispatch_uid="tiltas_courses_unpublish_translations")
def unpublish_translations(sender, instance, **kwargs):
    tree.unpublish_translations(instance)


@receiver(pre_delete, dispatch_uid="tiltas_courses_delete_translations")
def delete_translations(sender, instance, **kwargs):
    if isinstance(instance, Page):
        tree.delete_translations(instance)
