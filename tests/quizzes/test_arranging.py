"""Putting in order and matching: what is asked, kept, graded and shown."""

import json
import random

import pytest
from django.utils import translation

from quizzes.kinds.arranging import Matching, Ordering
from quizzes.registry import InvalidAnswer

from .parts import distractor, pair, steps

STEPS = steps("Ačiū", "Bendrauti", "Cituoti", "Dirbti")
PAIRS = [pair("p", "Planas", "prieš darbą"), pair("q", "Ataskaita", "po darbo"), distractor("x", "niekada")]


def problems(kind, parts):
    with translation.override("en"):
        return [str(problem) for problem in kind.problems(parts)]


class TestOrdering:
    kind = Ordering()
    definition = kind.definition(list(reversed(STEPS)))
    key = kind.answer_key(STEPS)
    drawn = {"options": ["c", "a", "d", "b"]}

    def share(self, raw):
        answer = self.kind.clean_answer(self.definition, raw, self.drawn)
        return self.kind.grade(definition=self.definition, answer_key=self.key, answer=answer)

    def test_the_definition_does_not_tell_the_order(self):
        assert self.definition == {"options": [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}]}
        assert self.key == {"order": ["a", "b", "c", "d"]}

    def test_each_attempt_shows_another_order_the_same_for_its_seed(self):
        orders = {tuple(self.kind.draw(self.definition, random.Random(seed))["options"]) for seed in range(40)}

        assert len(orders) > 10
        assert self.kind.draw(self.definition, random.Random(7)) == self.kind.draw(self.definition, random.Random(7))

    def test_the_right_order_earns_everything_neighbours_a_part(self):
        assert self.share(["a:1", "b:2", "c:3", "d:4"]) == 1
        assert float(self.share(["b:1", "c:2", "d:3", "a:4"])) == pytest.approx(2 / 3)
        assert self.share(["d:1", "c:2", "b:3", "a:4"]) == 0
        assert self.share(["", "", "", ""]) == 0

    def test_what_is_half_done_is_kept_but_not_complete(self):
        answer = self.kind.clean_answer(self.definition, ["a:1", "", "c:1", ""], self.drawn)

        assert answer == {"a": 1, "c": 1}
        assert self.kind.is_complete(self.definition, answer) is False
        assert self.kind.is_complete(self.definition, {"a": 1, "b": 1, "c": 2, "d": 3}) is True

    @pytest.mark.parametrize(
        "forged", [["a:0"], ["a:5"], ["e:1"], ["a"], ["a:1", "a:2"], ["a:x"], ["a:1:2"], ["a:٣"], "a:1", [1], None]
    )
    def test_what_is_not_offered_is_refused(self, forged):
        with pytest.raises(InvalidAnswer):
            self.kind.clean_answer(self.definition, forged, self.drawn)

    def test_the_form_shows_what_was_chosen(self):
        words = {each["id"]: {"text": each["text"], "feedback": "SLAPTA"} for each in STEPS}
        parts, offers = self.kind.shown(drawn=self.drawn, words=words, answer={"a": 1, "d": 4})

        assert [(part["text"], part["number"]) for part in parts] == [
            ("Cituoti", None),
            ("Ačiū", 1),
            ("Dirbti", 4),
            ("Bendrauti", None),
        ]
        assert [offer["text"] for offer in offers] == ["1.", "2.", "3.", "4."]
        assert "SLAPTA" not in json.dumps([parts, offers])
        assert self.kind.form_values({"a": 1, "d": 4}, self.drawn) == ["a:1", "d:4"]

    def test_the_result_stands_in_the_right_order(self):
        words = {each["id"]: {"text": each["text"], "feedback": "Dėl to"} for each in STEPS}
        rows = self.kind.reviewed(
            drawn=self.drawn, words=words, answer={"a": 1, "b": 3}, definition=self.definition, answer_key=self.key
        )

        assert [(row["text"], row["given"], row["wanted"], row["right"]) for row in rows] == [
            ("Ačiū", "1.", "1.", True),
            ("Bendrauti", "3.", "2.", False),
            ("Cituoti", "", "3.", False),
            ("Dirbti", "", "4.", False),
        ]

    def test_the_trainer_is_told_what_is_wrong(self):
        assert problems(self.kind, STEPS) == []
        assert problems(self.kind, STEPS[:2]) == ["Putting in order takes from 3 to 10 steps."]
        assert problems(self.kind, [*STEPS, STEPS[0]]) == [
            "Two steps say the same: their order can't be told. Change one of them."
        ]


