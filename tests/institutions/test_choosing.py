"""Without a code: chosen from the list, answered by the coordinator; missed, and answered by an administrator."""

from datetime import date, timedelta

import pytest

from institutions.models import Institution, InstitutionRequest, Membership
from institutions.services import (
    AlreadyAnswered,
    ExpiredCode,
    RefusedBefore,
    choose_institution,
    confirm_membership,
    decline_request,
    end_join_code,
    end_membership,
    join_by_code,
    link_requested_institution,
    make_join_code,
    make_requested_institution,
    refuse_membership,
    request_institution,
)
from tests.factories import (
    MORNING,
    NOON,
    InstitutionFactory,
    InstitutionRequestFactory,
    JoinCodeFactory,
    LearnerFactory,
    MembershipFactory,
    MunicipalityFactory,
)
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def choose(learner, institution, **changes):
    return choose_institution(**({"learner_id": learner.pk, "institution_id": institution.pk, "on": TODAY} | changes))


def state(membership):
    membership.refresh_from_db()
    return membership.confirmation, membership.confirmed_at, membership.refused_at, membership.ends_on


def test_who_chooses_an_institution_is_an_unconfirmed_member_from_that_day():
    learner, institution = LearnerFactory(), InstitutionFactory()

    membership = choose(learner, institution, job_title="slaugytoja")

    assert (membership.institution, membership.starts_on, membership.job_title) == (institution, TODAY, "slaugytoja")
    assert state(membership) == ("", None, None, None)
    assert list(Membership.objects.waiting()) == [membership]


def test_choosing_again_changes_nothing():
    membership = MembershipFactory(job_title="slaugytoja")

    assert choose(membership.learner, membership.institution, job_title="kita") == membership
    membership.refresh_from_db()
    assert (membership.job_title, membership.confirmation) == ("slaugytoja", "code")


@pytest.mark.django_db(transaction=True)
def test_choosing_at_once_makes_one_membership():
    learner, institution = LearnerFactory(), InstitutionFactory()

    found = at_once(5, lambda _place: choose(learner, institution).pk)

    assert found == [Membership.objects.get().pk] * 5


def test_the_coordinator_confirms_once():
    membership = MembershipFactory(confirmed_at=None)

    confirm_membership(membership_id=membership.pk, at=NOON)
    confirm_membership(membership_id=membership.pk, at=NOON + timedelta(days=1))

    assert state(membership) == ("coordinator", NOON, None, None)


def test_a_code_stays_the_way_of_its_confirmation():
    membership = MembershipFactory()

    confirm_membership(membership_id=membership.pk, at=NOON)

    assert state(membership) == ("code", MORNING, None, None)


def test_not_ours_ends_the_membership_and_is_no_confirmation_afterwards():
    membership = MembershipFactory(confirmed_at=None)

    refuse_membership(membership_id=membership.pk, at=NOON, on=TODAY)
    confirm_membership(membership_id=membership.pk, at=NOON)

    assert state(membership) == ("", None, NOON, TODAY)


def test_a_confirmed_member_is_not_refused():
    membership = MembershipFactory()

    refuse_membership(membership_id=membership.pk, at=NOON, on=TODAY)

    assert state(membership) == ("code", MORNING, None, None)


def test_who_was_refused_joins_by_code_alone():
    membership = MembershipFactory(confirmed_at=None)
    refuse_membership(membership_id=membership.pk, at=NOON, on=TODAY)

    with pytest.raises(RefusedBefore):
        choose(membership.learner, membership.institution)

    code = JoinCodeFactory(institution=membership.institution)
    joined = join_by_code(learner_id=membership.learner_id, code=code.code, at=NOON, on=TODAY)
    assert (joined, state(joined)) == (membership, ("code", NOON, None, None))


def test_who_left_and_comes_back_on_the_same_day_goes_on_with_the_same_membership():
    membership = MembershipFactory()
    end_membership(membership_id=membership.pk, on=TODAY)

    assert choose(membership.learner, membership.institution) == membership
    assert state(membership) == ("code", MORNING, None, None)


@pytest.mark.parametrize("way", ["code", "list"])
def test_a_coordinator_who_was_ended_today_comes_back_as_a_member_alone(way):
    membership = MembershipFactory(role="coordinator", ends_on=TODAY)
    code = JoinCodeFactory(institution=membership.institution)

    if way == "code":
        join_by_code(learner_id=membership.learner_id, code=code.code, at=NOON, on=TODAY)
    else:
        choose(membership.learner, membership.institution)

    membership.refresh_from_db()
    assert (membership.role, membership.ends_on, Membership.objects.count()) == ("member", None, 1)


