from uuid import uuid4

import pytest
from django.contrib.messages import get_messages

from courses.services import enrol, withdraw
from progress.models import Completion
from tests.factories import NOON, EnrolmentFactory, LearnerFactory
from tests.factories.pages import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_course(lessons=2, quiz=False)


@pytest.fixture
def learner(client):
    learner = LearnerFactory()
    client.force_login(learner.user)
    return learner


@pytest.fixture
def enrolment(learner, made):
    return enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)


def done_url(enrolment, activity, language="en"):
    return f"/{language}/lessons/{enrolment.uuid}/{activity.key}/done/"


def test_the_click_completes_the_lesson_and_leads_to_the_next(client, enrolment, made):
    response = client.post(done_url(enrolment, made.lessons[0].record))

    assert response.url == "/en/courses/k1-en/m1-en/p1-2-en/"
    completion = Completion.objects.get()
    assert (completion.enrolment, completion.activity, completion.score) == (enrolment, made.lessons[0].record, None)


def test_the_last_click_leads_to_the_course_page_and_the_course_is_done(client, enrolment, made):
    for lesson in made.lessons:
        response = client.post(done_url(enrolment, lesson.record, "lt"))

    assert response.url == made.page.get_url()
    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None


def test_clicking_again_changes_nothing(client, enrolment, made):
    client.post(done_url(enrolment, made.lessons[0].record))
    completed_at = Completion.objects.get().completed_at

    client.post(done_url(enrolment, made.lessons[0].record))

    assert Completion.objects.get().completed_at == completed_at


def test_the_next_lesson_that_can_be_opened_is_the_next(client, learner):
    made = make_course(lessons=3, quiz=False)
    enrolment = enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
    made.lessons[1].unpublish()

    assert client.post(done_url(enrolment, made.lessons[0].record, "lt")).url == made.lessons[2].get_url()


def test_a_lesson_unpublished_while_it_was_read_still_counts(client, enrolment, made):
    made.lessons[0].unpublish()

    response = client.post(done_url(enrolment, made.lessons[0].record, "lt"))

    assert response.url == made.page.get_url()
    assert Completion.objects.get().activity == made.lessons[0].record


def test_who_has_withdrawn_is_told_how_to_go_on(client, enrolment, made):
    withdraw(enrolment_id=enrolment.pk, at=NOON)

    response = client.post(done_url(enrolment, made.lessons[0].record))

    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "You have withdrawn from this course. Enrol again, and what you did is still there."
    ]
    assert not Completion.objects.exists()


def test_somebody_elses_enrolment_is_not_found(client, learner, made):
    theirs = EnrolmentFactory(course=made.record)

    assert client.post(done_url(theirs, made.lessons[0].record)).status_code == 404
    assert not Completion.objects.exists()


def test_a_lesson_of_another_course_is_not_found(client, enrolment):
    other = make_course(code="K2", lessons=1, quiz=False)

    assert client.post(done_url(enrolment, other.lessons[0].record)).status_code == 404


def test_a_quiz_is_not_completed_by_a_click(client, learner):
    made = make_course(lessons=1)
    enrolment = enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)

    assert client.post(done_url(enrolment, made.quizzes[0].record)).status_code == 404
    assert not Completion.objects.exists()


def test_a_lesson_that_does_not_exist_is_not_found(client, enrolment):
    assert client.post(f"/en/lessons/{enrolment.uuid}/{uuid4()}/done/").status_code == 404


def test_a_link_completes_nothing(client, enrolment, made):
    assert client.get(done_url(enrolment, made.lessons[0].record)).status_code == 405


def test_without_login_it_leads_there(client, made):
    enrolment = EnrolmentFactory(course=made.record)

    response = client.post(done_url(enrolment, made.lessons[0].record))

    assert response.url.startswith("/en/account/login/")
    assert not Completion.objects.exists()
