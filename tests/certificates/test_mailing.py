"""The mail about a certificate: once, in the learner's language, and not for a private course."""

from datetime import timedelta

import pytest
from django.core import mail

from certificates.mailing import mail_certificate, mail_what_is_due
from certificates.models import Certificate
from certificates.services import issue_certificate, render, replace_certificate, revoke_certificate
from certificates.tasks import issue_certificate_task
from learners.services import erase_learner
from tests.factories import NOON, CourseFactory, EnrolmentFactory, IssuerFactory, LearnerFactory
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _public_address(settings):
    settings.TILTAS_URL = "https://mokymai.tiltas.test"


def drawn(language="lt", private=False, at=NOON):
    IssuerFactory()
    enrolment = EnrolmentFactory(
        learner=LearnerFactory(language=language), course=CourseFactory(private=private), completed_at=NOON
    )
    return render(certificate_id=issue_certificate(enrolment_id=enrolment.pk, at=at).pk)


@pytest.mark.parametrize(
    ("language", "subject"), [("lt", "Jūsų pažymėjimas paruoštas"), ("en", "Your certificate is ready")]
)
def test_it_says_where_the_certificate_is_in_the_learners_language(language, subject):
    certificate = drawn(language)

    assert mail_certificate(certificate_id=certificate.pk, at=NOON) is True

    [message] = mail.outbox
    assert (message.subject, message.to) == (subject, [certificate.enrolment.learner.user.email])
    assert certificate.full_number in message.body
    assert f"https://mokymai.tiltas.test/{language}/certificates/courses/{certificate.enrolment.uuid}/" in message.body
    assert f"https://mokymai.tiltas.test/verify/{certificate.code}/" in message.body
    assert f'<html lang="{language}">' in message.alternatives[0].content


def test_a_second_time_nothing_is_sent():
    certificate = drawn()
    mail_certificate(certificate_id=certificate.pk, at=NOON)

    assert mail_certificate(certificate_id=certificate.pk, at=NOON) is False
    assert mail_what_is_due(at=NOON) == 0
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_one():
    certificate = drawn()

    answers = at_once(4, lambda _place: mail_certificate(certificate_id=certificate.pk, at=NOON))

    assert sorted(answers) == [False, False, False, True]
    assert len(mail.outbox) == 1


def test_the_task_that_issues_tells_the_learner_and_running_it_again_does_not():
    IssuerFactory()
    enrolment = EnrolmentFactory(completed_at=NOON)

    issue_certificate_task.func(enrolment.pk)
    issue_certificate_task.func(enrolment.pk)

    assert len(mail.outbox) == 1
    assert Certificate.objects.get().mailed_at is not None


def test_no_notice_of_a_private_course_leaves_the_site():
    certificate = drawn(private=True)

    assert mail_certificate(certificate_id=certificate.pk, at=NOON) is False
    assert mail.outbox == []


def test_a_revoked_one_is_not_announced_and_its_replacement_is():
    certificate = drawn()
    revoke_certificate(certificate_id=certificate.pk, reason="Klaida.", at=NOON)
    new = render(certificate_id=replace_certificate(certificate_id=certificate.pk, reason="", at=NOON).pk)

    assert mail_what_is_due(at=NOON) == 1
    assert new.full_number in mail.outbox[0].body


def test_who_closed_the_account_gets_none():
    certificate = drawn()
    erase_learner(learner_id=certificate.enrolment.learner_id, at=NOON)

    assert mail_what_is_due(at=NOON) == 0


def test_what_the_mail_server_refuses_is_sent_by_the_clock_later(settings):
    certificate = drawn()
    working = settings.MAILERS
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9},
        }
    }

    assert mail_certificate(certificate_id=certificate.pk, at=NOON) is False

    settings.MAILERS = working
    assert mail_what_is_due(at=NOON + timedelta(minutes=1)) == 1


def test_what_is_a_week_old_is_no_news_any_more():
    drawn()

    assert mail_what_is_due(at=NOON + timedelta(days=8)) == 0
