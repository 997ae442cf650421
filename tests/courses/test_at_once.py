"""The same wish of many requests at the same moment: one enrolment, one edition."""

import pytest

from courses.models import CourseEdition, Enrolment
from courses.services import enrol, release_edition, withdraw
from tests.factories import NOON, CourseFactory, EnrolmentFactory, LearnerFactory
from tests.factories.pages import make_course
from tests.factories.threads import CROWDS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_enrolling_at_once_makes_one_enrolment():
    for number in CROWDS:
        learner, course = LearnerFactory(), CourseFactory()

        def take(_place, learner=learner, course=course):
            return enrol(learner_id=learner.pk, course_id=course.pk, at=NOON).pk

        answers = at_once(number, take)

        assert answers == [Enrolment.objects.get(learner=learner).pk] * number


def test_coming_back_at_once_opens_the_same_enrolment():
    for number in CROWDS:
        enrolment = EnrolmentFactory(withdrawn_at=NOON)

        def take(_place, enrolment=enrolment):
            return enrol(learner_id=enrolment.learner_id, course_id=enrolment.course_id, at=NOON).pk

        assert at_once(number, take) == [enrolment.pk] * number
        assert list(Enrolment.objects.filter(learner=enrolment.learner).open()) == [enrolment]


def test_many_people_enrol_at_once_and_each_has_a_place():
    course = CourseFactory()
    learners = [LearnerFactory() for _each in range(20)]

    def take(place):
        return enrol(learner_id=learners[place].pk, course_id=course.pk, at=NOON).learner_id

    assert at_once(20, take) == [learner.pk for learner in learners]


def test_withdrawing_and_enrolling_at_once_leave_one_row():
    for number in CROWDS:
        enrolment = EnrolmentFactory()

        def change(place, enrolment=enrolment):
            if place % 2:
                return withdraw(enrolment_id=enrolment.pk, at=NOON).pk
            return enrol(learner_id=enrolment.learner_id, course_id=enrolment.course_id, at=NOON).pk

        assert at_once(number, change) == [enrolment.pk] * number
        assert Enrolment.objects.filter(learner=enrolment.learner).count() == 1


def test_releases_at_once_are_numbered_one_after_another():
    course = make_course(release=False, english=False, quiz=False).record

    numbers = at_once(5, lambda _place: release_edition(course_id=course.pk, academic_hours=16, at=NOON).number)

    assert sorted(numbers) == [1, 2, 3, 4, 5]
    course.refresh_from_db()
    assert course.edition == CourseEdition.objects.filter(course=course).count() == 5
