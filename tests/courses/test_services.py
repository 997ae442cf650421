from datetime import timedelta

import pytest
from django.utils import translation
from wagtail.models import Locale

from courses.models import Cohort, CourseEdition, Enrolment
from courses.services import (
    CannotComeBack,
    EnrolmentRefused,
    NothingRequired,
    NotReleased,
    choose_membership,
    enrol,
    release_edition,
    share_private_enrolment,
    wished_required,
    withdraw,
)
from tests.factories import (
    NOON,
    CompletionFactory,
    CourseFactory,
    EnrolmentFactory,
    LearnerFactory,
    MembershipFactory,
)
from tests.factories.pages import make_course, publish

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def take(learner, course, **changes):
    return enrol(**({"learner_id": learner.pk, "course_id": course.pk, "at": NOON} | changes))


def test_enrolling_takes_the_present_edition():
    learner, course = LearnerFactory(), CourseFactory(edition=3)

    enrolment = take(learner, course)

    assert (enrolment.learner, enrolment.course, enrolment.edition, enrolment.enrolled_at) == (learner, course, 3, NOON)
    assert enrolment.is_open
    assert not enrolment.trial


def test_enrolling_again_returns_the_same_row_unchanged():
    learner, course = LearnerFactory(), CourseFactory()
    first = take(learner, course)

    assert take(learner, course, at=LATER) == first
    first.refresh_from_db()
    assert first.enrolled_at == NOON


def test_a_course_without_a_released_edition_is_not_open_yet():
    course = CourseFactory(edition=0)

    with pytest.raises(NotReleased, match="still being prepared"):
        take(LearnerFactory(), course)
    assert not Enrolment.objects.exists()


def test_who_withdrew_goes_on_where_they_stopped_in_their_own_edition():
    completion = CompletionFactory(enrolment__withdrawn_at=NOON)
    enrolment = completion.enrolment
    enrolment.course.edition = 2
    enrolment.course.save()

    again = take(enrolment.learner, enrolment.course, at=LATER)

    assert again == enrolment
    assert (again.edition, again.withdrawn_at, again.enrolled_at) == (1, None, enrolment.enrolled_at)
    assert list(again.completions.all()) == [completion]


def test_who_comes_back_is_counted_for_the_institution_chosen_now():
    withdrawn = EnrolmentFactory(withdrawn_at=NOON, membership=MembershipFactory())
    learner, course, before = withdrawn.learner, withdrawn.course, withdrawn.membership
    now = MembershipFactory(learner=learner)

    def came_back(**chosen):
        again = take(learner, course, at=LATER, **chosen)
        withdraw(enrolment_id=again.pk, at=LATER)
        return again.membership

    assert came_back() == before  # nothing was asked
    assert came_back(membership_id=now.pk) == now
    assert came_back(membership_id=None) is None
    with pytest.raises(EnrolmentRefused):
        take(learner, course, membership_id=MembershipFactory().pk)


def test_taking_a_completed_course_again_is_a_new_row_in_the_present_edition():
    done = EnrolmentFactory(completed_at=NOON)
    done.course.edition = 2
    done.course.save()

    retake = take(done.learner, done.course, at=LATER)

    assert (retake != done, retake.edition) == (True, 2)
    done.refresh_from_db()
    assert done.completed_at == NOON


def test_a_withdrawn_retake_is_the_one_that_opens_again():
    done = EnrolmentFactory(completed_at=NOON)
    retake = take(done.learner, done.course, at=LATER)
    withdraw(enrolment_id=retake.pk, at=LATER)

    assert take(done.learner, done.course, at=LATER) == retake


def test_a_withdrawn_trial_never_becomes_somebodys_real_enrolment():
    trial = EnrolmentFactory(trial=True, withdrawn_at=NOON)

    enrolment = take(trial.learner, trial.course)

    assert enrolment != trial
    assert not enrolment.trial


def test_the_chosen_institution_and_cohort_stand_on_the_enrolment():
    membership, course = MembershipFactory(), CourseFactory()
    cohort = Cohort.objects.create(course=course, name="Ruduo", starts_on=NOON.date())

    enrolment = take(membership.learner, course, membership_id=membership.pk, cohort_id=cohort.pk)

    assert (enrolment.membership, enrolment.cohort) == (membership, cohort)


