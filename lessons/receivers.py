"""Notices that this room hears: a lesson was published, so it is known which files its readers may have; a file is gone."""

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published

from .files import LessonFile
from .models import LessonPage
from .services import record_files


@receiver(page_published, dispatch_uid="tiltas_lessons_record_files")
def record_files_of_published_lesson(sender, instance, **kwargs):
    if isinstance(instance, LessonPage):
        record_files(page=instance)


@receiver(post_delete, sender=LessonFile, dispatch_uid="tiltas_lessons_delete_stored_file")
def delete_stored_file(sender, instance, **kwargs):
    """The file goes with its row, once that is certain."""
    storage, name = instance.file.storage, instance.file.name
    transaction.on_commit(lambda: storage.delete(name))
