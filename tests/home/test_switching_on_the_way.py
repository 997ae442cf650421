"""Switching the language with something in the hand: a search, a login on its way, a form that came back, an error, a mail."""

import re
from html import unescape

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from certificates.mailing import mail_certificate
from certificates.models import Certificate
from learners.models import Learner
from tests.journeys.world import COORDINATOR, LEARNER, VISITOR, client_of
from tiltas.demo import PASSWORD

from .switching import address_of, language_of, switch_of, there_and_back

pytestmark = pytest.mark.django_db
LESSON = "/lt/kursai/paslaugu-kokybes-vadyba/kokybes-samprata/kas-yra-paslaugos-kokybe/"


# Searches, filters, and where a form leads afterwards


def test_a_search_of_the_catalogue_goes_along(world):
    there = there_and_back(client_of(VISITOR, "lt"), "/lt/kursai/?q=kokyb%C4%97")

    assert there.context["request"].GET["q"] == "kokybė"


def test_filters_of_the_statistics_go_along(world):
    there = there_and_back(client_of(COORDINATOR, "lt"), "/lt/institution/statistics/?since=2026-01-01&course=K1")

    assert there.context["request"].GET.dict() == {"since": "2026-01-01", "course": "K1"}


@pytest.mark.parametrize("door", ["login", "signup", "login/code"])
def test_a_login_leads_on_to_the_same_page_in_the_language_switched_to(world, door):
    client = client_of(VISITOR, "lt")
    here = client.get(f"/lt/account/{door}/?next={LESSON}%23b-1")

    there = client.get(switch_of(here, "en"))

    english = world.lesson.get_translation(Locale.objects.get(language_code="en")).get_url()
    assert unescape(re.search(r'name="next" value="([^"]+)"', there.content.decode())[1]) == f"{english}#b-1"
    assert switch_of(there, "lt") == f"/lt/account/{door}/?next={LESSON.replace('/', '%2F')}%23b-1"


def test_a_login_that_came_back_with_an_error_still_knows_where_it_leads(world):
    client = client_of(VISITOR, "lt")
    here = client.post("/lt/account/login/", {"login": LEARNER, "password": "ne", "next": "/lt/my/"})

    assert switch_of(here, "en") == "/en/account/login/?next=%2Fen%2Fmy%2F"


def test_a_form_never_leads_off_the_site(world):
    client = client_of(VISITOR, "lt")
    here = client.post("/lt/account/login/", {"login": LEARNER, "password": "ne", "next": "https://elsewhere.test/lt/"})

    assert switch_of(here, "en") == "/en/account/login/"


def test_a_code_asked_for_in_one_language_leads_on_in_the_one_switched_to(world):
    client = client_of(VISITOR, "lt")
    sent = client.post("/lt/account/login/code/", {"email": LEARNER, "next": "/lt/my/account/"}, follow=True)
    code = re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]
    there = client.get(switch_of(sent, "en"))

    onward = client.post(address_of(there), {"code": code})

    assert onward.headers["Location"] == "/en/my/account/"


def test_who_is_asked_for_a_name_goes_on_in_the_language_switched_to(world):
    here = client_of(LEARNER, "lt").get(f"/lt/learner/name/?next={LESSON}")

    assert switch_of(here, "en").startswith("/en/learner/name/?next=%2Fen%2Fcourses%2F")


def test_leaving_leads_to_the_front_page_of_the_language_one_was_in(world):
    client = client_of(LEARNER, "lt")

    assert client.post("/en/account/logout/").headers["Location"] == "/en/"


# Errors


@pytest.mark.parametrize(
    "address", ["/lt/nothing-here/", "/lt/kursai/nothing-here/", "/lt/nothing.here", "/lt/quizzes/nothing/"]
)
def test_nothing_here_in_either_language(world, address):
    there = there_and_back_from_nothing(client_of(VISITOR, "lt"), address)

    assert address_of(there) == address.replace("/lt/", "/en/")


def there_and_back_from_nothing(client, address):
    here = client.get(address)
    there = client.get(switch_of(here, "en"))
    back = client.get(switch_of(there, "lt"))
    assert [each.status_code for each in (here, there, back)] == [404] * 3
    assert [language_of(each) for each in (here, there, back)] == ["lt", "en", "lt"]
    assert address_of(back) == address
    return there


def test_nothing_here_at_an_address_without_a_language(world):
    client = client_of(VISITOR, "lt")
    here = client.get("/documents/999/nothing.pdf")

    there = client.get(switch_of(here, "en"))
    back = client.get(switch_of(there, "lt"))

    assert [each.status_code for each in (here, there, back)] == [404] * 3
    assert [language_of(each) for each in (here, there, back)] == ["lt", "en", "lt"]


def test_a_door_that_stays_closed_says_so_in_both_languages(world):
    client = client_of(LEARNER, "lt")
    here = client.get("/admin/", follow=True)

    there = client.get(switch_of(here, "en"), follow=True)

    assert (here.status_code, there.status_code) == (403, 403)
    assert [language_of(each) for each in (here, there)] == ["lt", "en"]


def test_a_refused_form_leads_back_to_the_page_that_it_stood_on(world):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "lt"})
    client.force_login(Learner.objects.get(user__email=LEARNER).user)
    uuid, key = world.open_attempt.enrolment.uuid, world.quiz.translation_key
    stood_on = f"http://testserver{world.quiz.get_url()}"

    here = client.post(reverse("tiltas_quizzes:start", args=[uuid, key]), headers={"referer": stood_on})

    english = world.quiz.get_translation(Locale.objects.get(language_code="en")).get_url()
    assert (here.status_code, switch_of(here, "en")) == (403, english)
    assert f'href="{world.quiz.get_url()}"' in here.content.decode()


def test_a_refused_form_of_elsewhere_leads_nowhere_else(world):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "lt"})

    here = client.post("/lt/account/login/", headers={"referer": "https://elsewhere.test/lt/kursai/"})

    assert switch_of(here, "en") == "/en/account/login/"


def test_the_page_of_a_broken_site_speaks_both_languages(client):
    from django.template.loader import render_to_string

    page = render_to_string("500.html")

    assert re.findall(r'<div lang="(\w+)">', page) == ["lt", "en"]


# Mails


def test_links_of_a_mail_open_in_its_language_whatever_the_browser_speaks(world, settings):
    settings.TILTAS_URL = "http://testserver"
    learner = Learner.objects.get(user__email=LEARNER)
    Learner.objects.filter(pk=learner.pk).update(language="en")
    Certificate.objects.filter(pk=world.certificate.pk).update(mailed_at=None, file="certificates/x.pdf")
    mail_certificate(certificate_id=world.certificate.pk, at=timezone.now())
    links = re.findall(r"https?://\S+", mail.outbox[-1].body)
    client = client_of(LEARNER, "lt")
    client.get("/lt/my/")

    opened = [client.get(link.removeprefix("http://testserver")) for link in links]

    assert len(opened) == 3
    assert [language_of(each) for each in opened] == ["en"] * 3
    assert [language_of(client.get(switch_of(each, "lt"))) for each in opened] == ["lt"] * 3


def test_a_link_of_a_mail_asks_for_the_login_in_its_language(world):
    client = client_of(VISITOR, "lt")
    asked = client.get("/en/my/account/", follow=True)

    assert (address_of(asked), language_of(asked)) == ("/en/account/login/?next=%2Fen%2Fmy%2Faccount%2F", "en")
    onward = client.post("/en/account/login/", {"login": LEARNER, "password": PASSWORD, "next": "/en/my/account/"})
    assert onward.headers["Location"] == "/en/my/account/"
