from itertools import combinations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds.choices import MultipleChoice, SingleChoice, TrueFalse, WeightedChoice
from quizzes.registry import InvalidAnswer, question_kinds, question_type, register_question_type

from .parts import options

DEFINITION = {"options": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "points": 1}
KINDS = [SingleChoice(), MultipleChoice(), WeightedChoice(), TrueFalse()]


def problems(kind, found):
    with translation.override("en"):
        return [str(problem) for problem in kind.problems(found)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize(
    "forged",
    [
        ["d"],
        ["a", "d"],
        [""],
        "a",
        None,
        7,
        {"a": True},
        [1],
        [None],
        [["a"]],
        [{"id": "a"}],
        ["A"],
        [" a"],
        ["a\x00"],
    ],
)
def test_what_the_question_does_not_offer_is_no_answer(kind, forged):
    with pytest.raises(InvalidAnswer):
        kind.clean_answer(DEFINITION, forged)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_empty_answer_takes_an_answer_back(kind):
    assert kind.clean_answer(DEFINITION, []) == []


def test_answers_are_kept_sorted_and_once():
    assert MultipleChoice().clean_answer(DEFINITION, ["c", "a", "c"]) == ["a", "c"]


@pytest.mark.parametrize("kind", [SingleChoice(), TrueFalse()], ids=lambda kind: kind.name)
def test_of_one_right_answer_one_is_chosen(kind):
    assert kind.clean_answer(DEFINITION, ["a", "a"]) == ["a"]
    with pytest.raises(InvalidAnswer):
        kind.clean_answer(DEFINITION, ["a", "b"])


@pytest.mark.parametrize("kind", [SingleChoice(), MultipleChoice(), TrueFalse()], ids=lambda kind: kind.name)
def test_of_all_possible_answers_one_alone_is_right(kind):
    key = kind.answer_key(options("a"))
    every = [list(chosen) for size in range(4) for chosen in combinations("abc", size)]

    assert [chosen for chosen in every if kind.grade(definition=DEFINITION, answer_key=key, answer=chosen)] == [["a"]]
    assert kind.grade(definition=DEFINITION, answer_key=key, answer=None) == 0


def test_several_right_options_are_all_wanted():
    key = MultipleChoice().answer_key(options("c", "a"))

    assert key == {"right": ["a", "c"]}
    assert MultipleChoice().grade(definition=DEFINITION, answer_key=key, answer=["a", "c"]) == 1
    assert MultipleChoice().grade(definition=DEFINITION, answer_key=key, answer=["a"]) == 0
    reviewed = MultipleChoice().reviewed(
        drawn={"options": ["b", "a", "c"]}, words={}, answer=["a"], definition=DEFINITION, answer_key=key
    )
    assert [(part["id"], part["chosen"], part["right"]) for part in reviewed] == [
        ("b", False, False),
        ("a", True, True),
        ("c", False, True),
    ]


def test_several_choices_may_earn_a_part():
    key = WeightedChoice().answer_key(options("a", "b"))
    shares = [
        WeightedChoice().grade(definition=DEFINITION, answer_key=key, answer=answer)
        for answer in (["a", "b"], ["a"], ["a", "b", "c"], ["c"], [], None)
    ]

    assert [float(share) for share in shares] == [1, 0.5, 0, 0, 0, 0]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner)))
def test_whatever_comes_in_is_an_offered_answer_or_refused(raw):
    try:
        answer = MultipleChoice().clean_answer(DEFINITION, raw)
    except InvalidAnswer:
        return
    assert set(answer) <= set("abc")


@pytest.mark.parametrize(
    ("kind", "found", "problem"),
    [
        (SingleChoice(), options("a")[:1], "A question needs at least two options: add one."),
        (SingleChoice(), options(), "No option is marked as right: mark one."),
        (MultipleChoice(), options(), "No option is marked as right: mark one."),
        (SingleChoice(), options("a", "b"), "This kind of question has one right option: unmark the others."),
        (TrueFalse(), options("a"), "True or false has two options, no more and no fewer."),
        (
            SingleChoice(),
            options("a", texts=("Taip", " taip ", "Ne")),
            "Two options say the same: change one of them.",
        ),
    ],
)
def test_the_trainer_is_told_what_is_wrong(kind, found, problem):
    assert problem in problems(kind, found)


@pytest.mark.parametrize(
    ("kind", "found"),
    [(SingleChoice(), options("a")), (MultipleChoice(), options("a", "b")), (TrueFalse(), options("b")[:2])],
)
def test_nothing_is_wrong_with_a_good_question(kind, found):
    assert problems(kind, found) == []


def test_our_kinds_are_offered_by_name():
    assert [name for name, _label in question_kinds()][:8] == [
        "single_choice",
        "multiple_choice",
        "weighted_choice",
        "true_false",
        "ordering",
        "matching",
        "short_text",
        "number",
    ]
    assert isinstance(question_type("true_false"), TrueFalse)


def test_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError):
        question_type("guess")


def test_two_kinds_of_one_name_are_refused_at_start():
    with pytest.raises(ValueError, match="single_choice: rename one of them"):
        register_question_type(SingleChoice())
