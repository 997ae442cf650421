"""
What is deleted by the clock, because its time is clear and nothing hangs on it. Records of learning are not among it: they are
counted, certified and reported on, and an administrator decides about them.
"""

from django.contrib.sessions.models import Session

from institutions.models import InstitutionRequest
from institutions.retention import forget_old_requests
from reports.models import ExportLog
from reports.retention import forget_old_exports


def forget_old_sessions(*, at):
    """Delete sessions that are over, and with them mailed codes and invitations that waited there; returns how many."""
    _all, by_model = Session.objects.filter(expire_date__lt=at).delete()
    return by_model.get(Session._meta.label, 0)


# Model → what deletes its rows that are over. What a model of ours declares (`personal_data`) and what happens here agree.
RULES = {
    Session: forget_old_sessions,
    InstitutionRequest: forget_old_requests,
    ExportLog: forget_old_exports,
}


def delete_what_is_over(*, at):
    """Apply each rule; returns how many rows went. Calling it again changes nothing."""
    return sum(forget(at=at) for forget in RULES.values())
