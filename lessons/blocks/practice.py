"""A question inside of a lesson, to think with. It is not graded, and nothing of it is stored."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError


class PracticeOptionBlock(blocks.StructBlock):
    correct = blocks.BooleanBlock(label=_("Right"), required=False)
    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    feedback = blocks.CharBlock(
        label=_("Feedback"),
        max_length=600,
        help_text=_("Why it is right, or what it leads to and what would be better."),
    )

    class Meta:
        label = _("Answer")
        icon = "tick-inverse"


class PracticeQuestionBlock(blocks.StructBlock):
    """
    A prompt and answers; opening an answer shows what it leads to.

    Its key is open by design: right and wrong stand in the lesson's HTML for whoever looks. That is as it should be,
    because nothing is counted here. A question that counts is a `quizzes.Question` in a quiz, whose key never leaves
    the server before the attempt is handed in; never use one for the other.
    """

    prompt = blocks.CharBlock(label=_("Question"), max_length=600)
    option = blocks.ListBlock(PracticeOptionBlock(), label=_("Answers"), min_num=2)

    class Meta:
        label = _("Practice question")
        icon = "help"
        template = "tiltas_lessons/blocks/practice_question.html"
        help_text = _(
            "Not graded, nothing is stored. Right and wrong can be read by everyone: questions that count belong in a quiz."
        )

    def clean(self, value):
        cleaned = super().clean(value)
        if not any(option["correct"] for option in cleaned["option"]):
            problem = ValidationError(gettext("No answer is right. Tick at least one as right."))
            raise StructBlockValidationError(
                block_errors={"option": ListBlockValidationError(non_block_errors=[problem])}
            )
        return cleaned
