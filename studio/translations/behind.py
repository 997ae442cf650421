"""What a language lacks of a source text: values alone."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Behind:
    """
    A sentence of the source without words in a language, or a picture that changed under the language's own. `was` and `words` are
    its predecessor's, None where it has none; the rest is how people read the three.
    """

    path: str
    digest: UUID
    source: str
    was: str | None
    words: str | None
    text: str
    was_text: str = ""
    words_text: str = ""

    @property
    def is_stale(self):
        """Has it words that an older sentence had? If not, it is new."""
        return self.words is not None


@dataclass(frozen=True)
class Counted:
    """Of one page or question in one language: its sentences, those that were changed since, and those that never had words."""

    strings: int
    stale: int
    missing: int

    @property
    def behind(self):
        return self.stale + self.missing
