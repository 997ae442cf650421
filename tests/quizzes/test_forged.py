"""What a learner can put into a request and the site never reads: marks, questions, places, other people, the clock."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from courses.services import enrol
from quizzes.models import Attempt, Response
from quizzes.services import start_attempt
from tests.factories import NOON, AttemptFactory, LearnerFactory
from tests.factories.pages import make_course

pytestmark = pytest.mark.django_db
SCREENS = ["1/save/", "1/"]
A_DAY = timedelta(days=1)


@pytest.fixture
def learner(client):
    learner = LearnerFactory()
    client.force_login(learner.user)
    return learner


@pytest.fixture
def attempt(learner):
    return AttemptFactory(enrolment__learner=learner)


@pytest.fixture
def foreign():
    """Somebody else's open attempt, at other questions."""
    return AttemptFactory()


def url(attempt, end):
    return f"/en/quizzes/attempts/{attempt.uuid}/{end}"


def form(answer, **more):
    return {"operation": str(uuid4()), "base": 0, "answer": [answer]} | more


def as_kept(attempt):
    """Everything that the database holds of the attempt but for what an answer may change."""
    return Attempt.objects.filter(pk=attempt.pk).values().get()


# Names that the records have, and that a request might try.
MARKS = {
    "score": "1.0000",
    "passed": "true",
    "share": "1",
    "right": "b",
    "points": "100",
    "pass_mark": "1",
    "accepted": "1",
}
PLACES = {
    "sequence": "999",
    "attempt_number": "7",
    "number": "2",
    "version": "1",
    "seed": "1",
    "activity": "1",
    "questions": "[]",
}
PEOPLE = {"user": "1", "learner": "1", "enrolment": "1", "attempt": "1", "trial": "true"}
MOMENTS = dict.fromkeys(
    ("at", "now", "saved_at", "started_at", "submitted_at", "deadline", "time"), "2031-01-01T00:00:00Z"
)


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("forged", [MARKS, PLACES, PEOPLE, MOMENTS], ids=["marks", "places", "people", "moments"])
def test_a_save_writes_its_answer_and_nothing_else_that_the_request_names(client, attempt, screen, forged):
    before, began = as_kept(attempt), timezone.now()

    client.post(url(attempt, screen), form("b", **forged))

    assert as_kept(attempt) == before
    row = Response.objects.get()
    assert (row.attempt_id, row.version_id, row.sequence, row.base, row.answer, row.accepted) == (
        *(attempt.pk, attempt.version_ids[0], 1, 0, ["b"], True),
    )
    assert began <= row.saved_at <= timezone.now()


@pytest.mark.parametrize("forged", [MARKS, PLACES, PEOPLE, MOMENTS], ids=["marks", "places", "people", "moments"])
def test_a_hand_in_grades_what_was_saved_whatever_the_request_names(client, attempt, forged):
    client.post(url(attempt, "1/save/"), form("b"))
    began = timezone.now()

    client.post(url(attempt, "submit/"), forged | {"answer": ["a"]})

    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (0, False)
    assert began <= attempt.submitted_at <= timezone.now()
    assert Response.objects.get().answer == ["b"]


@pytest.mark.parametrize("forged", [MARKS, PLACES, MOMENTS], ids=["marks", "places", "moments"])
def test_an_attempt_begins_as_the_quiz_says_whatever_the_request_names(client, learner, forged):
    made = make_course(lessons=1)
    enrolment = enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
    began = timezone.now()

    client.post(f"/en/quizzes/{enrolment.uuid}/{made.quizzes[0].translation_key}/start/", forged)

    attempt = Attempt.objects.get()
    assert (attempt.number, attempt.pass_mark, len(attempt.questions), attempt.score) == (1, 70, 2, None)
    assert attempt.enrolment == enrolment
    assert began <= attempt.started_at <= timezone.now()


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_is_a_day_off_changes_nothing_because_nobody_asks_it(client, attempt, days):
    theirs = timezone.now() + days * A_DAY
    told = {"Date": theirs.strftime("%a, %d %b %Y %H:%M:%S GMT"), "X-Client-Time": theirs.isoformat()}
    began = timezone.now()

    reply = client.post(url(attempt, "1/save/"), form("a", at=theirs.isoformat()), headers=told)
    client.post(url(attempt, "submit/"), {"at": theirs.isoformat()}, headers=told)

    attempt.refresh_from_db()
    assert began <= Response.objects.get().saved_at <= attempt.submitted_at <= timezone.now()
    assert reply.json()["saved_at"] == timezone.localtime(Response.objects.get().saved_at).strftime("%H:%M")


