"""Whose device a login is on, how long it lasts there, and how to end it from afar."""

import time

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import devices
from tests.factories import LearnerFactory, UserFactory

pytestmark = pytest.mark.django_db
MY = "/lt/my/account/"


@pytest.fixture(autouse=True)
def _site(site):
    """The base template asks for the catalogue."""


@pytest.fixture
def user():
    return LearnerFactory(user=UserFactory(email="ona@tiltas.test")).user


def log_in(client, **more):
    return client.post(reverse("account_login"), {"login": "ona@tiltas.test", "password": "slaptas-zodis", **more})


def rest(client, minutes):
    """Let this session rest so long."""
    session = client.session
    session[devices.SEEN_AT] = int(time.time()) - minutes * 60 - 1
    session.save()


def ends_with_the_browser(client):
    return client.session.get_expire_at_browser_close()


def test_a_login_ends_with_the_browser_unless_the_device_is_ones_own(client, user):
    log_in(client)
    assert ends_with_the_browser(client)
    assert not client.cookies["sessionid"]["expires"]

    own = Client()
    log_in(own, remember="on")
    assert not ends_with_the_browser(own)
    assert client.session.get_expiry_age() > 0
    assert own.cookies["sessionid"]["max-age"] == 14 * 24 * 3600


@pytest.mark.parametrize("own", [False, True])
def test_a_login_by_code_asks_the_same(client, user, own):
    client.post(
        reverse("account_request_login_code"), {"email": "ona@tiltas.test"} | ({"remember": "on"} if own else {})
    )
    code = mail.outbox[0].body.split("    ")[1].split()[0]

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert get_user(client).is_authenticated
    assert ends_with_the_browser(client) is not own
    assert (devices.SEEN_AT in client.session) is not own


def test_two_hours_without_anybody_end_it_and_the_login_leads_back(client, user):
    log_in(client)
    rest(client, minutes=120)

    response = client.get(MY)

    assert response.url == f"/lt/account/login/?next={MY}"
    assert not get_user(client).is_authenticated
    assert "niekas nesinaudojo" in client.get(response.url).content.decode()


def test_a_form_that_came_too_late_is_not_called_saved(client, user):
    log_in(client)
    rest(client, minutes=120)

    response = client.post(reverse("tiltas_home:missing_institution"), {"name": "Pavyzdinė seniūnija"})

    page = client.get(response.url).content.decode()
    assert "ši forma neįrašyta" in page
    assert "Kas padaryta, įrašyta" not in page


def test_somebody_who_reads_is_not_logged_out(client, user):
    log_in(client)
    for _hour in range(3):
        rest(client, minutes=60)
        assert client.get(MY).status_code == 200


def test_how_long_is_a_setting(client, user, settings):
    settings.TILTAS_SHARED_IDLE_MINUTES = 10
    log_in(client)
    rest(client, minutes=10)

    assert client.get(MY).status_code == 302


def test_ones_own_device_may_rest(client, user):
    log_in(client, remember="on")

    assert devices.SEEN_AT not in client.session
    assert client.get(MY).status_code == 200


def test_not_every_request_writes_to_the_session(client, user, django_assert_num_queries):
    log_in(client)
    client.get(MY)
    before = client.session[devices.SEEN_AT]
    rest(client, minutes=3)
    marked = client.session[devices.SEEN_AT]

    client.get(MY)

    assert client.session[devices.SEEN_AT] == marked < before


def test_logging_out_elsewhere_ends_every_other_session_and_not_this_one(client, user):
    phone, library = Client(), Client()
    for device in (client, phone, library):
        log_in(device)

    response = client.post(reverse("tiltas_accounts:log_out_elsewhere"), {"next": MY})

    assert response.url == MY
    assert [device.get(MY).status_code for device in (client, phone, library)] == [200, 302, 302]


def test_it_leads_to_no_other_site(client, user):
    log_in(client)

    response = client.post(reverse("tiltas_accounts:log_out_elsewhere"), {"next": "https://evil.example/"})

    assert response.url == reverse("account_email")


def test_a_new_password_logs_out_every_other_device(client, user):
    phone = Client()
    log_in(client)
    log_in(phone)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": "slaptas-zodis", "password1": "visai-naujas-zodis", "password2": "visai-naujas-zodis"},
    )

    assert [device.get(MY).status_code for device in (client, phone)] == [200, 302]


class TestComingBack:
    BLOCK = "/lt/kursai/kursas/pamoka/#b-1234"

    def test_the_login_leads_back_to_the_block(self, client, user):
        assert log_in(client, next=self.BLOCK).url == self.BLOCK

    def test_the_login_by_code_leads_there_too(self, client, user):
        asked = client.post(reverse("account_request_login_code"), {"email": "ona@tiltas.test", "next": self.BLOCK})
        code = mail.outbox[0].body.split("    ")[1].split()[0]

        response = client.post(asked.url, {"code": code, "next": self.BLOCK})

        assert response.url == self.BLOCK

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/#b", "//evil.example/", "javascript:alert(1)"])
    def test_and_never_to_another_site(self, client, user, elsewhere):
        assert log_in(client, next=elsewhere).url == reverse("tiltas_home:my_learning")

    def test_a_pages_header_names_the_page(self, client, user):
        page = client.get("/lt/kursai/").content.decode()

        assert 'href="/lt/account/login/?next=%2Flt%2Fkursai%2F" data-return' in page

    def test_the_front_page_leads_to_my_learning(self, client, user):
        assert 'href="/lt/account/login/" data-return' in client.get("/lt/").content.decode()

    def test_the_logins_screens_pass_it_on(self, client, user):
        page = client.get("/lt/account/login/?next=/lt/kursai/%23b-1").content.decode()

        assert 'href="/lt/account/signup/?next=%2Flt%2Fkursai%2F%23b-1"' in page
        assert 'value="/lt/kursai/#b-1"' in page
