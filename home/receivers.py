"""Notices of Wagtail that this room hears: one of the pages that stand on each screen may have changed."""

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.models import CourseIndexPage

from .models import HomePage, InfoPage, NewsIndexPage
from .standing import forget_standing_pages

STANDING = (HomePage, CourseIndexPage, InfoPage, NewsIndexPage)


@receiver([page_published, page_unpublished, post_page_move, post_delete], dispatch_uid="tiltas_home_standing_pages")
def forget_what_changed(sender, instance, **kwargs):
    """At once for whoever asks within the transaction, and again when the change is there for everyone."""
    if isinstance(instance, STANDING) or issubclass(sender, STANDING):
        forget_standing_pages()
        transaction.on_commit(forget_standing_pages)
