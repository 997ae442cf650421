"""Notices of Wagtail that this room hears: a question was published, unpublished or deleted."""

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Locale
from wagtail.signals import published, unpublished

from .bank import record_entry, take_out
from .leaving import delete_translations, unpublish_translations
from .questions import Question
from .versions import record_question


@receiver(published, sender=Question, dispatch_uid="tiltas_quizzes_record_published_question")
def record_published_question(sender, instance, **kwargs):
    with transaction.atomic():
        record_question(instance)
        if _is_source(instance):
            record_entry(instance)


@receiver(unpublished, sender=Question, dispatch_uid="tiltas_quizzes_take_out_unpublished_question")
def take_out_unpublished_question(sender, instance, **kwargs):
    if _is_source(instance):
        take_out(instance.translation_key)
        unpublish_translations(instance)


@receiver(post_delete, sender=Question, dispatch_uid="tiltas_quizzes_take_out_deleted_question")
def take_out_deleted_question(sender, instance, **kwargs):
    if _is_source(instance):
        take_out(instance.translation_key)
        delete_translations(instance)


def _is_source(question):
    return question.locale_id == Locale.get_default().pk
