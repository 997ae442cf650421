"""Where a question belongs and what a quiz draws: in content files, on the site, and back without a difference."""

from uuid import UUID

import pytest

from courses.models import Module
from quizzes.models import BankEntry, Question, QuizPage
from studio.dumping import dump_course
from studio.files import ContentError
from studio.references import Asked, draw_in
from studio.values import ValueRefused
from tests.factories.pages import make_question
from tests.studio.conftest import LESSON, MODULE, QUESTION, QUIZ

LT, QUIZ_FILE = "k9/m1/questions/k9-1-q01.lt.md", "k9/m1/k9-1-test.lt.md"
PLACED = "points: 1\nmodule: k9/m1/module\ntags: k9-1, taikymas\nteaches: k9/m1/k9-1-1#h1\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def placed(folder):
    """The small site, whose question says where it belongs."""
    folder.write({LT: folder.read(LT).replace("points: 1\n", PLACED)})
    return folder


def draw(folder, what):
    folder.write({QUIZ_FILE: folder.read(QUIZ_FILE).replace("questions: k9-1-q01", f"questions: {what}")})


def findings(folder):
    with pytest.raises(ContentError) as refused:
        folder.load()
    return [str(finding) for finding in refused.value.findings]


def test_a_place_is_loaded_and_written_back_without_a_difference(placed):
    placed.load()
    before = placed.texts()

    question = Question.objects.get(translation_key=QUESTION, locale__language_code="lt")
    entry = BankEntry.objects.get(key=QUESTION)
    assert (question.module, question.tags) == (Module.objects.get(key=MODULE), "k9-1, taikymas")
    assert (entry.lesson_key, entry.tags) == (UUID(LESSON), ["k9-1", "taikymas"])
    assert placed.load().changed == []
    (placed.path / LT).unlink()
    assert dump_course("K9", placed.path) == [LT]
    assert placed.texts() == before


def test_the_block_is_that_of_the_lesson_in_both_languages(placed):
    from lessons.models import LessonPage

    placed.load()

    blocks = [lesson.body[0].id for lesson in LessonPage.objects.filter(translation_key=LESSON)]
    assert blocks == [str(BankEntry.objects.get(key=QUESTION).block_id)] * 2


def test_english_has_the_place_without_a_line_of_its_own(placed):
    placed.load()

    english = Question.objects.get(translation_key=QUESTION, locale__language_code="en")
    assert (english.tags, english.module.key) == ("k9-1, taikymas", UUID(MODULE))


def test_a_draw_is_loaded_and_written_back_without_a_difference(placed):
    draw(placed, "1 from k9/m1/module #taikymas")
    placed.load()
    before = placed.texts()

    (block,) = QuizPage.objects.get(translation_key=QUIZ, locale__language_code="lt").questions
    assert dict(block.value) == {"number": 1, "module": MODULE, "tag": "taikymas"}
    assert placed.load().changed == []
    (placed.path / QUIZ_FILE).unlink()
    assert dump_course("K9", placed.path) == [QUIZ_FILE]
    assert placed.texts() == before


def test_what_was_changed_in_the_editor_is_kept_and_dumped(placed):
    placed.load()
    question = Question.objects.get(translation_key=QUESTION, locale__language_code="lt")
    question.tags, question.teaches = "k9-2", ""
    question.save_revision().publish()

    assert [entry.name for entry in placed.load().edited] == ["k9-1-q01"]
    dump_course("K9", placed.path)
    assert "tags: k9-2\n---" in placed.read(LT)


def test_a_question_of_the_module_that_no_file_knows_is_dumped_beside_the_others(placed):
    placed.load()
    make_question("Naujas klausimas", module=Module.objects.get(key=MODULE))

    written = dump_course("K9", placed.path)

    assert "k9/m1/questions/naujas-klausimas.lt.md" in written


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        ("module: k9/m1/module", "module: k9/m2/module", "there is no module file “k9/m2/module”"),
        ("module: k9/m1/module", "module: k9/m1/k9-1-1", "there is no module file “k9/m1/k9-1-1”"),
        ("teaches: k9/m1/k9-1-1#h1", "teaches: k9/m1/k9-1-7#h1", "there is no lesson file “k9/m1/k9-1-7”"),
        ("teaches: k9/m1/k9-1-1#h1", "teaches: k9/m1/k9-1-1#h7", "“k9/m1/k9-1-1” has no block with the anchor “h7”"),
        ("teaches: k9/m1/k9-1-1#h1", "teaches: k9/m1/k9-1-1", "is not a lesson and an anchor in it"),
        ("tags: k9-1, taikymas", "tags: k9-1, du žodžiai", "“du žodžiai” is no tag"),
    ],
)
def test_what_is_not_there_is_refused_with_file_and_line(placed, line, instead, said):
    placed.write({LT: placed.read(LT).replace(line, instead)})
    number = placed.read(LT).split("\n").index(instead) + 1

    (finding,) = findings(placed)

    assert finding.startswith(f"{LT}:{number} ")
    assert said in finding


def test_an_empty_english_option_is_refused(placed):
    path = LT.replace(".lt.", ".en.")
    placed.write({path: placed.read(path).replace("text: It joins the banks.\n", "")})

    (finding,) = findings(placed)

    assert finding.startswith(f"{path}:")
    assert 'block "a": “text” is empty, Lithuanian has it' in finding


def test_a_place_stands_in_the_source_file_alone(placed):
    path = LT.replace(".lt.", ".en.")
    head, sign, rest = placed.read(path).partition("\n---\n")
    placed.write({path: f"{head}\ntags: k9-1{sign}{rest}"})

    (finding,) = findings(placed)

    assert "“tags” stands in the source language's file alone" in finding


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("1 from k9/m7/module", "there is no module file “k9/m7/module”"),
        ("0 from k9/m1/module", "from 1 to 100 questions are drawn"),
        ("1 from", "a draw names a module, a #tag or both"),
        ("1 from #taikymas, 1 from #taikymas", "a question or draw is named twice"),
        (
            "12 from #taikymas",
            "12 questions are to be drawn (tag “taikymas”), but the bank has only 1 that is published",
        ),
    ],
)
def test_a_draw_that_can_not_be_is_refused_with_its_file(placed, what, said):
    draw(placed, what)

    (finding,) = findings(placed)

    assert finding.startswith(QUIZ_FILE)
    assert said in finding
    assert not QuizPage.objects.exists()


def test_a_name_that_begins_like_a_draw_is_a_name():
    assert [draw_in(text) for text in ("4-from-home", "from", "k1-1-q01", "4 fromage")] == [None] * 4
    with pytest.raises(ValueRefused):
        Asked().canonical("101 from #a")
