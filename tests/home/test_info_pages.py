"""Info pages, and the places at the foot of each screen that lead to them."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Locale

from courses.models import Enrolment
from home.declarations import declarations
from home.models import HomePage, InfoPage
from learners.models import Learner
from tests.factories.info import help_lines, make_info_page, make_news
from tests.factories.pages import make_course

pytestmark = pytest.mark.django_db

ROLES = [role.value for role in InfoPage.Role]


@pytest.fixture(autouse=True)
def _site(site):
    """The base template asks for the catalogue."""


def soup(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def links(page, area):
    return [link["href"] for link in page.select(f"{area} a")]


class TestTheFootOfEachScreen:
    @pytest.mark.parametrize("language", ["lt", "en"])
    def test_it_is_the_same_on_every_screen(self, client, language):
        made = make_course(lessons=1)
        for role in reversed(ROLES):  # whatever the order in which they were made
            make_info_page(role)
        make_news()
        lesson = (
            made.lessons[0]
            if language == "lt"
            else made.lessons[0].get_translation(Locale.objects.get(language_code="en"))
        )
        screens = [f"/{language}/", f"/{language}/account/login/", lesson.get_url(), f"/verify/?lang={language}"]

        feet = [links(soup(client, screen), ".foot-of-page") for screen in screens]

        ending = "-lt" if language == "lt" else ""
        pages = {role: f"/{language}/{role}{ending}/" for role in ROLES}
        assert feet[0] == [
            pages["help"],
            pages["about"],
            f"/{language}/{'naujienos' if language == 'lt' else 'news'}/",
            f"/verify/?lang={language}",
            pages["privacy"],
            pages["accessibility"],
            pages["terms"],
        ]
        assert feet == [feet[0]] * len(screens)

    def test_a_page_without_a_place_or_not_published_is_not_in_it(self, client):
        make_info_page("")
        make_info_page("terms").unpublish()

        assert links(soup(client, "/lt/"), ".foot-of-page") == ["/verify/?lang=lt"]

    def test_the_page_that_one_is_on_is_marked(self, client):
        make_info_page("help")

        marked = soup(client, "/lt/help-lt/").select(".foot-of-page [aria-current=page]")

        assert [each.text for each in marked] == ["Puslapis help"]

    def test_help_stands_in_the_header_of_each_screen(self, client):
        make_info_page("help")

        for screen, address in (("/lt/", "/lt/help-lt/"), ("/en/account/login/", "/en/help/")):
            assert client.get(screen).context["tiltas_nav"][-1]["url"] == address

    def test_all_of_it_takes_one_query(self, client):
        def asked(address):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            return len(queries)

        alone = asked("/lt/account/login/")
        for role in ROLES:
            make_info_page(role)
        make_news("2026-11-20")

        assert asked("/lt/account/login/") == alone


class TestAPage:
    @pytest.mark.parametrize(("language", "words"), [("lt", "2026 m. lapkričio 22 d."), ("en", "22 November 2026")])
    def test_it_says_when_its_text_was_checked(self, client, language, words):
        make_info_page("about", checked_on=date(2026, 11, 22))

        page = soup(client, "/lt/about-lt/" if language == "lt" else "/en/about/")

        assert words in page.select_one("article").text.replace("\xa0", " ")

    def test_every_block_is_drawn(self, client):
        make_info_page(
            "about",
            body=[
                ("heading", "Skyrius"),
                ("text", "<p>Tekstas.</p>"),
                ("facts", [{"label": "El. paštas", "text": '<p><a href="mailto:a@b.lt">a@b.lt</a></p>'}]),
                ("funder", {"project": "Projektas", "number": "NOR-1", "text": "<p>Finansuoja.</p>"}),
                help_lines("0 800 28888"),
            ],
        )

        article = soup(client, "/lt/about-lt/").select_one("article")

        assert [each.text for each in article.select("h2")] == ["Skyrius"]
        assert [each["href"] for each in article.select("a")] == ["mailto:a@b.lt", "tel:+37080028888"]
        assert "NOR-1" in article.select_one(".funder").text

    def test_the_way_to_a_person_stands_on_every_page_but_that_one(self, client):
        make_info_page("help")
        make_info_page("terms")

        assert links(soup(client, "/lt/terms-lt/"), "main aside") == ["/lt/help-lt/"]
        assert links(soup(client, "/lt/help-lt/"), "main aside") == []

    def test_numbers_that_nobody_has_checked_say_so(self, client):
        make_info_page("help", body=[help_lines("112")])
        make_info_page("about", body=[help_lines("112", checked_on=date(2026, 11, 22))])

        with translation.override("lt"):
            unchecked, checked = (
                soup(client, f"/lt/{role}-lt/").select_one(".help-lines").text for role in ("help", "about")
            )

        assert "redaktorius jų dar nepatikrino" in unchecked
        assert "Numeriai patikrinti" in checked

    def test_two_pages_of_a_language_have_no_place_in_common(self):
        page = make_info_page("help")
        other = InfoPage(title="Kita", slug="kita", role="help", locale=Locale.get_default())

        with pytest.raises(ValidationError) as refused:
            other.clean()

        assert list(refused.value.message_dict) == ["role"]
        page.clean()
        page.get_translation(Locale.objects.get(language_code="en")).clean()


class TestDeclarations:
    def test_a_privacy_policy_shows_what_every_model_declares(self, client):
        make_info_page("privacy", body=[("personal_data", {"caption": "Duomenys"})])

        page = soup(client, "/lt/privacy-lt/").select_one("article").text

        for model in (Learner, Enrolment, HomePage):
            for words in model.personal_data.values():
                assert str(words) in page

    def test_models_that_say_the_same_stand_together(self):
        found = declarations()

        said = [str(each.purpose) for each in found]
        assert len(said) == len(set(said))
        assert [len(each.names) > 1 for each in found if InfoPage._meta.verbose_name_plural in each.names] == [True]


class TestRemembering:
    """The pages that stand on each screen are remembered; a change of one is seen at once."""

    def footer(self, client):
        return BeautifulSoup(client.get("/lt/").content, "html.parser").select_one("footer").text

    def test_a_page_published_or_taken_away_is_there_or_gone_on_the_next_screen(self, client, site):
        before = self.footer(client)
        page = make_info_page(title="Pagalbos puslapis", role=InfoPage.Role.HELP)
        assert "Pagalbos puslapis" not in before
        assert "Pagalbos puslapis" in self.footer(client)

        page.unpublish()

        assert "Pagalbos puslapis" not in self.footer(client)
