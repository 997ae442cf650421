"""Many requests and workers at the same moment: one certificate each, and no number left out."""

import hashlib

import pytest

from certificates.models import Certificate, CertificateCounter
from certificates.services import issue_certificate, render
from tests.factories import NOON, CourseFactory, EnrolmentFactory, IssuerFactory
from tests.factories.threads import CROWDS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_certificate_asked_for_at_once_is_issued_once():
    IssuerFactory()
    for place, number in enumerate(CROWDS, start=1):
        enrolment = EnrolmentFactory(completed_at=NOON)

        answers = at_once(
            number, lambda _place, pk=enrolment.pk: issue_certificate(enrolment_id=pk, at=NOON).full_number
        )

        assert answers == [f"KT-2026-{place:06d}"] * number
    assert Certificate.objects.count() == CertificateCounter.objects.get().last == len(CROWDS)


def test_numbers_of_twenty_learners_at_once_leave_none_out():
    IssuerFactory()
    course = CourseFactory()
    enrolments = [EnrolmentFactory(course=course, completed_at=NOON) for _each in range(20)]

    numbers = at_once(20, lambda place: issue_certificate(enrolment_id=enrolments[place].pk, at=NOON).number)

    assert sorted(numbers) == list(range(1, 21))
    assert CertificateCounter.objects.get().last == 20


@pytest.mark.parametrize("number", CROWDS)
def test_a_certificate_drawn_at_once_has_one_file(number):
    IssuerFactory()
    certificate = issue_certificate(enrolment_id=EnrolmentFactory(completed_at=NOON).pk, at=NOON)

    drawn = at_once(number, lambda place: render(certificate_id=certificate.pk))

    assert {(each.file.name, each.file_sha256) for each in drawn} == {(drawn[0].file.name, drawn[0].file_sha256)}
    storage = drawn[0].file.storage
    _folders, files = storage.listdir(f"certificates/{certificate.year}")
    assert [name for name in files if str(certificate.uuid) in name] == [drawn[0].file.name.rpartition("/")[2]]
    with drawn[0].file.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == drawn[0].file_sha256
