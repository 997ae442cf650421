"""How much English a Lithuanian administrator still meets in the editor: none where trainers work, and elsewhere not more than this."""

import pytest

from .browsing import log_in
from .english import content_in_english, english_on
from .screens import DESK, by_person
from .world import ADMINISTRATOR

# Wagtail's own screens that an administrator may come to.
ELSEWHERE = [
    "/admin/account/",
    "/admin/images/",
    "/admin/images/add/",
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
    "/admin/reports/workflow_tasks/",
    "/admin/redirects/",
    "/admin/pages/{course}/history/",
    "/admin/pages/{course}/unpublish/",
    "/admin/pages/{lesson}/move/",
    "/admin/pages/{lesson}/copy/",
    "/admin/pages/{lesson}/delete/",
    "/admin/pages/{lesson}/workflow_history/",
    "/admin/pages/{lesson}/usage/",
    "/admin/choose-page/",
]
MOST = 0


def test_english_is_found_on_a_screen(page_of):
    found = english_on(
        page_of("<p>Save draft</p><p>Įrašyti</p><p lang=en>Save draft</p><p>You may</p><p>Page 2 of 7</p>")
    )

    assert found == ["Page 2 of 7", "Save draft", "You may"]


def test_english_is_found_where_it_is_only_heard(page_of):
    found = english_on(
        page_of(
            "<nav aria-label=Actions></nav><span style='position:absolute;clip-path:inset(50%)'>More actions</span>"
            "<input placeholder=Search><select><option>All<option>Visi</select><img alt=Preview>"
            "<i hidden id=d>Loading</i><button aria-describedby=d title='Close dialog'>Gerai</button><b hidden>Refresh</b>"
        )
    )

    assert found == ["Actions", "All", "Close dialog", "Loading", "More actions", "Preview", "Search"]


@pytest.fixture
def page_of(open_page):
    """Call it for a page with this HTML."""

    def make(html):
        page = open_page()
        page.set_content(f"<!doctype html><html lang=lt><body>{html}")
        return page

    return make


@pytest.mark.looks
@pytest.mark.everything
def test_little_english_is_left_on_the_other_screens_of_the_lithuanian_editor(walked, open_page, capsys):
    found, content = {}, content_in_english()
    for who, screens in by_person(DESK):
        page = open_page(width=1280)
        log_in(page, who)
        addresses = [screen.address(walked, "lt") for screen in screens]
        elsewhere = [each.format(course=walked.course.pk, lesson=walked.lesson.pk) for each in ELSEWHERE]
        for address in [*addresses, *(elsewhere if who == ADMINISTRATOR else [])]:
            assert page.goto(address, wait_until="networkidle").status == 200, address
            texts = english_on(page, except_for=content, words=False)
            if texts:
                found[address] = texts

    count = len({text for texts in found.values() for text in texts})
    with capsys.disabled():
        print(f"\nEnglish texts on the other Lithuanian screens of the editor: {count}")
        for address, texts in found.items():
            print(f"  {len(texts)} {address}")
    assert count <= MOST, "\n".join(f"{a}: {t}" for a, t in found.items())
