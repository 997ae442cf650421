"""What this room does when an account is closed."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.registry import register_eraser

from .models import Membership
from .services import end_membership


def end_memberships(*, learner_id, at):
    """The person belongs to no institution any more, and what they wrote of their job goes; the counted time stays."""
    for pk in Membership.objects.filter(learner_id=learner_id).open().values_list("pk", flat=True):
        end_membership(membership_id=pk, on=timezone.localdate(at))
    Membership.objects.filter(learner_id=learner_id).update(job_title="")


register_eraser(end_memberships, gone=[_("Your job title; your memberships of institutions end.")])
