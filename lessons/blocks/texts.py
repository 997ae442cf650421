"""Running text, headings, boxes of text, legal references."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from ui.clean_html import clean_rich_text

FEATURES = ["bold", "italic", "ol", "ul", "link"]


class TextBlock(blocks.RichTextBlock):
    """
    Running text. Headings are blocks of their own, so that their order can be checked.

    What is kept is clean, whichever way it came: the editor's form passes `clean`, everything else `get_prep_value`.
    """

    def __init__(self, **kwargs):
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    def clean(self, value):
        return super().clean(RichText(clean_rich_text(value.source or "")))

    def get_prep_value(self, value):
        return clean_rich_text(super().get_prep_value(value) or "")


class NeutralCharBlock(blocks.CharBlock):
    """What is the same in every language, such as the number of a legal act: never a segment for the translator."""

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value


class LegalReferenceBlock(blocks.StructBlock):
    """A legal act, with the day on which somebody last checked that the lesson says what the act says."""

    act = blocks.CharBlock(label=_("Act"), max_length=300)
    number = NeutralCharBlock(label=_("Number"), max_length=60)
    valid_from = blocks.DateBlock(label=_("Valid from"), required=False)
    checked_on = blocks.DateBlock(label=_("Checked on"))
    review_by = blocks.DateBlock(label=_("Review by"))
    text = blocks.TextBlock(label=_("What it says here"), required=False, rows=2)

    class Meta:
        label = _("Legal reference")
        icon = "clipboard-list"
        template = "tiltas_lessons/blocks/legal_reference.html"


class CalloutBlock(TextBlock):
    """Text in a box of its own. The box says in a word what it is for; its class is the block's name."""

    class Meta:
        template = "tiltas_lessons/blocks/callout.html"

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"name": self.name, "word": self.label}


def heading():
    return blocks.CharBlock(
        label=_("Heading"), icon="title", max_length=200, template="tiltas_lessons/blocks/heading.html"
    )


def text():
    return TextBlock(label=_("Text"), icon="pilcrow", template="tiltas_lessons/blocks/text.html")
