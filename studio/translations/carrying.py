"""
Old words for new sentences: which sentence of the source a changed one came from. Values in, values out; no database.

A page that goes out under a waiver shows its last good words, never Lithuanian in between; a translator sees "was / is now".
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

# Two sentences of a changed stretch that have less in common than this are two sentences.
ENOUGH_IN_COMMON = 0.5


@dataclass(frozen=True)
class Old:
    """A sentence as it was when it was last translated, and its words in the other language: None where it has none."""

    source: str
    words: str | None
    was: str  # the source sentence that the words translate: an older one, where they were carried already


def predecessors(old, new):
    """Place in `new` → the Old that it came from. `old` are the Olds of one path, `new` its sentences now, both in order."""
    if len(old) == len(new) == 1:
        return {0: old[0]}
    found = {}
    matcher = SequenceMatcher(None, [each.source for each in old], new, autojunk=False)
    for tag, begin, end, new_begin, new_end in matcher.get_opcodes():
        if tag == "equal":
            found |= {new_begin + step: old[begin + step] for step in range(end - begin)}
        elif tag == "replace":
            found |= _likest(old[begin:end], new[new_begin:new_end], new_begin)
    return found


def _likest(old, new, offset):
    """In a changed stretch: the pairs that have most in common, each sentence once."""
    likeness = sorted(
        (
            (SequenceMatcher(None, before.source, now, autojunk=False).ratio(), -place, -was)
            for place, now in enumerate(new)
            for was, before in enumerate(old)
        ),
        reverse=True,
    )
    found, taken = {}, set()
    for ratio, place, was in likeness:
        if ratio >= ENOUGH_IN_COMMON and offset - place not in found and was not in taken:
            found[offset - place] = old[-was]
            taken.add(was)
    return found
