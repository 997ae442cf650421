"""Double clicks, two tabs, a phone that sends twice: the same call many times at the same moment."""

from uuid import uuid4

import pytest

from progress.models import Completion
from quizzes.models import Attempt, Response
from quizzes.services import save_response, start_attempt, submit_attempt
from tests.factories import NOON, AttemptFactory, LearnerFactory
from tests.factories.pages import make_course
from tests.factories.threads import CROWDS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def save(attempt, *, question=0, operation_id=None, base=0, raw=("a",)):
    return save_response(
        attempts=Attempt.objects.filter(pk=attempt.pk),
        number=question + 1,
        operation_id=operation_id or uuid4(),
        base=base,
        raw=list(raw),
        at=NOON,
    )


def test_starting_at_once_begins_one_attempt():
    from courses.services import enrol

    made = make_course(english=False)
    quiz = made.quizzes[0].record
    for number in CROWDS:
        enrolment = enrol(learner_id=LearnerFactory().pk, course_id=made.record.pk, at=NOON)

        def start(_place, enrolment=enrolment):
            return start_attempt(enrolment_id=enrolment.pk, activity_id=quiz.pk, at=NOON).pk

        assert at_once(number, start) == [Attempt.objects.get(enrolment=enrolment).pk] * number


def test_the_same_operation_at_once_is_stored_once():
    for number in CROWDS:
        attempt, operation = AttemptFactory(), uuid4()

        answers = at_once(number, lambda _place, kept=(attempt, operation): save(kept[0], operation_id=kept[1]))

        response = Response.objects.get(attempt=attempt)
        assert {(each.accepted, each.sequence, tuple(each.answer)) for each in answers} == {
            (True, response.sequence, ("a",))
        }


def test_of_different_answers_at_once_one_counts_and_all_are_kept():
    for number in CROWDS:
        attempt = AttemptFactory()

        answers = at_once(number, lambda place, attempt=attempt: save(attempt, raw="abc"[place % 3]))

        accepted = Response.objects.get(attempt=attempt, accepted=True)
        assert {(each.sequence, tuple(each.answer)) for each in answers} == {
            (accepted.sequence, tuple(accepted.answer))
        }
        sequences = Response.objects.filter(attempt=attempt).order_by("sequence").values_list("sequence", flat=True)
        assert list(sequences) == list(range(1, number + 1))


def test_handing_in_at_once_grades_once_and_completes_once():
    for number in CROWDS:
        attempt = AttemptFactory()
        for question in (0, 1):
            save(attempt, question=question)

        def hand_in(_place, attempt=attempt):
            done = submit_attempt(attempt_id=attempt.pk, at=NOON)
            return done.pk, done.score, done.passed, done.submitted_at

        assert at_once(number, hand_in) == [(attempt.pk, 1, True, NOON)] * number
        assert Completion.objects.filter(enrolment=attempt.enrolment, activity=attempt.activity).count() == 1


def test_an_answer_and_the_hand_in_at_once_agree_with_each_other():
    """Whichever came first: what was accepted before the hand-in is what was graded, and nothing is added after it."""
    for number in CROWDS:
        attempt = AttemptFactory()
        save(attempt, question=1)

        def act(place, attempt=attempt):
            if place == 0:
                return submit_attempt(attempt_id=attempt.pk, at=NOON).score
            return save(attempt).accepted

        score, *saved = at_once(number, act)
        answered = Response.objects.filter(attempt=attempt, version_id=attempt.version_ids[0], accepted=True).exists()
        assert score == (1 if answered else 0.5)
        assert (True in saved) is answered
