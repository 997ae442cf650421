"""Three texts decide what a load does with a page: its file now, its file when it was last loaded, the page itself."""

from enum import StrEnum


class Verdict(StrEnum):
    NEW = "new"
    SAME = "same"
    LOAD = "load"
    EDITED = "edited"
    CONFLICT = "conflict"


def judge(*, file, base, page):
    """The verdict on one language. Each argument is a digest; `base` is None before the first load, `page` where none is."""
    if page is None and base is None:
        return Verdict.NEW
    if page == file:
        return Verdict.SAME
    if page == base:
        return Verdict.LOAD
    return Verdict.EDITED if file == base else Verdict.CONFLICT


def judge_together(verdicts):
    """The verdict on a page in all its languages: they are loaded together or not at all."""
    verdicts = set(verdicts)
    writes, edits = verdicts & {Verdict.NEW, Verdict.LOAD}, verdicts & {Verdict.EDITED}
    if Verdict.CONFLICT in verdicts or (writes and edits):
        return Verdict.CONFLICT
    if edits:
        return Verdict.EDITED
    if writes:
        return Verdict.NEW if verdicts == {Verdict.NEW} else Verdict.LOAD
    return Verdict.SAME
