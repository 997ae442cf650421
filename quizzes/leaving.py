"""A question leaves in all languages: its translations are unpublished and deleted with it, and never alone."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import Locale

from .questions import Question


class FollowsItsSource(Exception):
    """A translated question can't leave alone; `source` is the question that it follows."""

    def __init__(self, source):
        super().__init__(
            _(
                "This question is the translation of “%(title)s” and follows it: copying, unpublishing and deleting are done with the "
                "question in the language %(language)s, in all languages at once."
            )
            % {"title": source.title, "language": source.locale}
        )
        self.source = source


def source_question(question):
    """The question that this translation follows; None for a source question and for one whose source is gone."""
    source = Locale.get_default()
    if question.locale_id == source.pk:
        return None
    return Question.objects.filter(translation_key=question.translation_key, locale=source).first()


def refuse_translations(questions):
    """Raises FollowsItsSource for the first of these whose source is not among them."""
    keys = {question.translation_key for question in questions if source_question(question) is None}
    for question in questions:
        source = source_question(question)
        if source is not None and question.translation_key not in keys:
            raise FollowsItsSource(source)


@transaction.atomic
def unpublish_question(*, question_id, user=None):
    """Take this source question from the bank in all languages; open attempts keep theirs. Doing it again changes nothing."""
    question = Question.objects.select_for_update(of=("self",)).get(pk=question_id)
    refuse_translations([question])
    UnpublishAction(question, user=user).execute(skip_permission_checks=True)


def unpublish_translations(question):
    for translation in question.get_translations().filter(live=True):
        translation.unpublish()


def delete_translations(question):
    for translation in question.get_translations():
        translation.delete()
