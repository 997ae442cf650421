"""Questions whose answer is a choice among options."""

from django.utils.translation import gettext_lazy as _

from ..grading import all_or_nothing, hits_less_misses
from ..registry import InvalidAnswer, QuestionType


class ChoiceType(QuestionType):
    """One or more of the options are right. An answer is the list of chosen option ids, sorted; empty: not answered."""

    blocks = ("option",)
    most_right = None
    most_chosen = None
    template = "tiltas_quizzes/questions/checkbox.html"
    result_template = "tiltas_quizzes/questions/choice_result.html"

    def problems(self, parts):
        found = []
        if len(parts) < 2:
            found.append(_("A question needs at least two options: add one."))
        right = [part for part in parts if part["correct"]]
        if not right:
            found.append(_("No option is marked as right: mark one."))
        if self.most_right and len(right) > self.most_right:
            found.append(_("This kind of question has one right option: unmark the others."))
        if says_twice(part["text"] for part in parts):
            found.append(_("Two options say the same: change one of them."))
        return found

    def answer_key(self, parts, texts=None):
        return {"right": sorted(part["id"] for part in parts if part["correct"])}

    def clean_answer(self, definition, raw, drawn=None):
        offered = {option["id"] for option in definition["options"]}
        chosen = sorted(set(texts_of(raw)))
        if not set(chosen) <= offered or (self.most_chosen and len(chosen) > self.most_chosen):
            raise InvalidAnswer
        return chosen

    def grade(self, *, definition, answer_key, answer):
        return all_or_nothing(right=answer_key["right"], chosen=answer or [])

    def form_values(self, answer, drawn):
        return answer or []

    def shown(self, *, drawn, words, answer):
        parts = [
            {"id": each, "text": words.get(each, {}).get("text", ""), "chosen": each in (answer or [])}
            for each in drawn["options"]
        ]
        return parts, []

    def given_in_words(self, parts, offers):
        return [part["text"] for part in parts if part["chosen"]]

    def reviewed(self, *, drawn, words, answer, definition, answer_key):
        parts, _offers = self.shown(drawn=drawn, words=words, answer=answer)
        for part in parts:
            part["right"] = part["id"] in answer_key["right"]
            part["feedback"] = words.get(part["id"], {}).get("feedback", "")
        return parts


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

    def problems(self, parts):
        found = super().problems(parts)
        if len(parts) != 2:
            found.append(_("True or false has two options, no more and no fewer."))
        return found

    def draw(self, definition, chance):
        """As written: "true" is looked for first."""
        return {"options": [option["id"] for option in definition["options"]]}


class MultipleChoice(ChoiceType):
    name = "multiple_choice"
    label = _("Several choices")
    instruction = _("Choose all that apply")


class WeightedChoice(ChoiceType):
    """Several choices that earn a part of the points where a part of them is right."""

    name = "weighted_choice"
    label = _("Several choices, part of the points")
    instruction = _("Choose all that apply. A wrong choice takes away what a right one gives.")

    def grade(self, *, definition, answer_key, answer):
        offered = [option["id"] for option in definition["options"]]
        return hits_less_misses(right=answer_key["right"], chosen=answer or [], offered=offered)


def says_twice(texts):
    """Do two of these texts say the same, but for capitals and spaces around?"""
    texts = [text.strip().casefold() for text in texts]
    return len(set(texts)) < len(texts)


def texts_of(raw):
    """`raw` if it is a list of strings. Raises InvalidAnswer."""
    if not isinstance(raw, list) or not all(isinstance(each, str) for each in raw):
        raise InvalidAnswer
    return raw
