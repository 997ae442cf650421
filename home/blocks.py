"""The blocks of info pages and news: what a reader has to find at once stands apart from the running text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lessons.blocks import NeutralCharBlock, TextBlock

from .declarations import declarations


class FactBlock(blocks.StructBlock):
    """One fact: what it is, and the fact itself."""

    label = blocks.CharBlock(label=_("Name of the fact"), max_length=120)
    text = TextBlock(label=_("Text"), features=["bold", "italic", "link"])


class HelpLineBlock(blocks.StructBlock):
    """A line that somebody can call. The number is the same in every language."""

    number = NeutralCharBlock(label=_("Number"), max_length=30)
    name = blocks.CharBlock(label=_("Name"), max_length=120)
    hours = blocks.CharBlock(label=_("When it answers"), max_length=120, required=False)
    about = blocks.CharBlock(label=_("Who it is for"), max_length=200, required=False)


class HelpLinesBlock(blocks.StructBlock):
    """
    Lines to call, with the day on which somebody last called them. Without a day the page says that nobody has checked the
    numbers yet.
    """

    checked_on = blocks.DateBlock(
        label=_("Numbers checked on"), required=False, help_text=_("Fill in once every number has been called.")
    )
    line = blocks.ListBlock(HelpLineBlock(), label=_("Lines"))

    class Meta:
        label = _("Help lines")
        icon = "mobile-alt"
        template = "tiltas_home/blocks/help_lines.html"


class FunderBlock(blocks.StructBlock):
    """Whose money paid for a project, in the words that the funder asks for. No logo: a funder's logo is the funder's."""

    project = blocks.CharBlock(label=_("Project"), max_length=300)
    number = NeutralCharBlock(label=_("Number"), max_length=60)
    text = TextBlock(label=_("Text"))

    class Meta:
        label = _("Funding statement")
        icon = "info-circle"
        template = "tiltas_home/blocks/funder.html"


class PersonalDataBlock(blocks.StructBlock):
    """What the models themselves declare of personal data: a privacy policy that can't fall behind the code."""

    caption = blocks.CharBlock(label=_("Heading"), max_length=200)

    class Meta:
        label = _("Declarations of personal data")
        icon = "user"
        template = "tiltas_home/blocks/personal_data.html"

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"declarations": declarations()}


NEWS_BLOCKS = [
    (
        "heading",
        blocks.CharBlock(
            label=_("Heading"), icon="title", max_length=200, template="tiltas_lessons/blocks/heading.html"
        ),
    ),
    ("text", TextBlock(label=_("Text"), icon="pilcrow", template="tiltas_lessons/blocks/text.html")),
]
INFO_BLOCKS = [
    *NEWS_BLOCKS,
    (
        "facts",
        blocks.ListBlock(FactBlock(), label=_("Facts"), icon="list-ul", template="tiltas_home/blocks/facts.html"),
    ),
    ("help_lines", HelpLinesBlock()),
    ("funder", FunderBlock()),
    ("personal_data", PersonalDataBlock()),
]
