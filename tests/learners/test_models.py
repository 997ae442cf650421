import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from learners.models import Learner
from tests.factories import NOON, EnrolmentFactory, LearnerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kept", [{"given_names": "Ona"}, {"surname": "Petraitė"}])
def test_the_database_refuses_an_erased_learner_with_a_name(kept):
    blank = {"given_names": "", "surname": "", "user": None} | kept

    with pytest.raises(IntegrityError, match="an_erased_learner_has_no_name"):
        LearnerFactory(erased_at=NOON, **blank)


def test_the_database_refuses_an_erased_learner_with_an_account():
    with pytest.raises(IntegrityError, match="an_erased_learner_has_no_name"):
        LearnerFactory(erased_at=NOON, given_names="", surname="")


def test_the_database_refuses_a_second_learner_of_a_user():
    learner = LearnerFactory()

    with pytest.raises(IntegrityError):
        Learner.objects.create(user=learner.user)


def test_a_learner_with_facts_is_never_deleted():
    enrolment = EnrolmentFactory()

    with pytest.raises(ProtectedError):
        enrolment.learner.delete()


def test_deleting_the_account_keeps_the_learner():
    learner = LearnerFactory()

    learner.user.delete()

    learner.refresh_from_db()
    assert learner.user is None


@pytest.mark.parametrize("name", ["Ona", "Živilė Ąžuolienė", "O'Neill", "Jean-Luc", "D’Arc", "Ona M.", "Їжак", "李"])
def test_a_name_may_be_written_in_any_script(name):
    Learner._meta.get_field("surname").run_validators(name)


@pytest.mark.parametrize("name", ["=1+1", "<b>Ona</b>", "Ona 2", "-Ona", "Ona--", "@ona", "Ona\n=1"])
def test_a_name_holds_nothing_but_a_name(name):
    with pytest.raises(ValidationError):
        Learner._meta.get_field("surname").run_validators(name)


def test_a_learner_without_a_name_is_told_apart_from_an_erased_one():
    assert str(LearnerFactory(given_names="", surname="")) != str(
        LearnerFactory(given_names="", surname="", user=None, erased_at=NOON)
    )
