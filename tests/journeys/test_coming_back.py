"""Who logs in while reading comes back to the block that was being read."""

import pytest

from tiltas.demo import PASSWORD

from .world import LEARNER

pytestmark = [pytest.mark.looks, pytest.mark.everything]

LESSON = "/lt/kursai/paslaugu-kokybes-vadyba/kokybes-samprata/kas-yra-paslaugos-kokybe/"


def log_in_here(page):
    page.locator("[name=login]").fill(LEARNER)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def block_in_sight(page, place):
    """Scroll to the block that stands at this place of the lesson; returns its id."""
    block = page.locator("main article [id]").nth(place)
    block.evaluate("each => window.scrollTo(0, each.getBoundingClientRect().top + window.scrollY - 40)")
    page.wait_for_timeout(300)  # the browser tells of what is in sight with its next frames
    return block.get_attribute("id")


def test_from_the_header_of_a_lesson(courses, open_page):
    page = open_page(width=1280)
    page.goto(LESSON)
    seen = block_in_sight(page, 3)

    page.locator("header a[data-return]:visible").first.click()
    log_in_here(page)

    page.wait_for_url(f"**{LESSON}#{seen}")


def test_when_the_login_ended_meanwhile_the_fragment_is_kept_by_the_form(courses, open_page):
    page = open_page()
    page.goto("/lt/my/account/#my-courses")  # the browser takes the fragment along to the login

    log_in_here(page)

    page.wait_for_url("**/lt/my/account/#my-courses")


def test_without_scripts_the_lesson_itself_is_come_back_to(courses, browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(LESSON)

    page.locator("header a[data-return]").first.click(force=True)
    log_in_here(page)

    page.wait_for_url(f"**{LESSON}")
    context.close()
