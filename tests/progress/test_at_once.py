"""The same completion noted by many requests at the same moment."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from courses.services import EnrolmentRefused, withdraw
from progress.models import Completion
from progress.services import NotEnrolled, record_completion, settle_enrolment
from tests.factories import NOON, ActivityFactory, CompletionFactory, EnrolmentFactory
from tests.factories.threads import CROWDS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def certificate_tasks(enrolment):
    return [task for task in DBTaskResult.objects.all() if task.args_kwargs["args"] == [enrolment.pk]]


def test_one_completion_and_one_notice_however_many_say_it():
    for number in CROWDS:
        enrolment = EnrolmentFactory()
        activity = ActivityFactory(module__course=enrolment.course)

        def note(place, enrolment=enrolment, activity=activity):
            at = NOON + timedelta(seconds=place)
            return record_completion(enrolment_id=enrolment.pk, activity_id=activity.pk, at=at).pk

        answers = at_once(number, note)

        completion = Completion.objects.get(enrolment=enrolment)
        assert answers == [completion.pk] * number
        enrolment.refresh_from_db()
        assert enrolment.completed_at == completion.completed_at
        assert len(certificate_tasks(enrolment)) == 1


def test_the_last_two_activities_done_at_once_complete_the_course_once():
    for number in CROWDS:
        enrolment = EnrolmentFactory()
        activities = [ActivityFactory(module__course=enrolment.course) for _each in range(number)]

        def note(place, enrolment=enrolment, activities=activities):
            return record_completion(enrolment_id=enrolment.pk, activity_id=activities[place].pk, at=NOON).activity_id

        assert at_once(number, note) == [activity.pk for activity in activities]
        enrolment.refresh_from_db()
        assert enrolment.completed_at == NOON
        assert len(certificate_tasks(enrolment)) == 1


def test_settling_at_once_completes_the_course_once():
    enrolment = EnrolmentFactory()
    CompletionFactory(enrolment=enrolment, activity=ActivityFactory(module__course=enrolment.course))

    answers = at_once(5, lambda _place: settle_enrolment(enrolment_id=enrolment.pk, at=NOON))

    assert sorted(answers) == [False, False, False, False, True]
    assert len(certificate_tasks(enrolment)) == 1


def test_completing_and_withdrawing_at_once_end_in_one_of_the_two():
    for number in CROWDS:
        enrolment = EnrolmentFactory()
        activity = ActivityFactory(module__course=enrolment.course)

        def act(place, enrolment=enrolment, activity=activity):
            try:
                if place % 2:
                    withdraw(enrolment_id=enrolment.pk, at=NOON)
                else:
                    record_completion(enrolment_id=enrolment.pk, activity_id=activity.pk, at=NOON)
            except (EnrolmentRefused, NotEnrolled):
                return False
            return True

        at_once(number, act)

        enrolment.refresh_from_db()
        completed = Completion.objects.filter(enrolment=enrolment).exists()
        assert (enrolment.completed_at is not None, enrolment.withdrawn_at is None) == (completed, completed)
        assert len(certificate_tasks(enrolment)) == completed
