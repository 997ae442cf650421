"""A learner whose browser runs no scripts: from the login to the certificate's page."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from certificates.models import Certificate
from courses.models import Activity, Course, Enrolment
from progress.services import record_completion
from quizzes.models import Attempt, QuestionVersion

from .browsing import follow, log_in, said
from .world import LEARNER


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
