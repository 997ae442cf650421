from datetime import date, timedelta

import pytest

from institutions.codes import CODE_ALPHABET, new_code, normal_code
from institutions.models import Institution, JoinCode, Membership, Municipality
from institutions.services import (
    EndsBeforeStart,
    ExpiredCode,
    UnknownCode,
    UsedUpCode,
    end_membership,
    join_by_code,
    load_municipalities,
)
from tests.factories import NOON, InstitutionFactory, JoinCodeFactory, LearnerFactory, MembershipFactory
from tests.factories.threads import CROWDS, at_once

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def test_a_code_is_found_however_it_was_typed_in_the_admin_and_by_the_learner():
    learner, code = LearnerFactory(), JoinCodeFactory(code=" abc-23 45x ")

    membership = join(learner, "ABC 2345-x")

    assert (code.code, membership.institution) == ("ABC2345X", code.institution)


def join(learner, code, **changes):
    return join_by_code(**({"learner_id": learner.pk, "code": code, "at": NOON, "on": TODAY} | changes))


def test_a_code_makes_a_confirmed_member_of_its_institution():
    code, learner = JoinCodeFactory(), LearnerFactory()

    membership = join(learner, code.code, job_title="socialinė darbuotoja")

    assert (membership.learner, membership.institution, membership.role) == (learner, code.institution, "member")
    assert (membership.starts_on, membership.ends_on, membership.confirmed_at) == (TODAY, None, NOON)
    assert membership.job_title == "socialinė darbuotoja"
    code.refresh_from_db()
    assert code.uses == 1


@pytest.mark.parametrize("typed", ["ab2c-d3ef", " AB2C D3EF ", "Ab2C–d3Ef", "ab2cd3ef"])
def test_a_code_is_read_however_people_write_it(typed):
    code = JoinCodeFactory(code="AB2CD3EF")

    assert join(LearnerFactory(), typed).institution == code.institution


def test_using_the_same_code_again_changes_nothing():
    code, learner = JoinCodeFactory(), LearnerFactory()
    first = join(learner, code.code, job_title="slaugytoja")

    again = join(learner, code.code, job_title="direktorė", at=NOON + timedelta(days=1), on=TODAY + timedelta(days=1))

    assert again == first
    assert (again.job_title, again.starts_on, again.confirmed_at) == ("slaugytoja", TODAY, NOON)
    code.refresh_from_db()
    assert code.uses == 1


def test_who_is_a_member_already_is_answered_even_by_a_used_up_code():
    code, learner = JoinCodeFactory(max_uses=1), LearnerFactory()
    membership = join(learner, code.code)

    assert join(learner, code.code) == membership


def test_an_institution_chosen_from_the_list_becomes_confirmed_by_its_code():
    chosen = MembershipFactory(confirmed_at=None, job_title="slaugytoja")
    code = JoinCodeFactory(institution=chosen.institution)

    membership = join(chosen.learner, code.code)

    assert membership == chosen
    assert (membership.confirmed_at, membership.job_title) == (NOON, "slaugytoja")


def test_who_left_joins_anew_and_the_past_stays():
    ended = MembershipFactory(ends_on=date(2026, 11, 10))
    code = JoinCodeFactory(institution=ended.institution)

    membership = join(ended.learner, code.code)

    assert membership != ended
    assert Membership.objects.filter(learner=ended.learner).count() == 2


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ({}, UnknownCode),
        ({"expires_at": NOON}, ExpiredCode),
        ({"expires_at": NOON - timedelta(seconds=1)}, ExpiredCode),
        ({"max_uses": 3, "uses": 3}, UsedUpCode),
        ({"max_uses": 0}, UsedUpCode),
    ],
)
def test_a_code_that_is_no_good_says_why_and_writes_nothing(code, refusal):
    learner = LearnerFactory()
    kept = JoinCodeFactory(code="TIKRAS22", **code)
    before = kept.uses

    with pytest.raises(refusal) as refused:
        join(learner, "TIKRAS22" if code else "NETIKRAS")

    assert str(refused.value).endswith(".")
    assert not Membership.objects.exists()
    kept.refresh_from_db()
    assert kept.uses == before


