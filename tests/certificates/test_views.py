from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.models import Certificate
from certificates.services import issue_certificate, render, replace_certificate, revoke_certificate, verify_url
from courses.models import Course
from learners.models import Learner
from tests.factories import NOON, EnrolmentFactory, IssuerFactory, LearnerFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(site):
    """The base template asks for the catalogue."""


@pytest.fixture
def issuer():
    return IssuerFactory()


@pytest.fixture
def learner(client):
    learner = LearnerFactory(given_names="Ona", surname="Petraitė")
    client.force_login(learner.user)
    return learner


@pytest.fixture
def enrolment(learner):
    return EnrolmentFactory(learner=learner, completed_at=NOON)


@pytest.fixture
def certificate(issuer, enrolment):
    return issue_certificate(enrolment_id=enrolment.pk, at=NOON)


@pytest.fixture
def foreign(issuer):
    """Somebody else's certificate: nothing of it may come out."""
    return issue_certificate(enrolment_id=EnrolmentFactory(completed_at=NOON).pk, at=NOON)


def done_url(enrolment, language="en"):
    return f"/{language}/certificates/courses/{enrolment.uuid}/"


def download_url(certificate):
    return f"/en/certificates/{certificate.uuid}/download/"


class TestCourseDone:
    @pytest.mark.parametrize("language", ["lt", "en"])
    def test_the_certificate_is_there_at_once_without_a_worker(self, client, issuer, enrolment, language):
        page = client.get(done_url(enrolment, language)).content.decode()

        certificate = Certificate.objects.get()
        assert certificate.enrolment == enrolment
        assert certificate.full_number in page
        assert certificate.printed_code in page
        assert f"/{language}/certificates/{certificate.uuid}/download/" in page

    def test_looking_again_issues_no_other(self, client, issuer, enrolment):
        client.get(done_url(enrolment))
        client.get(done_url(enrolment))

        assert Certificate.objects.count() == 1

    def test_what_cannot_be_issued_yet_is_said_and_waits(self, client, enrolment):
        page = client.get(done_url(enrolment)).content.decode()

        assert "No issuer is set up yet" in page
        assert "The completion is kept" in page

    def test_a_revoked_one_says_why_and_is_not_offered(self, client, certificate, enrolment):
        revoke_certificate(certificate_id=certificate.pk, reason="Klaida varde.", at=NOON)

        page = client.get(done_url(enrolment)).content.decode()

        assert "Klaida varde." in page
        assert download_url(certificate) not in page

    def test_a_course_that_is_not_completed_has_no_such_page(self, client, issuer, learner):
        assert client.get(done_url(EnrolmentFactory(learner=learner))).status_code == 404

    def test_somebody_elses_course_is_not_found(self, client, learner, foreign):
        response = client.get(done_url(foreign.enrolment))

        assert response.status_code == 404
        assert foreign.full_number not in response.content.decode()

    def test_somebody_elses_course_is_not_certified_in_passing(self, client, issuer, learner):
        client.get(done_url(EnrolmentFactory(completed_at=NOON)))

        assert not Certificate.objects.exists()

    def test_without_login_it_leads_there(self, client, issuer):
        response = client.get(done_url(EnrolmentFactory(completed_at=NOON)))

        assert response.url.startswith("/en/account/login/")


def page_url(certificate, language="en"):
    return f"/{language}/certificates/{certificate.uuid}/"


