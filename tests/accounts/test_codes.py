"""Codes by mail: how many more may be sent, what an old or wrong one says, and that what was typed stays."""

import re
import time

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "ona@tiltas.test"


@pytest.fixture(autouse=True)
def _site(site):
    """The base template asks for the catalogue."""


@pytest.fixture
def waiting(client):
    """A browser in which a code for logging in is waited for."""
    UserFactory(email=ADDRESS)
    client.post(reverse("account_request_login_code"), {"email": ADDRESS})
    return client


CONFIRM = "/en/account/login/code/confirm/"


def newest_code():
    return re.findall(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[0]


def grow_old(client):
    session = client.session
    for key in ("account_login", "account_email_verification_code"):
        if key in session:
            state = session[key]
            for name in ("initiated_at", "at"):
                if name in state:
                    state[name] = time.time() - 16 * 60
            session[key] = state
    session.save()


def let_a_minute_pass(client):
    session = client.session
    session["tiltas_code_sent_at"] = time.time() - 61
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] = time.time() - 61
    session.save()


def resend(client, page=CONFIRM):
    let_a_minute_pass(client)
    return client.post(page, {"action": "resend"}, follow=True).content.decode()


def test_the_page_says_how_many_more_codes_may_be_sent(waiting):
    page = waiting.get(CONFIRM).content.decode()
    assert "up to 2 more" in page

    assert "yourself 1 more" in resend(waiting)

    page = resend(waiting)
    assert "No more codes can be sent here" in page
    assert 'value="resend"' not in page
    assert len(mail.outbox) == 3


def test_the_newest_code_counts(waiting):
    first = newest_code()
    resend(waiting)

    wrong = waiting.post(CONFIRM, {"code": first})
    assert "not the code of the newest e-mail" in wrong.content.decode()
    assert f'value="{first}"' in wrong.content.decode()

    assert waiting.post(CONFIRM, {"code": newest_code()}).status_code == 302


def test_a_code_too_old_says_so_and_the_address_is_filled_in_for_a_new_one(waiting):
    code = newest_code()
    grow_old(waiting)

    response = waiting.post(f"{CONFIRM}?next=/en/courses/%23b-1", {"code": code})

    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said[-1] == "This code is too old: it worked for 15 minutes. Ask for a new one here."
    assert response.url == "/en/account/login/code/?email=ona%40tiltas.test&next=%2Fen%2Fcourses%2F%23b-1"
    assert f'value="{ADDRESS}"' in waiting.get(response.url).content.decode()


def test_signing_up_with_a_code_too_old_leads_to_a_new_one_that_finishes_it(client):
    client.post("/en/account/signup/", {"email": "nauja@tiltas.test", "password1": "labai-ilgas-slaptazodis"})
    code = newest_code()
    grow_old(client)

    response = client.post("/en/account/confirm-email/", {"code": code})

    assert response.url == "/en/account/login/code/?email=nauja%40tiltas.test"
    client.post(response.url, {"email": "nauja@tiltas.test"})
    assert client.post(CONFIRM, {"code": newest_code()}).status_code == 302
    assert "/account/login/" not in client.get("/en/my/").url


def test_signing_up_says_how_many_more_codes_may_be_sent(client):
    client.post("/en/account/signup/", {"email": "nauja@tiltas.test", "password1": "labai-ilgas-slaptazodis"})

    assert "up to 2 more" in client.get("/en/account/confirm-email/").content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "ne adresas", "password1": "labai-ilgas-slaptazodis"}, "email"),
        ({"email": "nauja@tiltas.test", "password1": "trumpas"}, "password1"),
        ({"email": "nauja@tiltas.test", "password1": "1234567890"}, "password1"),
        ({"email": "slaptingoji@tiltas.test", "password1": "slaptingoji"}, "password1"),
    ],
)
def test_signing_up_with_a_wrong_address_or_a_weak_password_loses_no_address(client, typed, field):
    response = client.post("/en/account/signup/", typed)

    assert list(response.context["form"].errors) == [field]
    assert f'value="{typed["email"]}"' in response.content.decode()


def test_a_wrong_password_keeps_the_address_and_offers_a_code(client):
    response = client.post("/en/account/login/", {"login": ADDRESS, "password": "x", "remember": "on"})

    page = response.content.decode()
    assert "let us send you a code" in page
    assert f'value="{ADDRESS}"' in page
    assert re.search(r'name="remember"[^>]* checked', page)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("lt", "Kodas ką tik išsiųstas."),
        ("en", "A code was sent just now. Wait a minute, look in the spam folder, then ask again."),
    ],
)
def test_asking_again_at_once_is_told_to_wait_and_sends_nothing(waiting, language, sentence):
    page = f"/{language}/account/login/code/confirm/"
    at_once = waiting.post(page, {"action": "resend"}, follow=True)
    resend(waiting, page)
    again = waiting.post(page, {"action": "resend"}, follow=True)

    assert [sentence in answer.content.decode() for answer in (at_once, again)] == [True, True]
    assert len(mail.outbox) == 2


def test_who_signs_up_waits_a_minute_too(client):
    client.post("/en/account/signup/", {"email": "nauja@tiltas.test", "password1": "labai-ilgas-slaptazodis"})

    page = client.post("/en/account/confirm-email/", {"action": "resend"}, follow=True).content.decode()

    assert "Wait a minute" in page
    assert ("up to 2 more" in page, len(mail.outbox)) == (True, 1)
