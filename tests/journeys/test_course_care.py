"""The end of a trainer's day: an edition is released, and the course is copied for the next year, in Lithuanian throughout."""

import re

import pytest

from courses.models import Course, CoursePage

from .browsing import follow, log_in, said
from .english import english_on
from .world import TRAINER


@pytest.mark.looks
@pytest.mark.everything
@pytest.mark.parametrize(("language", "width"), [("lt", 1280), ("lt", 390), ("en", 390)])
def test_a_trainer_releases_an_edition_and_copies_the_course(courses, open_page, run_tasks, language, width):
    page = open_page(width=width, language=language)
    page.set_default_timeout(15_000)
    english = []
    log_in(page, TRAINER)
    page.goto("/admin/")
    follow(page.get_by_role("link", name=re.compile(f"{said('Course care', language)}.*K1")))
    look(page, language, english)

    follow(page.get_by_role("link", name=said("Release the next edition…", language)))
    page.locator("[name=academic_hours]").fill("0")
    follow(page.locator(".care-actions button"))
    look(page, language, english)
    assert (page.locator("[name=academic_hours]").input_value(), Course.objects.get(code="K1").edition) == ("0", 1)
    page.locator("[name=academic_hours]").fill("1")
    follow(page.locator(".care-actions button"))
    look(page, language, english)
    assert Course.objects.get(code="K1").edition == 2

    follow(page.get_by_role("link", name=said("Copy the course…", language)))
    page.locator("[name=code]").fill("K1")
    follow(page.locator(".care-actions button"))
    look(page, language, english)
    page.locator("[name=code]").fill("K1-2027")
    follow(page.locator(".care-actions button"))
    run_tasks()
    copies = list(CoursePage.objects.filter(code="K1-2027").select_related("locale"))
    page.wait_for_url(f"**/{copies[0].translation_key}/")  # the waiting page looks by itself
    look(page, language, english)

    assert {each.locale.language_code for each in copies} == {"lt", "en"}
    assert english == []
    assert page.complaints == []


def look(page, language, english):
    if language == "lt":
        english += english_on(page)
