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


def sortable(text):
    """
    The sort key as a text of digits and a to f: a column of these is in order by Lithuanian rules on every database,
    whatever collation it sorts by.
    """
    return "\0".join(lithuanian_key(text)).encode("utf-8", "surrogatepass").hex()


def without_accents(text):
    """The text as tired fingers type it: small letters without hooks and dots, ž as z; for searching."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in unicodedata.normalize("NFC", text).casefold())