def test_a_code_works_to_the_last_moment():
    code = JoinCodeFactory(expires_at=NOON + timedelta(microseconds=1))

    assert join(LearnerFactory(), code.code).pk


@pytest.mark.django_db(transaction=True)
def test_one_learner_who_joins_at_once_is_one_member():
    for number in CROWDS:
        code, learner = JoinCodeFactory(max_uses=1), LearnerFactory()

        memberships = at_once(number, lambda _place, learner=learner, code=code: join(learner, code.code).pk)

        assert memberships == [Membership.objects.get(learner=learner).pk] * number
        code.refresh_from_db()
        assert code.uses == 1


@pytest.mark.django_db(transaction=True)
def test_a_code_is_never_used_more_often_than_it_allows():
    for number in CROWDS:
        code = JoinCodeFactory(max_uses=number // 2)
        learners = [LearnerFactory() for _each in range(number)]

        def try_to_join(place, code=code, learners=learners):
            try:
                return join(learners[place], code.code).learner_id
            except UsedUpCode:
                return None

        joined = [answer for answer in at_once(number, try_to_join) if answer]

        assert len(joined) == number // 2
        members = Membership.objects.filter(institution=code.institution).values_list("learner_id", flat=True)
        assert sorted(joined) == sorted(members)
        code.refresh_from_db()
        assert code.uses == number // 2


@pytest.mark.django_db(transaction=True)
def test_two_codes_of_one_institution_at_once_make_one_member():
    institution, learner = InstitutionFactory(), LearnerFactory()
    codes = [JoinCodeFactory(institution=institution) for _each in range(5)]

    memberships = at_once(5, lambda place: join(learner, codes[place].code).pk)

    assert memberships == [Membership.objects.get().pk] * 5
    assert sum(JoinCode.objects.values_list("uses", flat=True)) == 1


def test_ending_a_membership_names_its_last_day():
    membership = MembershipFactory(starts_on=date(2026, 11, 1))

    assert end_membership(membership_id=membership.pk, on=TODAY).ends_on == TODAY


def test_ending_twice_changes_nothing():
    membership = MembershipFactory(starts_on=date(2026, 11, 1))
    end_membership(membership_id=membership.pk, on=TODAY)

    assert end_membership(membership_id=membership.pk, on=TODAY + timedelta(days=9)).ends_on == TODAY


def test_a_last_day_before_the_first_is_refused_with_the_first_day_in_words():
    membership = MembershipFactory(starts_on=date(2026, 12, 1))

    with pytest.raises(EndsBeforeStart, match="2026-12-01"):
        end_membership(membership_id=membership.pk, on=TODAY)

    membership.refresh_from_db()
    assert membership.ends_on is None


def test_a_membership_may_end_on_its_first_day():
    membership = MembershipFactory(starts_on=TODAY)

    assert end_membership(membership_id=membership.pk, on=TODAY).ends_on == TODAY


def test_codes_are_long_enough_and_hold_nothing_that_is_misread():
    codes = {new_code() for _each in range(200)}

    assert len(codes) == 200
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) <= set(CODE_ALPHABET)
    assert not set("01ILO") & set(CODE_ALPHABET)
    assert all(normal_code(code) == code for code in codes)


def test_all_sixty_municipalities_are_loaded_and_again_changes_nothing():
    assert load_municipalities() == load_municipalities() == Municipality.objects.count() == 60


def test_loading_mends_a_name_and_keeps_the_institutions():
    load_municipalities()
    plunge = Municipality.objects.get(code="68")
    institution = Institution.objects.create(name="Centras", municipality=plunge)
    Municipality.objects.update(names={})

    load_municipalities()

    institution.refresh_from_db()
    assert institution.municipality.names["lt"] == "Plungės rajono savivaldybė"
