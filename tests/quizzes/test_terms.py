"""Tries, pauses and opening days of a quiz, as a learner meets them; and what a trainer may not set."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from courses.services import enrol
from quizzes.models import Attempt, QuestionVersion
from quizzes.services import start_attempt, submit_attempt
from tests.factories import NOON, LearnerFactory
from tests.factories.pages import make_course, make_question, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_course(lessons=1)


@pytest.fixture
def enrolment(client, made):
    learner = LearnerFactory()
    client.force_login(learner.user)
    return enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)


def set_terms(made, **terms):
    quiz = made.quizzes[0]
    for name, value in terms.items():
        setattr(quiz, name, value)
    return publish(quiz)


def hand_in(made, enrolment, at):
    activity = made.quizzes[0].record
    attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=activity.pk, at=at)
    return submit_attempt(attempt_id=attempt.pk, at=at)


def start(client, made, enrolment, language):
    return client.post(f"/{language}/quizzes/{enrolment.uuid}/{made.quizzes[0].record.key}/start/")


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def screen(client, made, language):
    page = made.quizzes[0]
    page = page if language == "lt" else page.get_translations().get(locale__language_code="en")
    return BeautifulSoup(client.get(page.get_url()).content, "html.parser")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "lt",
            "Šį testą galima laikyti 2 kartus, ir jie jau išnaudoti. Paklauskite administratoriaus, ką galima padaryti.",
        ),
        ("en", "This quiz allows 2 attempts, and you have used them all. Ask the administrator what is possible."),
    ],
)
def test_used_up_tries_are_told_before_and_after_pressing(client, made, enrolment, language, sentence):
    set_terms(made, tries=2)
    for _try in range(2):
        hand_in(made, enrolment, timezone.now())

    page = screen(client, made, language)
    response = start(client, made, enrolment, language)

    assert page.select_one(".alert p").text == sentence
    assert page.select('form[action*="/start/"]') == []
    assert said(response) == [sentence]
    assert Attempt.objects.count() == 2


def test_an_open_attempt_goes_on_whatever_the_terms(client, made, enrolment):
    activity = made.quizzes[0].record
    attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=activity.pk, at=timezone.now())
    set_terms(made, tries=1, pause_minutes=60, closes_on=timezone.localdate() - timedelta(days=1))

    response = start(client, made, enrolment, "en")

    assert response.url == f"/en/quizzes/attempts/{attempt.uuid}/1/"
    assert screen(client, made, "en").select(".alert") == []


@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_pause_says_from_when_one_may_go_on(client, made, enrolment, language):
    set_terms(made, pause_minutes=90)
    at = timezone.now()
    hand_in(made, enrolment, at)

    response = start(client, made, enrolment, language)

    with override(language):
        until = date_format(timezone.localtime(at + timedelta(minutes=90)), "DATETIME_FORMAT")
    sentences = {
        "lt": f"Kitą kartą testą galima pradėti nuo {until}. Iki tol paskaitykite, ką parodė ankstesnis bandymas.",
        "en": f"The next attempt can begin from {until}. Until then, read what the last one showed.",
    }
    assert said(response) == [sentences[language]]
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"opens_on": timedelta(days=3)}, "This quiz opens on {day}. Come back then."),
        (
            {"closes_on": timedelta(days=-3)},
            "This quiz could be begun until {day}. Ask the administrator whether it opens again.",
        ),
    ],
)
def test_outside_of_its_days_a_quiz_does_not_begin(client, made, enrolment, terms, sentence):
    [(name, distance)] = terms.items()
    day = timezone.localdate() + distance
    set_terms(made, **{name: day})

    response = start(client, made, enrolment, "en")

    with override("en"):
        assert said(response) == [sentence.format(day=date_format(day, "DATE_FORMAT"))]
    assert Attempt.objects.count() == 0


def test_terms_are_read_from_the_source_page_alone(client, made, enrolment):
    english = made.quizzes[0].get_translations().get(locale__language_code="en")
    english.tries = 1
    publish(english)
    hand_in(made, enrolment, timezone.now())

    assert start(client, made, enrolment, "en").url.endswith("/1/")


def test_questions_come_in_another_order_each_time_or_as_written():
    made = make_course(lessons=0, questions=lambda: [make_question(f"Klausimas {number}") for number in range(6)])
    orders = set()
    for _learner in range(6):
        enrolment = enrol(learner_id=LearnerFactory().pk, course_id=made.record.pk, at=NOON)
        attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=NOON)
        orders.add(tuple(attempt.version_ids))
    assert len(orders) > 1
    assert {frozenset(order) for order in orders} == {frozenset(orders.pop())}

    set_terms(made, shuffled=False)
    written = []
    for _learner in range(3):
        enrolment = enrol(learner_id=LearnerFactory().pk, course_id=made.record.pk, at=NOON)
        attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=NOON)
        written.append([version.key for version in (QuestionVersion.objects.get(pk=pk) for pk in attempt.version_ids)])
    assert written == [made.quizzes[0].question_keys()] * 3


@pytest.mark.parametrize(
    ("field", "value"),
    [("pass_mark", 0), ("pass_mark", 110), ("tries", 0), ("pause_minutes", 0), ("pause_minutes", 10**6)],
)
def test_a_term_that_makes_no_sense_is_refused_at_its_field(made, field, value):
    quiz = made.quizzes[0]
    setattr(quiz, field, value)

    with pytest.raises(ValidationError) as refusal:
        quiz.full_clean()

    assert list(refusal.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("lt", "Paskutinė diena ankstesnė už pirmąją. Pakeiskite vieną iš jų."),
        ("en", "The last day is before the first one. Change one of the two."),
    ],
)
def test_the_last_day_is_not_before_the_first(made, language, sentence):
    quiz = made.quizzes[0]
    quiz.opens_on, quiz.closes_on = timezone.localdate(), timezone.localdate() - timedelta(days=1)

    with override(language), pytest.raises(ValidationError) as refusal:
        quiz.full_clean()

    with override(language):
        assert refusal.value.message_dict == {"closes_on": [sentence]}
