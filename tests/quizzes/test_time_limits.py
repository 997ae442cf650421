"""Quizzes with a time limit: the server's clock rules, what comes late is kept apart, nobody's attempt hangs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from courses.models import Enrolment
from courses.services import enrol, withdraw
from learners.services import erase_learner
from progress.models import Completion
from quizzes.models import Attempt, EndedBy, ExtraTime, QuestionVersion, Response
from quizzes.services import (
    close_attempts,
    give_extra_time,
    save_response,
    start_attempt,
    submit_attempt,
    submit_overdue,
)
from tests.factories import NOON, LearnerFactory
from tests.factories.pages import make_course, publish
from tiltas.clock import tick

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def made():
    course = make_course(lessons=1)
    course.quizzes[0].time_limit = 20
    publish(course.quizzes[0])
    return course


@pytest.fixture
def learner(client):
    learner = LearnerFactory()
    client.force_login(learner.user)
    return learner


@pytest.fixture
def enrolment(learner, made):
    return enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)


@pytest.fixture
def begin(made, enrolment):
    def begin(at=NOON):
        return start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=at)

    return begin


def save(attempt, *, at, number=1, base=0, rightly=True, operation=None):
    version = QuestionVersion.objects.get(pk=attempt.version_ids[number - 1])
    right = version.answer_key["right"]
    return save_response(
        attempts=Attempt.objects.filter(pk=attempt.pk),
        number=number,
        operation_id=operation or uuid4(),
        base=base,
        raw=right if rightly else [next(each for each in version.option_ids if each not in right)],
        at=at,
    )


class TestTheDeadline:
    def test_it_is_kept_with_the_attempt_and_a_longer_limit_changes_no_running_one(self, made, begin):
        attempt = begin()
        made.quizzes[0].time_limit = 90
        publish(made.quizzes[0])

        assert (attempt.time_limit, attempt.deadline_at) == (20, NOON + 20 * MINUTE)
        assert begin(NOON + MINUTE) == attempt

    def test_without_a_limit_there_is_none(self, made, enrolment):
        made.quizzes[0].time_limit = None
        publish(made.quizzes[0])
        attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=NOON)

        assert (attempt.time_limit, attempt.deadline_at) == (None, None)
        assert submit_overdue(at=NOON + timedelta(days=400)) == 0

    def test_who_has_extra_time_gets_it(self, learner, begin):
        give_extra_time(learner_id=learner.pk, percent=50)

        assert begin().deadline_at == NOON + 30 * MINUTE

    def test_extra_time_given_in_the_middle_counts_and_less_of_it_takes_nothing_away(self, learner, begin):
        attempt = begin()
        for percent, minutes in [(100, 40), (25, 40), (150, 50)]:
            give_extra_time(learner_id=learner.pk, percent=percent)
            attempt.refresh_from_db()
            assert attempt.deadline_at == NOON + minutes * MINUTE
        assert ExtraTime.objects.count() == 1

    def test_extra_time_is_forgotten_with_the_account(self, learner):
        give_extra_time(learner_id=learner.pk, percent=50)
        erase_learner(learner_id=learner.pk, at=NOON)

        assert not ExtraTime.objects.exists()


class TestWhatComesLate:
    def test_what_was_on_its_way_when_the_time_was_over_counts(self, begin):
        attempt = begin()

        assert save(attempt, at=attempt.deadline_at + 20 * SECOND).accepted

    def test_later_it_is_kept_apart_and_never_graded(self, begin):
        attempt = begin()
        save(attempt, at=NOON + MINUTE, rightly=False)

        late = save(attempt, at=attempt.deadline_at + 21 * SECOND, base=1)

        assert (late.reason, late.sequence) == ("late", 1)
        assert list(Response.objects.order_by("sequence").values_list("accepted", "late")) == [
            (True, False),
            (False, True),
        ]
        assert submit_attempt(attempt_id=attempt.pk, at=attempt.deadline_at + MINUTE).score == 0

    def test_it_is_told_the_same_reason_after_the_hand_in(self, begin):
        attempt, operation = begin(), uuid4()
        late = save(attempt, at=attempt.deadline_at + MINUTE, operation=operation)
        submit_attempt(attempt_id=attempt.pk, at=attempt.deadline_at + 2 * MINUTE)

        again = save(attempt, at=attempt.deadline_at + 3 * MINUTE, operation=operation)
        another = save(attempt, at=attempt.deadline_at + 3 * MINUTE, rightly=False)

        assert [late.reason, again.reason, another.reason] == ["late"] * 3

    def test_what_comes_after_ones_own_hand_in_is_not_called_late(self, begin):
        attempt = begin()
        submit_attempt(attempt_id=attempt.pk, at=NOON + MINUTE)

        assert save(attempt, at=attempt.deadline_at + MINUTE).reason == "submitted"

    def test_the_same_operation_again_changes_nothing(self, begin):
        attempt, operation = begin(), uuid4()
        said = [save(attempt, at=attempt.deadline_at + MINUTE, operation=operation) for _time in range(3)]

        assert said == [said[0]] * 3
        assert Response.objects.count() == 1

    def test_the_clients_clock_is_never_asked(self, client, begin):
        attempt = begin(timezone.now() - 30 * MINUTE)
        version = QuestionVersion.objects.get(pk=attempt.version_ids[0])

        response = client.post(
            f"/lt/quizzes/attempts/{attempt.uuid}/1/save/",
            {
                "answer": version.answer_key["right"],
                "operation": uuid4(),
                "base": 0,
                "at": NOON.isoformat(),
                "saved_at": NOON.isoformat(),
            },
            headers={"Date": "Sat, 21 Nov 2026 10:00:00 GMT"},
        )

        assert (response.status_code, response.json()["reason"]) == (409, "late")
        assert Response.objects.get().saved_at > NOON


class TestTheEnd:
    def test_the_clock_hands_in_what_is_overdue_and_nothing_else(self, begin):
        attempt = begin()
        save(attempt, at=NOON + MINUTE)

        assert tick(at=attempt.deadline_at)["submit_overdue"] == 0
        assert tick(at=attempt.deadline_at + MINUTE)["submit_overdue"] == 1
        assert tick(at=attempt.deadline_at + 2 * MINUTE)["submit_overdue"] == 0
        attempt.refresh_from_db()
        assert (attempt.ended_by, float(attempt.score), attempt.passed) == ("time", 0.5, False)

    def test_a_pass_that_the_clock_hands_in_completes_the_activity(self, begin):
        attempt = begin()
        for number in (1, 2):
            save(attempt, at=NOON + MINUTE, number=number)
        submit_overdue(at=NOON + 21 * MINUTE)

        assert Completion.objects.filter(enrolment=attempt.enrolment_id, activity=attempt.activity_id).count() == 1

    def test_of_a_withdrawn_enrolment_it_waits_for_the_return(self, made, enrolment, begin):
        attempt = begin()
        withdraw(enrolment_id=enrolment.pk, at=NOON + MINUTE)
        assert submit_overdue(at=NOON + 30 * MINUTE) == 0

        enrol(learner_id=enrolment.learner_id, course_id=made.record.pk, at=NOON + 40 * MINUTE)
        assert submit_overdue(at=NOON + 41 * MINUTE) == 1
        attempt.refresh_from_db()
        assert attempt.ended_by == EndedBy.TIME

    @pytest.mark.parametrize("screen", ["1/", "overview/"])
    def test_who_comes_back_later_is_led_to_the_result_at_once(self, client, begin, screen):
        attempt = begin(timezone.now() - 30 * MINUTE)

        response = client.get(f"/lt/quizzes/attempts/{attempt.uuid}/{screen}", follow=True)

        assert response.redirect_chain == [(f"/lt/quizzes/attempts/{attempt.uuid}/result/", 302)]
        assert "Laikas baigėsi" in response.content.decode()

    def test_beginning_again_hands_in_what_is_overdue_and_begins_the_next(self, begin):
        first = begin()
        second = begin(NOON + 60 * MINUTE)

        assert (first.number, second.number) == (1, 2)
        first.refresh_from_db()
        assert first.ended_by == EndedBy.TIME

    def test_the_plain_form_says_that_the_answer_came_late(self, client, begin):
        attempt = begin(timezone.now() - 30 * MINUTE)
        version = QuestionVersion.objects.get(pk=attempt.version_ids[0])

        page = client.post(
            f"/lt/quizzes/attempts/{attempt.uuid}/1/",
            {"answer": version.answer_key["right"], "operation": uuid4(), "base": 0},
            follow=True,
        ).content.decode()

        assert "Šis atsakymas gautas laikui jau pasibaigus. Jis įrašytas, bet neįskaitomas." in page
        assert "Po pabaigos gautas 1 atsakymas." in page

    def test_staff_end_it_for_everybody_who_still_learns(self, made, begin):
        attempt = begin()
        save(attempt, at=NOON + MINUTE)

        assert close_attempts(activity_id=attempt.activity_id, at=NOON + 2 * MINUTE) == 1
        assert close_attempts(activity_id=attempt.activity_id, at=NOON + 3 * MINUTE) == 0
        attempt.refresh_from_db()
        assert (attempt.ended_by, attempt.submitted_at) == (EndedBy.STAFF, NOON + 2 * MINUTE)

    @pytest.mark.parametrize("by", EndedBy.values)
    def test_from_the_deadline_on_it_is_the_time_that_ended_it_whoever_called(self, begin, by):
        before = begin()
        before = submit_attempt(attempt_id=before.pk, at=before.deadline_at - timedelta(seconds=1), by=by)
        at_it = begin()
        at_it = submit_attempt(attempt_id=at_it.pk, at=at_it.deadline_at, by=by)

        assert (before.ended_by, at_it.ended_by) == (by, EndedBy.TIME)


class TestTheScreens:
    @pytest.mark.parametrize(
        ("percent", "words"), [(0, "20 min. nuo bandymo pradžios"), (50, "30 min. nuo bandymo pradžios")]
    )
    def test_the_first_one_tells_how_long_it_lasts(self, client, learner, enrolment, made, percent, words):
        if percent:
            give_extra_time(learner_id=learner.pk, percent=percent)

        page = client.get(made.quizzes[0].get_url()).content.decode().replace("\xa0", " ")

        assert words in page
        assert ("su papildomu laiku" in page) is bool(percent)

    def test_the_question_says_until_when(self, client, begin):
        attempt = begin(timezone.now())
        page = BeautifulSoup(client.get(f"/lt/quizzes/attempts/{attempt.uuid}/1/").content, "html.parser")

        timer = page.select_one("[data-timer]")
        assert 1190 <= int(timer["data-seconds"]) <= 1200
        assert f"{timezone.localtime(attempt.deadline_at):%H:%M}" in timer.text

    def test_without_a_limit_there_is_no_timer(self, client, made, enrolment):
        made.quizzes[0].time_limit = None
        publish(made.quizzes[0])
        attempt = start_attempt(
            enrolment_id=Enrolment.objects.get().pk, activity_id=made.quizzes[0].record.pk, at=timezone.now()
        )

        assert "data-timer" not in client.get(f"/lt/quizzes/attempts/{attempt.uuid}/1/").content.decode()
