"""What the database itself refuses of attempts and answers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.db.models import ProtectedError

from quizzes.models import Attempt, Response
from tests.factories import MORNING, NOON, AttemptFactory

pytestmark = pytest.mark.django_db
SUBMITTED = {"submitted_at": NOON, "score": 1, "passed": True, "ended_by": "learner"}


def respond(attempt, **changes):
    fields = {
        "attempt": attempt,
        "version_id": attempt.version_ids[0],
        "operation_id": uuid4(),
        "sequence": 1,
        "base": 0,
        "answer": ["a"],
        "accepted": True,
        "saved_at": NOON,
    }
    return Response.objects.create(**(fields | changes))


def again(attempt, **changes):
    return AttemptFactory(**({"enrolment": attempt.enrolment, "activity": attempt.activity, "number": 2} | changes))


def test_the_database_refuses_a_second_open_attempt():
    with pytest.raises(IntegrityError):
        again(AttemptFactory())


def test_a_submitted_attempt_makes_room_for_the_next():
    assert again(AttemptFactory(**SUBMITTED)).pk


def test_the_database_refuses_two_attempts_of_a_number():
    with pytest.raises(IntegrityError):
        again(AttemptFactory(**SUBMITTED), number=1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"submitted_at": NOON},
        {"submitted_at": NOON, "score": 1},
        {"submitted_at": NOON, "passed": True},
        {"score": 1},
        {"passed": False},
    ],
)
def test_the_database_refuses_an_attempt_half_handed_in(wrong):
    with pytest.raises(IntegrityError, match="an_attempt_has_a_score_when_submitted"):
        AttemptFactory(**wrong)


@pytest.mark.parametrize("score", ["-0.1", "1.1"])
def test_the_database_refuses_a_score_that_is_no_share(score):
    with pytest.raises(IntegrityError, match="attempt_score_from_0_to_1"):
        AttemptFactory(**(SUBMITTED | {"score": score}))


def test_the_database_refuses_an_attempt_handed_in_before_it_began():
    with pytest.raises(IntegrityError, match="attempt_moments_in_order"):
        AttemptFactory(**(SUBMITTED | {"submitted_at": MORNING - timedelta(seconds=1)}))


def test_the_database_refuses_a_pass_mark_that_nobody_can_reach():
    with pytest.raises(IntegrityError, match="attempt_pass_mark_up_to_100"):
        AttemptFactory(pass_mark=101)


def test_the_database_refuses_an_operation_twice():
    attempt = AttemptFactory()
    first = respond(attempt)

    with pytest.raises(IntegrityError):
        respond(attempt, operation_id=first.operation_id, sequence=2)


def test_the_same_operation_id_may_come_for_another_question():
    attempt = AttemptFactory()
    first = respond(attempt)

    assert respond(attempt, operation_id=first.operation_id, sequence=2, version_id=attempt.version_ids[1]).pk


def test_the_database_refuses_two_answers_of_a_sequence():
    attempt = AttemptFactory()
    respond(attempt)

    with pytest.raises(IntegrityError):
        respond(attempt, version_id=attempt.version_ids[1])


def test_the_database_refuses_an_answer_to_what_did_not_exist_yet():
    with pytest.raises(IntegrityError, match="a_response_follows_its_base"):
        respond(AttemptFactory(), sequence=1, base=1)


def test_answers_are_only_added():
    response = respond(AttemptFactory())
    response.answer = ["b"]

    with pytest.raises(IntegrityError, match="never altered"):
        response.save()


def test_what_was_answered_is_never_deleted():
    attempt = AttemptFactory()
    respond(attempt)

    with pytest.raises(ProtectedError):
        attempt.delete()


def test_the_newest_accepted_answer_counts():
    attempt = AttemptFactory()
    respond(attempt, sequence=1, answer=["a"])
    counts = respond(attempt, sequence=2, base=1, answer=["b"])
    respond(attempt, sequence=3, base=1, answer=["c"], accepted=False)
    other = respond(attempt, sequence=4, version_id=attempt.version_ids[1])

    assert attempt.responses.newest() == {attempt.version_ids[0]: counts, attempt.version_ids[1]: other}


def test_a_person_finds_the_own_attempts_alone():
    own, _foreign = AttemptFactory(), AttemptFactory()

    assert list(Attempt.objects.for_user(own.enrolment.learner.user)) == [own]
    assert list(Attempt.objects.for_user(AnonymousUser())) == []


def test_open_and_submitted_are_what_they_say():
    open_attempt, submitted = AttemptFactory(), AttemptFactory(**SUBMITTED)

    assert list(Attempt.objects.open()) == [open_attempt]
    assert list(Attempt.objects.submitted()) == [submitted]
