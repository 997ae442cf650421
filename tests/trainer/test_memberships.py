"""An administrator makes somebody the coordinator of an institution."""

from django.urls import reverse

from institutions.models import Membership
from tests.factories import InstitutionFactory, LearnerFactory


def test_a_membership_that_an_administrator_makes_is_confirmed(client, administrator):
    learner, institution = LearnerFactory(), InstitutionFactory()

    client.post(
        reverse("membership:add"),
        {
            "learner": learner.pk,
            "institution": institution.pk,
            "role": "coordinator",
            "job_title": "",
            "starts_on": "2026-11-01",
            "ends_on": "",
        },
    )

    membership = Membership.objects.get()
    assert (membership.learner, membership.role, membership.confirmed_at is not None) == (learner, "coordinator", True)
