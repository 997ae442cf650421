"""A changed address is confirmed at the new one, and the old one is told and may stop it."""

import re
import time

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.services import STOP_SECONDS, token_to_stop
from tests.factories import LearnerFactory, UserFactory

pytestmark = pytest.mark.django_db
OLD, NEW = "ona@tiltas.test", "nauja@tiltas.test"


@pytest.fixture(autouse=True)
def _site(site):
    """The base template asks for the catalogue."""


@pytest.fixture
def user(client):
    user = LearnerFactory(user=UserFactory(email=OLD)).user
    client.post(reverse("account_login"), {"login": OLD, "password": "slaptas-zodis"})
    return user


def ask(client, new=NEW):
    """Ask for the change, and say the password that is asked for on the way."""
    asked = client.post(reverse("account_email"), {"email": new, "action_add": ""})
    assert asked.url.startswith(reverse("account_reauthenticate"))
    return client.post(asked.url, {"password": "slaptas-zodis", "next": reverse("account_email")})


def confirm(client):
    [code] = re.findall(r"^ {4}(\S+)$", mail_to(NEW)[-1].body, re.MULTILINE)
    return client.post(reverse("account_email_verification_sent"), {"code": code})


def mail_to(address):
    return [each for each in mail.outbox if each.to == [address]]


def stop_link(message):
    return re.search(r"https?://[^/]+(/\S+/stop/\S+)", message.body)[1]


def address_of(user):
    user.refresh_from_db()
    return user.email, [(each.email, each.verified, each.primary) for each in user.emailaddress_set.all()]


def test_nothing_is_asked_without_the_password(client, user):
    client.post(reverse("account_email"), {"email": NEW, "action_add": ""})

    assert mail.outbox == []


def test_the_new_address_gets_a_code_and_the_old_one_a_way_to_stop_it(client, user):
    ask(client)

    assert [message.to for message in mail.outbox] == [[NEW], [OLD]]
    assert NEW in mail_to(OLD)[0].body
    assert address_of(user) == (OLD, [(OLD, True, True)])


def test_with_the_code_the_address_is_changed_and_the_old_one_is_told(client, user):
    ask(client)
    confirm(client)

    assert address_of(user) == (NEW, [(NEW, True, True)])
    assert OLD in mail_to(OLD)[-1].body
    assert NEW in mail_to(OLD)[-1].body
    assert len(mail_to(OLD)) == 2


def test_before_the_code_the_old_address_stops_it(client, user):
    ask(client)
    link = stop_link(mail_to(OLD)[0])

    Client().post(link)
    confirm(client)

    assert address_of(user) == (OLD, [(OLD, True, True)])
    assert client.get("/lt/my/account/").status_code == 302


def test_afterwards_the_old_address_takes_it_back_and_everybody_is_logged_out(client, user):
    ask(client)
    confirm(client)
    assert client.get("/lt/my/account/").status_code == 200

    response = Client().post(stop_link(mail_to(OLD)[-1]))

    assert response.status_code == 200
    assert address_of(user) == (OLD, [(OLD, True, True)])
    assert not user.has_usable_password()
    assert client.get("/lt/my/account/").status_code == 302


def test_a_thief_who_changes_it_twice_is_stopped_by_the_first_address_all_the_same(client, user):
    ask(client)
    confirm(client)
    link = stop_link(mail_to(OLD)[0])
    user.emailaddress_set.update(email="trecia@tiltas.test")
    get_user_model().objects.update(email="trecia@tiltas.test")

    Client().post(link)

    assert address_of(user) == (OLD, [(OLD, True, True)])


def test_opening_the_link_changes_nothing(client, user):
    ask(client)
    confirm(client)

    Client().get(stop_link(mail_to(OLD)[-1]))

    assert address_of(user)[0] == NEW


def test_the_password_may_be_chosen_anew_by_way_of_the_old_address(client, user):
    ask(client)
    Client().post(stop_link(mail_to(OLD)[0]))

    Client().post(reverse("account_reset_password"), {"email": OLD})

    assert "/password/reset/key/" in mail_to(OLD)[-1].body


def test_a_link_too_old_or_forged_or_of_a_closed_account_says_so_and_changes_nothing(client, user, monkeypatch):
    token = token_to_stop(user=user, old=OLD, new=NEW)
    closed = token_to_stop(user=UserFactory.build(), old=OLD, new=NEW)

    def answer(token):
        return Client().post(reverse("tiltas_accounts:stop_address_change", args=[token])).context.get("too_old")

    assert [answer(token[:-1] + "x"), answer(closed)] == [True, True]
    long_ago = time.time() - STOP_SECONDS - 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: long_ago)
    old_token = token_to_stop(user=user, old=OLD, new=NEW)
    monkeypatch.undo()
    assert answer(old_token) is True
    assert user.check_password("slaptas-zodis")


def test_an_old_address_that_another_account_has_by_now_is_not_taken_from_it(client, user):
    ask(client)
    confirm(client)
    other = UserFactory(email=OLD)

    Client().post(stop_link(mail_to(OLD)[-1]))

    assert address_of(user)[0] == NEW
    assert get_user_model().objects.get(email=OLD) == other


@pytest.mark.parametrize("new", ["ne adresas", "", OLD])
def test_a_wrong_address_is_refused_and_stays_in_the_form(client, user, new):
    response = client.post(reverse("account_email"), {"email": new, "action_add": ""})

    assert list(response.context["form"].errors) == ["email"]
    assert not new or f'value="{new}"' in response.content.decode()
    assert mail.outbox == []


def test_nobody_learns_whether_the_new_address_has_an_account(client, user):
    UserFactory(email=NEW)
    known = ask(client)
    mail.outbox.clear()

    unknown_client = Client()
    UserFactory(email="kita@tiltas.test")
    unknown_client.post(reverse("account_login"), {"login": "kita@tiltas.test", "password": "slaptas-zodis"})
    unknown = ask(unknown_client, "visai-nauja@tiltas.test")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