class TestCertificatePage:
    @pytest.mark.parametrize(("language", "hours"), [("lt", "16 akad. val."), ("en", "16 academic hours")])
    def test_it_says_what_the_pdf_says_in_the_readers_language(self, client, certificate, language, hours):
        page = " ".join(client.get(page_url(certificate, language)).content.decode().split())

        assert f'<html lang="{language}"' in page
        for words in ("Ona Petraitė", certificate.full_number, certificate.printed_code, hours, "Jurgita Čepaitė"):
            assert words in page
        assert download_url(certificate).removeprefix("/en") in page
        assert f'value="{verify_url(certificate.code, certificate.full_number)}"' in page

    def test_topics_and_outcomes_are_those_of_the_day_of_issue(self, client, issuer, learner):
        enrolment = EnrolmentFactory(
            learner=learner, completed_at=NOON, course__outcomes={"lt": ["suprasti"], "en": ["understand"]}
        )
        certificate = issue_certificate(enrolment_id=enrolment.pk, at=NOON)
        Course.objects.update(outcomes={"lt": ["kita"], "en": ["other"]})

        page = client.get(page_url(certificate)).content.decode()

        assert ("<li>understand</li>" in page, "<li>other</li>" in page) == (True, False)

    def test_a_replaced_one_leads_to_the_one_in_its_place(self, client, certificate):
        new = replace_certificate(certificate_id=certificate.pk, reason="Klaida varde.", at=NOON)

        page = client.get(page_url(certificate)).content.decode()

        assert "This certificate was replaced" in page
        assert "Klaida varde." in page
        assert page_url(new) in page
        assert (download_url(certificate) in page, "check-link" in page) == (False, False)
        assert client.get(page_url(new)).status_code == 200

    def test_somebody_elses_is_not_found(self, client, learner, foreign):
        assert client.get(page_url(foreign)).status_code == 404

    @pytest.mark.parametrize("address", [page_url, lambda certificate: done_url(certificate.enrolment)])
    def test_it_is_read_in_few_queries(self, client, certificate, address):
        client.get(address(certificate))

        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(certificate)).status_code == 200

        assert len(captured) <= 15


class TestDownload:
    def test_the_pdf_is_drawn_here_if_no_worker_has(self, client, certificate):
        response = client.get(download_url(certificate))

        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"] == 'attachment; filename="KT-2026-000001.pdf"'
        assert b"".join(response.streaming_content).startswith(b"%PDF-")
        certificate.refresh_from_db()
        assert certificate.file

    def test_the_kept_file_is_handed_out_byte_for_byte(self, client, certificate):
        kept = render(certificate_id=certificate.pk).file.read()

        assert b"".join(client.get(download_url(certificate)).streaming_content) == kept

    def test_what_cannot_be_drawn_is_said_on_the_page_of_the_certificate(self, client, issuer, learner, enrolment):
        Learner.objects.filter(pk=learner.pk).update(surname="\U00016a40")
        certificate = issue_certificate(enrolment_id=enrolment.pk, at=NOON)

        response = client.get(download_url(certificate))

        assert response.url == page_url(certificate)
        assert [str(message)[:40] for message in get_messages(response.wsgi_request)] == [
            "A sign in the name or in a title can't b"
        ]

    def test_somebody_elses_certificate_is_not_found(self, client, learner, foreign):
        assert client.get(download_url(foreign)).status_code == 404

    def test_a_certificate_that_does_not_exist_is_not_found(self, client, learner):
        assert client.get(f"/en/certificates/{uuid4()}/download/").status_code == 404

    def test_without_login_it_leads_there(self, client, foreign):
        assert client.get(download_url(foreign)).url.startswith("/en/account/login/")


