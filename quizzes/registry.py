"""
Kinds of question. An app puts its own into a file `question_types.py` and registers them there; ours come through the same door.
"""

from abc import ABC, abstractmethod
from fractions import Fraction

from django.utils.module_loading import autodiscover_modules


class InvalidAnswer(ValueError):
    """What came in can't be an answer to this question (a forged option, a wrong shape)."""


class QuestionType(ABC):
    """What a quiz needs to know about one kind of question."""

    name: str
    label: str
    instruction: str
    template: str

    @abstractmethod
    def problems(self, options):
        """Sentences on what is wrong with these options (dicts with id, text, correct), for the trainer; [] when nothing is."""

    @abstractmethod
    def answer_key(self, options):
        """The answer key (JSON) of these options; it leaves the server only after hand-in."""

    @abstractmethod
    def clean_answer(self, definition, raw):
        """
        The answer (JSON) that the raw value stands for: a list of strings from a form, or the JSON that a script sent.

        Raises InvalidAnswer on anything that the question does not offer.
        """

    @abstractmethod
    def grade(self, *, definition, answer_key, answer) -> Fraction:
        """The share of marks earned, from 0 to 1; 0 for None (not answered)."""

    @abstractmethod
    def is_right_part(self, *, answer_key, option_id) -> bool:
        """Does this option belong to the right answer? Asked after hand-in alone."""


_types = {}


def register_question_type(question_type):
    """Offer this kind of question. Raises ValueError when the name is taken."""
    if question_type.name in _types:
        raise ValueError(f"Two question types are named {question_type.name}: rename one of them.")
    _types[question_type.name] = question_type


def question_type(name):
    """The kind of question of this name. Raises KeyError."""
    return _types[name]


def question_kinds():
    """(name, label) of each kind, for a form's choices."""
    return [(each.name, each.label) for each in _types.values()]


def discover():
    autodiscover_modules("question_types")
