"""What this room does when an account is closed."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.registry import register_eraser

from .models import InstitutionRequest, Membership, MunicipalityCoordinator
from .services import end_membership


def end_memberships(*, learner_id, at):
    """The person belongs to no institution any more and asks for none; what they wrote of their job goes, the counted time stays."""
    for pk in Membership.objects.filter(learner_id=learner_id).open().values_list("pk", flat=True):
        end_membership(membership_id=pk, on=timezone.localdate(at))
    Membership.objects.filter(learner_id=learner_id).update(job_title="")
    for role in MunicipalityCoordinator.objects.filter(learner_id=learner_id, ends_on__isnull=True):
        role.ends_on = max(role.starts_on, timezone.localdate(at))
        role.save(update_fields=["ends_on"])
    requests = InstitutionRequest.objects.filter(learner_id=learner_id)
    requests.waiting().delete()
    requests.update(job_title="")


register_eraser(end_memberships, gone=[_("Your job title; your memberships of institutions end.")])