class TestVerify:
    @pytest.fixture(autouse=True)
    def _english(self, client):
        client.cookies["django_language"] = "en"

    def test_anybody_checks_a_valid_certificate_and_sees_initials(self, client, foreign):
        page = client.get(f"/verify/{foreign.code}/").content.decode()

        assert "<h2>Valid</h2>" in page
        assert foreign.full_number in page
        assert foreign.snapshot["learner"]["surname"] not in page
        assert "O. P." in page

    def test_who_holds_the_paper_sees_the_whole_name(self, client, foreign):
        page = client.get(f"/verify/{foreign.code}/?nr={foreign.full_number}").content.decode()

        assert foreign.snapshot["learner"]["surname"] in page

    def test_the_code_may_be_typed_as_printed(self, client, foreign):
        assert client.get(f"/verify/{foreign.printed_code.lower()}/").context["certificate"] == foreign

    def test_a_revoked_one_is_revoked(self, client, foreign):
        revoke_certificate(certificate_id=foreign.pk, reason="Slapta priežastis.", at=NOON)

        page = client.get(f"/verify/{foreign.code}/").content.decode()

        assert "<h2>Revoked</h2>" in page
        assert "<h2>Valid</h2>" not in page
        assert "Slapta" not in page

    def test_a_replaced_one_names_the_number_in_its_place_and_no_reason_and_no_code(self, client, foreign):
        new = replace_certificate(certificate_id=foreign.pk, reason="Slapta priežastis.", at=NOON)

        page = client.get(f"/verify/{foreign.code}/").content.decode()

        assert "<h2>Replaced</h2>" in page
        assert f'ask for certificate No. <span class="nowrap">{new.full_number}</span>' in page
        assert (new.code in page, "Slapta" in page, "<h2>Valid</h2>" in page) == (False, False, False)

    @pytest.mark.parametrize("query", ["", "?nr=KT-2026-000001"])
    def test_no_more_is_shown_than_name_course_hours_and_day(self, client, issuer, query):
        membership = MembershipFactory(job_title="Slapta slaugytoja", institution__name="Slapti namai")
        enrolment = EnrolmentFactory(learner=membership.learner, membership=membership, completed_at=NOON)
        certificate = issue_certificate(enrolment_id=enrolment.pk, at=NOON)

        page = client.get(f"/verify/{certificate.code}/{query}").content.decode()

        assert ("Slapta" in page, "Slapti" in page, certificate.enrolment.learner.user.email in page) == (False,) * 3
        assert "16 academic hours" in page

    @pytest.mark.parametrize("code", ["{code}", "ABCDEFGHJKMN"])
    def test_it_is_answered_in_few_queries(self, client, foreign, code):
        address = f"/verify/{code.format(code=foreign.code)}/"
        client.get(address)

        with CaptureQueriesContext(connection) as captured:
            client.get(address)

        assert len(captured) <= 15

    @pytest.mark.parametrize("code", ["ABCDEFGHJKMN", "x", "%00", "%25", "ąčę", "A" * 500])
    def test_an_unknown_code_is_answered_with_the_form_to_try_again(self, client, foreign, code):
        response = client.get(f"/verify/{code}/")

        assert response.status_code == 200
        assert response.context["certificate"] is None
        assert "No such certificate" in response.content.decode()
        assert foreign.full_number not in response.content.decode()

    def test_the_form_leads_to_the_answer(self, client, foreign):
        response = client.get("/verify/", {"code": foreign.printed_code})

        assert response.url == f"/verify/{foreign.code}/"

    @pytest.mark.parametrize("code", ["", "ab/cd", "ąčę", "A" * 21, "a\x00b"])
    def test_what_is_no_code_stays_in_the_form_with_a_sentence(self, client, code):
        response = client.get("/verify/", {"code": code})

        assert response.status_code == 200
        assert response.context["form"].errors["code"]

    @pytest.mark.parametrize("language", ["lt", "en"])
    def test_the_language_can_be_named(self, client, foreign, language):
        page = client.get(f"/verify/{foreign.code}/?lang={language}").content.decode()

        assert f'<html lang="{language}"' in page

    def test_a_language_that_we_do_not_speak_changes_nothing(self, client, foreign):
        assert '<html lang="en"' in client.get(f"/verify/{foreign.code}/?lang=../x").content.decode()

    def test_no_machine_keeps_the_answer(self, client, foreign):
        for address in ("/verify/", f"/verify/{foreign.code}/"):
            response = client.get(address)

            assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
            assert "no-store" in response.headers["Cache-Control"]

    def test_guessing_is_slowed_down(self, client, foreign):
        statuses = [client.get("/verify/ABCDEFGHJKMN/").status_code for _guess in range(31)]

        assert statuses == [200] * 30 + [429]
        assert client.get(f"/verify/{foreign.code}/").status_code == 429
        assert client.get(f"/verify/{foreign.code}/", REMOTE_ADDR="192.0.2.7").status_code == 200
