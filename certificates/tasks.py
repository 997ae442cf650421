"""Background work of this room. Each task is idempotent and names what to do by id alone."""

from django.tasks import task
from django.utils import timezone

from .mailing import mail_certificate
from .services import CannotIssue, issue_certificate, render


@task
def issue_certificate_task(enrolment_id):
    """
    Issue and render the certificate of a completed enrolment, and tell the learner. What can't be issued yet is left for
    later, not failed.
    """
    try:
        certificate = issue_certificate(enrolment_id=enrolment_id, at=timezone.now())
    except CannotIssue:
        return
    render(certificate_id=certificate.pk)
    mail_certificate(certificate_id=certificate.pk, at=timezone.now())
