"""What is in use stays, and a sentence says why, never an error page."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages

from institutions.models import Institution, Membership, Municipality
from tests.factories import EnrolmentFactory, InstitutionFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _editor(client, site):
    client.force_login(get_user_model().objects.create_superuser("red@tiltas.test", "slaptas-zodis"))


def delete(client, record):
    return client.post(f"/admin/{record._meta.model_name}/delete/{record.pk}/")


@pytest.mark.parametrize("model", [Municipality, Institution, Membership])
def test_what_is_in_use_stays_and_a_sentence_says_why(client, model):
    membership = MembershipFactory()
    EnrolmentFactory(learner=membership.learner, membership=membership)
    record = model.objects.get()

    response = delete(client, record)

    assert response.status_code == 302
    (sentence,) = [str(message) for message in get_messages(response.wsgi_request)]
    assert str(record) in sentence
    assert model.objects.filter(pk=record.pk).exists()


def test_what_nobody_uses_may_go(client):
    institution = InstitutionFactory()

    delete(client, institution)

    assert not Institution.objects.exists()
