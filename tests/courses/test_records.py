"""What the database itself refuses, whoever writes."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.db.models import ProtectedError

from courses.models import Activity, Cohort, CourseEdition, Enrolment
from tests.factories import (
    MORNING,
    NOON,
    ActivityFactory,
    CompletionFactory,
    CourseFactory,
    EnrolmentFactory,
    LearnerFactory,
    MembershipFactory,
    ModuleFactory,
)

pytestmark = pytest.mark.django_db


def test_the_database_refuses_a_second_open_enrolment_in_a_course():
    enrolment = EnrolmentFactory()

    with pytest.raises(IntegrityError):
        EnrolmentFactory(learner=enrolment.learner, course=enrolment.course)


@pytest.mark.parametrize("over", [{"completed_at": NOON}, {"withdrawn_at": NOON}])
def test_an_enrolment_that_is_over_makes_room_for_another(over):
    enrolment = EnrolmentFactory(**over)

    assert EnrolmentFactory(learner=enrolment.learner, course=enrolment.course).is_open


def test_other_courses_and_other_learners_are_no_hindrance():
    enrolment = EnrolmentFactory()

    assert EnrolmentFactory(learner=enrolment.learner).is_open
    assert EnrolmentFactory(course=enrolment.course).is_open


def test_the_database_refuses_to_withdraw_a_completed_enrolment():
    enrolment = EnrolmentFactory(completed_at=NOON)

    with pytest.raises(IntegrityError, match="a_completed_enrolment_is_never_withdrawn"):
        Enrolment.objects.filter(pk=enrolment.pk).update(withdrawn_at=NOON)


def test_the_database_refuses_a_completion_before_the_enrolment():
    with pytest.raises(IntegrityError, match="enrolment_moments_in_order"):
        EnrolmentFactory(enrolled_at=NOON, completed_at=NOON - timedelta(seconds=1))


def test_the_database_refuses_an_enrolment_in_no_edition():
    with pytest.raises(IntegrityError, match="an_enrolment_has_a_released_edition"):
        EnrolmentFactory(edition=0)


def test_the_database_refuses_an_institution_for_a_private_enrolment_that_is_not_shared():
    learner = LearnerFactory()

    with pytest.raises(IntegrityError, match="a_private_enrolment_has_an_institution_only_while_shared"):
        EnrolmentFactory(learner=learner, private=True, membership=MembershipFactory(learner=learner))


def test_the_database_refuses_a_private_enrolment_that_is_shared_with_nobody():
    with pytest.raises(IntegrityError, match="a_private_enrolment_has_an_institution_only_while_shared"):
        EnrolmentFactory(private=True, shared_at=NOON)


def test_the_database_refuses_to_share_what_is_not_private():
    with pytest.raises(IntegrityError, match="only_a_private_enrolment_is_shared"):
        EnrolmentFactory(private=False, shared_at=NOON, membership=MembershipFactory())


@pytest.mark.parametrize("editions", [(2, 2), (2, 1)])
def test_the_database_refuses_editions_of_an_activity_out_of_order(editions):
    since, until = editions

    with pytest.raises(IntegrityError, match="activity_editions_in_order"):
        ActivityFactory(required_since=since, required_until=until)


def test_the_database_refuses_an_activity_required_before_the_first_edition():
    with pytest.raises(IntegrityError, match="activity_required_since_an_edition"):
        ActivityFactory(required_since=0)


def test_the_database_refuses_two_activities_of_one_page():
    activity = ActivityFactory()

    with pytest.raises(IntegrityError):
        ActivityFactory(key=activity.key)


def test_the_database_refuses_two_modules_of_one_page():
    module = ModuleFactory()

    with pytest.raises(IntegrityError):
        ModuleFactory(key=module.key)


@pytest.mark.parametrize("shared", ["code", "key"])
def test_the_database_refuses_two_courses_with_one_code_or_page(shared):
    course = CourseFactory()

    with pytest.raises(IntegrityError):
        CourseFactory(**{shared: getattr(course, shared)})


def test_the_database_refuses_two_editions_of_a_number():
    course = CourseFactory()

    with pytest.raises(IntegrityError):
        CourseEdition.objects.create(course=course, number=1, academic_hours=1, released_at=NOON)


def test_the_database_refuses_an_edition_without_number():
    with pytest.raises(IntegrityError, match="editions_count_from_one"):
        CourseEdition.objects.create(course=CourseFactory(), number=0, academic_hours=1, released_at=NOON)


def test_the_database_refuses_a_cohort_that_ends_before_it_starts():
    with pytest.raises(IntegrityError, match="cohort_days_in_order"):
        Cohort.objects.create(
            course=CourseFactory(), name="Ruduo", starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 1)
        )


def test_the_database_refuses_two_cohorts_of_a_name_in_a_course():
    cohort = Cohort.objects.create(course=CourseFactory(), name="Ruduo", starts_on=date(2026, 11, 2))

    with pytest.raises(IntegrityError):
        Cohort.objects.create(course=cohort.course, name="Ruduo", starts_on=date(2026, 11, 2))


def test_what_learners_did_holds_the_records_in_place():
    completion = CompletionFactory(enrolment=EnrolmentFactory())
    for held in (completion.activity, completion.activity.module, completion.enrolment, completion.enrolment.course):
        with pytest.raises(ProtectedError):
            held.delete()


@pytest.mark.parametrize(
    ("since", "until", "required_in"),
    [
        (None, None, []),
        (1, None, [1, 2, 3]),
        (2, None, [2, 3]),
        (1, 2, [1]),
        (1, 3, [1, 2]),
        (2, 3, [2]),
        (3, None, [3]),
    ],
)
def test_an_activity_is_required_from_an_edition_up_to_another(since, until, required_in):
    ActivityFactory(required_since=since, required_until=until)

    assert [edition for edition in (1, 2, 3) if Activity.objects.required_in(edition).exists()] == required_in


def test_activities_stand_in_the_order_of_modules_then_of_their_own():
    course = CourseFactory()
    second, first = ModuleFactory(course=course, position=9), ModuleFactory(course=course, position=2)
    last = ActivityFactory(module=second, position=10)
    middle = ActivityFactory(module=first, position=4)
    start = ActivityFactory(module=first, position=3)

    assert list(Activity.objects.in_order()) == [start, middle, last]


def test_a_person_finds_the_own_enrolments_alone():
    own, other = EnrolmentFactory(), EnrolmentFactory()

    assert list(Enrolment.objects.for_user(own.learner.user)) == [own]
    assert list(Enrolment.objects.for_user(AnonymousUser())) == []
    assert own.course != other.course


def test_open_completed_and_counted_are_what_they_say():
    going = EnrolmentFactory(enrolled_at=MORNING)
    done = EnrolmentFactory(completed_at=NOON)
    left = EnrolmentFactory(withdrawn_at=NOON)
    trial = EnrolmentFactory(trial=True)

    assert set(Enrolment.objects.open()) == {going, trial}
    assert set(Enrolment.objects.completed()) == {done}
    assert set(Enrolment.objects.counted()) == {going, done, left}


def test_a_title_is_shown_in_the_readers_language_else_in_the_source_language():
    from django.utils import translation

    course = CourseFactory(titles={"lt": "Kokybė", "en": "Quality"})
    lithuanian_only = CourseFactory(titles={"lt": "Vadyba"})

    with translation.override("en"):
        assert (str(course), str(lithuanian_only)) == ("Quality", "Vadyba")
    with translation.override("lt"):
        assert str(course) == "Kokybė"
