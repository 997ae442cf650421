"""One way in: limited, for confirmed addresses, and silent about who has an account."""

import re

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory

PASSWORD = "slaptas-zodis"


@pytest.fixture
def user(db):
    return UserFactory(email="ona@tiltas.test")


def log_in(client, email, password=PASSWORD, door="account_login"):
    return client.post(reverse(door), {"login": email, "username": email, "password": password})


def refusal_of(response):
    """The code of the sentence with which the login form came back."""
    return response.context["form"].non_field_errors().as_data()[0].code


def is_logged_in(client):
    return get_user(client).is_authenticated


def test_the_right_password_logs_in(client, user):
    response = log_in(client, "ona@tiltas.test")

    assert (response.status_code, response.headers["Location"]) == (302, reverse("tiltas_home:my_learning"))
    assert is_logged_in(client)


def test_capitals_in_the_address_do_not_matter(client, user):
    log_in(client, "Ona@Tiltas.TEST")

    assert is_logged_in(client)


@pytest.mark.parametrize("door", ["wagtailadmin_login", "wagtailcore_login"])
def test_wagtails_own_doors_take_no_password(client, user, door):
    user.is_superuser = True
    user.save()

    response = log_in(client, "ona@tiltas.test", door=door)

    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, reverse("account_login"))
    assert not is_logged_in(client)


def test_the_way_back_is_kept_through_the_editors_door(client, user):
    response = client.get("/admin/pages/", follow=True)

    assert [address.split("?")[1] for address, _status in response.redirect_chain] == ["next=/admin/pages/"] * 2


def test_a_learner_who_tries_the_editors_pages_is_told_so_and_not_sent_in_circles(client, user):
    client.force_login(user)

    response = client.get("/admin/", follow=True)

    assert (response.status_code, len(response.redirect_chain)) == (403, 1)


def test_an_unconfirmed_address_logs_in_through_no_door(client, db):
    UserFactory(email="nauja@tiltas.test", verified=False)

    response = log_in(client, "nauja@tiltas.test")

    assert response.headers["Location"] == reverse("account_email_verification_sent")
    assert not is_logged_in(client)


def test_a_switched_off_account_does_not_log_in(client, user):
    user.is_active = False
    user.save()

    log_in(client, "ona@tiltas.test")

    assert not is_logged_in(client)


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client, user):
    refusals = [refusal_of(log_in(client, "ona@tiltas.test", "ne-tas-zodis")) for _time in range(5)]
    refusals.append(refusal_of(log_in(client, "ona@tiltas.test")))

    assert refusals == ["email_password_mismatch"] * 5 + ["too_many_login_attempts"]
    assert not is_logged_in(client)


def test_wrong_passwords_of_one_person_do_not_lock_out_another(client, user):
    UserFactory(email="kita@tiltas.test")
    for _time in range(5):
        log_in(client, "ona@tiltas.test", "ne-tas-zodis")

    log_in(client, "kita@tiltas.test")

    assert is_logged_in(client)


def test_guessing_over_many_addresses_is_limited_too(client, db):
    refusals = [refusal_of(log_in(client, f"speju{number}@tiltas.test", "ne-tas-zodis")) for number in range(11)]

    assert refusals == ["email_password_mismatch"] * 10 + ["too_many_login_attempts"]


def ask_for_code(email):
    """Ask as a browser that was not here before; returns it and whether a code is on its way."""
    browser = Client()
    response = browser.post(reverse("account_request_login_code"), {"email": email})
    return browser, response.status_code == 302 or response.context["form"].errors.as_data()["email"][0].code


def test_the_fourth_code_asked_for_within_a_minute_is_refused(user):
    assert [ask_for_code("ona@tiltas.test")[1] for _time in range(4)] == [True, True, True, "too_many_login_attempts"]
    assert len(mail.outbox) == 3


def test_codes_for_many_addresses_are_limited_too(db):
    answers = [ask_for_code(f"speju{number}@tiltas.test")[1] for number in range(21)]

    assert answers == [True] * 20 + ["too_many_login_attempts"]


def test_the_code_from_the_mail_logs_in_once(user):
    browser, _status = ask_for_code("ona@tiltas.test")
    code = re.search(r"^ +(\S+)$", mail.outbox[0].body, re.MULTILINE)[1]

    browser.post(reverse("account_confirm_login_code"), {"code": code})
    assert is_logged_in(browser)

    browser.logout()
    browser.post(reverse("account_confirm_login_code"), {"code": code})
    assert not is_logged_in(browser)


def test_a_guessed_code_does_not_log_in_and_guessing_ends_soon(user):
    browser, _status = ask_for_code("ona@tiltas.test")
    code = re.search(r"^ +(\S+)$", mail.outbox[0].body, re.MULTILINE)[1]

    for _time in range(3):
        browser.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})
    browser.post(reverse("account_confirm_login_code"), {"code": code})

    assert not is_logged_in(browser)


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("account_signup", {"password1": "ilgas-ir-retas-zodis"}),
        ("account_reset_password", {}),
        ("account_request_login_code", {}),
    ],
)
def test_nobody_learns_whether_an_address_has_an_account(client, user, page, fields):
    known = client.post(reverse(page), {"email": "ona@tiltas.test"} | fields)
    client.cookies.clear()
    unknown = client.post(reverse(page), {"email": "nera@tiltas.test"} | fields)

    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert known.status_code == 302
