"""Browsers that run no scripts: a learner from the login to the certificate's page, a newcomer into an institution, a coordinator."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from certificates.models import Certificate
from courses.models import Activity, Course, Enrolment
from institutions.models import Membership
from progress.services import record_completion
from quizzes.models import Attempt, QuestionVersion

from .browsing import follow, log_in, said
from .coordinating import confirm_and_refuse, end, invite, make_waiting, open_room
from .world import COORDINATOR, LEARNER


@pytest.mark.looks
@pytest.mark.everything
@pytest.mark.parametrize(("language", "width"), [("lt", 390), ("en", 1280)])
def test_a_learner_walks_from_the_login_to_the_certificate_without_scripts(courses, open_page, language, width):
    page = open_page(width=width, language=language, java_script_enabled=False)

    def press(role, words):
        follow(page.get_by_role(role, name=said(words, language), exact=True).first)

    log_in(page, LEARNER)
    page.goto(f"/{language}/my/")
    press("link", Course.objects.get(code="K1").titles[language])
    press("button", "Enrol in the course")
    press("link", "Start")
    while page.get_by_role("button", name=said("Read, next", language), exact=True).count():
        press("button", "Read, next")
    press("button", "Start the test")
    attempt = Attempt.objects.get()
    answer_all(page, attempt, press)
    assert page.locator(".overview .chip.done").count() == len(attempt.version_ids)
    complete_what_comes_after(attempt)
    press("button", "Hand in the answers")
    expect(page.get_by_role("heading", name=said("Passed", language), exact=True)).to_be_visible()
    press("link", "To the certificate")

    certificate = Certificate.objects.get(enrolment__learner__user__email=LEARNER)
    expect(page.get_by_text(certificate.full_number).first).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("link", name=said("Download the certificate", language)).first.click()
    assert started.value.suggested_filename.endswith(".pdf")
    assert page.complaints == []


def answer_all(page, attempt, press):
    """Answer each question rightly; the first is looked at once more, and its answer is still there."""
    last = len(attempt.version_ids)
    for number, pk in enumerate(attempt.version_ids, start=1):
        version = QuestionVersion.objects.get(pk=pk)
        for option in version.answer_key["right"]:
            page.locator(f'[name=answer][value="{option}"]').check()
        press("button", "Save and review" if number == last else "Save and continue")
        if number == 1:
            press("button", "Back")
            chosen = [box.get_attribute("value") for box in page.locator("[name=answer]").all() if box.is_checked()]
            assert sorted(chosen) == version.answer_key["right"]
            press("button", "Save and continue")


def complete_what_comes_after(attempt):
    """The rest of the course is read the same way: here it is noted as done, so that the test is the last step."""
    enrolment = Enrolment.objects.get(pk=attempt.enrolment_id)
    activities = Activity.objects.filter(module__course=enrolment.course).exclude(pk=attempt.activity_id)
    for activity in activities.required_in(enrolment.edition):
        record_completion(enrolment_id=enrolment.pk, activity_id=activity.pk, at=timezone.now())


@pytest.mark.looks
@pytest.mark.everything
@pytest.mark.parametrize(("language", "width"), [("lt", 390), ("en", 1280)])
def test_a_coordinator_works_without_scripts(short_course, open_page, language, width):
    waiting = make_waiting()
    page = open_page(width=width, language=language, java_script_enabled=False)
    log_in(page, COORDINATOR)
    open_room(page, language)

    confirm_and_refuse(page, language, waiting)
    end(page, language, waiting[0])
    invite(page, language)


@pytest.mark.looks
@pytest.mark.everything
@pytest.mark.parametrize(("language", "width"), [("lt", 1280), ("en", 390)])
def test_a_newcomer_signs_up_and_joins_without_scripts(short_course, open_page, mailed_code, language, width):
    address = "nauja@tiltas.test"
    page = open_page(width=width, language=language, java_script_enabled=False)

    def press(words):
        follow(page.locator("main").get_by_role("button", name=said(words, language), exact=True))

    page.goto(f"/{language}/account/signup/")
    page.locator("[name=email]").fill(address)
    page.locator("[name=password1]").fill("labai-ilgas-slaptazodis")
    press("Create the account")
    page.locator("[name=code]").fill(mailed_code(address))
    press("Confirm")
    page.locator("[name=given_names]").fill("Ona")
    page.locator("[name=surname]").fill("Petraitė")
    press("Save and continue")
    page.locator("[name=code]").fill("nera-tokio")
    press("Join")
    assert page.locator("[name=code]").input_value() == "nera-tokio"  # refused, and what was typed is there
    page.locator("[name=code]").fill("globa 2026")
    press("Join")

    [membership] = Membership.objects.filter(learner__user__email=address)
    assert (membership.institution.name, membership.confirmation) == ("Pavyzdiniai globos namai", "code")
    expect(page.get_by_text("Pavyzdiniai globos namai").first).to_be_visible()
