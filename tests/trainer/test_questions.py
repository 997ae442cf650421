"""The question editor: what can't be graded is refused in a sentence, and nothing typed is lost."""

import pytest
from django.urls import reverse

from quizzes.models import Question, QuestionVersion
from studio.gate import publish_source
from tests.conftest import NOON
from tests.factories.pages import make_question
from tests.factories.translations import put_into_english
from tests.trainer.conftest import question_form

ADD = "wagtailsnippets_tiltas_quizzes_question:add"
EDIT = "wagtailsnippets_tiltas_quizzes_question:edit"
PUBLISH = {"action-publish": "action-publish"}


@pytest.fixture
def in_english(client):
    client.cookies["django_language"] = "en"


def errors(response):
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


def test_a_good_question_is_published_and_gets_its_version(client, trainer):
    response = client.post(reverse(ADD), question_form(("Taip", True), ("Ne", False), title="Geras") | PUBLISH)

    assert response.status_code == 302
    question = Question.objects.get(title="Geras")
    assert (question.live, QuestionVersion.objects.count()) == (False, 0)  # its English is missing
    publish_source(instance=put_into_english(question), user=trainer, at=NOON)
    question.refresh_from_db()
    version = QuestionVersion.objects.get(key=question.translation_key)
    assert (question.live, version.answer_key["right"]) == (True, [str(question.options[0].id)])


@pytest.mark.parametrize(
    ("options", "kind", "sentence"),
    [
        ([("Taip", False), ("Ne", False)], "single_choice", "No option is marked as right: mark one."),
        (
            [("Taip", True), ("Ne", True)],
            "single_choice",
            "This kind of question has one right option: unmark the others.",
        ),
        ([("Tas pats", True), ("tas pats ", False)], "single_choice", "Two options say the same: change one of them."),
        ([("Taip", True)], "single_choice", "A question needs at least two options: add one."),
        ([("Taip", False), ("Ne", False)], "multiple_choice", "No option is marked as right: mark one."),
        (
            [("Taip", True), ("Ne", False), ("Gal", False)],
            "true_false",
            "True or false has two options, no more and no fewer.",
        ),
    ],
)
@pytest.mark.parametrize("action", [{}, PUBLISH], ids=["draft", "publish"])
def test_what_can_not_be_graded_is_refused_with_its_sentence(
    client, trainer, in_english, options, kind, sentence, action
):
    response = client.post(reverse(ADD), question_form(*options, kind=kind, title="Blogas") | action)

    assert response.status_code == 200
    assert sentence in errors(response)
    assert sentence in response.content.decode()
    assert Question.objects.count() == 0


def test_what_was_typed_is_kept_when_a_question_is_refused(client, trainer):
    form = question_form(
        ("Pirmas ilgas atsakymas", False), ("Antras atsakymas", False), title="Kelintas", prompt="Ilgas klausimas?"
    )

    shown = client.post(reverse(ADD), form).content.decode()

    typed = ["Pirmas ilgas atsakymas", "Antras atsakymas", "Kelintas", "Ilgas klausimas?"]
    assert [text for text in typed if text not in shown] == []


def test_a_published_question_stays_as_it_was_when_its_change_is_refused(client, trainer):
    question = make_question("Klausimas")

    response = client.post(
        reverse(EDIT, args=[question.pk]), question_form(("Taip", False), ("Ne", False), title="Kitas") | PUBLISH
    )

    assert response.status_code == 200
    question.refresh_from_db()
    assert (question.title, QuestionVersion.objects.filter(key=question.translation_key).count()) == ("Klausimas", 1)


@pytest.mark.parametrize("points", ["0", "101", "-1", "du"])
def test_points_that_can_not_be_are_refused(client, trainer, points):
    response = client.post(reverse(ADD), question_form(("Taip", True), ("Ne", False), points=points))

    assert (response.status_code, [*response.context["form"].errors]) == (200, ["points"])


def test_a_question_of_a_past_quiz_is_deleted_and_its_version_stays(client, trainer, made):
    question = Question.objects.filter(locale__language_code="lt").first()
    quiz = made.quizzes[0]
    quiz.questions = []
    quiz.save_revision().publish()

    response = client.post(reverse("wagtailsnippets_tiltas_quizzes_question:delete", args=[question.pk]))

    assert response.status_code == 302
    assert not Question.objects.filter(pk=question.pk).exists()
    assert QuestionVersion.objects.filter(key=question.translation_key).count() == 1
    client.logout()
    assert client.get(quiz.url).status_code == 200


def test_questions_are_deleted_in_bulk_without_an_error_page(client, trainer):
    questions = [make_question(f"Klausimas {number}") for number in range(3)]
    address = reverse("wagtail_bulk_action", args=["tiltas_quizzes", "question", "delete"])

    response = client.post(address + "?" + "&".join(f"id={question.pk}" for question in questions))

    assert (response.status_code, Question.objects.count()) == (302, 0)
    assert QuestionVersion.objects.count() == 3
