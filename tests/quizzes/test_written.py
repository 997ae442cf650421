"""Short text and number: what is accepted, kept, refused and shown."""

import pytest
from django.utils import translation

from quizzes.kinds.written import Number, ShortText
from quizzes.registry import InvalidAnswer

from .parts import accepted, number, number_range


def problems(kind, parts):
    with translation.override("en"):
        return [str(problem) for problem in kind.problems(parts)]


class TestShortText:
    kind = ShortText()
    parts = [accepted("a", "globėjas"), accepted("b", "Vilnius", case=True, accents=True)]
    definition = kind.definition(parts)
    key = kind.answer_key(
        parts,
        {
            "lt": {"a": {"text": "globėjas"}, "b": {"text": "Vilnius"}},
            "en": {"a": {"text": "guardian"}, "b": {"text": ""}},
        },
    )

    def share(self, answer):
        return self.kind.grade(definition=self.definition, answer_key=self.key, answer=answer)

    def test_the_key_holds_what_each_language_accepts(self):
        assert self.key == {"accepted": {"en": {"a": "guardian"}, "lt": {"a": "globėjas", "b": "Vilnius"}}}
        assert self.definition == {
            "options": [{"id": "a", "case": False, "accents": False}, {"id": "b", "case": True, "accents": True}]
        }

    @pytest.mark.parametrize(
        ("answer", "share"),
        [("Globejas", 1), ("GUARDIAN", 1), ("Vilnius", 1), ("vilnius", 0), ("globa", 0), ("", 0), (None, 0)],
    )
    def test_an_answer_of_either_language_counts(self, answer, share):
        assert self.share(answer) == share

    @pytest.mark.parametrize(
        ("raw", "kept"), [(["  du   žodžiai "], "du žodžiai"), ([], ""), (["S\u030ciauliai"], "Šiauliai"), ([" "], "")]
    )
    def test_what_was_typed_is_kept_but_for_needless_spaces(self, raw, kept):
        assert self.kind.clean_answer(self.definition, raw) == kept

    @pytest.mark.parametrize("forged", [["a", "b"], ["x" * 201], ["a\x00"], "a", [1], None])
    def test_what_a_field_can_not_send_is_refused(self, forged):
        with pytest.raises(InvalidAnswer):
            self.kind.clean_answer(self.definition, forged)

    def test_nothing_of_the_key_is_shown_before_and_the_first_accepted_after(self):
        words = {"a": {"text": "globėjas", "feedback": "Taip."}, "b": {"text": "Vilnius", "feedback": ""}}

        assert self.kind.shown(drawn={"options": []}, words=words, answer="x") == ([{"value": "x", "most": 200}], [])
        with translation.override("lt"):
            [row] = self.kind.reviewed(
                drawn={"options": []}, words=words, answer="x", definition=self.definition, answer_key=self.key
            )
        assert row == {"value": "x", "right": False, "feedback": "", "accepted": "globėjas"}
        with translation.override("en"):
            [row] = self.kind.reviewed(
                drawn={"options": []}, words=words, answer="globėjas", definition=self.definition, answer_key=self.key
            )
        assert row == {"value": "globėjas", "right": True, "feedback": "Taip.", "accepted": "guardian"}

    def test_the_trainer_is_told_what_is_wrong(self):
        assert problems(self.kind, self.parts) == []
        assert problems(self.kind, []) == ["No answer is accepted: add at least one."]
        assert problems(self.kind, [*self.parts, accepted("c", " GLOBĖJAS")]) == [
            "Two accepted answers say the same: remove one of them."
        ]


class TestNumber:
    kind = Number()
    parts = [number("a", "12,5", "0,5"), number_range("b", "100", "200")]
    definition = kind.definition(parts)
    key = kind.answer_key(parts)

    @pytest.mark.parametrize(
        ("answer", "share"),
        [
            ("12,5", 1),
            ("12", 1),
            ("13.0", 1),
            ("13,01", 0),
            ("11,99", 0),
            ("100", 1),
            ("200", 1),
            ("200,000001", 0),
            ("dvylika", 0),
            ("", 0),
            (None, 0),
        ],
    )
    def test_a_tolerance_and_a_range_count_with_both_ends(self, answer, share):
        assert self.kind.grade(definition=self.definition, answer_key=self.key, answer=answer) == share

    def test_what_is_no_number_is_kept_with_a_remark(self):
        assert self.kind.clean_answer(self.definition, ["dvylika"]) == "dvylika"
        with translation.override("en"):
            assert self.kind.remark("dvylika") == (
                "This is saved, but it is not a number. Write digits alone, such as 12,5."
            )
        assert [self.kind.remark(answer) for answer in ("12,5", "", None)] == ["", "", ""]

    @pytest.mark.parametrize(
        ("parts", "language", "words"),
        [
            ([number("a", "12,50", "0,5")], "lt", "12,5"),
            ([number("a", "12.5")], "en", "12.5"),
            ([number("a", "1 200")], "en", "1200"),
            ([number_range("a", "0,5", "2")], "lt", "nuo 0,5 iki 2"),
            ([number_range("a", "0,5", "2")], "en", "from 0.5 to 2"),
        ],
    )
    def test_the_right_number_is_told_as_the_reader_writes_it(self, parts, language, words):
        with translation.override(language):
            told = self.kind.accepted_in_words(self.kind.definition(parts), self.kind.answer_key(parts))
            assert str(told).replace("\xa0", "") == words

    @pytest.mark.parametrize(
        ("parts", "problem"),
        [
            ([], "No number is accepted: add one."),
            ([number("a", "dvylika")], "“dvylika” is not a number. Write it like 12,5."),
            ([number("a", "1", "maždaug")], "“maždaug” is not a number. Write it like 12,5."),
            (
                [number_range("a", "5", "4")],
                "A range begins with its smaller number, and a tolerance is not below 0.",
            ),
            ([number("a", "5", "-1")], "A range begins with its smaller number, and a tolerance is not below 0."),
        ],
    )
    def test_the_trainer_is_told_what_is_wrong(self, parts, problem):
        assert problems(self.kind, parts) == [problem]
