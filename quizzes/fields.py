from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock

from lessons.fields import UnrecordedStreamField

from .blocks import PARTS, DrawBlock


class PartsField(UnrecordedStreamField):
    """What a question is made of: which parts a kind takes, the kind says."""

    def block_types_now(self):
        return PARTS


class AskedField(UnrecordedStreamField):
    """What a quiz asks: questions that were chosen, and draws from the bank."""

    def block_types_now(self):
        return [
            ("question", SnippetChooserBlock("tiltas_quizzes.Question", label=_("Question"))),
            ("draw", DrawBlock()),
        ]
