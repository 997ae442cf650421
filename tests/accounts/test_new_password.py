"""A forgotten password: the mail's link lets a new one be chosen, once; other devices are logged out."""

import re

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client

from tests.factories import LearnerFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS, NEW = "ona@tiltas.test", "visai-naujas-zodis"


@pytest.fixture(autouse=True)
def _site(site):
    """The base template asks for the catalogue."""


@pytest.fixture
def user():
    return LearnerFactory(language="en", user=UserFactory(email=ADDRESS)).user


def link():
    return re.search(r"https?://[^/]+(/\S+/key/\S+)", mail.outbox[-1].body)[1]


def ask(client):
    client.post("/en/account/password/reset/", {"email": ADDRESS})
    return link()


def choose(client, address, first=NEW, second=NEW):
    form = client.get(address, follow=True)
    return client.post(form.redirect_chain[-1][0], {"password1": first, "password2": second})


def test_the_link_lets_one_in_with_the_new_password_and_logs_out_elsewhere(client, user):
    elsewhere = Client()
    elsewhere.post("/en/account/login/", {"login": ADDRESS, "password": "slaptas-zodis"})
    assert elsewhere.get("/en/my/account/").status_code == 200

    choose(client, ask(client))

    user.refresh_from_db()
    assert user.check_password(NEW)
    assert (get_user(client).is_authenticated, elsewhere.get("/en/my/account/").status_code) == (True, 302)


@pytest.mark.parametrize(
    ("language", "heading"), [("lt", "Ši nuoroda nebeveikia"), ("en", "This link does not work any more")]
)
def test_a_link_that_was_used_says_so_and_offers_another(client, user, language, heading):
    address = ask(client)
    choose(client, address)

    page = Client().get(address.replace("/en/", f"/{language}/", 1)).content.decode()

    assert (f"<h1>{heading}</h1>" in page, f'href="/{language}/account/password/reset/"' in page) == (True, True)


@pytest.mark.parametrize(
    ("first", "second", "field"), [("trumpas", "trumpas", "password1"), (NEW, "visai-kitas-zodis", "password2")]
)
def test_what_can_not_be_a_password_is_refused_and_the_link_goes_on_working(client, user, first, second, field):
    address = ask(client)

    refused = choose(client, address, first, second)

    assert list(refused.context["form"].errors) == [field]
    choose(client, address)
    user.refresh_from_db()
    assert user.check_password(NEW)
