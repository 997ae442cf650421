from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from institutions.permissions import coordinated_institutions, visible_institutions
from tests.factories import (
    InstitutionFactory,
    LearnerFactory,
    MembershipFactory,
    MunicipalityCoordinatorFactory,
    MunicipalityFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def test_a_coordinator_sees_the_own_institution_and_no_other():
    own = MembershipFactory(role="coordinator")
    MembershipFactory(role="coordinator")  # somebody else's

    assert list(coordinated_institutions(own.learner.user, TODAY)) == [own.institution]


def test_a_member_coordinates_nothing():
    membership = MembershipFactory()
    MembershipFactory(role="coordinator", institution=membership.institution)

    assert list(coordinated_institutions(membership.learner.user, TODAY)) == []


@pytest.mark.parametrize(
    ("days", "sees"),
    [
        ({"starts_on": date(2026, 11, 21)}, True),
        ({"starts_on": date(2026, 11, 22)}, False),
        ({"starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 21)}, True),
        ({"starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 20)}, False),
    ],
)
def test_a_coordinator_is_one_only_on_the_days_of_the_role(days, sees):
    membership = MembershipFactory(role="coordinator", **days)

    assert coordinated_institutions(membership.learner.user, TODAY).exists() is sees


def test_a_past_coordinator_who_is_still_a_member_sees_nothing():
    past = MembershipFactory(role="coordinator", ends_on=date(2026, 11, 10))
    MembershipFactory(learner=past.learner, institution=past.institution, starts_on=date(2026, 11, 11))

    assert not coordinated_institutions(past.learner.user, TODAY).exists()


def test_who_is_nobody_sees_nothing():
    MembershipFactory(role="coordinator")

    assert not coordinated_institutions(AnonymousUser(), TODAY).exists()
    assert not coordinated_institutions(LearnerFactory().user, TODAY).exists()


@pytest.mark.parametrize(
    ("days", "sees"),
    [
        ({}, True),
        ({"starts_on": date(2026, 11, 22)}, False),
        ({"ends_on": date(2026, 11, 21)}, True),
        ({"ends_on": date(2026, 11, 20)}, False),
    ],
)
def test_a_municipality_coordinator_sees_its_institutions_on_the_days_of_the_role_and_manages_none(days, sees):
    role = MunicipalityCoordinatorFactory(**days)
    inside = InstitutionFactory(municipality=role.municipality)
    InstitutionFactory(municipality=MunicipalityFactory(code="74"))

    assert list(visible_institutions(role.learner.user, TODAY)) == ([inside] if sees else [])
    assert not coordinated_institutions(role.learner.user, TODAY).exists()


def test_what_one_coordinates_is_visible_too_and_once():
    own = MembershipFactory(role="coordinator")
    MunicipalityCoordinatorFactory(learner=own.learner, municipality=own.institution.municipality)

    assert list(visible_institutions(own.learner.user, TODAY)) == [own.institution]
    assert not visible_institutions(AnonymousUser(), TODAY).exists()
