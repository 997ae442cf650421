"""What the database itself refuses of issuers, numbers and certificates."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils import translation

from certificates.models import Certificate, CertificateCounter
from certificates.services import issue_certificate
from tests.factories import NOON, EnrolmentFactory, IssuerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer():
    return IssuerFactory()


@pytest.fixture
def certificate(issuer):
    return issue_certificate(enrolment_id=EnrolmentFactory(completed_at=NOON).pk, at=NOON)


def another(certificate, **changes):
    """A row like this certificate's, of another enrolment, number and code unless said otherwise."""
    fields = {
        "enrolment": EnrolmentFactory(completed_at=NOON),
        "issuer": certificate.issuer,
        "year": certificate.year,
        "number": certificate.number + 1,
        "code": "ABCDEFGHJKMN",
        "snapshot": certificate.snapshot,
        "issued_at": NOON,
    }
    return Certificate.objects.create(**(fields | changes))


def test_the_database_refuses_a_second_valid_certificate(certificate):
    with pytest.raises(IntegrityError):
        another(certificate, enrolment=certificate.enrolment)


def test_a_revoked_certificate_makes_room_for_another(certificate):
    Certificate.objects.update(revoked_at=NOON)

    assert another(certificate, enrolment=certificate.enrolment).pk


def test_the_database_refuses_a_number_twice(certificate):
    with pytest.raises(IntegrityError):
        another(certificate, number=certificate.number)


def test_another_year_counts_its_own_numbers(certificate):
    assert another(certificate, number=certificate.number, year=certificate.year + 1).pk


def test_the_database_refuses_a_certificate_without_number(certificate):
    with pytest.raises(IntegrityError, match="certificate_numbers_count_from_one"):
        another(certificate, number=0)


def test_the_database_refuses_a_code_twice(certificate):
    with pytest.raises(IntegrityError):
        another(certificate, code=certificate.code)


def test_the_database_refuses_a_revocation_before_the_issue(certificate):
    with pytest.raises(IntegrityError, match="certificate_moments_in_order"):
        Certificate.objects.filter(pk=certificate.pk).update(revoked_at=NOON - timedelta(seconds=1))


def test_the_database_refuses_a_reason_or_a_successor_while_it_is_valid(certificate):
    with pytest.raises(IntegrityError, match="only_a_revoked_certificate_is_replaced"):
        Certificate.objects.filter(pk=certificate.pk).update(revocation_reason="Klaida")


def test_the_database_refuses_a_successor_while_it_is_valid(certificate):
    successor = another(certificate)

    with pytest.raises(IntegrityError, match="only_a_revoked_certificate_is_replaced"):
        Certificate.objects.filter(pk=certificate.pk).update(replaced_by=successor)


def test_the_database_refuses_one_successor_of_two(certificate):
    second, successor = another(certificate), another(certificate, number=9, code="BBCDEFGHJKMN")
    Certificate.objects.filter(pk=certificate.pk).update(revoked_at=NOON, replaced_by=successor)

    with pytest.raises(IntegrityError):
        Certificate.objects.filter(pk=second.pk).update(revoked_at=NOON, replaced_by=successor)


def test_the_database_refuses_two_active_issuers(issuer):
    with pytest.raises(IntegrityError):
        IssuerFactory(prefix="AB")


def test_issuers_of_the_past_may_be_many(issuer):
    assert IssuerFactory(prefix="AB", active=False).pk != IssuerFactory(prefix="AC", active=False).pk


def test_the_database_refuses_two_counters_of_a_year(certificate):
    with pytest.raises(IntegrityError):
        CertificateCounter.objects.create(issuer=certificate.issuer, year=certificate.year)


def test_what_was_certified_is_never_deleted(certificate):
    for held in (certificate.enrolment, certificate.issuer):
        with pytest.raises(ProtectedError):
            held.delete()


def change_and_save(certificate):
    certificate.snapshot["learner"]["surname"] = "Kita"
    certificate.save()


def test_a_snapshot_that_was_just_issued_is_never_altered(certificate):
    with pytest.raises(IntegrityError, match="never altered"):
        change_and_save(certificate)


def test_a_snapshot_from_the_register_is_never_altered(certificate):
    with pytest.raises(IntegrityError, match="never altered"):
        change_and_save(Certificate.objects.get())


def test_everything_else_can_be_saved(certificate):
    kept = Certificate.objects.get()
    kept.file_sha256 = "0" * 64
    kept.save()
    without_snapshot = Certificate.objects.defer("snapshot").get()
    without_snapshot.save(update_fields=["file_sha256"])

    assert Certificate.objects.get().snapshot == certificate.snapshot


def test_valid_are_those_that_were_not_revoked(certificate):
    assert list(Certificate.objects.valid()) == [certificate]
    Certificate.objects.update(revoked_at=NOON)
    assert not Certificate.objects.valid().exists()


def test_a_person_finds_the_own_certificates_alone(certificate):
    foreign = EnrolmentFactory(completed_at=NOON)

    assert list(Certificate.objects.for_user(certificate.enrolment.learner.user)) == [certificate]
    assert not Certificate.objects.for_user(foreign.learner.user).exists()
    assert not Certificate.objects.for_user(AnonymousUser()).exists()


def test_a_code_is_read_in_groups_of_four(certificate):
    certificate.code = "ABCDEFGHJKMN"

    assert certificate.printed_code == "ABCD-EFGH-JKMN"
    assert str(certificate) == certificate.full_number == "KT-2026-000001"


def test_an_issuer_is_named_in_the_readers_language():
    issuer = IssuerFactory.build(names={"lt": "Išdavėjas", "en": "Issuer"})

    with translation.override("en"):
        assert str(issuer) == "Issuer"
    assert str(IssuerFactory.build(names={})) == "KT"
