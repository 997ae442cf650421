import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import NewsIndexPage
from tests.factories.info import add_news, make_news

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(site):
    """The base template asks for the catalogue."""


@pytest.mark.parametrize(
    ("address", "titles"),
    [("/lt/naujienos/", ["Naujiena 2", "Naujiena 3", "Naujiena 1"]), ("/en/news/", ["Item 2", "Item 3", "Item 1"])],
)
def test_the_newest_stand_first_in_each_language(client, address, titles):
    make_news("2026-11-01", "2026-11-20", "2026-11-05")

    assert [each.title for each in client.get(address).context["news"]] == titles


def test_an_item_says_its_day_and_leads_back_to_the_list(client):
    make_news("2026-11-20")

    page = client.get("/en/news/i1/").content.decode()

    assert '<time datetime="2026-11-20">20\xa0November\xa02026</time>' in page
    assert 'href="/en/news/"' in page


def test_what_is_not_published_is_in_no_list(client):
    _index, [item, other] = make_news("2026-11-20", "2026-11-21")
    item.unpublish()

    assert [each.title for each in client.get("/lt/naujienos/").context["news"]] == [other.title]
    assert [each.title for each in client.get("/lt/").context["news"]] == [other.title]


def test_without_news_the_list_says_so_and_leads_on(client):
    make_news()

    page = client.get("/en/news/").content.decode()

    assert "No news yet" in page
    assert 'href="../#courses"' in page


def test_many_news_come_on_several_pages(client, monkeypatch):
    monkeypatch.setattr(NewsIndexPage, "news_on_a_page", 2)
    make_news("2026-11-01", "2026-11-02", "2026-11-03")

    assert [each.title for each in client.get("/lt/naujienos/?page=2").context["news"]] == ["Naujiena 1"]
    for strange in ("99", "x", "-1", ""):
        assert client.get("/lt/naujienos/", {"page": strange}).status_code == 200


@pytest.mark.parametrize("address", ["/lt/", "/lt/naujienos/"])
def test_one_item_asks_as_many_queries_as_three(client, address):
    def asked():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    index, _items = make_news("2026-11-01")
    counts = [asked()]
    for number in (2, 3):
        add_news(index, number, f"2026-11-0{number}")
    counts.append(asked())

    assert counts[0] == counts[1] <= 15
