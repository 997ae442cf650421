"""Tiltas' own kinds of question."""

from django.utils.translation import gettext_lazy as _

from .grading import all_or_nothing
from .registry import InvalidAnswer, QuestionType, register_question_type


class ChoiceType(QuestionType):
    """One or more of the options are right. An answer is the list of chosen option ids, sorted; empty: not answered."""

    most_right = None
    most_chosen = None

    def problems(self, options):
        found = []
        if len(options) < 2:
            found.append(_("A question needs at least two options: add one."))
        right = [option for option in options if option["correct"]]
        if not right:
            found.append(_("No option is marked as right: mark one."))
        if self.most_right and len(right) > self.most_right:
            found.append(_("This kind of question has one right option: unmark the others."))
        texts = [option["text"].strip().casefold() for option in options]
        if len(set(texts)) < len(texts):
            found.append(_("Two options say the same: change one of them."))
        return found

    def answer_key(self, options):
        return {"right": sorted(option["id"] for option in options if option["correct"])}

    def clean_answer(self, definition, raw):
        offered = {option["id"] for option in definition["options"]}
        if not isinstance(raw, list) or not all(isinstance(each, str) for each in raw):
            raise InvalidAnswer
        chosen = sorted(set(raw))
        if not set(chosen) <= offered or (self.most_chosen and len(chosen) > self.most_chosen):
            raise InvalidAnswer
        return chosen

    def grade(self, *, definition, answer_key, answer):
        return all_or_nothing(right=answer_key["right"], chosen=answer or [])

    def is_right_part(self, *, answer_key, option_id):
        return option_id in answer_key["right"]


class SingleChoice(ChoiceType):
    name = "single_choice"
    label = _("Single choice")
    instruction = _("Choose one answer")
    template = "tiltas_quizzes/questions/radio.html"
    most_right = most_chosen = 1


class TrueFalse(SingleChoice):
    name = "true_false"
    label = _("True or false")
    instruction = _("Is the statement true?")

    def problems(self, options):
        found = super().problems(options)
        if len(options) != 2:
            found.append(_("True or false has two options, no more and no fewer."))
        return found


class MultipleChoice(ChoiceType):
    name = "multiple_choice"
    label = _("Several choices")
    instruction = _("Choose all that apply")
    template = "tiltas_quizzes/questions/checkbox.html"


for kind in (SingleChoice, MultipleChoice, TrueFalse):
    register_question_type(kind())
