"""Forms that arrive when the login has expired: the answer is kept for its learner, and nobody ends on an empty page."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from quizzes import before_login
from quizzes.models import Response
from tests.factories import AttemptFactory, LearnerFactory

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


@pytest.fixture
def learner():
    return LearnerFactory()


@pytest.fixture
def attempt(learner):
    return AttemptFactory(enrolment__learner=learner)


def url(attempt, end, language="lt"):
    return f"/{language}/quizzes/attempts/{attempt.uuid}/{end}"


def form(attempt, *, place=0, base=0):
    return {"operation": str(uuid4()), "base": base, "answer": [attempt.questions[0]["options"][place]]}


def kept():
    return list(Response.objects.values_list("attempt_id", "accepted", "answer"))


def test_an_answer_sent_after_the_login_expired_is_saved_when_its_learner_is_back(client, learner, attempt):
    sent = form(attempt)
    led = client.post(url(attempt, "1/"), sent)
    page = client.get(led.url).content.decode()
    client.force_login(learner.user)
    onward = client.get(url(attempt, "1/"))

    assert led.url == f"/lt/account/login/?next={url(attempt, '1/')}"
    assert "Prisijungimo laikas baigėsi" in page
    assert onward.url == url(attempt, "2/")
    assert kept() == [(attempt.pk, True, sent["answer"])]


def test_it_is_saved_once(client, learner, attempt):
    client.post(url(attempt, "1/"), form(attempt))
    client.force_login(learner.user)
    for _time in range(2):
        client.get(url(attempt, "1/"))

    assert len(kept()) == 1


def test_it_counts_from_the_moment_of_its_arrival(client, learner, attempt, monkeypatch):
    client.post(url(attempt, "1/"), form(attempt))
    arrived_at = client.session[before_login.WAITING]["at"]
    client.force_login(learner.user)
    client.get(url(attempt, "1/"))

    assert Response.objects.get().saved_at.isoformat() == arrived_at


def test_a_newer_answer_from_elsewhere_stays_the_one_that_counts(client, learner, attempt):
    client.post(url(attempt, "1/"), form(attempt, place=0))
    elsewhere = Client()
    elsewhere.force_login(learner.user)
    elsewhere.post(url(attempt, "1/"), form(attempt, place=1))
    client.force_login(learner.user)
    client.get(url(attempt, "1/"))

    assert [accepted for _attempt, accepted, _answer in kept()] == [True, False]


def test_it_is_nobody_elses(client, attempt):
    client.post(url(attempt, "1/"), form(attempt))
    client.force_login(LearnerFactory().user)

    assert client.get(url(attempt, "1/")).status_code == 404
    assert kept() == []


def test_what_a_session_can_not_hold_is_not_called_kept(client, attempt):
    led = client.post(url(attempt, "1/"), form(attempt) | {"answer": ["a" * 9000]})

    assert before_login.WAITING not in client.session
    assert "todėl šis atsakymas neįrašytas" in client.get(led.url).content.decode()


@pytest.mark.parametrize("from_page", [True, False])
def test_a_hand_in_after_the_login_expired_leads_back_to_where_it_was_sent_from(client, learner, attempt, from_page):
    headers = {"Referer": HOST + url(attempt, "overview/")} if from_page else {}

    led = client.post(url(attempt, "submit/"), headers=headers)

    assert led.url == f"/lt/account/login/?next={url(attempt, 'overview/') if from_page else '/'}"
    assert "todėl dar nieko nepadaryta" in client.get(led.url).content.decode()
    client.force_login(learner.user)
    assert client.get(url(attempt, "overview/")).status_code == 200
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


@pytest.mark.parametrize("referer", ["https://elsewhere.example/x", "javascript:alert(1)", "http://testserver.evil/x"])
def test_nobody_is_led_to_another_site(client, attempt, referer):
    led = client.post(url(attempt, "submit/"), headers={"Referer": referer})

    assert led.url == "/lt/account/login/?next=/"


def test_an_answer_that_waited_past_the_deadline_but_arrived_in_time_counts(client, learner, attempt):
    client.post(url(attempt, "1/"), form(attempt))
    session = client.session
    arrived_at = before_login.datetime.fromisoformat(session[before_login.WAITING]["at"])
    earlier = arrived_at - timedelta(hours=1)
    session[before_login.WAITING] = session[before_login.WAITING] | {"at": earlier.isoformat()}
    session.save()
    type(attempt).objects.filter(pk=attempt.pk).update(
        started_at=earlier - timedelta(minutes=5), time_limit=10, deadline_at=earlier + timedelta(minutes=5)
    )
    client.force_login(learner.user)

    last = client.get(url(attempt, "1/"), follow=True)

    assert [accepted for _attempt, accepted, _answer in kept()] == [True]
    assert last.request["PATH_INFO"] == url(attempt, "result/")
