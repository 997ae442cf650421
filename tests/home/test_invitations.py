"""A join link, from whoever opens it without an account to the membership: nothing is typed twice, nothing is lost."""

import re
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from institutions.models import JoinCode, Membership
from tests.factories import (
    NOON,
    InstitutionFactory,
    JoinCodeFactory,
    LearnerFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ADDRESS, PASSWORD = "nauja@tiltas.test", "labai-ilgas-slaptazodis"
LINK = "/en/join/GERAS234/"


@pytest.fixture(autouse=True)
def _site(site):
    """The base template asks for the catalogue."""


@pytest.fixture
def code():
    return JoinCodeFactory(code="GERAS234", institution=InstitutionFactory(name="Pavyzdinis centras „Viltis“"))


def text_of(response):
    return response.content.decode()


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def mailed_code():
    return re.findall(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[0]


def ways_on(page):
    """Where the page's own buttons lead, those of header and footer left out."""
    main = page.split("<main")[1].split("</main>")[0]
    return re.findall(r'<a class="button[^"]*" href="([^"]+)"', main)


class TestOpening:
    def test_a_visitor_is_told_who_invites_and_both_ways_lead_back(self, client, code):
        page = text_of(client.get(LINK))

        assert "Pavyzdinis centras „Viltis“" in page
        back = "?next=%2Fen%2Fjoin%2FGERAS234%2F"
        assert ways_on(page) == [f"/en/account/signup/{back}", f"/en/account/login/{back}"]

    @pytest.mark.parametrize("typed", ["geras234", "GERA-S234", "gera%20s234"])
    def test_it_is_read_however_it_was_copied(self, client, code, typed):
        assert "You are invited to learn" in text_of(client.get(f"/en/join/{typed}/"))

    def test_looking_joins_nobody(self, client, code):
        client.get(LINK)
        client.force_login(LearnerFactory().user)
        client.get(LINK)

        assert not Membership.objects.exists()

    @pytest.mark.parametrize(
        ("state", "language", "sentence"),
        [
            (None, "en", "There is no such code. Check each letter and digit, or ask your coordinator."),
            (
                None,
                "lt",
                "Tokio kodo nėra. Patikrinkite kiekvieną raidę ir skaitmenį arba paklauskite koordinatoriaus.",
            ),
            (
                {"expires_at": NOON - timedelta(days=1)},
                "en",
                "This code has expired. Ask your coordinator for a new one.",
            ),
            (
                {"expires_at": NOON - timedelta(days=1)},
                "lt",
                "Šio kodo galiojimas baigėsi. Paprašykite koordinatoriaus naujo.",
            ),
            (
                {"max_uses": 1, "uses": 1},
                "en",
                "This code was already used as many times as it allows. Ask your coordinator for a new one.",
            ),
            (
                {"max_uses": 1, "uses": 1},
                "lt",
                "Šis kodas jau panaudotas tiek kartų, kiek leidžiama. Paprašykite koordinatoriaus naujo.",
            ),
        ],
    )
    def test_one_that_is_no_good_says_why_and_there_is_a_way_on(self, client, state, language, sentence):
        if state:
            JoinCodeFactory(code="GERAS234", **state)

        visitor, member = client.get(f"/{language}/join/GERAS234/"), Client()
        member.force_login(LearnerFactory().user)
        form = member.get(f"/{language}/join/GERAS234/").context["form"]

        assert sentence in text_of(visitor)
        assert ways_on(text_of(visitor))[0] == f"/{language}/account/signup/"
        assert (form.errors, form["code"].value()) == ({"code": [sentence]}, "GERAS234")
        assert "tiltas_invitation" not in client.session

    def test_who_belongs_there_is_not_asked_again_even_if_the_code_is_used_up(self, client, code):
        member = MembershipFactory(institution=code.institution)
        JoinCode.objects.update(max_uses=1, uses=1)
        client.force_login(member.learner.user)

        response = client.get(LINK)

        assert (response.url, said(response)) == ("/en/my/", ["You belong there already: Pavyzdinis centras „Viltis“."])

    def test_codes_are_not_guessed_by_the_hundred(self, client):
        statuses = {client.get("/en/join/NETIKRAS/").status_code for _guess in range(61)}

        assert statuses == {200, 429}


class TestSigningUp:
    def sign_up(self, client, onward=LINK):
        typed = {"email": ADDRESS, "password1": PASSWORD, "next": onward}
        return client.post("/en/account/signup/", typed)

    def test_from_the_link_to_the_membership_nothing_is_typed_twice(self, client, code):
        client.get(LINK)
        waiting = self.sign_up(client).url
        confirmed = client.post(waiting, {"code": mailed_code()})
        assert confirmed.url == LINK

        name = client.get(LINK)
        assert name.url == "/en/learner/name/?next=%2Fen%2Fjoin%2FGERAS234%2F"
        named = client.post(name.url, {"given_names": "Ona", "surname": "Petraitė", "next": LINK})
        form = client.get(named.url).context["form"]
        joined = client.post("/en/join/", form.initial | {"job_title": ""})

        assert joined.url == "/en/my/"
        assert said(joined)[-1] == "You have joined: Pavyzdinis centras „Viltis“."
        [membership] = Membership.objects.all()
        assert (membership.learner.user.email, membership.institution) == (ADDRESS, code.institution)
        assert "tiltas_invitation" not in client.session

    def test_without_the_way_back_the_session_knows_it(self, client, code):
        client.get(LINK)
        waiting = self.sign_up(client, onward="").url
        client.post(waiting, {"code": mailed_code()})

        name = client.get("/en/my/").url
        assert name == "/en/learner/name/?next=%2Fen%2Fjoin%2F"
        client.post(name, {"given_names": "Ona", "surname": "Petraitė"})

        assert client.get("/en/join/").url == LINK

    def test_when_the_session_is_lost_the_link_still_works(self, client, code):
        client.get(LINK)
        self.sign_up(client)
        phone = Client()

        phone.get(LINK)
        asked = phone.post("/en/account/login/code/", {"email": ADDRESS, "next": LINK})
        arrived = phone.post(asked.url, {"code": mailed_code(), "next": LINK})

        assert arrived.url == LINK

    @pytest.mark.parametrize("screen", ["login/", "signup/", "login/code/", "password/reset/"])
    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("lt", "Jus kviečia: Pavyzdinis centras „Viltis“. Įstaigos kodo įvesti nereikės."),
            (
                "en",
                "You are invited by: Pavyzdinis centras „Viltis“. You will not have to type the institution's code.",
            ),
        ],
    )
    def test_the_logins_screens_say_who_invites(self, client, code, screen, language, sentence):
        assert sentence not in text_of(client.get(f"/{language}/account/{screen}"))
        client.get(f"/{language}/join/GERAS234/")

        assert sentence in text_of(client.get(f"/{language}/account/{screen}"))

    def test_who_waits_for_the_mailed_code_reads_it_too(self, client, code):
        client.get(LINK)
        waiting = self.sign_up(client).url

        assert "You are invited by: Pavyzdinis centras „Viltis“." in text_of(client.get(waiting))

    def test_an_invitation_that_ended_meanwhile_is_not_spoken_of(self, client, code):
        client.get(LINK)
        JoinCode.objects.update(expires_at=NOON)

        assert "You are invited" not in text_of(client.get("/en/account/login/"))

    def test_a_visitor_without_one_costs_no_query(self, client, code):
        counts = []
        for _time in range(2):
            client.get("/en/account/login/")
            with CaptureQueriesContext(connection) as asked:
                client.get("/en/account/login/")
            counts.append(len([each for each in asked if "joincode" in each["sql"]]))
            client.get(LINK)

        assert counts == [0, 1]