@pytest.mark.parametrize("whose", ["somebody else's", "ended"])
def test_an_institution_that_is_not_ones_own_any_more_is_refused(whose):
    learner = LearnerFactory()
    membership = MembershipFactory(learner=learner, ends_on=NOON.date()) if whose == "ended" else MembershipFactory()

    with pytest.raises(EnrolmentRefused, match="not among yours"):
        take(learner, CourseFactory(), membership_id=membership.pk)
    assert not Enrolment.objects.exists()


def test_withdrawing_keeps_what_was_done():
    completion = CompletionFactory()

    withdrawn = withdraw(enrolment_id=completion.enrolment_id, at=NOON)

    assert withdrawn.withdrawn_at == NOON
    assert list(withdrawn.completions.all()) == [completion]


def test_withdrawing_twice_keeps_the_first_moment():
    enrolment = EnrolmentFactory()
    withdraw(enrolment_id=enrolment.pk, at=NOON)

    assert withdraw(enrolment_id=enrolment.pk, at=LATER).withdrawn_at == NOON


def test_a_completed_course_stays_on_the_record():
    enrolment = EnrolmentFactory(completed_at=NOON)

    with pytest.raises(EnrolmentRefused, match="stays on your record"):
        withdraw(enrolment_id=enrolment.pk, at=LATER)
    enrolment.refresh_from_db()
    assert enrolment.withdrawn_at is None


def test_the_institution_can_be_changed_until_the_course_is_completed():
    membership = MembershipFactory()
    enrolment = EnrolmentFactory(learner=membership.learner)

    assert choose_membership(enrolment_id=enrolment.pk, membership_id=membership.pk).membership == membership
    assert choose_membership(enrolment_id=enrolment.pk, membership_id=None).membership is None


def test_the_institution_of_a_completed_course_stays_as_it_was():
    membership = MembershipFactory()
    enrolment = EnrolmentFactory(learner=membership.learner, completed_at=NOON)

    with pytest.raises(EnrolmentRefused, match="as it was that day"):
        choose_membership(enrolment_id=enrolment.pk, membership_id=membership.pk)


def test_somebody_elses_institution_cannot_be_chosen():
    enrolment = EnrolmentFactory()

    with pytest.raises(EnrolmentRefused, match="not among yours"):
        choose_membership(enrolment_id=enrolment.pk, membership_id=MembershipFactory().pk)


class TestPrivateCourse:
    """What nobody but the learner is to see, until the learner shares it."""

    @pytest.fixture
    def membership(self):
        return MembershipFactory()

    @pytest.fixture
    def enrolment(self, membership):
        course = CourseFactory(private=True)
        return take(membership.learner, course, membership_id=membership.pk)

    def test_the_enrolment_has_no_institution_even_if_one_was_chosen(self, enrolment):
        assert (enrolment.private, enrolment.membership, enrolment.shared_at) == (True, None, None)

    def test_an_institution_is_never_attributed_in_passing(self, enrolment, membership):
        with pytest.raises(EnrolmentRefused, match="private"):
            choose_membership(enrolment_id=enrolment.pk, membership_id=membership.pk)

    def test_sharing_names_one_institution_and_the_moment(self, enrolment, membership):
        shared = share_private_enrolment(enrolment_id=enrolment.pk, membership_id=membership.pk, at=NOON)

        assert (shared.membership, shared.shared_at) == (membership, NOON)

    def test_taking_it_back_leaves_nothing(self, enrolment, membership):
        share_private_enrolment(enrolment_id=enrolment.pk, membership_id=membership.pk, at=NOON)

        taken_back = share_private_enrolment(enrolment_id=enrolment.pk, membership_id=None, at=LATER)

        assert (taken_back.membership, taken_back.shared_at) == (None, None)

    def test_a_completed_course_can_be_shared_and_taken_back(self, enrolment, membership):
        Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=LATER)

        share_private_enrolment(enrolment_id=enrolment.pk, membership_id=membership.pk, at=LATER)
        share_private_enrolment(enrolment_id=enrolment.pk, membership_id=None, at=LATER)

        enrolment.refresh_from_db()
        assert (enrolment.completed_at, enrolment.membership) == (LATER, None)

    def test_it_cannot_be_shared_with_an_institution_that_is_not_ones_own(self, enrolment):
        with pytest.raises(EnrolmentRefused, match="not among yours"):
            share_private_enrolment(enrolment_id=enrolment.pk, membership_id=MembershipFactory().pk, at=NOON)

    def test_a_course_that_is_not_private_is_not_shared(self, membership):
        with pytest.raises(EnrolmentRefused, match="not private"):
            share_private_enrolment(
                enrolment_id=EnrolmentFactory(learner=membership.learner).pk, membership_id=membership.pk, at=NOON
            )


