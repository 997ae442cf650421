"""Notices of Wagtail that this room hears: a question was published."""

from django.dispatch import receiver
from wagtail.signals import published

from .questions import Question
from .versions import record_question


@receiver(published, sender=Question, dispatch_uid="tiltas_quizzes_record_published_question")
def record_published_question(sender, instance, **kwargs):
    record_question(instance)
