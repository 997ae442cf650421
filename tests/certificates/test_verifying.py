import pytest

from certificates.services import issue_certificate
from certificates.verifying import find_certificate, normal_code, shown_name
from tests.factories import NOON, EnrolmentFactory, IssuerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate():
    IssuerFactory()
    enrolment = EnrolmentFactory(
        completed_at=NOON, learner__given_names="Ona Marija", learner__surname="Petraitė-Žemaitienė"
    )
    return issue_certificate(enrolment_id=enrolment.pk, at=NOON)


@pytest.mark.parametrize("typed", ["ABCD-EFGH-JKMN", "abcd efgh jkmn", " ABCDEFGHJKMN\n", "ABCD–EFGH–JKMN"])
def test_a_code_is_read_however_people_write_it(typed):
    assert normal_code(typed) == "ABCDEFGHJKMN"


def test_a_certificate_is_found_by_its_code_alone(certificate):
    IssuerFactory()
    other = issue_certificate(enrolment_id=EnrolmentFactory(completed_at=NOON).pk, at=NOON)

    assert find_certificate(certificate.printed_code.lower()) == certificate
    assert find_certificate(other.code) == other


@pytest.mark.parametrize("guess", ["", "ABCDEFGHJKMN", "%", "' OR 1=1", "ąčę", "\x00", "A" * 5000])
def test_what_is_no_code_finds_nothing(certificate, guess):
    assert find_certificate(guess) is None


@pytest.mark.parametrize("part", ["code", "number"])
def test_a_part_of_a_code_finds_nothing(certificate, part):
    assert find_certificate(certificate.code[:11] if part == "code" else certificate.full_number) is None


def test_the_name_is_shown_to_who_knows_the_number_too(certificate):
    assert shown_name(certificate, certificate.full_number) == "Ona Marija Petraitė-Žemaitienė"


@pytest.mark.parametrize("number", ["", "KT-2026-000002", "kt-2026-000001", "1"])
def test_everyone_else_sees_initials(certificate, number):
    assert shown_name(certificate, number) == "O. M. P."