class TestAnswering:
    def test_my_learning_reminds_until_it_is_answered(self, client, code):
        client.get(LINK)
        client.post("/en/account/login/", {"login": UserFactory(email=ADDRESS).email, "password": "slaptas-zodis"})
        client.post("/en/learner/name/", {"given_names": "Ona", "surname": "Petraitė"})
        reminded = text_of(client.get("/en/my/"))

        declined = client.post("/en/join/decline/")

        page = text_of(client.get(declined.url))
        assert ("An invitation waits for you" in reminded, LINK in reminded) == (True, True)
        assert ("An invitation waits for you" in page, Membership.objects.count()) == (False, 0)
        assert client.get(LINK).status_code == 200

    def test_another_institutions_code_may_be_entered_all_the_same(self, client, code):
        client.force_login(LearnerFactory().user)
        client.get(LINK)

        assert client.get("/en/join/").url == LINK
        assert client.get("/en/join/?other").status_code == 200

    def test_a_code_that_ended_while_the_page_was_read_is_told_and_stays_in_the_form(self, client, code):
        client.force_login(LearnerFactory().user)
        form = client.get(LINK).context["form"]
        JoinCode.objects.update(expires_at=NOON)

        response = client.post("/en/join/", form.initial | {"job_title": "slaugytoja"})

        assert response.context["form"].errors == {
            "code": ["This code has expired. Ask your coordinator for a new one."]
        }
        assert ('value="GERAS234"' in text_of(response), 'value="slaugytoja"' in text_of(response)) == (True, True)

    def test_logging_out_forgets_it_for_the_next_person_at_the_computer(self, client, code):
        client.get(LINK)
        client.force_login(LearnerFactory().user)
        client.post("/en/account/logout/")

        assert "You are invited" not in text_of(client.get("/en/account/login/"))
