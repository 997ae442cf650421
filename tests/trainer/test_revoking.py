"""An administrator revokes a certificate: with a reason, for good, and for everybody to see."""

import pytest
from django.urls import reverse

from certificates.models import Certificate
from certificates.services import issue_certificate
from tests.factories import NOON, EnrolmentFactory, IssuerFactory


@pytest.fixture
def certificate(db):
    IssuerFactory()
    return issue_certificate(enrolment_id=EnrolmentFactory(completed_at=NOON).pk, at=NOON)


def revoke(client, certificate, reason):
    return client.post(reverse("certificate:edit", args=[certificate.pk]), {"revocation_reason": reason})


def verdict(client, certificate):
    page = client.get(reverse("tiltas_verify", args=[certificate.code]), {"lang": "en"}).content.decode()
    return next(word for word in ("Revoked", "Valid") if f"<h2>{word}</h2>" in page)


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_revoked(client, administrator, certificate, reason):
    client.cookies["django_language"] = "en"

    response = revoke(client, certificate, reason)

    assert response.status_code == 200
    assert "Say why in a sentence: the holder reads it." in response.content.decode()
    certificate.refresh_from_db()
    assert (certificate.revoked_at, verdict(client, certificate)) == (None, "Valid")


def test_with_a_reason_it_is_revoked_and_the_public_check_says_so(client, administrator, certificate):
    response = revoke(client, certificate, "Išduotas per klaidą.")

    assert response.headers["Location"] == reverse("certificate:index")
    certificate.refresh_from_db()
    assert (certificate.revoked_at is not None, certificate.revocation_reason) == (True, "Išduotas per klaidą.")
    assert verdict(client, certificate) == "Revoked"


def test_the_reason_is_read_by_the_holder_and_not_by_the_public(client, administrator, certificate):
    revoke(client, certificate, "Išduotas per klaidą.")

    public = client.get(reverse("tiltas_verify", args=[certificate.code])).content.decode()
    client.force_login(certificate.enrolment.learner.user)
    own = client.get(reverse("tiltas_certificates:course_done", args=[certificate.enrolment.uuid])).content.decode()

    assert ("Išduotas per klaidą." in public, "Išduotas per klaidą." in own) == (False, True)


def test_the_history_tells_who_revoked_it(client, administrator, certificate):
    revoke(client, certificate, "Išduotas per klaidą.")

    history = client.get(reverse("certificate:history", args=[certificate.pk])).content.decode()

    assert administrator.get_full_name() in history


def test_a_revoked_certificate_stays_as_it_was_revoked(client, administrator, certificate):
    revoke(client, certificate, "Pirmoji priežastis.")
    first = Certificate.objects.values("revoked_at", "revocation_reason").get()

    revoke(client, certificate, "Antroji priežastis.")

    assert Certificate.objects.values("revoked_at", "revocation_reason").get() == first


def test_nothing_but_the_reason_is_taken_from_the_form(client, administrator, certificate):
    before = Certificate.objects.values("number", "code", "snapshot", "issued_at", "enrolment").get()
    form = {"revocation_reason": "Klaida.", "number": "77", "code": "MANO", "snapshot": "{}", "enrolment": "1"}

    client.post(reverse("certificate:edit", args=[certificate.pk]), form)

    assert Certificate.objects.values("number", "code", "snapshot", "issued_at", "enrolment").get() == before


def test_the_register_is_searched_by_name_and_code(client, administrator, certificate):
    issue_certificate(enrolment_id=EnrolmentFactory(completed_at=NOON, learner__surname="Kitaitė").pk, at=NOON)

    for query in (certificate.code, certificate.enrolment.learner.surname):
        found = client.get(reverse("certificate:index_results"), {"q": query}).content.decode()
        assert (certificate.full_number in found, "KT-2026-000002" in found) == (True, False)
