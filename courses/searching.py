"""
Searching in the catalogue, forgiving: capitals, missing diacritics and endings of words make no difference.

Done here and not by the database: SQLite knows no capitals beyond ASCII and no accents at all, PostgreSQL other rules, and
the words of all courses together are few.
"""

import re
import unicodedata

# The ending of a Lithuanian noun or adjective without its accents, more or less: įstaiga, įstaigos, įstaigoje, įstaigoms.
_ENDING = re.compile(r"[aeiouy]+(?:s|ms?|je|se)?$")
_SHORTEST_STEM = 3


def folded(text):
    """The text in small letters without accents: „Įstaigų“ becomes “istaigu”."""
    apart = unicodedata.normalize("NFKD", str(text).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def stems(text):
    """The words of the text, folded, without their endings; a word that would hardly be left keeps its own."""
    return [_stem(word) for word in re.findall(r"\w+", folded(text))]


def _stem(word):
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= _SHORTEST_STEM else word


def matches(query, *texts):
    """Does each word of the query stand somewhere in these texts, in any of its forms or inside of a longer word?"""
    said = folded("\n".join(map(str, texts)))
    return all(stem in said for stem in stems(query))
