from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from institutions.models import Institution, Membership, Municipality
from tests.factories import (
    MORNING,
    EnrolmentFactory,
    InstitutionFactory,
    InstitutionRequestFactory,
    JoinCodeFactory,
    MembershipFactory,
    MunicipalityCoordinatorFactory,
    MunicipalityFactory,
)

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
    InstitutionFactory(code="124110246")

    with pytest.raises(IntegrityError):
        InstitutionFactory(code="124110246")


@pytest.mark.parametrize("code", ["12411024", "1"])
def test_the_database_refuses_a_legal_entity_code_of_another_length(code):
    with pytest.raises(IntegrityError, match="a_legal_entity_code_has_nine_digits"):
        InstitutionFactory(code=code)


@pytest.mark.parametrize(
    "how",
    [
        {"confirmed_at": MORNING, "confirmation": ""},
        {"confirmed_at": None, "confirmation": "code"},
    ],
)
def test_the_database_refuses_a_confirmation_without_its_way_or_its_moment(how):
    with pytest.raises(IntegrityError, match="a_confirmed_membership_says_how"):
        MembershipFactory(**how)


@pytest.mark.parametrize(
    "state",
    [
        {"confirmed_at": MORNING, "ends_on": date(2026, 11, 5)},
        {"confirmed_at": None, "ends_on": None},
    ],
)
def test_the_database_refuses_a_refused_membership_that_goes_on_or_is_confirmed(state):
    with pytest.raises(IntegrityError, match="a_refused_membership_is_over_and_unconfirmed"):
        MembershipFactory(refused_at=MORNING, **state)


def test_the_database_refuses_a_municipality_coordinator_whose_days_are_out_of_order():
    with pytest.raises(IntegrityError, match="municipality_coordinator_days_in_order"):
        MunicipalityCoordinatorFactory(starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 1))


def test_the_database_refuses_the_same_open_role_twice():
    role = MunicipalityCoordinatorFactory()

    with pytest.raises(IntegrityError):
        MunicipalityCoordinatorFactory(learner=role.learner, municipality=role.municipality)


@pytest.mark.parametrize(
    "state",
    [
        {"outcome": "declined"},
        {"answered_at": MORNING},
        {"answered_at": MORNING, "outcome": "made"},
        {"answered_at": MORNING, "outcome": "unknown"},
    ],
)
def test_the_database_refuses_an_answer_that_does_not_say_what_came_of_it(state):
    with pytest.raises(IntegrityError, match="an_answered_request_says_what_came_of_it"):
        InstitutionRequestFactory(**state)


def test_the_database_refuses_the_same_waiting_request_twice():
    asked = InstitutionRequestFactory()

    with pytest.raises(IntegrityError):
        InstitutionRequestFactory(learner=asked.learner, name=asked.name)


DAYS = {"starts_on": date(2026, 11, 10), "ends_on": date(2026, 11, 20)}


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (date(2026, 11, 1), date(2026, 11, 9), False),
        (date(2026, 11, 1), date(2026, 11, 10), True),
        (date(2026, 11, 20), None, True),
        (date(2026, 11, 21), None, False),
        (date(2026, 11, 1), None, True),
    ],
)
def test_the_same_person_is_never_twice_at_an_institution_on_one_day(first, last, refused):
    kept = MembershipFactory(**DAYS)
    second = Membership(learner=kept.learner, institution=kept.institution, starts_on=first, ends_on=last)

    if refused:
        with pytest.raises(ValidationError, match="2026-11-10"):
            second.clean()
    else:
        second.clean()


NAMES = [
    "Žemaitijos centras",
    "Švenčionių centras",
    "Zarasų centras",
    "Čiobiškio namai",
    "Cirkliškio namai",
    "Ąžuolo namai",
]


def test_the_database_lists_institutions_and_municipalities_by_lithuanian_rules():
    for number, name in enumerate(NAMES):
        municipality = MunicipalityFactory(code=str(number), names={"lt": name})
        InstitutionFactory(name=name, municipality=municipality)
    expected = [
        *("Ąžuolo namai", "Cirkliškio namai", "Čiobiškio namai"),
        *("Švenčionių centras", "Zarasų centras", "Žemaitijos centras"),
    ]

    assert [each.name for each in Institution.objects.all()] == expected
    assert [each.name for each in Municipality.objects.all()] == expected


def test_a_new_name_finds_its_new_place():
    first, second = InstitutionFactory(name="Aušra"), InstitutionFactory(name="Banga")
    first.name = "Čiobreliai"
    first.save(update_fields=["name"])

    assert list(Institution.objects.all()) == [second, first]


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
