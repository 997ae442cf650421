"""Each kind of question over HTTP in both languages: answered by the plain form, kept, switched, graded, fed back; nothing leaks."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from courses.services import enrol
from quizzes.models import QuestionVersion, QuizPage
from quizzes.services import start_attempt
from tests.factories import NOON, LearnerFactory
from tests.factories.pages import make_course
from tests.factories.questions import PARTS, make_question_of, right_values

pytestmark = pytest.mark.django_db
KINDS = list(PARTS)
OTHER = {"lt": "en", "en": "lt"}


@pytest.fixture
def learner(client):
    learner = LearnerFactory()
    client.force_login(learner.user)
    return learner


def begin(learner, kinds):
    made = make_course(lessons=1, questions=lambda: [make_question_of(kind) for kind in kinds])
    enrolment = enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
    return start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=NOON)


def address(attempt, end, language):
    return f"/{language}/quizzes/attempts/{attempt.uuid}/{end}"


def sent(page):
    """The values of the field `answer` that this screen's form would send."""
    form = BeautifulSoup(page.content, "html.parser").select_one("form[data-saving-form]")
    values = []
    for each in form.select("[name=answer]"):
        if each.name == "select":
            values += [option["value"] for option in each.select("option[selected]")]
        elif each["type"] == "text":
            values += [each["value"]] if each["value"] else []
        elif each.has_attr("checked"):
            values.append(each["value"])
    return values


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_is_kept_in_both_languages_and_graded(client, learner, kind, language):
    attempt = begin(learner, [kind])
    right = right_values(attempt, 1, language)

    saved = client.post(address(attempt, "1/", language), {"operation": uuid4(), "base": 0, "answer": right})

    assert saved.url == address(attempt, "overview/", language)
    for each in (language, OTHER[language]):
        assert sorted(sent(client.get(address(attempt, "1/", each)))) == sorted(right)
    client.post(address(attempt, "submit/", OTHER[language]))
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (1, True)
    for each in (language, OTHER[language]):
        result = client.get(address(attempt, "result/", each))
        assert result.context["right"] == 1
        assert "SECRET" in result.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_answered_earns_nothing_and_is_explained(client, learner, kind):
    attempt = begin(learner, [kind])

    client.post(address(attempt, "submit/", "lt"))

    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (0, False)
    result = BeautifulSoup(client.get(address(attempt, "result/", "en")).content, "html.parser")
    assert result.select_one(".feedback .label").text == "Not answered"
    assert "SECRET explanation" in result.select_one(".feedback").text


@pytest.mark.parametrize("language", ["lt", "en"])
def test_no_key_feedback_or_explanation_leaves_before_hand_in(client, learner, language):
    """Every screen and answer of the server before hand-in, with all kinds answered rightly."""
    attempt = begin(learner, KINDS)
    seen = [client.get(attempt_page(attempt, language)).content.decode()]
    for number in range(1, len(KINDS) + 1):
        seen.append(client.get(address(attempt, f"{number}/", language)).content.decode())
        body = {"operation": uuid4(), "base": 0, "answer": right_values(attempt, number, language)}
        reply = client.post(address(attempt, f"{number}/save/", language), body)
        assert reply.status_code == 200
        assert set(reply.json()) == {"sequence", "answer", "saved_at"}
        seen.append(client.get(address(attempt, f"{number}/", language)).content.decode())
    seen.append(client.get(address(attempt, "overview/", language)).content.decode())

    assert [text for text in seen if "SECRET" in text] == []
    untold = [text for text in seen if "atvejo vadybininkas" in text or "case manager" in text]
    assert untold == []  # what is accepted, which nobody typed in these letters


def attempt_page(attempt, language):
    return QuizPage.objects.get(translation_key=attempt.activity.key, locale__language_code=language).get_url()


def test_all_kinds_together_make_one_score(client, learner):
    attempt = begin(learner, KINDS)
    for number in (1, 5, 7):
        body = {"operation": uuid4(), "base": 0, "answer": right_values(attempt, number)}
        client.post(address(attempt, f"{number}/save/", "lt"), body)

    client.post(address(attempt, "submit/", "lt"))

    attempt.refresh_from_db()
    assert float(attempt.score) == 0.375


def test_a_half_filled_order_is_saved_and_called_so(client, learner):
    attempt = begin(learner, ["ordering"])
    half = right_values(attempt, 1)[:2]

    client.post(address(attempt, "1/", "en"), {"operation": uuid4(), "base": 0, "answer": half})

    assert sorted(sent(client.get(address(attempt, "1/", "lt")))) == sorted(half)
    overview = BeautifulSoup(client.get(address(attempt, "overview/", "en")).content, "html.parser")
    assert [chip.text for chip in overview.select(".overview .chip")] == ["Partly answered"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("lt", "Įrašyta, bet tai ne skaičius. Rašykite vien skaitmenis, pavyzdžiui, 12,5."),
        ("en", "This is saved, but it is not a number. Write digits alone, such as 12,5."),
    ],
)
def test_what_is_no_number_is_saved_and_said_so(client, learner, language, sentence):
    attempt = begin(learner, ["number"])

    reply = client.post(
        address(attempt, "1/save/", language), {"operation": uuid4(), "base": 0, "answer": "apie dvylika"}
    )
    page = client.post(
        address(attempt, "1/", language), {"operation": uuid4(), "base": 1, "answer": "apie dvylika"}, follow=True
    )

    assert reply.json()["remark"] == sentence
    assert [str(each) for each in page.context["messages"]] == [sentence]
    assert sent(page) == ["apie dvylika"]


def test_english_words_that_are_the_key_make_the_next_version():
    make_course(lessons=1, quiz=False)
    question = make_question_of("short_text")

    first, second = QuestionVersion.objects.filter(key=question.translation_key).order_by("number")

    assert list(first.answer_key["accepted"]) == ["lt"]
    assert list(second.answer_key["accepted"]) == ["en", "lt"]
    assert sorted(second.texts.values_list("language", flat=True)) == ["en", "lt"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "short_text"])
def test_english_words_of_other_kinds_are_words_alone(kind):
    make_course(lessons=1, quiz=False)
    question = make_question_of(kind)

    [version] = QuestionVersion.objects.filter(key=question.translation_key)

    assert sorted(version.texts.values_list("language", flat=True)) == ["en", "lt"]