@pytest.mark.parametrize("way", ["code", "list"])
def test_a_last_day_to_come_stays_and_so_does_the_role(way):
    membership = MembershipFactory(role="coordinator", ends_on=TODAY + timedelta(days=9))
    code = JoinCodeFactory(institution=membership.institution)

    if way == "code":
        join_by_code(learner_id=membership.learner_id, code=code.code, at=NOON, on=TODAY)
    else:
        choose(membership.learner, membership.institution)

    membership.refresh_from_db()
    assert (membership.role, membership.ends_on) == ("coordinator", TODAY + timedelta(days=9))
    assert Membership.objects.count() == 1


def test_who_comes_back_the_next_day_begins_anew():
    membership = MembershipFactory()
    end_membership(membership_id=membership.pk, on=TODAY)

    again = choose(membership.learner, membership.institution, on=TODAY + timedelta(days=1))

    assert (again != membership, again.confirmed_at) == (True, None)
    assert [Membership.objects.on(day).count() for day in (TODAY, TODAY + timedelta(days=1))] == [1, 1]


def test_a_new_code_is_good_beside_the_old_and_an_ended_one_is_not():
    old = JoinCodeFactory()
    new = make_join_code(institution_id=old.institution_id, at=MORNING)

    end_join_code(join_code_id=old.pk, at=NOON)

    with pytest.raises(ExpiredCode):
        join_by_code(learner_id=LearnerFactory().pk, code=old.code, at=NOON, on=TODAY)
    assert join_by_code(learner_id=LearnerFactory().pk, code=new.code, at=NOON, on=TODAY).institution == old.institution


def test_ending_a_code_twice_keeps_the_first_moment():
    code = JoinCodeFactory()
    end_join_code(join_code_id=code.pk, at=MORNING)

    assert end_join_code(join_code_id=code.pk, at=NOON).expires_at == MORNING


def test_a_missed_institution_is_kept_once_while_it_waits():
    learner, municipality = LearnerFactory(), MunicipalityFactory()
    asked = {"learner_id": learner.pk, "name": "Naujas centras", "municipality_id": municipality.pk, "at": NOON}

    first = request_institution(job_title="slaugytoja", **asked)

    assert request_institution(**asked) == first
    assert (first.job_title, first.created_at, first.answered_at) == ("slaugytoja", NOON, None)
    assert list(InstitutionRequest.objects.waiting()) == [first]


def test_the_administrator_makes_the_institution_and_the_learner_is_its_unconfirmed_member():
    asked = InstitutionRequestFactory(job_title="slaugytoja")

    answered = make_requested_institution(
        asked_id=asked.pk,
        name="Naujasis centras",
        municipality_id=asked.municipality_id,
        kind="spc",
        at=NOON,
        on=TODAY,
    )

    made = Institution.objects.get()
    assert (made.name, made.kind, answered.outcome, answered.institution) == ("Naujasis centras", "spc", "made", made)
    membership = Membership.objects.get()
    assert (membership.learner, membership.institution, membership.job_title) == (asked.learner, made, "slaugytoja")
    assert membership.confirmed_at is None


def test_the_administrator_names_the_institution_that_is_meant():
    asked, institution = InstitutionRequestFactory(), InstitutionFactory()

    link_requested_institution(asked_id=asked.pk, institution_id=institution.pk, at=NOON, on=TODAY)

    asked.refresh_from_db()
    assert (asked.outcome, asked.institution, Membership.objects.get().institution) == (
        "linked",
        institution,
        institution,
    )


def test_the_administrator_declines_with_words():
    asked = InstitutionRequestFactory()

    decline_request(asked_id=asked.pk, reply="Tokios įstaigos registre nėra.", at=NOON)

    asked.refresh_from_db()
    assert (asked.outcome, asked.reply, asked.institution) == ("declined", "Tokios įstaigos registre nėra.", None)
    assert not Membership.objects.exists()


def test_a_request_is_answered_once():
    asked = InstitutionRequestFactory()
    decline_request(asked_id=asked.pk, reply="Ne.", at=NOON)

    with pytest.raises(AlreadyAnswered):
        make_requested_institution(
            asked_id=asked.pk, name="X", municipality_id=asked.municipality_id, kind="other", at=NOON, on=TODAY
        )
    assert not Institution.objects.exists()
