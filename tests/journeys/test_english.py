"""How much English a Lithuanian administrator still meets in the editor: none where trainers work, and elsewhere not more than this."""

import pytest
from wagtail.models import Page

from quizzes.models import Question

from .browsing import log_in
from .english import english_on
from .screens import DESK, by_person
from .world import ADMINISTRATOR

# Wagtail's own screens that an administrator may come to.
ELSEWHERE = [
    "/admin/account/",
    "/admin/images/",
    "/admin/images/add/",
    "/admin/documents/",
    "/admin/documents/multiple/add/",
    "/admin/users/",
    "/admin/users/new/",
    "/admin/collections/",
    "/admin/reports/site-history/",
    "/admin/reports/locked/",
    "/admin/reports/aging-pages/",
    "/admin/reports/page-types-usage/",
    "/admin/reports/workflow/",
    "/admin/localize/reports/translations/",
    "/admin/pages/search/?q=kursas",
    "/admin/choose-page/",
]
# What is still English there ("None", where a certificate has no day of revoking): lower it whenever it can be lowered.
MOST = 1


def test_english_is_found_on_a_screen(page_of):
    found = english_on(
        page_of("<p>Save draft</p><p>Įrašyti</p><p lang=en>Save draft</p><p>You may</p><p>Page 2 of 7</p>")
    )

    assert found == ["Page 2 of 7", "Save draft", "You may"]


@pytest.fixture
def page_of(open_page):
    """Call it for a page with this HTML."""

    def make(html):
        page = open_page()
        page.set_content(f"<!doctype html><html lang=lt><body>{html}")
        return page

    return make


def titles_in_english():
    """Of pages and questions: content, and rightly English."""
    pages = Page.objects.filter(locale__language_code="en").values_list("title", flat=True)
    return [*pages, *Question.objects.filter(locale__language_code="en").values_list("title", flat=True)]


@pytest.mark.looks
@pytest.mark.everything
def test_little_english_is_left_on_the_other_screens_of_the_lithuanian_editor(walked, open_page, capsys):
    found, titles = {}, titles_in_english()
    for who, screens in by_person(DESK).items():
        page = open_page(width=1280)
        log_in(page, who)
        addresses = [screen.address(walked, "lt") for screen in screens]
        for address in [*addresses, *(ELSEWHERE if who == ADMINISTRATOR else [])]:
            page.goto(address, wait_until="networkidle")
            texts = english_on(page, except_for=titles, words=False)
            if texts:
                found[address] = texts

    count = len({text for texts in found.values() for text in texts})
    with capsys.disabled():
        print(f"\nEnglish texts on the other Lithuanian screens of the editor: {count}")
    assert count <= MOST, "\n".join(f"{a}: {t}" for a, t in found.items())
