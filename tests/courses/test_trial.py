"""A trainer walks through a course as a learner does, and it counts nowhere."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages

from courses.models import Course, Enrolment
from courses.services import enrol
from tests.factories import NOON, LearnerFactory
from tests.factories.pages import make_course
from tiltas.roles import ADMINISTRATOR, TRAINER, TRANSLATOR, sync_groups

pytestmark = pytest.mark.django_db
TRY = "Try as a learner"


@pytest.fixture
def made():
    made = make_course(lessons=1)
    sync_groups()
    return made


@pytest.fixture
def as_one_of(client):
    def log_in(*groups):
        learner = LearnerFactory()
        learner.user.groups.add(*Group.objects.filter(name__in=groups))
        client.force_login(learner.user)
        return learner

    return log_in


def course_page(client):
    return client.get("/en/courses/k1-en/").content.decode()


def try_it(client, course):
    return client.post(f"/en/enrol/{course.key}/try/")


@pytest.mark.parametrize("group", [TRAINER, TRANSLATOR, ADMINISTRATOR])
def test_authors_are_offered_a_trial_beside_the_real_thing(client, made, as_one_of, group):
    as_one_of(group)

    page = course_page(client)

    assert (TRY in page, "Enrol in the course" in page) == (True, True)


def test_learners_are_not_and_may_not(client, made, as_one_of):
    as_one_of()

    assert TRY not in course_page(client)
    assert try_it(client, made.record).status_code == 403
    assert not Enrolment.objects.exists()


def test_a_trial_is_said_to_be_one_and_is_counted_nowhere(client, made, as_one_of):
    trainer = as_one_of(TRAINER)

    assert try_it(client, made.record).url == "/en/courses/k1-en/"

    enrolment = Enrolment.objects.get()
    assert (enrolment.learner, enrolment.trial) == (trainer, True)
    assert not Enrolment.objects.counted().exists()
    page = course_page(client)
    assert ("You are trying this course" in page, TRY in page, "Withdraw" in page) == (True, False, False)
    assert "Trial" in client.get("/en/my/").content.decode()


def test_a_trial_ends_and_the_real_thing_can_begin(client, made, as_one_of):
    trainer = as_one_of(TRAINER)
    try_it(client, made.record)
    trial = Enrolment.objects.get()

    response = client.post(f"/en/enrol/enrolments/{trial.uuid}/withdraw/")

    assert [str(message) for message in get_messages(response.wsgi_request)] == ["The trial has ended."]
    real = enrol(learner_id=trainer.pk, course_id=made.record.pk, at=NOON)
    assert (real.trial, real != trial) == (False, True)


def test_who_learns_for_real_is_left_so(client, made, as_one_of):
    trainer = as_one_of(TRAINER)
    enrol(learner_id=trainer.pk, course_id=made.record.pk, at=NOON)

    assert TRY not in course_page(client)
    try_it(client, made.record)
    assert [each.trial for each in Enrolment.objects.all()] == [False]


def test_what_is_not_released_can_not_be_tried_and_says_so(client, as_one_of):
    made = make_course(release=False)
    sync_groups()
    as_one_of(TRAINER)

    assert TRY not in course_page(client)
    response = try_it(client, Course.objects.get(key=made.page.translation_key))
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "This course is still being prepared. Come back later: it will be open to everyone."
    ]
