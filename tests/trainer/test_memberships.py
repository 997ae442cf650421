"""The administrator's room: roles are given to one address, codes of institutions are checked, requests are answered."""

from datetime import date

import pytest
from django.urls import reverse

from institutions.models import Institution, InstitutionRequest, Membership, MunicipalityCoordinator
from tests.factories import (
    NOON,
    InstitutionFactory,
    InstitutionRequestFactory,
    LearnerFactory,
    MembershipFactory,
    MunicipalityCoordinatorFactory,
    MunicipalityFactory,
    UserFactory,
)

from .conftest import sentences


def give(client, email, institution, **changes):
    typed = {
        "email": email,
        "institution": institution.pk,
        "role": "coordinator",
        "job_title": "direktorė",
        "starts_on": "2026-11-01",
        "ends_on": "",
    }
    return client.post(reverse("membership:add"), typed | changes)


def errors_of(response):
    return {field: list(errors) for field, errors in response.context["form"].errors.items()}


def test_a_coordinator_is_made_of_an_address_whatever_its_capitals_and_is_confirmed(client, administrator):
    learner, institution = LearnerFactory(), InstitutionFactory()

    give(client, learner.user.email.upper(), institution)

    membership = Membership.objects.get()
    assert (membership.learner, membership.institution, membership.role) == (learner, institution, "coordinator")
    assert (membership.confirmation, membership.confirmed_at is not None) == ("office", True)


def test_who_has_never_learned_anything_may_coordinate(client, administrator):
    user = UserFactory()

    give(client, user.email, InstitutionFactory())

    assert Membership.objects.get().learner.user == user


@pytest.mark.parametrize("active", [None, False])
def test_an_address_without_an_account_is_refused_with_the_way_out_and_nothing_is_lost(client, administrator, active):
    address = "nera@tiltas.test"
    if active is False:
        UserFactory(email=address, is_active=False)

    response = give(client, address, InstitutionFactory())

    (error,) = errors_of(response)["email"]
    assert address in error
    assert f'value="{address}"' in response.content.decode()
    assert 'value="direktorė"' in response.content.decode()
    assert not Membership.objects.exists()


def test_the_same_person_is_not_put_twice_into_an_institution(client, administrator):
    kept = MembershipFactory()

    response = give(client, kept.learner.user.email, kept.institution)

    (error,) = errors_of(response)["__all__"]
    assert "2026-11-01" in error
    assert Membership.objects.get() == kept


@pytest.mark.parametrize("address", ["membership:add", "membership:edit"])
def test_an_end_before_the_start_is_refused_with_words(client, administrator, address):
    kept = MembershipFactory()
    typed = {"role": "member", "starts_on": "2026-11-10", "ends_on": "2026-11-09", "is_confirmed": "on"}
    if address == "membership:add":
        typed |= {"email": LearnerFactory().user.email, "institution": kept.institution.pk}
    args = [kept.pk] if address == "membership:edit" else []

    response = client.post(reverse(address, args=args), typed)

    (error,) = errors_of(response)["__all__"]
    assert error
    assert Membership.objects.get().starts_on == date(2026, 11, 1)


def test_a_member_becomes_coordinator_and_unconfirmed_ones_are_confirmed(client, administrator):
    kept = MembershipFactory(confirmed_at=None)
    typed = {"role": "coordinator", "job_title": "", "starts_on": "2026-11-01", "ends_on": "", "is_confirmed": "on"}

    client.post(reverse("membership:edit", args=[kept.pk]), typed)

    kept.refresh_from_db()
    assert (kept.role, kept.confirmation) == ("coordinator", "office")


def test_a_confirmation_is_taken_back(client, administrator):
    kept = MembershipFactory()

    client.post(reverse("membership:edit", args=[kept.pk]), {"role": "member", "starts_on": "2026-11-01"})

    kept.refresh_from_db()
    assert (kept.confirmed_at, kept.confirmation) == (None, "")


def test_a_refused_membership_goes_on_only_confirmed(client, administrator):
    kept = MembershipFactory(confirmed_at=None, refused_at=NOON, ends_on=date(2026, 11, 21))
    typed = {"role": "member", "starts_on": "2026-11-01", "ends_on": ""}
    address = reverse("membership:edit", args=[kept.pk])

    refused = client.post(address, typed)
    client.post(address, typed | {"is_confirmed": "on"})

    assert list(errors_of(refused)) == ["ends_on"]
    kept.refresh_from_db()
    assert (kept.confirmation, kept.refused_at, kept.ends_on) == ("office", None, None)


def test_a_municipality_coordinator_is_made_of_an_address_and_not_twice(client, administrator):
    learner, municipality = LearnerFactory(), MunicipalityFactory()
    typed = {"email": learner.user.email, "municipality": municipality.pk, "starts_on": "2026-11-01"}
    address = reverse("municipalitycoordinator:add")

    client.post(address, typed)
    again = client.post(address, typed)

    role = MunicipalityCoordinator.objects.get()
    assert (role.learner, role.municipality, role.ends_on) == (learner, municipality, None)
    assert "2026-11-01" in errors_of(again)["__all__"][0]


