"""The certificate on the pages of a completed course."""

from courses.panels import Panel, register_course_panel


def certificate_panel(enrolment, outline, request):
    """Completed: the way to the certificate, which is issued at once if the worker has not done it yet."""
    if enrolment.completed_at is None:
        return None
    return Panel("tiltas_certificates/panel.html", {"enrolment": enrolment})


register_course_panel(certificate_panel, order=10)
