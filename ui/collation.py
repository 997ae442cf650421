"""Sorting by Lithuanian rules, the same on every database."""

import unicodedata

# Č, š and ž are letters of their own, after c, s and z. The other accented letters differ from their plain ones only where
# all else is equal, and y sorts with i: Adomas, Azuolas, Ąžuolas; Ignas, Yla, Įlanka, Ivanauskas. (CLDR, locale lt.)
_OWN_LETTERS = {"č": "c\uffff", "š": "s\uffff", "ž": "z\uffff"}


def lithuanian_key(text):
    """A sort key for this text: `sorted(names, key=lithuanian_key)`. Case and accents decide only between equals."""
    folded = unicodedata.normalize("NFC", text).casefold()
    primary = "".join(_OWN_LETTERS.get(letter) or _plain(letter) for letter in folded)
    return primary, folded, text


def _plain(letter):
    base = unicodedata.normalize("NFD", letter)[0]
    return "i" if base == "y" else base
