"""Nobody learns from the sign-up page whether an address is known; only its owner does, by mail."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "labai-ilgas-slaptazodis"


@pytest.fixture(autouse=True)
def _site(site):
    """The base template asks for the catalogue."""


def sign_up(email, language="en"):
    """(the answer to the form, the page that it leads to) for a new visitor."""
    visitor = Client()
    answer = visitor.post(f"/{language}/account/signup/", {"email": email, "password1": PASSWORD})
    return answer, visitor.get(answer.url)


def without_what_differs_by_nature(page, email):
    """The page without its token, and with the address that the visitor typed put aside."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())
    return page.replace(email, "ADRESAS")


@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_known_address_gets_the_same_answer_as_an_unknown_one(language):
    UserFactory(email="zinoma@tiltas.test")

    (known, known_page), (unknown, unknown_page) = (
        sign_up("zinoma@tiltas.test", language),
        sign_up("nezinoma@tiltas.test", language),
    )

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert (known_page.status_code, unknown_page.status_code) == (200, 200)
    assert dict(known.headers).keys() == dict(unknown.headers).keys()
    assert sorted(known.cookies) == sorted(unknown.cookies)
    assert without_what_differs_by_nature(known_page, "zinoma@tiltas.test") == without_what_differs_by_nature(
        unknown_page, "nezinoma@tiltas.test"
    )


def test_the_mail_alone_tells_the_owner_that_there_is_an_account():
    UserFactory(email="zinoma@tiltas.test")

    sign_up("zinoma@tiltas.test")
    sign_up("nezinoma@tiltas.test")

    known, unknown = mail.outbox
    assert (known.to, unknown.to) == (["zinoma@tiltas.test"], ["nezinoma@tiltas.test"])
    assert "There is one already" in known.body
    assert "/account/password/reset/" in known.body
    assert "confirm your e-mail address with this code" in unknown.body
    assert "There is one already" not in unknown.body


def test_a_known_address_makes_no_second_account_however_it_is_written():
    user = UserFactory(email="zinoma@tiltas.test")

    sign_up("Zinoma@Tiltas.TEST")

    assert list(get_user_model().objects.all()) == [user]


def test_a_new_address_is_kept_in_small_letters():
    sign_up("Nauja@Tiltas.TEST")

    assert get_user_model().objects.get().email == "nauja@tiltas.test"


def test_an_account_is_entered_only_with_the_code_from_the_mail():
    visitor = Client()
    waiting = visitor.post("/en/account/signup/", {"email": "nauja@tiltas.test", "password1": PASSWORD}).url
    assert visitor.get("/en/my/").url.startswith("/en/account/login/")

    wrong = visitor.post(waiting, {"code": "AAAA-AAAA"})
    assert wrong.status_code == 200
    assert visitor.get("/en/my/").url.startswith("/en/account/login/")

    code = mail.outbox[0].body.split("code.")[1].split()[0]
    visitor.post(waiting, {"code": code})

    assert "/account/login/" not in visitor.get("/en/my/").url  # asked for the name now
