"""
The blocks of a lesson: each looks different by what it is for, and says so in a word.

The names are stored in every lesson that uses them, and stand in content files: they never change.
"""

from django.utils.translation import gettext_lazy as _

from .cards import AccordionBlock, MythFactBlock, PracticeCardBlock, QuotationBlock
from .media import AudioBlock, DocumentBlock, FileChooserBlock, VideoBlock
from .pictures import PictureBlock
from .practice import PracticeQuestionBlock
from .tables import CellsBlock, TableBlock
from .texts import FEATURES, CalloutBlock, LegalReferenceBlock, NeutralCharBlock, TextBlock, heading, text

__all__ = [
    "FEATURES",
    "OWN_BLOCKS",
    "CalloutBlock",
    "CellsBlock",
    "FileChooserBlock",
    "LegalReferenceBlock",
    "NeutralCharBlock",
    "TextBlock",
]

OWN_BLOCKS = [
    ("heading", heading()),
    ("text", text()),
    ("case", CalloutBlock(label=_("Case"), icon="group")),
    ("notice", CalloutBlock(label=_("Please note"), icon="info-circle")),
    ("tip", CalloutBlock(label=_("Tip"), icon="help")),
    ("activity", CalloutBlock(label=_("Activity"), icon="edit")),
    ("key_points", CalloutBlock(label=_("Key points"), icon="list-ul")),
    ("apply", CalloutBlock(label=_("Apply it at your institution"), icon="home")),
    ("image", PictureBlock()),
    ("document", DocumentBlock()),
    ("video", VideoBlock()),
    ("audio", AudioBlock()),
    ("table", TableBlock()),
    ("accordion", AccordionBlock()),
    ("myth_fact", MythFactBlock()),
    ("quotation", QuotationBlock()),
    ("practice_card", PracticeCardBlock()),
    ("practice_question", PracticeQuestionBlock()),
    ("legal_reference", LegalReferenceBlock()),
    ("sources", CalloutBlock(label=_("Sources"), icon="doc-full")),
]
