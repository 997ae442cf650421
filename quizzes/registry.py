"""
Kinds of question. An app puts its own into a file `question_types.py` and registers them there; ours come through the same door.
"""

from abc import ABC, abstractmethod
from fractions import Fraction

from django.utils.module_loading import autodiscover_modules


class InvalidAnswer(ValueError):
    """What came in can't be an answer to this question (a forged option, a wrong shape)."""


class QuestionType(ABC):
    """
    What a quiz needs to know about one kind of question.

    A question is made of *parts* (dicts with `id`, `type` and what the trainer wrote), of the block types named in `blocks`.
    `definition` and `answer_key` are kept with each version, `drawn` with each attempt, `words` (part id → its words) by
    language. Nothing but `reviewed`, which is asked after hand-in, may show what is right.
    """

    name: str
    label: str
    instruction: str
    blocks: tuple = ("option",)
    template: str
    result_template: str
    key_in_texts = False  # is what counts as right written in words, so that each language has its own?

    @abstractmethod
    def problems(self, parts):
        """Sentences on what is wrong with these parts, for the trainer; [] when nothing is."""

    def definition(self, parts):
        """What the version keeps besides the key (JSON). `options` are the parts that an answer speaks of, each with its `id`."""
        return {"options": [{"id": part["id"]} for part in parts]}

    @abstractmethod
    def answer_key(self, parts, texts=None):
        """
        The answer key (JSON) of these parts; it leaves the server only after hand-in. `texts` has the words by language, for
        kinds with `key_in_texts`; these are also asked with parts of nothing but `id`.
        """

    def draw(self, definition, chance):
        """How one attempt shows the question (JSON): `options` in their order. `chance` is a random.Random of the attempt's seed."""
        options = [option["id"] for option in definition["options"]]
        chance.shuffle(options)
        return {"options": options}

    @abstractmethod
    def clean_answer(self, definition, raw, drawn=None):
        """
        The answer (JSON, false where it is empty) that the raw value stands for: the list of strings of the form field `answer`.

        Raises InvalidAnswer on anything that the question does not offer.
        """

    def is_complete(self, definition, answer):
        """Is everything answered that the question asks?"""
        return bool(answer)

    def remark(self, answer):
        """A sentence for the learner on an answer that is saved but can't be meant so; "" where there is none."""
        return ""

    @abstractmethod
    def grade(self, *, definition, answer_key, answer) -> Fraction:
        """The share of marks earned, from 0 to 1; 0 for None (not answered)."""

    @abstractmethod
    def form_values(self, answer, drawn):
        """The values of the form field `answer` that stand for this answer: what `clean_answer` would read."""

    @abstractmethod
    def shown(self, *, drawn, words, answer):
        """(parts, offers) for `template`, before hand-in: nothing of the key."""

    def given_in_words(self, parts, offers):
        """One's own answer in words, a line a part, from what `shown` gave: for a result that doesn't tell what was right."""
        return []

    @abstractmethod
    def reviewed(self, *, drawn, words, answer, definition, answer_key):
        """Parts for `result_template`, after hand-in alone."""


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