class TestMatching:
    kind = Matching()
    definition = kind.definition(PAIRS)
    key = kind.answer_key(PAIRS)
    drawn = {"options": ["q", "p"], "matches": ["x", "p", "q"]}

    def clean(self, raw):
        return self.kind.clean_answer(self.definition, raw, self.drawn)

    def share(self, answer):
        return self.kind.grade(definition=self.definition, answer_key=self.key, answer=answer)

    def test_numbers_of_the_form_stand_for_the_matches_of_this_attempt(self):
        assert self.clean(["p:2", "q:3"]) == {"p": "p", "q": "q"}
        assert self.clean(["p:1", ""]) == {"p": "x"}
        assert self.kind.form_values({"p": "p", "q": "x"}, self.drawn) == ["p:2", "q:1"]

    def test_each_pair_is_worth_the_same(self):
        assert [float(self.share(answer)) for answer in ({"p": "p", "q": "q"}, {"p": "p", "q": "x"}, {}, None)] == [
            1,
            0.5,
            0,
            0,
        ]

    def test_matches_are_shuffled_apart_from_what_is_asked(self):
        orders = {tuple(self.kind.draw(self.definition, random.Random(seed))["matches"]) for seed in range(40)}

        assert len(orders) == 6
        assert {frozenset(order) for order in orders} == {frozenset("pqx")}

    @pytest.mark.parametrize("forged", [["p:0"], ["p:4"], ["x:1"], ["p:p"], ["p:1", "p:2"]])
    def test_what_is_not_offered_is_refused(self, forged):
        with pytest.raises(InvalidAnswer):
            self.clean(forged)

    def test_nothing_shown_or_sent_says_which_belong_together(self):
        """The form holds ids of what is asked, and numbers for the matches: never the id that ties the two."""
        words = {each["id"]: {"text": each.get("text", ""), "match": each["match"]} for each in PAIRS}
        parts, offers = self.kind.shown(drawn=self.drawn, words=words, answer=None)

        assert [set(part) for part in parts] == [{"id", "text", "number"}] * 2
        assert [offer["text"] for offer in offers] == ["niekada", "prieš darbą", "po darbo"]
        assert [set(offer) for offer in offers] == [{"number", "text"}] * 3

    def test_the_result_names_what_belongs(self):
        words = {each["id"]: {"text": each.get("text", ""), "match": each["match"]} for each in PAIRS}
        rows = self.kind.reviewed(
            drawn=self.drawn, words=words, answer={"p": "x"}, definition=self.definition, answer_key=self.key
        )

        assert [(row["text"], row["given"], row["wanted"], row["right"]) for row in rows] == [
            ("Ataskaita", "", "po darbo", False),
            ("Planas", "niekada", "prieš darbą", False),
        ]

    def test_the_trainer_is_told_what_is_wrong(self):
        assert problems(self.kind, PAIRS) == []
        assert problems(self.kind, PAIRS[:1]) == [
            "Matching takes from 2 to 10 pairs, and 10 with those that belong to nothing."
        ]
        assert problems(self.kind, [*PAIRS, distractor("y", "Niekada ")]) == [
            "Two matches say the same: nobody could tell which one belongs. Change one of them."
        ]
        assert problems(self.kind, [*PAIRS, pair("r", "planas", "kita")]) == [
            "Two pairs begin the same: change one of them."
        ]
