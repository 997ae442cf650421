"""The catalogue's screen: its cards, its search, its filter."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from tests.factories.pages import make_course, publish

pytestmark = pytest.mark.django_db

LT, EN = "/lt/kursai/", "/en/courses/"


@pytest.fixture
def courses(site):
    """Two courses: one of quality, and a private one of self-help that nothing was released of."""
    quality = make_course(code="K1", lessons=1, quiz=False)
    help_ = make_course(code="K3", lessons=1, quiz=False, private=True, release=False)
    _words(quality.page, title="Kokybės vadyba", topics=["Stebėsena ir rodikliai"], outcomes=["analizuoti skundus"])
    _words(help_.page, title="Savipagalba", topics=["Ribos"], outcomes=["kalbėti įstaigoje"], audience="Visiems")
    lesson = quality.lessons[0]
    lesson.title = "Trys požiūriai į šuolį"
    publish(lesson)
    return quality, help_


def _words(page, *, title, topics, outcomes, audience=""):
    page.title, page.audience = title, audience
    page.topics = [("topic", each) for each in topics]
    page.outcomes = [("outcome", each) for each in outcomes]
    publish(page)
    english = page.get_translation(Locale.objects.get(language_code="en"))
    english.topics = page.topics  # a translation keeps the ids
    publish(english)


def found(client, **asked):
    return [card["course"].code for card in client.get(LT, asked).context["courses"]]


def topic_id(made):
    return made.page.topics[0].id


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("savipagalba", ["K3"]),
        ("SAVIPAGALBOS", ["K3"]),
        ("istaiga", ["K3"]),
        ("Įstaiga", ["K3"]),
        ("rodikliai", ["K1"]),
        ("skundas", ["K1"]),
        ("SUOLIS", ["K1"]),
        ("vadyba lyderystė", []),
        ("", ["K1", "K3"]),
        ("   ", ["K1", "K3"]),
    ],
)
def test_words_are_found_in_titles_topics_outcomes_and_lessons(client, courses, words, codes):
    assert found(client, q=words) == codes


def test_a_topic_leaves_the_courses_that_have_it(client, courses):
    assert found(client, topic=topic_id(courses[0])) == ["K1"]
    assert found(client, topic=topic_id(courses[0]), q="savipagalba") == []


def test_the_words_and_the_topic_stay_in_the_form(client, courses):
    page = BeautifulSoup(client.get(LT, {"q": "„Kokybė“ <b>", "topic": topic_id(courses[0])}).content, "html.parser")

    assert page.select_one("[name=q]")["value"] == "„Kokybė“ <b>"
    assert page.select_one("[name=topic] [selected]").text == "Stebėsena ir rodikliai"


def test_nothing_found_says_so_and_leads_back_to_all(client, courses):
    page = BeautifulSoup(client.get(EN, {"q": "xylophone"}).content, "html.parser")

    assert page.select_one(".found-row h2").text == "Nothing found"
    assert [link["href"] for link in page.select(".empty a")] == [EN]
    assert "“xylophone”" in page.select_one(".empty").text


def test_the_lessons_that_hold_the_words_are_named(client, courses):
    page = BeautifulSoup(client.get(LT, {"q": "suolis"}).content, "html.parser")

    assert "Trys požiūriai į šuolį" in page.select_one(".card .found").text
    assert BeautifulSoup(client.get(LT).content, "html.parser").select(".card .found") == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [({"q": "a" * 101}, "q"), ({"q": "a\x00b"}, "q"), ({"topic": "nera", "q": "savipagalba"}, "topic")],
)
def test_what_cannot_be_asked_is_refused_with_words_and_all_courses_stay(client, courses, asked, field):
    response = client.get(LT, asked)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert [card["course"].code for card in response.context["courses"]] == ["K1", "K3"]
    assert response.content.decode().count('class="field-error"') == 1


def test_cards_say_hours_for_whom_topics_languages_and_what_is_private(client, courses):
    cards = [card.text for card in BeautifulSoup(client.get(LT).content, "html.parser").select(".card")]
    quality, self_help = (" ".join(card.replace("\xa0", " ").split()) for card in cards)

    assert "16 akad. val." in quality
    assert "Stebėsena ir rodikliai" in quality
    assert "lietuvių, anglų" in quality
    assert "privatu" not in quality
    assert "privatu" in self_help
    assert "rengiama" in self_help
    assert "Visiems" in self_help


def test_a_course_without_english_does_not_name_it(client, courses):
    english = courses[0].page.get_translation(Locale.objects.get(language_code="en"))
    english.unpublish()

    [card] = client.get(LT, {"q": "vadyba"}).context["courses"]

    assert card["languages"] == ["lt"]


def test_an_empty_catalogue_has_no_search_and_says_that_courses_will_come(client, site):
    page = BeautifulSoup(client.get(EN).content, "html.parser")

    assert page.select("main form") == []
    assert "No courses yet" in page.select_one(".empty").text


def test_the_switch_of_language_keeps_the_search(client, courses):
    topic = topic_id(courses[0])

    languages = {each["code"]: each["url"] for each in client.get(LT, {"topic": topic}).context["tiltas_languages"]}

    assert languages == {"lt": f"{LT}?topic={topic}", "en": f"{EN}?topic={topic}"}
    assert [card["course"].code for card in client.get(languages["en"]).context["courses"]] == ["K1"]


def test_it_asks_the_same_for_one_course_as_for_three(client, site):
    def asked():
        client.get(LT, {"q": "kursas"})
        with CaptureQueriesContext(connection) as queries:
            client.get(LT, {"q": "kursas"})
        return len(queries)

    make_course(code="K1", lessons=1)
    one = asked()
    make_course(code="K2", lessons=3)
    make_course(code="K3", lessons=1)

    assert asked() == one <= 15