class TestRelease:
    @pytest.fixture
    def made(self):
        return make_course(lessons=3, quiz=False, release=False, english=False)

    def release(self, made, hours=16):
        return release_edition(course_id=made.record.pk, academic_hours=hours, at=NOON)

    def required(self, made, edition):
        from courses.models import Activity

        return set(
            Activity.objects.filter(module__course=made.record).required_in(edition).values_list("key", flat=True)
        )

    def keys(self, *pages):
        return {page.translation_key for page in pages}

    def leave_out(self, page):
        page.required = False
        publish(page)

    def take_in(self, page):
        page.required = True
        publish(page)

    def test_what_is_published_and_marked_is_required_from_the_first_edition_on(self, made):
        self.leave_out(made.lessons[2])
        made.lessons[1].unpublish()

        edition = self.release(made, hours=8)

        assert (edition.number, edition.academic_hours, edition.released_at) == (1, 8, NOON)
        assert made.record.edition == 1
        assert self.required(made, 1) == self.keys(made.lessons[0])

    def test_marking_and_publishing_alone_require_nothing(self, made):
        assert self.required(made, 1) == set()
        assert self.required(made, 99) == set()

    def test_a_later_edition_leaves_the_earlier_one_as_it_was(self, made):
        self.leave_out(made.lessons[2])
        self.release(made, hours=8)
        self.leave_out(made.lessons[0])
        self.take_in(made.lessons[2])

        self.release(made, hours=16)

        assert self.required(made, 1) == self.keys(made.lessons[0], made.lessons[1])
        assert self.required(made, 2) == self.keys(made.lessons[1], made.lessons[2])
        assert list(CourseEdition.objects.values_list("number", "academic_hours")) == [(1, 8), (2, 16)]

    def test_learners_keep_the_edition_that_they_began_with(self, made):
        self.release(made)
        enrolment = EnrolmentFactory(course=made.record)

        self.release(made)

        enrolment.refresh_from_db()
        assert enrolment.edition == 1

    @pytest.mark.parametrize("how", ["unmarked", "unpublished"])
    def test_an_edition_in_which_nothing_is_required_is_refused(self, made, how):
        for lesson in made.lessons:
            self.leave_out(lesson) if how == "unmarked" else lesson.unpublish()

        with pytest.raises(NothingRequired, match="Mark and publish at least one"):
            self.release(made)
        assert made.record.edition == 0
        assert not CourseEdition.objects.exists()

    def test_what_was_left_out_comes_back_where_nobody_enrolled_meanwhile(self, made):
        self.release(made)
        before = EnrolmentFactory(course=made.record, edition=1)
        self.leave_out(made.lessons[0])
        self.release(made)
        self.take_in(made.lessons[0])

        self.release(made)

        assert self.required(made, before.edition) == self.required(made, 3) == self.keys(*made.lessons)

    @pytest.mark.parametrize("since", [{}, {"completed_at": NOON}, {"withdrawn_at": NOON}])
    def test_what_was_left_out_cannot_come_back_where_somebody_enrolled_meanwhile(self, made, since):
        self.release(made)
        self.leave_out(made.lessons[0])
        self.release(made)
        EnrolmentFactory(course=made.record, edition=2, **since)
        self.take_in(made.lessons[0])

        with pytest.raises(CannotComeBack, match="Copy the page"):
            self.release(made)
        assert made.record.edition == 2
        assert self.required(made, 2) == self.keys(*made.lessons[1:])

    @pytest.mark.parametrize("required", [True, False])
    def test_the_switch_of_an_english_page_decides_nothing(self, required):
        made = make_course(lessons=2, quiz=False, release=False)
        made.lessons[0].required = not required
        publish(made.lessons[0])
        english = made.lessons[0].get_translation(Locale.objects.get(language_code="en"))
        english.required = required
        publish(english)

        self.release(made)

        assert (made.lessons[0].translation_key in self.required(made, 1)) is not required

    def test_another_course_wishes_nothing_here(self, made):
        other = make_course(code="K2", lessons=1, quiz=False, release=False, english=False)

        assert wished_required(made.record) == self.keys(*made.lessons)
        assert wished_required(other.record) == self.keys(*other.lessons)
