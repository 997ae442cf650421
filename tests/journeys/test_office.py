"""The coordinator's and the administrator's work in the browser: who completed what, taken home as a file, and a certificate revoked."""

import csv
import io

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from certificates.models import Certificate

from .browsing import follow, log_in, said
from .world import ADMINISTRATOR, COORDINATOR

BOTH = pytest.mark.parametrize(("language", "width"), [("lt", 390), ("en", 1280)])


def downloaded(page, link):
    """The rows of the CSV file that the link gives."""
    with page.expect_download() as started:
        link.click()
    return list(csv.reader(io.StringIO(started.value.path().read_text(encoding="utf-8-sig")), delimiter=";"))


@pytest.mark.everything
@BOTH
def test_a_coordinator_sees_the_own_people_and_takes_the_list_home(walked, open_page, language, width):
    page = open_page(width=width, language=language)
    log_in(page, COORDINATOR)
    page.goto(f"/{language}/my/")
    if width < 600:
        page.locator("details.menu summary").click()
    follow(page.get_by_role("link", name=said("My institution", language), exact=True).locator("visible=true"))

    assert page.get_by_role("heading", level=1).inner_text() == walked.institution.name
    rows = page.locator("tbody tr").count()
    file = downloaded(page, page.get_by_role("link", name=said("Download CSV", language)))
    assert rows > 0
    assert [row[0] for row in file if "Petraitė" in row] != []
    assert page.complaints == []


@pytest.mark.everything
@BOTH
def test_an_administrator_exports_the_statistics_and_revokes_a_certificate(walked, open_page, language, width):
    page = open_page(width=width, language=language)
    log_in(page, ADMINISTRATOR)
    page.goto("/admin/statistics/")
    follow(page.get_by_role("button", name=said("Show", language), exact=True))
    file = downloaded(page, page.get_by_role("link", name="CSV", exact=True))
    assert [row for row in file if walked.certificate.full_number in row] != []

    page.goto(reverse("certificate:edit", args=[walked.certificate.pk]))
    page.locator("[name=revocation_reason]").fill("Išduotas per klaidą.")
    with page.expect_navigation():
        page.locator("[name=revocation_reason]").press("Enter")
    assert Certificate.objects.get(pk=walked.certificate.pk).revoked_at
    page.goto(f"/verify/{walked.certificate.code}/?lang={language}")
    expect(page.get_by_role("heading", name=said("Revoked", language), exact=True)).to_be_visible()
    assert page.complaints == []
