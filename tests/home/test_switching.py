"""
Switching the language anywhere and back: the same spot, and nothing that was done is changed. The pages of the real courses,
every screen that there is, and an attempt in each of its states.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale, Page

from courses.services import enrol
from quizzes.models import Attempt
from quizzes.services import close_attempts, start_attempt
from tests.factories import LearnerFactory
from tests.journeys.screens import SCREENS
from tests.journeys.world import LEARNER, VISITOR, answer, client_of, handed_in

from .switching import address_of, answers_on, language_of, switch_of, there_and_back

pytestmark = [pytest.mark.django_db, pytest.mark.everything]


@pytest.mark.parametrize("who", [VISITOR, LEARNER])
def test_every_published_page_there_and_back(world, who):
    client = client_of(who, "lt")
    english = Locale.objects.get(language_code="en")
    pages = Page.objects.filter(locale=Locale.get_default(), live=True, depth__gte=2).specific()
    assert len(pages) > 20

    for page in pages:
        there = there_and_back(client, page.get_url())

        shown = page.get_parent() if page.specific_class._meta.model_name == "modulepage" else page
        assert address_of(there) == shown.get_translation(english).get_url()


@pytest.mark.parametrize("screen", [each for each in SCREENS if not each.before], ids=lambda each: each.name)
def test_every_screen_there_and_back(world, screen):
    client = client_of(screen.who, "lt")

    there = there_and_back(client, screen.address(world, "lt"), status=screen.status)

    assert language_of(there) == "en"


@pytest.mark.parametrize("screen", [each for each in SCREENS if each.before], ids=lambda each: each.name)
def test_in_the_middle_of_something_there_and_back(world, screen):
    client = client_of(screen.who, "lt")
    here = ""
    for step in screen.before:
        here = step.address("lt") or here
        page = client.get(here, follow=True)
        if step.fields:
            named = {step.button: "1"} if step.button else {}
            page = client.post(here, step.typed("lt") | named, follow=True)
        here = address_of(page)

    there_and_back(client, screen.address(world, "lt") if screen.view else here)


# Attempts


@pytest.fixture
def learner(world):
    """Somebody enrolled in the course who has not begun its test."""
    learner = LearnerFactory()
    enrol(
        learner_id=learner.pk, course_id=world.open_attempt.enrolment.course_id, at=timezone.now() - timedelta(hours=2)
    )
    return learner


def begun(world, learner, *, at=None):
    enrolment = learner.enrolments.get()
    return start_attempt(enrolment_id=enrolment.pk, activity_id=world.open_attempt.activity_id, at=at or timezone.now())


def nothing_answered(world, learner):
    return begun(world, learner)


def partly_answered(world, learner):
    attempt = begun(world, learner)
    answer(attempt, 1, rightly=True, at=timezone.now())
    answer(attempt, 3, rightly=False, at=timezone.now())
    return attempt


def failed(world, learner):
    return handed_in(learner.enrolments.get(), world.open_attempt.activity, rightly=False, at=timezone.now())


def passed(world, learner):
    return handed_in(learner.enrolments.get(), world.open_attempt.activity, rightly=True, at=timezone.now())


def time_over(world, learner):
    """Nobody has come back to it yet: the first look hands it in, whatever language it is in."""
    began = timezone.now() - timedelta(hours=1)
    attempt = begun(world, learner, at=began)
    answer(attempt, 1, rightly=True, at=began)
    Attempt.objects.filter(pk=attempt.pk).update(time_limit=10, deadline_at=began + timedelta(minutes=10))
    return attempt


def closed_by_staff(world, learner):
    attempt = partly_answered(world, learner)
    close_attempts(activity_id=attempt.activity_id, at=timezone.now())
    return attempt


STATES = (nothing_answered, partly_answered, failed, passed, time_over, closed_by_staff)


def screens_of(attempt):
    questions = [question_address(attempt, number) for number in range(1, len(attempt.questions) + 1)]
    return [*questions, *(reverse(f"tiltas_quizzes:{name}", args=[attempt.uuid]) for name in ("overview", "result"))]


def question_address(attempt, number, language="lt"):
    with override(language):
        return reverse("tiltas_quizzes:question", args=[attempt.uuid, number])


@pytest.fixture
def client_of_learner(learner):
    client = Client(headers={"accept-language": "lt"})
    client.force_login(learner.user)
    return client


def test_a_test_that_is_not_begun(world, client_of_learner):
    there = there_and_back(client_of_learner, world.quiz.get_url())

    assert 'name="csrfmiddlewaretoken"' in there.content.decode()
    assert there.context["attempts"] == []


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_an_attempt_in_each_state_on_each_of_its_screens(world, learner, client_of_learner, state):
    attempt = state(world, learner)
    for address in [*screens_of(attempt), world.quiz.get_url()]:
        there_and_back(client_of_learner, address)


def test_while_an_answer_waits_in_the_browser(world, learner, client_of_learner):
    """What waits is the browser's own (tests/journeys/test_switching.py); of the server it asks for no other address."""
    attempt = partly_answered(world, learner)
    client_of_learner.cookies["tiltas_answers_wait"] = "1"

    there = there_and_back(client_of_learner, question_address(attempt, 2))

    assert address_of(there) == question_address(attempt, 2, "en")


def test_what_is_answered_in_one_language_stands_in_the_other(world, learner, client_of_learner):
    attempt = partly_answered(world, learner)
    here = client_of_learner.get(question_address(attempt, 1))

    there = client_of_learner.get(switch_of(here, "en"))

    assert answers_on(there) == answers_on(here) != ([], [], [])
