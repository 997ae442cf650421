from datetime import date

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from institutions.models import Membership
from tests.factories import EnrolmentFactory, InstitutionFactory, JoinCodeFactory, MembershipFactory

pytestmark = pytest.mark.django_db


def test_the_database_refuses_a_membership_that_ends_before_it_starts():
    with pytest.raises(IntegrityError, match="membership_days_in_order"):
        MembershipFactory(starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 1))


def test_a_membership_may_last_one_day():
    assert MembershipFactory(starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 2)).pk


def test_the_database_refuses_a_second_open_membership_at_an_institution():
    membership = MembershipFactory()

    with pytest.raises(IntegrityError):
        MembershipFactory(learner=membership.learner, institution=membership.institution)


def test_an_ended_membership_makes_room_for_another():
    ended = MembershipFactory(ends_on=date(2026, 11, 5))

    assert MembershipFactory(learner=ended.learner, institution=ended.institution, starts_on=date(2026, 11, 6)).pk


def test_the_database_refuses_two_institutions_of_a_name_in_a_municipality():
    institution = InstitutionFactory()

    with pytest.raises(IntegrityError):
        InstitutionFactory(name=institution.name, municipality=institution.municipality)


def test_the_database_refuses_two_institutions_of_a_legal_entity_code():
    InstitutionFactory(code="300000001")

    with pytest.raises(IntegrityError):
        InstitutionFactory(code="300000001")


def test_institutions_without_a_legal_entity_code_may_be_many():
    assert InstitutionFactory(code="").pk != InstitutionFactory(code="").pk


def test_the_database_refuses_a_code_used_more_often_than_it_allows():
    with pytest.raises(IntegrityError, match="join_code_not_used_more_than_it_allows"):
        JoinCodeFactory(max_uses=2, uses=3)


def test_the_database_refuses_an_empty_code():
    with pytest.raises(IntegrityError, match="join_code_is_not_empty"):
        JoinCodeFactory(code="")


def test_the_database_refuses_two_institutions_with_one_code():
    JoinCodeFactory(code="PAVYZDYS")

    with pytest.raises(IntegrityError):
        JoinCodeFactory(code="PAVYZDYS")


def test_a_membership_for_which_a_course_is_counted_is_never_deleted():
    membership = MembershipFactory()
    EnrolmentFactory(learner=membership.learner, membership=membership)

    with pytest.raises(ProtectedError):
        membership.delete()


def test_an_institution_with_members_is_never_deleted():
    membership = MembershipFactory()

    with pytest.raises(ProtectedError):
        membership.institution.delete()


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 10, 31), False),
        (date(2026, 11, 1), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
    ],
)
def test_a_membership_holds_from_its_first_day_through_its_last(day, holds):
    MembershipFactory(starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))

    assert Membership.objects.on(day).exists() is holds
