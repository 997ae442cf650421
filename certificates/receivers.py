"""Notices that this room hears: a course was completed."""

from django.dispatch import receiver

from progress.signals import course_completed

from .tasks import issue_certificate_task


@receiver(course_completed, dispatch_uid="tiltas_certificates_issue")
def enqueue_certificate(sender, enrolment_id, **kwargs):
    """Only enqueue: the row in the task table is committed or rolled back with the completion."""
    issue_certificate_task.enqueue(enrolment_id)
