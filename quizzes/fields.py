from lessons.fields import UnrecordedStreamField

from .blocks import PARTS


class PartsField(UnrecordedStreamField):
    """What a question is made of: which parts a kind takes, the kind says."""

    def block_types_now(self):
        return PARTS
