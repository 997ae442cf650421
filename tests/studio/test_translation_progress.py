"""How far the translations are: complete, stale, missing and words left, by page, question and course."""

import json

import pytest
from wagtail_localize.models import StringTranslation

from quizzes.models import Question
from studio.translation_progress import Tally, by_course, rows
from tests.factories.pages import make_course, publish
from tests.factories.translations import translated

pytestmark = pytest.mark.django_db


def translate_all(made):
    """Questions first: a quiz is whole when what it asks is."""
    for question in Question.objects.filter(locale__language_code="lt"):
        translated(question)
    for page in (made.page, *made.modules, *made.lessons, *made.quizzes):
        translated(page)


@pytest.fixture
def made(site):
    """A course of one lesson, all of it translated."""
    made = make_course(code="K1", lessons=1)
    translate_all(made)
    return made


def tally_of(instance):
    return next(row.tally for row in rows() if row.entry.key == instance.translation_key)


def change_paragraph(lesson, text):
    heading, paragraph = lesson.body.get_prep_value()
    lesson.body = json.dumps([heading, paragraph | {"value": text}])
    publish(lesson)


def test_what_is_translated_is_complete(made):
    assert tally_of(made.lessons[0]) == Tally(total=4)
    assert tally_of(made.lessons[0]).percent == 100


def test_a_changed_sentence_is_stale_and_its_words_are_left(made):
    change_paragraph(made.lessons[0], "<p>Dabar čia penki nauji žodžiai.</p>")

    tally = tally_of(made.lessons[0])

    assert (tally, tally.states) == (Tally(total=4, stale=1, words=5), {"stale"})


def test_a_sentence_that_never_had_words_is_missing(made):
    lesson = made.lessons[0]
    lesson.body.append(("text", "<p>Dar <b>trys</b> žodžiai.</p>"))
    publish(lesson)

    tally = tally_of(lesson)

    assert (tally, tally.states) == (Tally(total=5, missing=1, words=3), {"missing"})


def test_undoing_a_change_makes_it_complete_again(made):
    lesson = made.lessons[0]
    change_paragraph(lesson, "<p>Kitaip.</p>")
    change_paragraph(lesson, "<p>Tekstas lietuviškai.</p>")

    assert tally_of(lesson) == Tally(total=4)


def test_words_that_were_refused_or_emptied_count_as_none(made):
    StringTranslation.objects.filter(translation_of__data="Tekstas lietuviškai.").update(data="")
    StringTranslation.objects.filter(translation_of__data="Skyrius").update(has_error=True)

    assert tally_of(made.lessons[0]) == Tally(total=4, missing=2, words=3)


def test_what_no_translator_was_given_is_missing_whole(site):
    made = make_course(code="K2", lessons=1, english=False)

    row = next(row for row in rows() if row.entry.key == made.lessons[0].translation_key)

    assert (row.tally, row.twin) == (Tally(total=4, missing=4, words=6), None)


def test_a_course_counts_its_pages_and_the_questions_of_its_bank(made):
    question = Question.objects.filter(locale__language_code="lt").earliest("pk")
    question.module = made.record.modules.get()
    question.prompt = "Kas dabar čia klausiama?"
    question.save_revision().publish()

    shares = {code: tally for code, locale, tally in by_course(rows())}

    assert list(shares) == ["K1", ""]
    assert (shares["K1"].stale, shares["K1"].words) == (1, 4)
    assert [row.entry.title for row in rows() if row.entry.course == "K1"][-1] == question.title


def test_pages_of_a_course_stand_in_the_order_of_the_tree(made):
    pages = [row.entry.title for row in rows() if row.entry.course == "K1" and not row.entry.is_question]

    assert pages == [made.page.title, made.modules[0].title, made.lessons[0].title, made.quizzes[0].title]


def test_three_courses_ask_as_much_as_one(made, django_assert_max_num_queries, django_assert_num_queries):
    for instance in (made.page.get_parent().specific, made.page.get_parent().get_parent().specific):
        translated(instance)
    with django_assert_max_num_queries(12) as one:
        rows()
    for code in ("K2", "K3"):
        translate_all(make_course(code=code, lessons=3))
    with django_assert_num_queries(len(one)):
        rows()