def test_a_municipality_coordinator_is_ended_with_a_day(client, administrator):
    role = MunicipalityCoordinatorFactory()

    client.post(
        reverse("municipalitycoordinator:edit", args=[role.pk]), {"starts_on": "2026-11-01", "ends_on": "2026-11-20"}
    )

    role.refresh_from_db()
    assert role.ends_on == date(2026, 11, 20)


# Institutions


def add_institution(client, code):
    typed = {
        "name": "Naujas centras",
        "municipality": MunicipalityFactory().pk,
        "kind": "spc",
        "legal_form": "bi",
        "founder": "municipality",
        "code": code,
    }
    return client.post(reverse("institution:add"), typed)


@pytest.mark.parametrize(
    ("typed", "kept", "warned"),
    [("124110246", "124110246", 0), (" 124 110 246 ", "124110246", 0), ("124110247", "124110247", 1), ("", "", 0)],
)
def test_a_failing_check_digit_warns_and_is_kept(client, administrator, typed, kept, warned):
    response = add_institution(client, typed)

    institution = Institution.objects.get()
    assert (institution.code, institution.kind, institution.founder) == (kept, "spc", "municipality")
    assert sum("124110247" in sentence for sentence in sentences(response)) == warned


@pytest.mark.parametrize("code", ["1241102", "12411024", "1241102466", "12411024A", "१२४११०२४६"])
def test_a_code_of_another_shape_is_refused_with_words_and_stays(client, administrator, code):
    response = add_institution(client, code)

    assert list(errors_of(response)) == ["code"]
    assert f'value="{code}"' in response.content.decode()
    assert not Institution.objects.exists()


def test_institutions_are_listed_by_lithuanian_rules_and_filtered(client, administrator):
    plunge, rietavas = MunicipalityFactory(), MunicipalityFactory(code="74", names={"lt": "Rietavo savivaldybė"})
    for name, municipality, kind in (
        ("Žiedas", plunge, "spc"),
        ("Čiobiškis", plunge, "ngo"),
        ("Zarasai", rietavas, "spc"),
    ):
        InstitutionFactory(name=name, municipality=municipality, kind=kind)
    address = reverse("institution:index")

    def listed(**query):
        return [each.name for each in client.get(address, query).context["object_list"]]

    assert listed() == ["Čiobiškis", "Zarasai", "Žiedas"]
    assert listed(municipality=plunge.pk) == ["Čiobiškis", "Žiedas"]
    assert listed(kind="spc") == ["Zarasai", "Žiedas"]
    assert listed(ordering="-sort_key") == ["Žiedas", "Zarasai", "Čiobiškis"]
    assert listed(ordering="municipality__sort_key")[2] == "Zarasai"


# What learners miss


def answer(client, asked, **typed):
    plain = {
        "outcome": "made",
        "name": asked.name,
        "municipality": asked.municipality_id,
        "kind": "spc",
        "institution": "",
        "reply": "",
    }
    return client.post(reverse("institutionrequest:edit", args=[asked.pk]), plain | typed)


def test_a_missing_institution_is_made_from_its_request(client, administrator):
    asked = InstitutionRequestFactory()

    answer(client, asked, name="Pataisytas centras")

    asked.refresh_from_db()
    assert (asked.outcome, asked.institution.name, asked.institution.kind) == ("made", "Pataisytas centras", "spc")
    assert (asked.name, Membership.objects.get().learner) == ("Trūkstamas centras", asked.learner)


def test_it_is_linked_or_declined(client, administrator):
    linked, declined, institution = InstitutionRequestFactory(), InstitutionRequestFactory(), InstitutionFactory()

    answer(client, linked, outcome="linked", institution=institution.pk)
    answer(client, declined, outcome="declined", reply="Registre nėra.")

    assert list(InstitutionRequest.objects.order_by("pk").values_list("outcome", "institution", "reply")) == [
        ("linked", institution.pk, ""),
        ("declined", None, "Registre nėra."),
    ]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": "linked"}, "institution"),
        ({"outcome": "declined"}, "reply"),
        ({"name": "Yra toks"}, "name"),
        ({"name": ""}, "name"),
    ],
)
def test_an_answer_that_lacks_something_says_what(client, administrator, typed, field):
    asked = InstitutionRequestFactory()
    InstitutionFactory(name="Yra toks", municipality=asked.municipality)

    response = answer(client, asked, **typed)

    assert list(errors_of(response)) == [field]
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_an_answered_request_is_shown_and_not_answered_again(client, administrator):
    asked = InstitutionRequestFactory(outcome="declined", answered_at=NOON, reply="Ne.")
    inspect = reverse("institutionrequest:inspect", args=[asked.pk])

    opened = client.get(reverse("institutionrequest:edit", args=[asked.pk]))
    again = answer(client, asked)

    assert (opened.url, again.url) == (inspect, inspect)
    assert "Ne." in client.get(inspect).content.decode()
    assert not Institution.objects.exists()


def test_what_waits_stands_first_in_the_work_list(client, administrator):
    InstitutionRequestFactory(name="Atsakyta", outcome="declined", answered_at=NOON)
    InstitutionRequestFactory(name="Laukia")

    listed = client.get(reverse("institutionrequest:index")).context["object_list"]

    assert [each.name for each in listed] == ["Laukia", "Atsakyta"]
