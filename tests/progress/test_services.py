from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from certificates.models import Certificate, Issuer
from certificates.services import issue_what_is_due
from courses.models import Activity, Enrolment
from progress.models import Completion
from progress.services import (
    NotEnrolled,
    completed_activities,
    is_course_done,
    record_completion,
    settle_enrolment,
    would_complete,
)
from progress.signals import course_completed
from tests.factories import (
    MORNING,
    NOON,
    ActivityFactory,
    CompletionFactory,
    CourseFactory,
    EnrolmentFactory,
    IssuerFactory,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def enrolment():
    return EnrolmentFactory()


@pytest.fixture
def lessons(enrolment):
    return [ActivityFactory(module__course=enrolment.course) for _each in range(2)]


@pytest.fixture
def notices():
    heard = []

    def hear(sender, enrolment_id, **kwargs):
        heard.append(enrolment_id)

    course_completed.connect(hear)
    yield heard
    course_completed.disconnect(hear)


def complete(enrolment, activity, **changes):
    return record_completion(**({"enrolment_id": enrolment.pk, "activity_id": activity.pk, "at": NOON} | changes))


def test_a_completion_says_who_what_and_when(enrolment, lessons):
    completion = complete(enrolment, lessons[0])

    assert (completion.enrolment, completion.activity, completion.completed_at) == (enrolment, lessons[0], NOON)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None


def test_the_last_required_activity_completes_the_course(enrolment, lessons, notices):
    complete(enrolment, lessons[0])
    complete(enrolment, lessons[1], at=LATER)

    enrolment.refresh_from_db()
    assert enrolment.completed_at == LATER
    assert notices == [enrolment.pk]


def test_calling_it_again_changes_nothing(enrolment, lessons, notices):
    for lesson in lessons:
        complete(enrolment, lesson)
    before = list(Completion.objects.values())

    for lesson in lessons:
        complete(enrolment, lesson, at=LATER)

    enrolment.refresh_from_db()
    assert (enrolment.completed_at, notices) == (NOON, [enrolment.pk])
    assert list(Completion.objects.values()) == before


def test_the_first_pass_stays_and_a_better_one_raises_the_score(enrolment, lessons):
    complete(enrolment, lessons[0], score=Decimal("0.7"))

    raised = complete(enrolment, lessons[0], at=LATER, score=Decimal("0.9"))
    kept = complete(enrolment, lessons[0], at=LATER, score=Decimal("0.8"))

    assert (raised.score, raised.completed_at) == (Decimal("0.9"), NOON)
    assert kept.score == Decimal("0.9")
    assert complete(enrolment, lessons[0], score=None).score == Decimal("0.9")


def test_a_voluntary_activity_completes_nothing(enrolment, lessons):
    voluntary = ActivityFactory(module__course=enrolment.course, required_since=None)

    complete(enrolment, lessons[0])
    complete(enrolment, voluntary)

    enrolment.refresh_from_db()
    assert enrolment.is_open


def test_a_course_in_which_nothing_is_required_is_never_done(enrolment):
    voluntary = ActivityFactory(module__course=enrolment.course, required_since=None)

    complete(enrolment, voluntary)

    assert not is_course_done(enrolment)


def test_each_edition_has_its_own_rule():
    course = CourseFactory(edition=2)
    left_out = ActivityFactory(module__course=course, required_since=1, required_until=2)
    common = ActivityFactory(module__course=course)
    added = ActivityFactory(module__course=course, required_since=2)
    first, second = EnrolmentFactory(course=course, edition=1), EnrolmentFactory(course=course, edition=2)

    for activity in (left_out, common):
        complete(first, activity)
        complete(second, activity)

    assert (is_course_done(first), is_course_done(second)) == (True, False)
    complete(second, added)
    assert is_course_done(second)


def test_another_learners_completions_do_not_count(enrolment, lessons):
    other = EnrolmentFactory(course=enrolment.course)
    for lesson in lessons:
        complete(other, lesson)

    assert not is_course_done(enrolment)
    assert completed_activities(enrolment) == set()
    assert completed_activities(other) == {lesson.pk for lesson in lessons}


def test_an_earlier_walk_does_not_count_for_a_retake(enrolment, lessons):
    for lesson in lessons:
        complete(enrolment, lesson)
    retake = EnrolmentFactory(learner=enrolment.learner, course=enrolment.course)

    assert not is_course_done(retake)


def test_nothing_is_noted_for_who_has_withdrawn(lessons, enrolment):
    Enrolment.objects.filter(pk=enrolment.pk).update(withdrawn_at=NOON)

    with pytest.raises(NotEnrolled):
        complete(enrolment, lessons[0])
    assert not Completion.objects.exists()


def test_a_completed_course_can_be_gone_on_with(enrolment, lessons):
    voluntary = ActivityFactory(module__course=enrolment.course, required_since=None)
    for lesson in lessons:
        complete(enrolment, lesson)

    complete(enrolment, voluntary, at=LATER)

    enrolment.refresh_from_db()
    assert enrolment.completed_at == NOON


def test_a_private_course_is_completed_like_any_other():
    enrolment = EnrolmentFactory(course__private=True)
    complete(enrolment, ActivityFactory(module__course=enrolment.course))

    enrolment.refresh_from_db()
    assert (enrolment.completed_at, enrolment.membership) == (NOON, None)


def test_settling_completes_what_is_done_already(enrolment, lessons, notices):
    for lesson in lessons:
        CompletionFactory(enrolment=enrolment, activity=lesson)

    assert settle_enrolment(enrolment_id=enrolment.pk, at=LATER) is True
    assert settle_enrolment(enrolment_id=enrolment.pk, at=LATER) is False
    enrolment.refresh_from_db()
    assert (enrolment.completed_at, notices) == (LATER, [enrolment.pk])


@pytest.mark.parametrize("state", [{}, {"withdrawn_at": NOON}])
def test_settling_leaves_alone_what_is_not_done_or_withdrawn(state):
    enrolment = EnrolmentFactory(**state)
    activity = ActivityFactory(module__course=enrolment.course)
    if state:
        CompletionFactory(enrolment=enrolment, activity=activity)

    assert settle_enrolment(enrolment_id=enrolment.pk, at=NOON) is False
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None


def test_the_preview_of_a_release_names_who_has_done_all(enrolment, lessons):
    done = EnrolmentFactory(course=enrolment.course)
    gone = EnrolmentFactory(course=enrolment.course, withdrawn_at=NOON)
    for lesson in lessons:
        CompletionFactory(enrolment=done, activity=lesson)
        CompletionFactory(enrolment=gone, activity=lesson)
    CompletionFactory(enrolment=enrolment, activity=lessons[0])

    assert would_complete(enrolment.course) == [done]


class TestCrash:
    """A notice is committed or lost with its completion, and a certificate that fails undoes nothing."""

    def test_what_breaks_afterwards_in_the_same_transaction_leaves_nothing(self, enrolment, lessons):
        @transaction.atomic
        def complete_and_break_down():
            for lesson in lessons:
                complete(enrolment, lesson)
            assert DBTaskResult.objects.exists()
            raise ZeroDivisionError

        for _attempt in range(2):
            with pytest.raises(ZeroDivisionError):
                complete_and_break_down()

            enrolment.refresh_from_db()
            assert enrolment.is_open
            assert not Completion.objects.exists()
            assert not DBTaskResult.objects.exists()

        for lesson in lessons:
            complete(enrolment, lesson)
        assert DBTaskResult.objects.count() == 1

    def test_what_breaks_in_a_receiver_leaves_nothing(self, enrolment, lessons):
        def break_down(sender, **kwargs):
            raise ZeroDivisionError

        complete(enrolment, lessons[0])
        course_completed.connect(break_down)
        try:
            with pytest.raises(ZeroDivisionError):
                complete(enrolment, lessons[1])
        finally:
            course_completed.disconnect(break_down)

        enrolment.refresh_from_db()
        assert enrolment.is_open
        assert [completion.activity for completion in Completion.objects.all()] == [lessons[0]]
        assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_without_an_issuer_the_course_is_completed_and_the_certificate_comes_later(run_tasks):
    enrolment = EnrolmentFactory(enrolled_at=MORNING)
    complete(enrolment, ActivityFactory(module__course=enrolment.course))
    assert not Issuer.objects.exists()

    run_tasks()

    enrolment.refresh_from_db()
    assert enrolment.completed_at == NOON
    assert not Certificate.objects.exists()

    IssuerFactory()
    assert issue_what_is_due(at=LATER) == 2  # issued, and drawn
    certificate = Certificate.objects.get()
    assert (certificate.enrolment, certificate.issued_at, bool(certificate.file)) == (enrolment, LATER, True)
    assert issue_what_is_due(at=LATER) == 0


@pytest.mark.django_db(transaction=True)
def test_completing_a_course_issues_and_draws_one_certificate(run_tasks):
    IssuerFactory()
    enrolment = EnrolmentFactory(enrolled_at=MORNING)
    for activity in [ActivityFactory(module__course=enrolment.course) for _each in range(2)]:
        complete(enrolment, activity)

    run_tasks()
    run_tasks()

    certificate = Certificate.objects.get()
    assert certificate.enrolment == enrolment
    assert certificate.file.open("rb").read(5) == b"%PDF-"


def test_a_completion_outlives_the_page_of_its_activity(enrolment, lessons):
    """There is no page here at all, and everything counts."""
    complete(enrolment, lessons[0])

    assert Activity.objects.filter(completions__enrolment=enrolment).get() == lessons[0]
