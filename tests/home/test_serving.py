"""Pages are found by their whole address at once; what is answered is what Wagtail's walk down the tree would answer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from courses.models import ModulePage
from home.models import HomePage
from tests.factories.pages import make_course
from tiltas.serving import DEEPEST

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_course(lessons=1)


def in_english(page):
    return page.get_translation(Locale.objects.get(language_code="en"))


def test_every_published_page_answers_at_its_address_in_both_languages(client, made):
    pages = [made.page.get_parent().get_parent(), made.page.get_parent(), made.page, made.lessons[0], made.quizzes[0]]
    for source in pages:
        for page in (source, in_english(source)):
            response = client.get(page.get_url())

            assert response.status_code == 200
            assert response.context["page"] == page.specific


@pytest.mark.parametrize(
    "address",
    ["/lt/kursai/nera/", "/lt/nera/", "/lt/kursai/k1/m1/p1-1/dar/", "/en/kursai/", "/lt/courses/", "/lt/KURSAI/"],
)
def test_an_address_that_leads_nowhere_is_not_found(client, made, address):
    assert client.get(address).status_code == 404


def test_an_address_deeper_than_any_page_is_not_found(client, made):
    assert client.get("/lt/" + "x/" * (DEEPEST + 1)).status_code == 404
    assert client.get("/lt/" + "x/" * 500).status_code == 404


def test_what_is_not_published_is_not_found(client, made):
    made.lessons[0].unpublish()

    assert client.get(made.lessons[0].get_url()).status_code == 404


def test_a_lesson_stays_open_while_its_module_is_mended(client, made):
    made.modules[0].unpublish()

    assert client.get(made.lessons[0].get_url()).status_code == 200


def test_below_an_unpublished_home_page_nothing_is_found(client, made):
    in_english(HomePage.objects.get(locale=Locale.get_default())).unpublish()

    assert client.get("/en/courses/").status_code == 404
    assert client.get("/lt/kursai/").status_code == 200


def test_a_page_that_finds_its_own_way_is_asked(client, made, monkeypatch):
    """Such as Wagtail's routable pages, whose addresses go on below them."""
    asked = []

    def route(self, request, components):
        asked.append(components)
        return Page.route(self, request, components)

    monkeypatch.setattr(ModulePage, "route", route)

    assert client.get(made.lessons[0].get_url()).status_code == 200
    assert asked == [["p1-1"]]


def test_a_page_of_the_same_slug_elsewhere_is_not_mistaken(client, made):
    other = make_course(code="K2", lessons=1)

    for each in (made, other):
        assert client.get(each.lessons[0].get_url()).context["page"] == each.lessons[0]


def test_a_renamed_home_page_is_found_at_once(client, made):
    home = HomePage.objects.get(locale=Locale.get_default())
    client.get("/lt/kursai/")
    home.slug = "nauja-pradzia"
    home.save_revision().publish()

    assert client.get("/lt/kursai/k1/").status_code == 200


def test_the_switch_of_language_leads_to_the_same_page(client, made):
    response = client.get(made.lessons[0].get_url())

    languages = {each["code"]: each["url"] for each in response.context["tiltas_languages"]}
    assert languages == {"lt": made.lessons[0].get_url(), "en": in_english(made.lessons[0]).get_url()}


def test_a_language_in_which_the_page_is_not_published_is_not_offered(client, made):
    in_english(made.lessons[0]).unpublish()

    response = client.get(made.lessons[0].get_url())

    assert {each["code"]: each["url"] for each in response.context["tiltas_languages"]} == {
        "lt": made.lessons[0].get_url(),
        "en": None,
    }


def test_the_catalogue_stands_in_the_navigation_of_each_language(client, made):
    for language, address in (("lt", "/lt/kursai/"), ("en", "/en/courses/")):
        for screen in (f"/{language}/", address, f"/{language}/account/login/"):
            assert client.get(screen).context["tiltas_nav"][0]["url"] == address


def test_a_page_deep_in_the_tree_is_found_in_two_queries(client, made):
    client.get(made.lessons[0].get_url())

    with CaptureQueriesContext(connection) as asked:
        client.get(made.lessons[0].get_url())

    finding = [query["sql"] for query in asked if '"wagtailcore_page"."url_path"' in query["sql"]]
    by_slug = [sql for sql in finding if "slug" in sql.partition(" WHERE ")[2]]
    assert len(by_slug) == 1
