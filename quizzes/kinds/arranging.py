"""Questions whose answer puts things in their places: an order, pairs. Each is a row of lists to choose from; nothing is dragged."""

from abc import abstractmethod

from django.utils.translation import gettext_lazy as _

from ..grading import pairs_share, places_share
from ..registry import InvalidAnswer, QuestionType
from .choices import says_twice, texts_of

MOST_PARTS = 10


class ArrangingType(QuestionType):
    """
    An answer is {option id: what was chosen for it}, of those that have something chosen; empty: not answered. In the form each
    choice is the value `option id:number`, number from 1, so that what is sent names no key.
    """

    template = "tiltas_quizzes/questions/places.html"
    result_template = "tiltas_quizzes/questions/places_result.html"

    def clean_answer(self, definition, raw, drawn=None):
        offered, answer = self.offered(drawn), {}
        for text in texts_of(raw):
            if not text:  # the list's first line: nothing chosen
                continue
            option, colon, number = text.partition(":")
            if not colon or option not in drawn["options"] or option in answer:
                raise InvalidAnswer
            if not (number.isascii() and number.isdigit() and len(number) < 3 and 1 <= int(number) <= len(offered)):
                raise InvalidAnswer
            answer[option] = offered[int(number) - 1]
        return answer

    @abstractmethod
    def offered(self, drawn):
        """What may be chosen for each option, in the order in which this attempt numbers it."""

    def is_complete(self, definition, answer):
        return len(answer or {}) == len(definition["options"])

    def form_values(self, answer, drawn):
        offered = self.offered(drawn)
        return [f"{option}:{offered.index(chosen) + 1}" for option, chosen in (answer or {}).items()]

    def given_in_words(self, parts, offers):
        words = {offer["number"]: offer["text"] for offer in offers}
        return [f"{part['text']} – {words[part['number']]}" for part in parts if part["number"]]

    def _rows(self, drawn, words, answer):
        chosen = set(self.form_values(answer, drawn))
        numbers = range(1, len(self.offered(drawn)) + 1)
        return [
            {
                "id": each,
                "text": words.get(each, {}).get("text", ""),
                "number": next((number for number in numbers if f"{each}:{number}" in chosen), None),
            }
            for each in drawn["options"]
        ]


class Ordering(ArrangingType):
    """Steps to put in order; they are written in the right one. The answer says at which place each stands."""

    name = "ordering"
    label = _("Putting in order")
    instruction = _("Choose for each step which place it takes")
    blocks = ("step",)

    def problems(self, parts):
        found = []
        if not 3 <= len(parts) <= MOST_PARTS:
            found.append(_("Putting in order takes from 3 to 10 steps."))
        if says_twice(part["text"] for part in parts):
            found.append(_("Two steps say the same: their order can't be told. Change one of them."))
        return found

    def definition(self, parts):
        # By id: the written order is the key.
        return {"options": sorted(({"id": part["id"]} for part in parts), key=lambda option: option["id"])}

    def answer_key(self, parts, texts=None):
        return {"order": [part["id"] for part in parts]}

    def offered(self, drawn):
        return list(range(1, len(drawn["options"]) + 1))

    def grade(self, *, definition, answer_key, answer):
        return places_share(order=answer_key["order"], places=answer or {})

    def shown(self, *, drawn, words, answer):
        rows = self._rows(drawn, words, answer)
        return rows, [{"number": number, "text": f"{number}."} for number in range(1, len(rows) + 1)]

    def reviewed(self, *, drawn, words, answer, definition, answer_key):
        given = answer or {}
        return [
            {
                "text": words.get(each, {}).get("text", ""),
                "feedback": words.get(each, {}).get("feedback", ""),
                "given": f"{given[each]}." if each in given else "",
                "wanted": f"{place}.",
                "right": given.get(each) == place,
            }
            for place, each in enumerate(answer_key["order"], start=1)
        ]


class Matching(ArrangingType):
    """Pairs that belong together, perhaps with matches that belong to nothing. The answer says which match each part got."""

    name = "matching"
    label = _("Matching")
    instruction = _("Choose for each what belongs to it")
    blocks = ("pair", "distractor")

    def problems(self, parts):
        found = []
        pairs = [part for part in parts if part["type"] == "pair"]
        if not 2 <= len(pairs) <= MOST_PARTS or len(parts) > MOST_PARTS:
            found.append(_("Matching takes from 2 to 10 pairs, and 10 with those that belong to nothing."))
        if says_twice(part["text"] for part in pairs):
            found.append(_("Two pairs begin the same: change one of them."))
        if says_twice(part["match"] for part in parts):
            found.append(_("Two matches say the same: nobody could tell which one belongs. Change one of them."))
        return found

    def definition(self, parts):
        ids = sorted(part["id"] for part in parts)
        return {
            "options": [{"id": part["id"]} for part in parts if part["type"] == "pair"],
            "matches": [{"id": each} for each in ids],
        }

    def answer_key(self, parts, texts=None):
        return {"pairs": sorted(part["id"] for part in parts if part["type"] == "pair")}

    def draw(self, definition, chance):
        matches = [match["id"] for match in definition["matches"]]
        chance.shuffle(matches)
        return super().draw(definition, chance) | {"matches": matches}

    def offered(self, drawn):
        return drawn["matches"]

    def grade(self, *, definition, answer_key, answer):
        return pairs_share(pairs={each: each for each in answer_key["pairs"]}, given=answer or {})

    def shown(self, *, drawn, words, answer):
        offers = [
            {"number": number, "text": words.get(each, {}).get("match", "")}
            for number, each in enumerate(drawn["matches"], start=1)
        ]
        return self._rows(drawn, words, answer), offers

    def reviewed(self, *, drawn, words, answer, definition, answer_key):
        given = answer or {}
        return [
            {
                "text": words.get(each, {}).get("text", ""),
                "feedback": words.get(each, {}).get("feedback", ""),
                "given": words.get(given.get(each), {}).get("match", ""),
                "wanted": words.get(each, {}).get("match", ""),
                "right": given.get(each) == each,
            }
            for each in drawn["options"]
        ]
