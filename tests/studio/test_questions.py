"""A question of each kind goes from its files to the bank and back without a difference, in both languages."""

import pytest

from quizzes.models import QuestionVersion
from quizzes.registry import question_kinds
from studio.dumping import dump_course
from studio.files import ContentError
from tests.studio.conftest import QUESTION

LT, EN = "k9/m1/questions/k9-1-q01.lt.md", "k9/m1/questions/k9-1-q01.en.md"
CHOICES = (
    "::: option a\ncorrect: yes\ntext: Taip\nfeedback: Gerai.\n:::\n\n::: option b\ncorrect: no\ntext: Ne\n:::\n",
    "::: option a\ntext: Yes\nfeedback: Good.\n:::\n\n::: option b\ntext: No\n:::\n",
)
# kind → (the parts in Lithuanian, the parts in English)
PARTS = {
    "single_choice": CHOICES,
    "multiple_choice": CHOICES,
    "weighted_choice": CHOICES,
    "true_false": CHOICES,
    "ordering": (
        "::: step a\ntext: Planuoti\nfeedback: Pirma.\n:::\n\n::: step b\ntext: Daryti\n:::\n\n::: step c\ntext: Tikrinti\n:::\n",
        "::: step a\ntext: Plan\nfeedback: First.\n:::\n\n::: step b\ntext: Do\n:::\n\n::: step c\ntext: Check\n:::\n",
    ),
    "matching": (
        "::: pair a\ntext: Skundas\nmatch: pyktis\n:::\n\n::: pair b\ntext: Padėka\nmatch: džiaugsmas\n:::\n\n"
        "::: distractor c\nmatch: nieko\n:::\n",
        "::: pair a\ntext: Complaint\nmatch: anger\n:::\n\n::: pair b\ntext: Thanks\nmatch: joy\n:::\n\n"
        "::: distractor c\nmatch: nothing\n:::\n",
    ),
    "short_text": (
        "::: accepted a\ncase_matters: no\ndiacritics_matter: yes\ntext: globėjas\nfeedback: Taip.\n:::\n",
        "::: accepted a\ntext: guardian\nfeedback: Yes.\n:::\n",
    ),
    "number": (
        "::: number a\nvalue: 12,5\ntolerance: 0,5\nfeedback: Taip.\n:::\n\n::: range b\nminimum: 100\nmaximum: 200\n:::\n",
        "::: number a\nfeedback: Yes.\n:::\n\n::: range b\n:::\n",
    ),
}
KEYS = {
    "single_choice": {"right": 1},
    "multiple_choice": {"right": 1},
    "weighted_choice": {"right": 1},
    "true_false": {"right": 1},
    "ordering": {"order": 3},
    "matching": {"pairs": 2},
    "short_text": {"accepted": 2},
    "number": {"accepted": 2},
}

pytestmark = [pytest.mark.django_db, pytest.mark.everything]


def write(folder, kind):
    """The small site, whose question is of this kind."""
    for path, parts in zip((LT, EN), PARTS[kind], strict=True):
        head = folder.read(path).split("\n::: ")[0]
        folder.write({path: head.replace("kind: single_choice", f"kind: {kind}") + "\n" + parts})


def test_each_kind_of_ours_is_here():
    assert sorted(PARTS) == sorted(name for name, _label in question_kinds() if not name.startswith("my_app"))


@pytest.mark.parametrize("kind", PARTS)
def test_a_question_goes_to_the_bank_and_back_without_a_difference(folder, kind):
    write(folder, kind)
    folder.load()
    before = folder.texts()

    assert len(folder.load().changed) == 0
    for path in (LT, EN):
        (folder.path / path).unlink()
    assert sorted(dump_course("K9", folder.path)) == sorted([LT, EN])
    assert folder.texts() == before
    version = QuestionVersion.objects.filter(key=QUESTION).latest("number")
    assert version.kind == kind
    assert {name: len(value) for name, value in version.answer_key.items()} == KEYS[kind]
    assert sorted(version.texts.values_list("language", flat=True)) == ["en", "lt"]


def test_the_parts_of_another_kind_are_refused_with_the_kind_named(folder):
    write(folder, "ordering")
    folder.write({LT: folder.read(LT).replace("kind: ordering", "kind: number")})

    with pytest.raises(ContentError, match="is no part of this kind of question"):
        folder.load()
