"""Tiltas' own kinds of question, registered through the same door as a plug-in's."""

from .kinds.arranging import Matching, Ordering
from .kinds.choices import ChoiceType, MultipleChoice, SingleChoice, TrueFalse, WeightedChoice
from .kinds.written import Number, ShortText
from .registry import register_question_type

__all__ = ["ChoiceType"]

for kind in (SingleChoice, MultipleChoice, WeightedChoice, TrueFalse, Ordering, Matching, ShortText, Number):
    register_question_type(kind())
