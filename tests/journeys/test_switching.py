"""On a phone: the other language opens at the block that was being read, with what was chosen and what was typed."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Attempt, QuestionVersion, Response
from quizzes.services import submit_attempt

from .browsing import follow, log_in, said
from .world import LEARNER

pytestmark = [pytest.mark.looks, pytest.mark.everything]


def switch(page, language):
    follow(page.locator(f".lang a[hreflang={language}]"))
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == language


def read(page, place):
    """Scroll to the block at this place of the lesson and stay there for a moment; returns its id."""
    block = page.locator("main article .part").nth(place)
    block.evaluate("each => window.scrollTo(0, each.getBoundingClientRect().top + window.scrollY - 20)")
    page.wait_for_timeout(1_000)
    return block.get_attribute("id")


def is_at(page, block):
    """Is this block where the reader's eyes are: at the top of the window?"""
    return 0 <= page.locator(f"[id='{block}']").evaluate("each => each.getBoundingClientRect().top") < 200


def test_a_phone_keeps_its_place_there_and_back(walked, open_page):
    page = open_page(width=390)
    log_in(page, LEARNER)

    stays_at_the_block(page, walked.closed_lesson)
    keeps_what_was_answered(page, walked.open_attempt)
    shows_the_same_result(page, walked.open_attempt)
    says_that_nothing_is_here(page)
    assert [each for each in page.complaints if "status of 404" not in each] == []


def stays_at_the_block(page, lesson):
    page.goto(lesson.url)
    passed = read(page, 6)
    block = read(page, 3)  # where one came back to, not how far one was
    assert passed != block
    for language in ("en", "lt"):
        switch(page, language)
        assert page.url.endswith(f"#{block}")
        assert is_at(page, block)
        page.wait_for_timeout(1_000)
    assert page.url.removesuffix(f"#{block}").endswith(lesson.url)
    later = read(page, 5)
    switch(page, "en")
    assert is_at(page, later)


def keeps_what_was_answered(page, attempt):
    """The answer that was given a moment ago goes along, whether it has arrived or not."""
    page.goto(f"/lt/quizzes/attempts/{attempt.uuid}/2/")
    option = QuestionVersion.objects.get(pk=attempt.version_ids[1]).option_ids[0]
    page.locator(f'[name=answer][value="{option}"]').check()
    for language in ("en", "lt"):
        switch(page, language)
        assert page.url.endswith(f"/{language}/quizzes/attempts/{attempt.uuid}/2/")
        expect(page.locator(f'[name=answer][value="{option}"]')).to_be_checked()
        expect(page.locator("[data-state]")).to_have_class("state saved")
    rows = Response.objects.filter(attempt=attempt, version_id=attempt.version_ids[1])
    assert [(row.answer, row.accepted) for row in rows] == [([option], True)]


def shows_the_same_result(page, attempt):
    submit_attempt(attempt_id=attempt.pk, at=timezone.now())
    score = Attempt.objects.get(pk=attempt.pk).score
    page.goto(f"/lt/quizzes/attempts/{attempt.uuid}/result/")
    shown = page.locator(".score").inner_text()
    for language in ("en", "lt"):
        switch(page, language)
        assert page.locator(".score").inner_text() == shown
    assert Attempt.objects.get(pk=attempt.pk).score == score


def says_that_nothing_is_here(page):
    page.goto("/lt/nothing-here/")
    for language in ("en", "lt"):
        switch(page, language)
        assert page.url.endswith(f"/{language}/nothing-here/")


def test_without_a_network_an_answer_waits_for_the_other_language(walked, open_page):
    """The other page can't be opened now, so one stays; nothing is lost, and the answer arrives when the network is back."""
    page = open_page(width=390)
    log_in(page, LEARNER)
    attempt = walked.open_attempt
    page.goto(f"/lt/quizzes/attempts/{attempt.uuid}/2/")
    option = QuestionVersion.objects.get(pk=attempt.version_ids[1]).option_ids[0]

    page.context.set_offline(True)
    page.locator(f'[name=answer][value="{option}"]').check()
    expect(page.locator("[data-state]")).to_have_class("state waiting")
    page.locator(".lang a[hreflang=en]").click()
    expect(page.locator(f'[name=answer][value="{option}"]')).to_be_checked()
    page.context.set_offline(False)
    page.goto(f"/en/quizzes/attempts/{attempt.uuid}/2/")

    expect(page.locator(f'[name=answer][value="{option}"]')).to_be_checked()
    expect(page.locator("[data-state]")).to_have_class("state saved")
    rows = Response.objects.filter(attempt=attempt, version_id=attempt.version_ids[1], accepted=True)
    assert [row.answer for row in rows] == [[option]]


def test_what_was_typed_goes_along_but_no_password(walked, open_page):
    page = open_page(width=390)
    page.goto(f"/lt/account/login/?next={walked.lesson.url}")
    page.locator("[name=login]").fill("ona@tiltas")
    page.locator("[name=password]").fill("ne tas")
    page.locator("[name=remember]").check()
    follow(page.locator("main form button.button").first)
    assert page.locator(".summary").count() == 1
    page.locator("[name=login]").fill("ona@tiltas.test")
    page.locator("[name=password]").fill("paslaptis")

    switch(page, "en")

    assert page.locator("[name=login]").input_value() == "ona@tiltas.test"
    assert page.locator("[name=remember]").is_checked()
    assert page.locator("[name=password]").input_value() == ""
    assert "/en/courses/" in page.locator("main [name=next]").first.input_value()
    assert page.evaluate("sessionStorage.length") == 0
    page.reload()
    assert page.locator("[name=login]").input_value() == ""


def test_without_scripts_the_form_says_that_nothing_goes_along(courses, browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="lt-LT")
    page = context.new_page()
    page.goto("/lt/account/login/")
    page.locator("[name=login]").fill("ona@tiltas")
    page.locator("[name=login]").press("Enter")

    words = "What you typed does not go along when you change the language: send the form first."
    # Chromium told to run no script still takes what stands in `noscript` for a text: it is there, and drawn without scripts.
    assert said(words, "lt") in page.locator(".summary noscript").text_content()
    context.close()
