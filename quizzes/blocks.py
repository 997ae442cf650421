"""The parts of a question, as trainers write them. Their names are stored and stand in content files: they never change."""

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from lessons.blocks import NeutralCharBlock

from .modules import module_choices
from .tagging import MOST_LETTERS, TagRefused, cleaned_tag

FEEDBACK = {"label": _("Feedback"), "max_length": 600, "required": False}


class OptionBlock(blocks.StructBlock):
    """An option with the feedback that teaches whoever chose it."""

    correct = blocks.BooleanBlock(label=_("Right"), required=False)
    text = blocks.CharBlock(label=_("Option"), max_length=400)
    feedback = blocks.CharBlock(**FEEDBACK)

    class Meta:
        label = _("Option")
        icon = "list-ul"


class StepBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=pgettext_lazy("question", "Step"), max_length=400)
    feedback = blocks.CharBlock(**FEEDBACK)

    class Meta:
        label = pgettext_lazy("question", "Step")
        icon = "list-ol"
        help_text = _("For putting in order. Write the steps in their right order; each learner sees another one.")


class PairBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("What is asked"), max_length=400)
    match = blocks.CharBlock(label=_("What belongs to it"), max_length=200)
    feedback = blocks.CharBlock(**FEEDBACK)

    class Meta:
        label = pgettext_lazy("question", "Pair")
        icon = "link"
        help_text = _("For matching.")


class DistractorBlock(blocks.StructBlock):
    match = blocks.CharBlock(label=_("What belongs to nothing"), max_length=200)

    class Meta:
        label = _("Match too many")
        icon = "cross"
        help_text = _("For matching: one more to choose from, which is never right.")


class AcceptedBlock(blocks.StructBlock):
    case_matters = blocks.BooleanBlock(label=_("Capitals matter"), required=False)
    diacritics_matter = blocks.BooleanBlock(label=_("Diacritics matter"), required=False)
    text = blocks.CharBlock(label=_("Accepted answer"), max_length=200)
    feedback = blocks.CharBlock(**FEEDBACK)

    class Meta:
        label = _("Accepted answer")
        icon = "tick"
        help_text = _("For short text. Spaces never matter; capitals and diacritics do where you say so.")


class NumberBlock(blocks.StructBlock):
    value = NeutralCharBlock(label=pgettext_lazy("quantity", "Number"), max_length=24)
    tolerance = NeutralCharBlock(
        label=_("Tolerance"), max_length=24, required=False, help_text=_("How far above or below is still right.")
    )
    feedback = blocks.CharBlock(**FEEDBACK)

    class Meta:
        label = pgettext_lazy("quantity", "Number")
        icon = "order"
        help_text = _("For a number. With a decimal comma or point.")


class RangeBlock(blocks.StructBlock):
    minimum = NeutralCharBlock(label=pgettext_lazy("range", "From"), max_length=24)
    maximum = NeutralCharBlock(
        label=pgettext_lazy("range", "To"), max_length=24, help_text=_("Both ends are right too.")
    )
    feedback = blocks.CharBlock(**FEEDBACK)

    class Meta:
        label = _("Range of numbers")
        icon = "arrows-up-down"
        help_text = _("For a number.")


PARTS = [
    ("option", OptionBlock()),
    ("step", StepBlock()),
    ("pair", PairBlock()),
    ("distractor", DistractorBlock()),
    ("accepted", AcceptedBlock()),
    ("number", NumberBlock()),
    ("range", RangeBlock()),
]


class DrawBlock(blocks.StructBlock):
    """Questions drawn from the bank: each attempt gets its own. The same in every language."""

    number = blocks.IntegerBlock(label=_("How many questions"), min_value=1, max_value=100)
    module = blocks.ChoiceBlock(label=_("Module"), choices=module_choices, required=False)
    tag = NeutralCharBlock(
        label=_("Tag"),
        max_length=MOST_LETTERS,
        required=False,
        help_text=_("One of the words that questions are marked with, such as k1-2 or taikymas."),
    )

    class Meta:
        label = _("Draw from the bank")
        icon = "rotate"
        help_text = _("Each attempt gets other questions: of this module, with this tag, or both.")

    def clean(self, value):
        cleaned = super().clean(value)
        if not cleaned["module"] and not cleaned["tag"]:
            said = _now("A draw needs a module, a tag or both: choose what it draws from.")
            raise StructBlockValidationError(non_block_errors=ErrorList([ValidationError(said)]))
        try:
            cleaned["tag"] = cleaned_tag(cleaned["tag"]) if cleaned["tag"] else ""
        except TagRefused as refusal:
            raise StructBlockValidationError(block_errors={"tag": ValidationError(str(refusal))}) from None
        return cleaned
