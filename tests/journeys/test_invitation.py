"""From a join link on a phone to the institution, through an account that was not there before: nothing is typed twice."""

import pytest
from playwright.sync_api import expect

from institutions.models import Membership

from .browsing import follow, said

ADDRESS = "nauja@tiltas.test"
INSTITUTION = "Pavyzdiniai globos namai"


@pytest.mark.parametrize("language", ["lt", pytest.param("en", marks=pytest.mark.everything)])
def test_who_opens_a_join_link_without_an_account_arrives_in_the_institution(courses, open_page, mailed_code, language):
    page = open_page(width=390, language=language)

    def press(role, words):
        follow(page.locator("main").get_by_role(role, name=said(words, language), exact=True))

    page.goto(f"/{language}/join/GLOBA2026/")
    expect(page.get_by_text(INSTITUTION).first).to_be_visible()
    press("link", "Create an account")
    assert INSTITUTION in page.get_by_role("status").inner_text()
    page.locator("[name=email]").fill(ADDRESS)
    page.locator("[name=password1]").fill("labai-ilgas-slaptazodis")
    press("button", "Create the account")
    # The mail program opens beside; who comes back finds the page as it was left.
    page.reload()
    assert INSTITUTION in page.get_by_role("status").first.inner_text()
    page.locator("[name=code]").fill(mailed_code(ADDRESS))
    press("button", "Confirm")
    page.locator("[name=given_names]").fill("Ona")
    page.locator("[name=surname]").fill("Petraitė")
    press("button", "Save and continue")
    assert page.locator("main [name]:visible").evaluate_all("all => all.map(each => each.name)") == ["job_title"]
    press("button", "Join")

    assert page.url.endswith(f"/{language}/my/")
    expect(page.locator("main").get_by_text(INSTITUTION).first).to_be_visible()
    [membership] = Membership.objects.filter(learner__user__email=ADDRESS)
    assert (membership.institution.name, membership.confirmation) == (INSTITUTION, "code")
    assert page.complaints == []


@pytest.mark.everything
def test_on_the_phone_where_the_mail_opens_another_browser_the_link_still_works(courses, open_page, mailed_code):
    first, second = open_page(width=390), open_page(width=390)
    first.goto("/lt/join/GLOBA2026/")
    follow(first.locator("main").get_by_role("link", name=said("Create an account", "lt")))
    first.locator("[name=email]").fill(ADDRESS)
    first.locator("[name=password1]").fill("labai-ilgas-slaptazodis")
    with first.expect_navigation():
        first.locator("[name=password1]").press("Enter")

    second.goto("/lt/join/GLOBA2026/")
    follow(second.locator("main").get_by_role("link", name=said("I have an account", "lt")))
    follow(second.locator("main").get_by_role("link", name=said("Send me a code by e-mail", "lt")))
    second.locator("[name=email]").fill(ADDRESS)
    with second.expect_navigation():
        second.locator("[name=email]").press("Enter")
    second.locator("[name=code]").fill(mailed_code(ADDRESS))
    with second.expect_navigation():
        second.locator("[name=code]").press("Enter")
    second.locator("[name=given_names]").fill("Ona")
    second.locator("[name=surname]").fill("Petraitė")
    with second.expect_navigation():
        second.locator("[name=surname]").press("Enter")
    follow(second.locator("main").get_by_role("button", name=said("Join", "lt"), exact=True))

    assert [each.institution.name for each in Membership.objects.filter(learner__user__email=ADDRESS)] == [INSTITUTION]
