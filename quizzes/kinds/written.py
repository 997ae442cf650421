"""Questions whose answer is typed: a word or two, a number. An answer is the text as it was typed; "" where nothing was."""

import unicodedata
from abc import abstractmethod
from decimal import Decimal
from fractions import Fraction

from django.conf import settings
from django.utils.formats import localize
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..grading import is_accepted_number, is_accepted_text, number_from
from ..registry import InvalidAnswer, QuestionType
from .choices import says_twice, texts_of

MOST_LETTERS = 200


class WrittenType(QuestionType):
    template = "tiltas_quizzes/questions/written.html"
    result_template = "tiltas_quizzes/questions/written_result.html"

    def draw(self, definition, chance):
        return {"options": []}

    def clean_answer(self, definition, raw, drawn=None):
        typed = texts_of(raw)
        if len(typed) > 1 or any(len(each) > MOST_LETTERS or _has_control(each) for each in typed):
            raise InvalidAnswer
        return unicodedata.normalize("NFC", " ".join(typed[0].split())) if typed else ""

    def form_values(self, answer, drawn):
        return [answer] if answer else []

    def shown(self, *, drawn, words, answer):
        return [{"value": answer or "", "most": MOST_LETTERS}], []

    def given_in_words(self, parts, offers):
        return [part["value"] for part in parts if part["value"]]

    def reviewed(self, *, drawn, words, answer, definition, answer_key):
        met = self.met(definition=definition, answer_key=answer_key, answer=answer or "")
        return [
            {
                "value": answer or "",
                "right": met is not None,
                "feedback": words.get(met, {}).get("feedback", "") if met else "",
                "accepted": self.accepted_in_words(definition, answer_key),
            }
        ]

    def grade(self, *, definition, answer_key, answer):
        return Fraction(self.met(definition=definition, answer_key=answer_key, answer=answer or "") is not None)

    @abstractmethod
    def met(self, *, definition, answer_key, answer):
        """The id of the first part that accepts this answer; None where none does."""

    @abstractmethod
    def accepted_in_words(self, definition, answer_key):
        """The right answer as the reader is told it after hand-in."""


def _has_control(text):
    return any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\t\r\n" for letter in text)


class ShortText(WrittenType):
    """A word or two. What is accepted in any language of the question counts: the reader may have switched midway."""

    name = "short_text"
    label = _("Short text")
    instruction = _("Write a word or two")
    blocks = ("accepted",)
    key_in_texts = True

    def problems(self, parts):
        found = []
        if not parts:
            found.append(_("No answer is accepted: add at least one."))
        if says_twice(part["text"] for part in parts):
            found.append(_("Two accepted answers say the same: remove one of them."))
        return found

    def definition(self, parts):
        return {
            "options": [
                {"id": part["id"], "case": bool(part["case_matters"]), "accents": bool(part["diacritics_matter"])}
                for part in parts
            ]
        }

    def answer_key(self, parts, texts=None):
        ids = [part["id"] for part in parts]
        return {
            "accepted": {
                language: {each: words[each]["text"] for each in ids if words.get(each, {}).get("text")}
                for language, words in sorted((texts or {}).items())
            }
        }

    def met(self, *, definition, answer_key, answer):
        for option in definition["options"]:
            for accepted in answer_key["accepted"].values():
                wanted = accepted.get(option["id"])
                if wanted and is_accepted_text(answer, wanted, case=option["case"], accents=option["accents"]):
                    return option["id"]
        return None

    def accepted_in_words(self, definition, answer_key):
        by_language = answer_key["accepted"]
        accepted = by_language.get(get_language()) or by_language.get(settings.LANGUAGE_CODE) or {}
        return next(iter(accepted.values()), "")


class Number(WrittenType):
    """A number, with a decimal comma or point: one of the values within its tolerance, or within one of the ranges."""

    name = "number"
    label = pgettext_lazy("quantity", "Number")
    instruction = _("Write a number")
    blocks = ("number", "range")
    decimal = True

    def problems(self, parts):
        found = []
        if not parts:
            found.append(_("No number is accepted: add one."))
        for part in parts:
            written = [part[name] for name in ("value", "tolerance", "minimum", "maximum") if part.get(name)]
            unread = [text for text in written if number_from(text) is None]
            if unread:
                found.append(_("“%(text)s” is not a number. Write it like 12,5.") % {"text": unread[0]})
                continue
            least, most = _bounds(part)
            if least > most:
                found.append(_("A range begins with its smaller number, and a tolerance is not below 0."))
        return found

    def definition(self, parts):
        return {"options": [{"id": part["id"], "range": part["type"] == "range"} for part in parts]}

    def answer_key(self, parts, texts=None):
        return {"accepted": {part["id"]: [str(bound) for bound in _bounds(part)] for part in parts}}

    def met(self, *, definition, answer_key, answer):
        for option in definition["options"]:
            least, most = answer_key["accepted"][option["id"]]
            if is_accepted_number(answer, least=least, most=most):
                return option["id"]
        return None

    def accepted_in_words(self, definition, answer_key):
        first = definition["options"][0]
        least, most = (Decimal(bound) for bound in answer_key["accepted"][first["id"]])
        if first["range"]:
            return _("from %(least)s to %(most)s") % {"least": _plain(least), "most": _plain(most)}
        return _plain((least + most) / 2)

    def remark(self, answer):
        if not answer or number_from(answer) is not None:
            return ""
        return _("This is saved, but it is not a number. Write digits alone, such as 12,5.")


def _plain(number):
    """The number as the reader's language writes it, without needless zeros."""
    return localize(Decimal(f"{number.normalize():f}"))


def _bounds(part):
    if part["type"] == "range":
        return number_from(part["minimum"]), number_from(part["maximum"])
    value, tolerance = number_from(part["value"]), number_from(part["tolerance"] or "0")
    return value - tolerance, value + tolerance
