"""The mail that says that a certificate is ready: once a certificate, in the learner's language, never for a private course."""

import logging
from datetime import timedelta

from django.urls import reverse
from django.utils import translation

from ui.conf import absolute
from ui.mail import send

from .models import Certificate

logger = logging.getLogger(__name__)

DUE_FOR = timedelta(days=7)  # what could not be sent for a week is no news any more
AT_ONCE = 100  # a tick of the clock sends no more


def mail_certificate(*, certificate_id, at):
    """
    Tell the learner that the certificate is ready; returns whether a mail went out. Calling it again sends nothing.

    The row is marked before the mail goes: two workers never send two. What the mail server refused is unmarked and tried
    again by the clock; after a crash in between no mail goes, and the certificate waits in „Mano mokymasis“ all the same.
    """
    certificate = _unmailed(at).filter(pk=certificate_id).select_related("enrolment__learner__user").first()
    if certificate is None or not Certificate.objects.filter(pk=certificate_id, mailed_at=None).update(mailed_at=at):
        return False
    learner = certificate.enrolment.learner
    address = getattr(learner.user, learner.user.get_email_field_name(), "")
    if not address:  # a host's user may have none; there is nothing to wait for
        return False
    try:
        with translation.override(learner.language):
            _send(certificate, address)
    except OSError:  # SMTP errors are OSErrors too
        logger.exception("The mail about certificate %s was not taken", certificate_id)
        Certificate.objects.filter(pk=certificate_id, mailed_at=at).update(mailed_at=None)
        return False
    return True


def mail_what_is_due(*, at):
    """Send what a crash or the mail server kept back; returns how many mails went out. For the clock."""
    due = _unmailed(at).values_list("pk", flat=True)[:AT_ONCE]
    return sum(mail_certificate(certificate_id=pk, at=at) for pk in due)


def _unmailed(at):
    return (
        Certificate.objects.valid()
        .filter(
            mailed_at=None,
            issued_at__gt=at - DUE_FOR,
            enrolment__private=False,
            enrolment__learner__user__isnull=False,
        )
        .exclude(file="")
    )


def _send(certificate, address):
    verify = reverse("tiltas_verify", args=[certificate.code])
    context = {
        "title": certificate.course_title,
        "number": certificate.full_number,
        "certificate_url": absolute(reverse("tiltas_certificates:course_done", args=[certificate.enrolment.uuid])),
        "verify_url": absolute(f"{verify}?lang={translation.get_language()}"),
    }
    send("tiltas_certificates/mail/ready", to=address, context=context)
