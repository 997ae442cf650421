"""Info pages and news come from files as courses do, in both languages, and go back to them."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Locale

from home.models import HomePage, InfoPage, NewsPage
from studio.files import ContentError
from studio.loading import load_courses
from tests.conftest import NOON
from tests.factories.pages import publish

pytestmark = pytest.mark.everything

INFO = "00000000-0000-4000-8000-000000000011"
INDEX = "00000000-0000-4000-8000-000000000012"
ITEM = "00000000-0000-4000-8000-000000000013"

PAGES = {
    "pages/help.lt.md": f"""---
type: info
key: {INFO}
role: help
title: Pagalba
slug: pagalba
checked_on: 2026-11-22
---

::: help_lines h1
checked_on: 2026-11-20
:: line l1
number: 116&nbsp;123
name: Vilties linija
hours: visą parą
:::

::: facts f1
:: item i1
label: El. paštas
---
[a@b.lt](mailto:a@b.lt)
:::

::: funder fd1
project: Projektas
number: NOR-1
---
Finansuoja.
:::

::: personal_data p1
caption: Duomenys
:::
""",
    "pages/help.en.md": f"""---
type: info
key: {INFO}
title: Help
slug: help
---

::: help_lines h1
:: line l1
name: Line of hope
hours: day and night
:::

::: facts f1
:: item i1
label: E-mail
---
[a@b.lt](mailto:a@b.lt)
:::

::: funder fd1
project: Project
---
It pays.
:::

::: personal_data p1
caption: Data
:::
""",
    "news/index.lt.md": f"---\ntype: news_index\nkey: {INDEX}\ntitle: Naujienos\nslug: naujienos\n---\n",
    "news/index.en.md": f"---\ntype: news_index\nkey: {INDEX}\ntitle: News\nslug: news\n---\n",
    "news/one.lt.md": f"---\ntype: news\nkey: {ITEM}\npublished_on: 2026-11-20\ntitle: Nauja\nslug: nauja\nlead: Trumpai.\n---\n",
    "news/one.en.md": f"---\ntype: news\nkey: {ITEM}\ntitle: New\nslug: new\nlead: In short.\n---\n",
}


@pytest.fixture
def loaded(folder, db):
    folder.write(PAGES)
    folder.load()
    return folder


def page(model, language):
    return model.objects.get(locale__language_code=language)


def test_numbers_and_days_are_the_lithuanian_files_and_words_each_its_own(loaded):
    said = {}
    for language in ("lt", "en"):
        lines = page(InfoPage, language).help_lines
        said[language] = (lines["checked_on"], [(line["number"], line["name"]) for line in lines["line"]])

    assert said == {
        "lt": (date(2026, 11, 20), [("116\xa0123", "Vilties linija")]),
        "en": (date(2026, 11, 20), [("116\xa0123", "Line of hope")]),
    }
    english = page(InfoPage, "en")
    assert (english.role, english.checked_on) == ("help", date(2026, 11, 22))
    assert [block.value["number"] for block in english.body if block.block_type == "funder"] == ["NOR-1"]


def test_each_page_hangs_where_its_kind_belongs(loaded):
    for language, home in (("lt", "pradzia"), ("en", "home")):
        assert page(InfoPage, language).get_parent().slug == home
        item = page(NewsPage, language)
        assert item.get_parent().get_parent().slug == home
        assert item.published_on == date(2026, 11, 20)


def test_a_second_load_changes_nothing(loaded):
    report = load_courses(loaded.path, at=NOON)

    assert (report.made, report.changed, report.edited, report.conflicts) == ([], [], [], [])


def test_a_place_that_does_not_exist_is_found_with_its_line(folder, db):
    folder.write(PAGES)
    folder.change("pages/help.lt.md", "role: help", "role: kitchen")

    with pytest.raises(ContentError) as refused:
        folder.load()

    assert [(finding.path, finding.line) for finding in refused.value.findings] == [("pages/help.lt.md", 4)]


def test_a_number_in_the_english_file_is_refused(folder, db):
    folder.write(PAGES)
    folder.change("pages/help.en.md", ":: line l1\n", ":: line l1\nnumber: 112\n")

    with pytest.raises(ContentError) as refused:
        folder.load()

    assert "“number” stands in the source language's file alone" in str(refused.value)


def test_news_without_a_list_of_news_says_what_to_add(folder, db):
    folder.write({name: text for name, text in PAGES.items() if "index" not in name})

    with pytest.raises(ContentError) as refused:
        folder.load()

    assert "there is no news_index page" in str(refused.value)


def test_what_an_editor_changed_goes_back_to_its_file_and_a_new_page_gets_one(loaded):
    help_page = page(InfoPage, "lt")
    help_page.title = "Pagalba čia"
    publish(help_page)
    home = page(HomePage, "lt")
    publish(home.add_child(instance=InfoPage(title="Nauja", slug="nauja-vieta", locale=Locale.get_default())))
    out = StringIO()

    call_command("dump_pages", loaded.path, stdout=out)

    assert out.getvalue().split("\n")[:-1] == ["pages/help.lt.md", "pages/nauja-vieta.lt.md", "Files written: 2"]
    assert "title: Pagalba čia\n" in loaded.read("pages/help.lt.md")
