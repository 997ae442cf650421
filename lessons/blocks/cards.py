"""Blocks of several parts: accordion, myth and fact, quotation, practice card."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .texts import TextBlock


class AccordionPartBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    text = TextBlock(label=_("Text"))

    class Meta:
        label = _("Part")
        icon = "arrow-down-big"


class AccordionBlock(blocks.ListBlock):
    """Parts that open by themselves, one by one: `<details>`, so nothing but HTML is needed."""

    def __init__(self, **kwargs):
        super().__init__(AccordionPartBlock(), **kwargs)

    class Meta:
        label = _("Accordion")
        icon = "list-ul"
        min_num = 1
        template = "tiltas_lessons/blocks/accordion.html"
        help_text = _("For what some readers need and others don't. What everybody has to read stands open, in a text.")


class MythFactBlock(blocks.StructBlock):
    myth = blocks.CharBlock(
        label=_("Myth"), max_length=300, help_text=_("What people say, as they say it, without quotation marks.")
    )
    fact = TextBlock(label=_("Fact"), help_text=_("What is known, and where from."))

    class Meta:
        label = _("Myth and fact")
        icon = "warning"
        template = "tiltas_lessons/blocks/myth_fact.html"


class QuotationBlock(blocks.StructBlock):
    source = blocks.CharBlock(
        label=_("Source"),
        max_length=300,
        help_text=_("Who said it, where and when. A quotation without a source is hearsay."),
    )
    text = blocks.TextBlock(label=_("Quotation"), rows=3, help_text=_("Word for word, without quotation marks."))

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        template = "tiltas_lessons/blocks/quotation.html"


class PracticeCardBlock(blocks.StructBlock):
    """A practice that worked somewhere, told so that others can judge whether it would work at their place."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    source = blocks.CharBlock(
        label=_("Source"), max_length=300, help_text=_("The institution, country and year, or the publication.")
    )
    context = blocks.TextBlock(label=_("Context"), rows=2, help_text=_("Where it is done, with whom, with what means."))
    adaptation = blocks.TextBlock(
        label=_("Adaptation"), rows=2, help_text=_("What was changed, or has to be, so that it works here.")
    )
    result = blocks.TextBlock(label=_("Result"), rows=2, help_text=_("What changed, and how it is known."))

    class Meta:
        label = _("Good practice")
        icon = "pick"
        template = "tiltas_lessons/blocks/practice_card.html"
