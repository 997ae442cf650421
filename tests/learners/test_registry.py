"""What the rooms above say of a person: a name that stays, and what goes when the account is closed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certificates.services import issue_certificate, replace_certificate, revoke_certificate
from learners.services import NameStays, choose_language, erase_learner, name_learner
from tests.factories import NOON, EnrolmentFactory, IssuerFactory, LearnerFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate():
    IssuerFactory()
    enrolment = EnrolmentFactory(completed_at=NOON, learner=LearnerFactory(given_names="Ona", surname="Petraitė"))
    return issue_certificate(enrolment_id=enrolment.pk, at=NOON)


def rename(learner, surname, **more):
    name_learner(learner_id=learner.pk, given_names="Ona", surname=surname, **more)
    learner.refresh_from_db()
    return learner.full_name


def test_a_name_may_be_changed_until_a_certificate_bears_it():
    learner = LearnerFactory(given_names="Ona", surname="Petraitė")

    assert rename(learner, "Žemaitė") == "Ona Žemaitė"


def test_a_name_on_a_certificate_stays_and_the_refusal_names_the_certificate_and_the_way_out(certificate, settings):
    settings.TILTAS_CONTACT = "biuras@tiltas.test"
    learner = certificate.enrolment.learner

    with pytest.raises(NameStays, match=certificate.full_number) as refusal:
        rename(learner, "Žemaitė")

    learner.refresh_from_db()
    assert learner.full_name == "Ona Petraitė"
    assert "biuras@tiltas.test" in str(refusal.value)


def test_the_same_name_written_again_is_no_change_and_the_language_is_written(certificate):
    learner = certificate.enrolment.learner

    assert rename(learner, "Petraitė ", language="en") == "Ona Petraitė"
    assert learner.language == "en"


def test_once_the_office_has_revoked_it_the_name_is_corrected_and_the_next_certificate_bears_it(certificate):
    learner = certificate.enrolment.learner
    revoke_certificate(certificate_id=certificate.pk, reason="Klaida pavardėje.", at=NOON)

    rename(learner, "Petraitienė")
    new = replace_certificate(certificate_id=certificate.pk, reason="", at=NOON + timedelta(hours=1))

    assert new.snapshot["learner"] == {"given_names": "Ona", "surname": "Petraitienė"}
    with pytest.raises(NameStays):
        rename(learner, "Petraitė")


def test_the_language_of_mails_is_chosen():
    learner = LearnerFactory()

    choose_language(learner_id=learner.pk, language="en")

    learner.refresh_from_db()
    assert learner.language == "en"


def test_erasing_ends_memberships_and_forgets_the_job():
    membership = MembershipFactory(job_title="slaugytoja")
    ended = MembershipFactory(learner=membership.learner, job_title="direktorė", ends_on=membership.starts_on)

    erase_learner(learner_id=membership.learner_id, at=NOON)

    membership.refresh_from_db()
    ended.refresh_from_db()
    assert (membership.ends_on, membership.job_title) == (timezone.localdate(NOON), "")
    assert (ended.ends_on, ended.job_title) == (ended.starts_on, "")


def test_erasing_withdraws_from_open_courses_and_leaves_the_completed_ones():
    learner = LearnerFactory(language="en")
    opened = EnrolmentFactory(learner=learner)
    completed = EnrolmentFactory(learner=learner, completed_at=NOON)

    erase_learner(learner_id=learner.pk, at=NOON)

    opened.refresh_from_db()
    completed.refresh_from_db()
    learner.refresh_from_db()
    assert (opened.withdrawn_at, completed.completed_at, completed.withdrawn_at) == (NOON, NOON, None)
    assert learner.language == "lt"
