"""The time that is up, the learner's hand-in and a trainer's end, all at the same moment: one end, one score, one completion."""

import random
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django_tasks_db.models import DBTaskResult

from certificates.models import Certificate
from courses.services import enrol
from progress.models import Completion
from quizzes.models import Attempt, QuestionVersion, Response
from quizzes.services import close_attempts, save_response, start_attempt, submit_attempt, submit_overdue
from tests.factories import NOON, IssuerFactory, LearnerFactory
from tests.factories.pages import make_course
from tests.factories.threads import at_once

from .conftest import times

pytestmark = pytest.mark.django_db(transaction=True)
DEADLINE = NOON + timedelta(minutes=10)
# Each at a moment of its own, by which it is known afterwards; all of them may end the attempt. From the deadline on it is
# the time that ends it, whoever calls: the other two come just before.
HANDED_IN = DEADLINE - timedelta(seconds=2)
CLOSED = DEADLINE - timedelta(seconds=1)
TIME_OVER = DEADLINE + timedelta(minutes=1)
ENDED_BY = {HANDED_IN: "learner", CLOSED: "staff", TIME_OVER: "time"}


@pytest.fixture
def made(site):
    """A course that is done with its quiz of two questions."""
    IssuerFactory()
    return make_course(lessons=0, english=False)


def begun(made):
    """A new learner's attempt with a deadline and both answers right; (attempt, the wrong answer to its first question)."""
    enrolment = enrol(learner_id=LearnerFactory().pk, course_id=made.record.pk, at=NOON)
    attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=NOON)
    Attempt.objects.filter(pk=attempt.pk).update(time_limit=10, deadline_at=DEADLINE)
    versions = QuestionVersion.objects.in_bulk(attempt.version_ids)
    for number, pk in enumerate(attempt.version_ids, start=1):
        answer(attempt, number, versions[pk].answer_key["right"], base=0, at=NOON)
    first = versions[attempt.version_ids[0]]
    return attempt, next(each for each in first.option_ids if each not in first.answer_key["right"])


def answer(attempt, number, raw, *, base, at):
    attempts = Attempt.objects.filter(pk=attempt.pk)
    return save_response(attempts=attempts, number=number, operation_id=uuid4(), base=base, raw=raw, at=at)


def test_whoever_ends_an_attempt_it_ends_once(made, run_tasks, record_property):
    races, ended, late = times(200, otherwise=8), Counter(), 0
    quiz = made.quizzes[0].record
    for _race in range(races):
        attempt, wrong = begun(made)
        calls = [
            lambda attempt=attempt: submit_attempt(attempt_id=attempt.pk, at=HANDED_IN),
            lambda: submit_overdue(at=TIME_OVER),
            lambda: close_attempts(activity_id=quiz.pk, at=CLOSED),
            lambda attempt=attempt, wrong=wrong: answer(attempt, 1, [wrong], base=2, at=DEADLINE).accepted,
        ]
        calls += calls[:3]
        random.shuffle(calls)

        told = at_once(len(calls), lambda place, calls=calls: calls[place]())

        attempt.refresh_from_db()
        accepted = Response.objects.get(attempt=attempt, answer=[wrong]).accepted
        assert any(each is accepted for each in told)  # what the learner was told of the last answer is what holds
        assert attempt.ended_by == ENDED_BY[attempt.submitted_at]
        assert (attempt.score, attempt.passed) == ((0.5, False) if accepted else (1, True))
        completions = Completion.objects.filter(enrolment=attempt.enrolment).values_list("activity_id", "score")
        assert list(completions) == ([] if accepted else [(quiz.pk, 1)])
        ended[attempt.ended_by] += 1
        late += not accepted

    assert not Attempt.objects.open().exists()
    assert DBTaskResult.objects.filter(task_path__endswith="issue_certificate_task").count() == late
    run_tasks()
    holders = Counter(Certificate.objects.values_list("enrolment_id", flat=True))
    assert (len(holders), set(holders.values()) <= {1}) == (late, True)
    record_property(
        "figures",
        f"races of deadline, hand-in and a trainer's end {races}, ended by {dict(sorted(ended.items()))}, "
        f"certificates {len(holders)}, attempts stuck 0",
    )
