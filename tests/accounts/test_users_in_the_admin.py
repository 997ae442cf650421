"""An administrator looks after accounts, and is no superuser: neither can they make one."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from tests.factories import UserFactory
from tiltas.roles import ADMINISTRATOR, TRAINER, sync_groups

User = get_user_model()


@pytest.fixture
def administrator(client, site):
    sync_groups()
    user = UserFactory(email="admin@tiltas.test", first_name="Jurgita", last_name="Čepaitė")
    user.groups.add(Group.objects.get(name=ADMINISTRATOR))
    client.force_login(user)
    return user


@pytest.fixture
def superuser(db):
    return User.objects.create_superuser("visagalis@tiltas.test", "slaptas-zodis", first_name="Visa", last_name="Galis")


def save(client, user, **fields):
    """Send the form of a user's page as the administrator fills it in."""
    form = {"email": user.email, "first_name": "Vardas", "last_name": "Pavardė", "is_active": "on"} | fields
    return client.post(reverse("wagtailusers_users:edit", args=[user.pk]), form)


def test_an_administrator_makes_somebody_a_trainer(client, administrator):
    user = UserFactory()

    save(client, user, groups=[Group.objects.get(name=TRAINER).pk])

    assert [group.name for group in user.groups.all()] == [TRAINER]


def test_an_administrator_makes_nobody_a_superuser(client, administrator):
    user = UserFactory()

    save(client, user, is_superuser="on")

    user.refresh_from_db()
    assert (user.last_name, user.is_superuser) == ("Pavardė", False)


def test_an_administrator_adds_no_superuser(client, administrator):
    form = {
        "email": "naujas@tiltas.test",
        "first_name": "Vardas",
        "last_name": "Pavardė",
        "password1": "ilgas-ir-retas-zodis",
        "password2": "ilgas-ir-retas-zodis",
        "is_superuser": "on",
    }

    client.post(reverse("wagtailusers_users:add"), form)

    assert User.objects.get(email="naujas@tiltas.test").is_superuser is False


def test_an_administrator_takes_over_no_superusers_account(client, administrator, superuser):
    response = save(
        client, superuser, email="mano@tiltas.test", password1="mano-naujas-zodis", password2="mano-naujas-zodis"
    )

    superuser.refresh_from_db()
    assert (superuser.email, superuser.check_password("slaptas-zodis")) == ("visagalis@tiltas.test", True)
    assert response.headers["Location"] == reverse("wagtailadmin_home")


def test_an_administrator_does_not_switch_off_a_superuser_in_bulk(client, administrator, superuser):
    user = UserFactory()
    address = reverse("wagtail_bulk_action", args=["tiltas_accounts", "user", "set_active_state"])

    client.post(f"{address}?id={superuser.pk}&id={user.pk}", {"mark_as_active": "False"})

    assert User.objects.get(pk=superuser.pk).is_active is True


def test_an_address_is_kept_in_lower_case_whoever_writes_it(client, administrator):
    user = UserFactory()

    save(client, user, email="Ona.Petraite@Tiltas.TEST")

    user.refresh_from_db()
    assert user.email == "ona.petraite@tiltas.test"


def test_an_address_that_somebody_has_in_other_capitals_is_refused_with_a_sentence(client, administrator):
    UserFactory(email="ona@tiltas.test")
    user = UserFactory()

    response = save(client, user, email="Ona@tiltas.test")

    assert response.status_code == 200
    assert response.context["form"].errors != {}


def test_a_superuser_still_makes_superusers(client, site, superuser):
    client.force_login(superuser)
    user = UserFactory()

    save(client, user, is_superuser="on")

    assert User.objects.get(pk=user.pk).is_superuser is True
