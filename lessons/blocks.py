"""The blocks of a lesson: each looks different by what it is for, and says so in a word."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

FEATURES = ["bold", "italic", "ol", "ul", "link"]


class TextBlock(blocks.RichTextBlock):
    """Running text. Headings are blocks of their own, so that their order can be checked."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)


class ActNumberBlock(blocks.CharBlock):
    """The number of a legal act: the same in every language, so never a segment for the translator."""

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value


class LegalReferenceBlock(blocks.StructBlock):
    """A legal act, with the day on which somebody last checked that the lesson says what the act says."""

    act = blocks.CharBlock(label=_("Act"), max_length=300)
    number = ActNumberBlock(label=_("Number"), max_length=60)
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


def _callout(label, icon):
    return CalloutBlock(label=label, icon=icon)


OWN_BLOCKS = [
    (
        "heading",
        blocks.CharBlock(
            label=_("Heading"), icon="title", max_length=200, template="tiltas_lessons/blocks/heading.html"
        ),
    ),
    ("text", TextBlock(label=_("Text"), icon="pilcrow", template="tiltas_lessons/blocks/text.html")),
    ("case", _callout(_("Case"), "group")),
    ("tip", _callout(_("Tip"), "help")),
    ("activity", _callout(_("Activity"), "edit")),
    ("key_points", _callout(_("Key points"), "list-ul")),
    ("apply", _callout(_("Apply it at your institution"), "home")),
    ("legal_reference", LegalReferenceBlock()),
    ("sources", _callout(_("Sources"), "doc-full")),
]
