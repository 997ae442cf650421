"""The words by which questions are found and drawn, in one form each: “Taikymas” and “taikymas ” are the same tag."""

import re
import unicodedata

from django.utils.translation import gettext as _

MOST_LETTERS = 40
_TAG = re.compile(r"[a-z0-9ąčęėįšųūž]+(?:-[a-z0-9ąčęėįšųūž]+)*")


class TagRefused(ValueError):
    """No tag; the message names it, the rule and the way out."""


def cleaned_tag(text):
    """The one form of this tag. Raises TagRefused."""
    tag = unicodedata.normalize("NFC", str(text)).strip().removeprefix("#").strip().lower()
    if not _TAG.fullmatch(tag) or len(tag) > MOST_LETTERS:
        raise TagRefused(
            _(
                "“%(tag)s” is no tag. A tag is one word of letters and digits, of %(most)d signs at most, such as taikymas or "
                "k1-2: join words with a hyphen, and put a comma between two tags."
            )
            % {"tag": str(text).strip()[:60], "most": MOST_LETTERS}
        )
    return tag


def tags_from(text):
    """The tags in this text, comma between, each once, in their order. Raises TagRefused."""
    return list(dict.fromkeys(cleaned_tag(each) for each in str(text or "").split(",") if each.strip()))


def written(tags):
    """The tags as `tags_from` reads them."""
    return ", ".join(tags)
