"""Info pages and news as editors make them, in both languages."""

from datetime import date

from wagtail.models import Locale

from home.models import HomePage, InfoPage, NewsIndexPage, NewsPage

from .pages import ensure_site, publish, translate


def make_info_page(role="", *, english=True, **fields):
    """A published info page with this place, below the home page."""
    ensure_site()
    slug = role or fields.pop("slug", "puslapis")
    page = InfoPage(title=fields.pop("title", f"Puslapis {slug}"), slug=f"{slug}-lt", role=role, **fields)
    home = HomePage.objects.get(locale=Locale.get_default())
    publish(home.add_child(instance=page))
    if english:
        translate(page, title=f"Page {slug}", slug=slug)
    return page


def help_lines(*numbers, checked_on=None):
    """A block of lines to call with these numbers, for the body of an info page."""
    lines = [{"number": each, "name": f"Linija {each}", "hours": "visą parą", "about": ""} for each in numbers]
    return ("help_lines", {"checked_on": checked_on, "line": lines})


def make_news(*days):
    """The list of news with an item for each of these days; returns (list, items)."""
    ensure_site()
    home = HomePage.objects.get(locale=Locale.get_default())
    index = publish(home.add_child(instance=NewsIndexPage(title="Naujienos", slug="naujienos")))
    translate(index, title="News", slug="news")
    return index, [add_news(index, number, day) for number, day in enumerate(days, start=1)]


def add_news(index, number, day):
    """One more item of this day, in both languages."""
    item = NewsPage(
        title=f"Naujiena {number}", slug=f"n{number}", lead=f"Trumpai {number}.", published_on=date.fromisoformat(day)
    )
    publish(NewsIndexPage.objects.get(pk=index.pk).add_child(instance=item))
    translate(item, title=f"Item {number}", slug=f"i{number}")
    return item
