import pytest
from django.contrib.auth import get_user_model

from learners.models import Learner
from learners.services import erase_learner, learner_of, name_learner
from tests.factories import (
    NOON,
    CompletionFactory,
    EnrolmentFactory,
    IssuerFactory,
    LearnerFactory,
    MembershipFactory,
    UserFactory,
)
from tests.factories.threads import CROWDS, at_once

pytestmark = pytest.mark.django_db


def test_a_user_becomes_a_learner_at_the_first_need():
    user = UserFactory()

    learner = learner_of(user)

    assert learner.user == user
    assert learner.full_name == ""
    assert not learner.is_named


def test_asking_again_gives_the_same_learner():
    user = UserFactory()

    assert learner_of(user) == learner_of(user)
    assert Learner.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_first_requests_at_once_make_one_learner():
    for number in CROWDS:
        user = UserFactory()

        learners = at_once(number, lambda _place, user=user: learner_of(user).pk)

        assert learners == [Learner.objects.get(user=user).pk] * number


def test_the_name_is_kept_without_the_spaces_around_it():
    learner = LearnerFactory(given_names="", surname="")

    name_learner(learner_id=learner.pk, given_names=" Ona Marija ", surname=" Žemaitė ", language="en")

    learner.refresh_from_db()
    assert (learner.full_name, learner.language) == ("Ona Marija Žemaitė", "en")


def test_erasing_deletes_the_account_and_blanks_the_person():
    learner = LearnerFactory()
    user = learner.user

    erase_learner(learner_id=learner.pk, at=NOON)

    learner.refresh_from_db()
    assert (learner.user, learner.given_names, learner.surname, learner.erased_at) == (None, "", "", NOON)
    assert not get_user_model().objects.filter(pk=user.pk).exists()


def test_erasing_keeps_what_was_learned():
    completion = CompletionFactory()
    learner = completion.enrolment.learner
    membership = MembershipFactory(learner=learner)

    erase_learner(learner_id=learner.pk, at=NOON)

    completion.refresh_from_db()
    membership.refresh_from_db()
    assert completion.enrolment.learner == membership.learner == learner


def test_erasing_keeps_the_register_of_certificates():
    from certificates.services import issue_certificate

    IssuerFactory()
    enrolment = EnrolmentFactory(completed_at=NOON)
    certificate = issue_certificate(enrolment_id=enrolment.pk, at=NOON)
    snapshot = certificate.snapshot

    erase_learner(learner_id=enrolment.learner_id, at=NOON)

    certificate.refresh_from_db()
    assert certificate.snapshot == snapshot


def test_erasing_leaves_other_people_alone():
    learner, other = LearnerFactory(), LearnerFactory()

    erase_learner(learner_id=learner.pk, at=NOON)

    other.refresh_from_db()
    assert other.is_named
    assert get_user_model().objects.filter(pk=other.user_id).exists()


def test_erasing_twice_changes_nothing():
    learner = LearnerFactory()
    erase_learner(learner_id=learner.pk, at=NOON)

    erase_learner(learner_id=learner.pk, at=NOON.replace(year=2027))

    learner.refresh_from_db()
    assert learner.erased_at == NOON


def test_an_erased_learner_is_never_named_again():
    learner = LearnerFactory()
    erase_learner(learner_id=learner.pk, at=NOON)

    name_learner(learner_id=learner.pk, given_names="Ona", surname="Petraitė", language="lt")

    learner.refresh_from_db()
    assert learner.full_name == ""
