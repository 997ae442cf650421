"""
What upper rooms know of a person: why a name can't be changed any more, and what to do when somebody closes the account.

A room puts its own into a file `learner_rules.py` and registers it there; the files are found when `learners` is ready.
"""

from dataclasses import dataclass

from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True)
class KeptName:
    """Records that keep the person's name after the account is closed, and why."""

    model: type
    reason: str


_name_guards = []
_erasers = []
_gone = []
_kept_names = []


def register_name_guard(guard):
    """`guard(learner)` returns a sentence that says why the name stays as it is and what to do, or an empty text."""
    _name_guards.append(guard)


def why_name_stays(learner):
    """The sentence of the first room that needs the name as it is; empty while it may be changed."""
    return next((str(sentence) for guard in _name_guards if (sentence := guard(learner))), "")


def register_eraser(eraser, *, gone=()):
    """
    Call `eraser(learner_id=…, at=…)` when the person is erased, inside the same transaction. `gone`: sentences that tell the
    person beforehand what is deleted by it.
    """
    _erasers.append(eraser)
    _gone.extend(gone)


def erase_in_each_room(*, learner_id, at):
    for eraser in _erasers:
        eraser(learner_id=learner_id, at=at)


def gone_at_erasure():
    """Sentences: what the rooms delete when an account is closed."""
    return list(_gone)


def register_kept_name(model, *, reason):
    """Rows of this model keep the person's name when the account is closed; `reason` tells the person why."""
    _kept_names.append(KeptName(model, reason))


def kept_names():
    return list(_kept_names)


def discover():
    autodiscover_modules("learner_rules")
