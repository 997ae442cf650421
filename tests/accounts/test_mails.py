"""Every mail: as text and as HTML, in the person's language, with links of the site's own public address and nothing from elsewhere."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from accounts.tasks import send_welcome
from tests.factories import LearnerFactory, UserFactory
from ui.mail import as_html

pytestmark = pytest.mark.django_db
ADDRESS = "ona@tiltas.test"


@pytest.fixture(autouse=True)
def _site(site, settings):
    settings.TILTAS_URL = "https://mokymai.tiltas.test"


def learner(language):
    return LearnerFactory(language=language, user=UserFactory(email=ADDRESS))


def html_of(message):
    [alternative] = message.alternatives
    assert alternative.mimetype == "text/html"
    return alternative.content


def sent_by(page, language="lt", **typed):
    """The mails that this form of a new visitor sends, from a host name that the visitor makes up."""
    visitor = Client(headers={"host": "evil.example"})
    visitor.post(f"/{language}/account/{page}/", typed)
    return list(mail.outbox)


@pytest.mark.parametrize(("language", "greeting"), [("lt", "Laba diena,"), ("en", "Hello,")])
def test_a_code_comes_in_the_learners_language_whatever_the_screen_says(language, greeting):
    learner(language)

    [message] = sent_by("login/code", language={"lt": "en", "en": "lt"}[language], email=ADDRESS)

    assert message.body.startswith(greeting)
    code = re.search(r"^ {4}(\S+)$", message.body, re.MULTILINE)[1]
    page = html_of(message)
    assert f'<html lang="{language}">' in page
    assert f">{code}</p>" in page


@pytest.mark.parametrize("language", ["lt", "en"])
def test_links_lead_to_the_public_address_in_the_learners_language(language):
    learner(language)

    [message] = sent_by("password/reset", language={"lt": "en", "en": "lt"}[language], email=ADDRESS)

    links = re.findall(r"https?://\S+", message.body)
    assert links[0].startswith(f"https://mokymai.tiltas.test/{language}/account/password/reset/key/")
    assert {link.split("/")[2] for link in links} == {"mokymai.tiltas.test"}
    assert f'<a href="{links[0]}"' in html_of(message)


def test_a_stranger_is_answered_in_the_language_of_the_page():
    [message] = sent_by("login/code", language="en", email="nera@tiltas.test")

    assert message.body.startswith("Hello,")
    assert "https://mokymai.tiltas.test/en/account/signup/" in message.body


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("login/code", {"email": ADDRESS}),
        ("login/code", {"email": "nera@tiltas.test"}),
        ("password/reset", {"email": ADDRESS}),
        ("signup", {"email": "nauja@tiltas.test", "password1": "labai-ilgas-slaptazodis"}),
        ("signup", {"email": ADDRESS, "password1": "labai-ilgas-slaptazodis"}),
    ],
)
def test_no_mail_brings_anything_from_another_host_or_counts_who_reads_it(page, typed):
    learner("lt")

    [message] = sent_by(page, **typed)

    html = html_of(message)
    assert re.findall(r"<(img|script|link|iframe|table)\b|url\(", html) == []
    assert {address.split("/")[2] for address in re.findall(r'(?:src|href)="(https?://[^"]+)"', html)} == {
        "mokymai.tiltas.test"
    }
    assert "\n\n\n" not in message.body
    assert "\n" not in message.subject


def test_a_changed_password_is_told():
    user = learner("en").user
    client = Client()
    client.post(reverse("account_login"), {"login": ADDRESS, "password": "slaptas-zodis"})

    client.post(
        reverse("account_change_password"),
        {"oldpassword": "slaptas-zodis", "password1": "visai-naujas-zodis", "password2": "visai-naujas-zodis"},
    )

    [message] = mail.outbox
    assert (message.to, message.subject) == ([user.email], "Your password was changed")
    assert "127.0.0.1" not in message.body


class TestWelcome:
    def sign_up(self):
        visitor = Client()
        visitor.post("/en/account/signup/", {"email": "nauja@tiltas.test", "password1": "labai-ilgas-slaptazodis"})
        code = re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]
        visitor.post("/en/account/confirm-email/", {"code": code})
        return visitor

    def test_it_is_put_in_the_task_table_once_the_address_is_confirmed(self):
        self.sign_up()

        assert DBTaskResult.objects.filter(task_path="accounts.tasks.send_welcome").count() == 1

    @pytest.mark.parametrize(
        ("language", "subject", "first"),
        [("lt", "Jūsų paskyra paruošta", "Pradėti mokytis"), ("en", "Your account is ready", "Start learning")],
    )
    def test_it_says_how_to_go_on(self, language, subject, first):
        user = UserFactory(email=ADDRESS)

        send_welcome.func(user.pk, language)

        [message] = mail.outbox
        assert (message.to, message.subject) == ([ADDRESS], subject)
        assert f"{first}: https://mokymai.tiltas.test/{language}/my/" in message.body
        html = html_of(message)
        assert f'<html lang="{language}">' in html
        assert f'<a href="https://mokymai.tiltas.test/{language}/my/"' in html

    def test_an_account_closed_in_the_meantime_gets_none(self):
        send_welcome.func(999_999, "lt")

        assert mail.outbox == []


NEW = "nauja@tiltas.test"
ADDRESS_MAILS = {
    "lt": [
        (ADDRESS, "Kažkas nori pakeisti jūsų el. pašto adresą", "Sustabdyti keitimą"),
        (ADDRESS, "Jūsų el. pašto adresas pakeistas", "Atšaukti pakeitimą"),
    ],
    "en": [
        (ADDRESS, "Somebody wants to change your e-mail address", "Stop the change"),
        (ADDRESS, "Your e-mail address was changed", "Take the change back"),
    ],
}


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_old_address_is_told_of_a_change_in_the_learners_language_with_a_way_back(client, language):
    """As it is asked for and when it is done, whatever language the screen is in."""
    learner(language)
    with translation.override({"lt": "en", "en": "lt"}[language]):
        addresses = {name: reverse(name) for name in ("account_email", "account_email_verification_sent")}
        client.post(reverse("account_login"), {"login": ADDRESS, "password": "slaptas-zodis"})
    asked = client.post(addresses["account_email"], {"email": NEW, "action_add": ""})
    client.post(asked.url, {"password": "slaptas-zodis", "next": addresses["account_email"]})
    [code] = [each for message in mail.outbox for each in re.findall(r"^ {4}(\S+)$", message.body, re.MULTILINE)]
    client.post(addresses["account_email_verification_sent"], {"code": code})

    to_the_old = [message for message in mail.outbox if message.to == [ADDRESS]]
    assert [(*message.to, message.subject) for message in to_the_old] == [
        (address, subject) for address, subject, _way in ADDRESS_MAILS[language]
    ]
    for message, (_address, _subject, way) in zip(to_the_old, ADDRESS_MAILS[language], strict=True):
        [link] = re.findall(rf"^{way}: (\S+)$", message.body, re.MULTILINE)
        html = html_of(message)
        assert link.startswith(f"https://mokymai.tiltas.test/{language}/")
        assert (NEW in message.body, NEW in html) == (True, True)
        assert (f'<html lang="{language}">' in html, f'href="{link}"' in html, way in html) == (True, True, True)


def test_an_address_in_a_mail_is_no_code_and_nobody_is_asked_to_write_there():
    learner("lt")

    [message] = sent_by("signup", email=ADDRESS, password1="labai-ilgas-slaptazodis")

    html = html_of(message)
    assert f'font-weight:700">{ADDRESS}</p>' in html
    assert ("mailto:" in html, "letter-spacing:.12em" in html) == (False, False)


def test_one_button_of_a_mail_is_filled_and_each_link_says_its_colour():
    send_welcome.func(UserFactory(email=ADDRESS).pk, "lt")

    links = re.findall(r"<a [^>]+>", html_of(mail.outbox[0]))
    assert [("background:#0b5563" in link, "color:#" in link) for link in links] == [
        (True, True),
        (False, True),
        (False, True),
    ]


def test_what_somebody_typed_is_text_in_the_html_too():
    page = as_html(
        "<b>a</b>\n\n    K0DAS-<b>\n\nLabel <i>: https://x.test/?a=1&b=2\n-- \nTiltas\nhttps://x.test", subject="<s>"
    )

    assert "<b>" not in page
    assert "<i>" not in page
    assert "<s>" not in page
    assert 'href="https://x.test/?a=1&amp;b=2"' in page