@pytest.mark.parametrize("screen", SCREENS)
def test_a_sequence_from_the_future_is_kept_as_one_that_was_given(client, attempt, screen):
    client.post(url(attempt, screen), form("b", base=10**9))

    row = Response.objects.get()
    assert (row.sequence, row.base) == (1, 0)


@pytest.mark.parametrize("base", ["9" * 400, "1e9", "١", "0x10", "-5", "1.5", "", " "])
def test_a_base_that_no_page_gave_breaks_nothing(client, attempt, base):
    reply = client.post(url(attempt, "1/save/"), form("b", base=base))

    assert reply.status_code in {200, 400}
    assert Response.objects.count() == (1 if reply.status_code == 200 else 0)


@pytest.mark.parametrize("screen", [*SCREENS, "submit/"])
def test_the_attempt_of_another_person_is_not_found_with_whatever_is_sent_along(client, attempt, foreign, screen):
    body = form(
        "a", user=foreign.enrolment.learner.user_id, attempt=str(foreign.uuid), learner=foreign.enrolment.learner_id
    )

    reply = client.post(url(foreign, screen), body)

    # A page that names another learner than the one who is logged in is told so: its answer waits for that login.
    assert reply.status_code == 404 or (reply.status_code, reply.json()) == (401, {"reason": "other"})
    assert not Response.objects.exists()
    foreign.refresh_from_db()
    assert foreign.submitted_at is None


def test_an_operation_of_another_person_is_a_new_one_under_ones_own_name(client, attempt, foreign):
    """Two browsers that made the same id are two people still: nobody learns of the other's answer."""
    theirs = Response.objects.create(
        attempt=foreign, version_id=foreign.version_ids[0], operation_id=uuid4(), sequence=1, base=0, answer=["c"],
        accepted=True, saved_at=NOON,
    )  # fmt: skip

    reply = client.post(url(attempt, "1/save/"), form("a", operation=str(theirs.operation_id)))

    assert (reply.status_code, reply.json()["answer"]) == (200, ["a"])
    assert Response.objects.get(attempt=foreign).answer == ["c"]


@pytest.mark.parametrize("screen", SCREENS)
def test_two_megabytes_are_refused_and_nothing_is_written(client, attempt, screen):
    reply = client.post(url(attempt, screen), form("a" * 2_000_000))

    assert (screen, reply.status_code) in {("1/save/", 413), ("1/", 302), ("1/", 400), ("1/", 413)}
    assert not Response.objects.exists()
    assert client.post(url(attempt, "1/save/"), form("a")).status_code == 200


@pytest.mark.parametrize("screen", SCREENS)
def test_a_thousand_answers_at_once_are_refused(client, attempt, screen):
    client.post(url(attempt, screen), form("a") | {"answer": [str(uuid4()) for _each in range(1000)]})

    assert not Response.objects.exists()


def test_an_attempt_that_was_begun_elsewhere_can_not_be_moved_into_another_course(client, learner, attempt):
    other = make_course(code="K2", lessons=0)
    enrolment = enrol(learner_id=learner.pk, course_id=other.record.pk, at=NOON)
    start_attempt(enrolment_id=enrolment.pk, activity_id=other.quizzes[0].record.pk, at=NOON)

    client.post(url(attempt, "submit/"), {"enrolment": enrolment.pk, "activity": other.quizzes[0].record.pk})

    assert list(Attempt.objects.submitted()) == [attempt]
