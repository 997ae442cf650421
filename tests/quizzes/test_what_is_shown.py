"""What the result shows when, by the policy of the quiz."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from courses.services import enrol
from quizzes.models import Attempt, QuestionVersion
from quizzes.services import save_response, start_attempt, submit_attempt
from tests.factories import LearnerFactory
from tests.factories.pages import make_course, make_question, publish
from tests.factories.questions import PARTS, make_question_of

pytestmark = pytest.mark.django_db
RIGHT, FEEDBACK, EXPLANATION = "Teisingas atsakymas", "Dėl 0", "Paaiškinimas."


@pytest.fixture
def made():
    return make_course(lessons=1, questions=lambda: [make_question("Klausimas")])


@pytest.fixture
def enrolment(client, made):
    learner = LearnerFactory()
    client.force_login(learner.user)
    return enrol(learner_id=learner.pk, course_id=made.record.pk, at=timezone.now())


@pytest.fixture
def take(made, enrolment):
    def take(*, rightly):
        at = timezone.now()
        attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=at)
        version = QuestionVersion.objects.get(pk=attempt.version_ids[0])
        right = version.answer_key["right"]
        save_response(
            attempts=Attempt.objects.filter(pk=attempt.pk),
            number=1,
            operation_id=uuid4(),
            base=0,
            raw=right if rightly else [next(each for each in version.option_ids if each not in right)],
            at=at,
        )
        return submit_attempt(attempt_id=attempt.pk, at=at)

    return take


def set_policy(made, shows, **more):
    quiz = made.quizzes[0]
    quiz.shows = shows
    for name, value in more.items():
        setattr(quiz, name, value)
    publish(quiz)


def result(client, attempt, language="lt"):
    return client.get(f"/{language}/quizzes/attempts/{attempt.uuid}/result/").content.decode()


def tells(page):
    """Which of the key, the feedback and the explanation stand on the page."""
    return [words in page for words in (RIGHT, FEEDBACK, EXPLANATION)]


@pytest.mark.parametrize("shows", ["when_done", "when_closed"])
def test_until_then_only_ones_own_answer_and_whether_it_was_right(client, made, take, shows):
    set_policy(made, shows, closes_on=timezone.localdate() + timedelta(days=3))
    page = result(client, take(rightly=False))

    assert tells(page) == [False, False, False]
    assert "Neteisinga" in page
    assert "Jūsų atsakymas:" in page


def test_once_passed_every_attempt_shows_all(client, made, take):
    set_policy(made, "when_done")
    first = take(rightly=False)
    take(rightly=True)

    assert tells(result(client, first)) == [True, True, True]


def test_when_no_attempt_is_left_all_is_shown(client, made, take):
    set_policy(made, "when_done", tries=1)

    assert tells(result(client, take(rightly=False))) == [True, True, True]


def test_after_the_last_day_all_is_shown_and_before_it_the_day_is_told(client, made, take):
    day = timezone.localdate() + timedelta(days=3)
    set_policy(made, "when_closed", closes_on=day)
    attempt = take(rightly=False)
    before = result(client, attempt, "en")
    set_policy(made, "when_closed", closes_on=timezone.localdate() - timedelta(days=1))

    following = day + timedelta(days=1)
    assert f"is shown from {following.day} {following:%B %Y}" in before
    assert tells(result(client, attempt)) == [True, True, True]


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("shows", ["when_done", "when_closed"])
def test_after_the_last_day_nothing_answers_an_attempt_that_is_still_open(
    client, made, take, enrolment, shows, language
):
    set_policy(made, shows, closes_on=timezone.localdate())
    first = take(rightly=False)
    start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=timezone.now())
    set_policy(made, shows, closes_on=timezone.localdate() - timedelta(days=1))

    assert tells(result(client, first, language)) == [False, False, False]
    submit_attempt(attempt_id=Attempt.objects.open().get().pk, at=timezone.now())
    assert tells(result(client, first)) == [True, True, True]


def test_a_quiz_that_is_no_more_answers_no_attempt_that_is_still_open(client, made, take, enrolment):
    first = take(rightly=False)
    start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=timezone.now())
    made.quizzes[0].delete()

    assert tells(result(client, first)) == [False, False, False]


@pytest.mark.parametrize("rightly", [True, False])
def test_the_score_alone_shows_no_question(client, made, take, rightly):
    set_policy(made, "score")
    page = result(client, take(rightly=rightly))

    assert tells(page) == [False, False, False]
    assert "Klausimas?" not in page
    assert ("1 / 1" if rightly else "0 / 1") in page


def test_when_the_quiz_is_no_more_nothing_is_kept_back(client, made, take):
    set_policy(made, "score")
    attempt = take(rightly=False)
    made.quizzes[0].delete()

    assert tells(result(client, attempt)) == [True, True, True]


@pytest.mark.parametrize("kind", sorted(PARTS))
def test_ones_own_answer_to_each_kind_is_said_in_words(client, kind):
    made = make_course(lessons=1, questions=lambda: [make_question_of(kind)])
    set_policy(made, "when_done")
    learner = LearnerFactory()
    client.force_login(learner.user)
    enrolment = enrol(learner_id=learner.pk, course_id=made.record.pk, at=timezone.now())
    attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=timezone.now())
    screen = client.get(f"/lt/quizzes/attempts/{attempt.uuid}/1/").context["asked"]
    first, *_others = screen.parts
    if "value" in first:
        raw = ["987"]
    elif screen.offers:
        raw = [f"{part['id']}:{offer['number']}" for part, offer in zip(screen.parts, screen.offers, strict=False)]
    else:
        raw = [first["id"]]
    client.post(f"/lt/quizzes/attempts/{attempt.uuid}/1/", {"answer": raw, "operation": uuid4(), "base": 0})
    submit_attempt(attempt_id=attempt.pk, at=timezone.now())

    page = client.get(f"/lt/quizzes/attempts/{attempt.uuid}/result/")

    [asked] = page.context["questions"]
    assert asked.given != []
    assert asked.share < 1 or page.context["is_explained"]


def test_a_day_is_needed_for_what_is_shown_after_it(made):
    made.quizzes[0].shows = "when_closed"

    with pytest.raises(ValidationError) as refused:
        made.quizzes[0].full_clean()
    assert refused.value.message_dict == {
        "closes_on": [
            "Kas teisinga, turi būti rodoma po paskutinės dienos: nurodykite tą dieną arba rodykite anksčiau."
        ]
    }


@pytest.mark.parametrize(("minutes", "is_refused"), [(0, True), (1, False), (1440, False), (1441, True)])
def test_a_time_limit_is_from_a_minute_to_a_day(made, minutes, is_refused):
    made.quizzes[0].time_limit = minutes
    try:
        made.quizzes[0].full_clean()
        refused = False
    except ValidationError as error:
        refused = set(error.message_dict) == {"time_limit"}
    assert refused is is_refused
