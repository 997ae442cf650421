"""What every answer says to the browser, and what no page asks of anybody else."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse

import tiltas

STRICT = {
    "default-src": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
}
EDITORS = STRICT | {
    "script-src": ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
}


class Loaded(HTMLParser):
    """What a browser would load for a page, and what stands inline in it."""

    def __init__(self, html):
        super().__init__()
        self.addresses, self.inline = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag in {
            "link",
            "script",
            "img",
            "source",
            "iframe",
            "video",
            "audio",
            "use",
            "image",
            "embed",
            "object",
            "input",
        }:
            self.addresses += [
                given[name] for name in ("src", "href", "xlink:href", "srcset", "data") if given.get(name)
            ]
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.inline.append(tag)
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]

    @property
    def other_hosts(self):
        return {urlsplit(address).netloc for address in self.addresses} - {"", "testserver"}


@pytest.fixture
def screens(world):
    """(person, address, status) of each kind of page that people other than editors see."""
    made, uuid = world.made, world.attempt.uuid
    english = made.lessons[0].get_translations().get().url
    learner = [
        (made.page.url, 200),
        (made.lessons[1].url, 200),
        (world.file.url, 200),
        (made.quizzes[0].url, 200),
        (reverse("tiltas_quizzes:question", args=[uuid, 1]), 200),
        (reverse("tiltas_quizzes:overview", args=[uuid]), 200),
        (reverse("tiltas_quizzes:result", args=[world.handed_in.uuid]), 200),
        (reverse("tiltas_certificates:course_done", args=[world.completed.uuid]), 200),
        (reverse("tiltas_certificates:download", args=[world.certificate.uuid]), 200),
        (reverse("tiltas_home:my_learning"), 200),
        (reverse("tiltas_learners:name"), 200),
        (reverse("tiltas_home:join"), 200),
        (reverse("tiltas_reports:my_institutions"), 200),
        (reverse("account_email"), 200),
        (reverse("account_change_password"), 200),
        (reverse("tiltas_page_login"), 403),
    ]
    anonymous = [
        ("/", 302),
        ("/lt/", 200),
        ("/en/", 200),
        ("/lt/kursai/", 200),
        (made.page.url, 200),
        (made.lessons[0].url, 200),
        (english, 200),
        ("/verify/", 200),
        (f"/verify/{world.certificate.code}/", 200),
        ("/healthz/", 200),
        ("/lt/nothing-here/", 404),
        (reverse("account_login"), 200),
        (reverse("account_signup"), 200),
        (reverse("account_request_login_code"), 200),
        (reverse("account_reset_password"), 200),
        (reverse("tiltas_home:my_learning"), 302),
    ]
    return (
        [("learner", *row) for row in learner]
        + [("anonymous", *row) for row in anonymous]
        + [("coordinator", reverse("tiltas_reports:institution", args=[world.institution.uuid]), 200)]
    )


@pytest.fixture
def answers(client, people, screens):
    """Address → response of each screen."""
    found = {}
    for person, address, status in screens:
        client.logout()
        if people[person] is not None:
            client.force_login(people[person])
        found[person, address] = client.get(address)
        assert (address, found[person, address].status_code) == (address, status)
    return found


def policy(response):
    directives = [directive.split() for directive in response.headers["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in directives}


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_every_page_of_a_learner_has_the_strict_policy_and_the_other_headers(answers):
    kept = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    for screen, response in answers.items():
        assert (screen, policy(response)) == (screen, STRICT)
        assert (screen, {name: response.headers.get(name) for name in kept}) == (screen, kept)
        if response.status_code != 302:  # a redirect has nothing to frame
            assert (screen, response.headers.get("X-Frame-Options")) == (screen, "SAMEORIGIN")


def test_no_page_asks_anything_of_another_host_or_holds_anything_inline(answers):
    pages = {screen: each for screen, each in answers.items() if each.headers["Content-Type"].startswith("text/html")}
    loaded = {screen: Loaded(body(response).decode()) for screen, response in pages.items()}

    assert len(loaded) > 25
    assert {screen: page.other_hosts for screen, page in loaded.items() if page.other_hosts} == {}
    assert {screen: page.inline for screen, page in loaded.items() if page.inline} == {}


def test_no_style_or_script_of_ours_fetches_from_another_host():
    files = [
        file
        for app in tiltas.APPS
        for kind in ("*.css", "*.js")
        for file in (settings.BASE_DIR / app / "static").rglob(kind)
    ]
    fetching = re.compile(r"""(url\(|@import|import|from|fetch\()\s*["']?(https?:)?//""")

    assert len(files) >= 5
    assert [file.name for file in files if fetching.search(file.read_text())] == []


def test_a_page_that_loads_elsewhere_would_be_noticed():
    page = Loaded('<img src="https://elsewhere.test/pixel.png"><script>1</script><p onclick="1" style="color: red">')

    assert page.other_hosts == {"elsewhere.test"}
    assert page.inline == ["script", "p onclick", "p style"]


def test_the_looser_policy_stands_on_the_editors_pages_alone(client, people, world):
    client.force_login(people["trainer"])
    lesson = world.made.lessons[0]

    for address in ("/admin/", f"/admin/pages/{lesson.pk}/edit/", "/admin/images/"):
        response = client.get(address)
        assert (address, response.status_code, policy(response)) == (address, 200, EDITORS)
    # A draft is a learner's page, also when an editor looks at it.
    for address in (f"/admin/pages/{lesson.pk}/view_draft/", lesson.url, "/administracija/"):
        assert (address, policy(client.get(address))) == (address, STRICT)


def test_the_editors_pages_ask_nothing_of_another_host(client, people, world):
    client.force_login(people["trainer"])

    for address in ("/admin/", "/admin/pages/", f"/admin/pages/{world.made.lessons[0].pk}/edit/", "/admin/images/"):
        assert (address, Loaded(client.get(address).content.decode()).other_hosts) == (address, set())


def test_static_files_are_not_sniffed(client, settings, db):
    settings.WHITENOISE_USE_FINDERS = True
    response = client.get("/static/tiltas_ui/css/tokens.css")

    assert (response.status_code, response.headers.get("X-Content-Type-Options")) == (200, "nosniff")


def test_cookies_stay_away_from_scripts_and_other_sites(client, people):
    login = client.post(
        reverse("account_login"), {"login": people["learner"].email, "password": "slaptas-zodis"}, follow=False
    )

    session, csrf = login.cookies["sessionid"], client.get(reverse("account_email")).cookies["csrftoken"]
    assert (session["httponly"], session["samesite"], csrf["samesite"]) == (True, "Lax", "Lax")
    # Until the browser is closed: many of these machines stand in a common room.
    assert session["max-age"] == ""


def test_the_check_of_a_certificate_is_kept_out_of_search_engines_and_caches(client, world):
    headers = client.get(f"/verify/{world.certificate.code}/").headers

    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in headers["Cache-Control"]
