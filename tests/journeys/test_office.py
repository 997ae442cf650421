"""
The coordinator's and the administrator's work in the browser: people and invitations, institutions and their codes, who completed
what, taken home as a file, and a certificate revoked.
"""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from certificates.models import Certificate
from institutions.models import Institution, InstitutionRequest, JoinCode, Membership, Municipality
from tests.factories import InstitutionRequestFactory

from .browsing import follow, log_in, said
from .coordinating import confirm_and_refuse, end, invite, make_waiting, open_room
from .world import ADMINISTRATOR, COORDINATOR, LEARNER

ALL = pytest.mark.parametrize(("language", "width"), [(each, width) for each in ("lt", "en") for width in (390, 1280)])
# Two of the four ask the database too, so they run on both.
HALF = pytest.mark.parametrize(
    ("language", "width"),
    [
        ("lt", 390),
        ("en", 1280),
        pytest.param("lt", 1280, marks=pytest.mark.looks),
        pytest.param("en", 390, marks=pytest.mark.looks),
    ],
)
NEW, ASKED = "Rietavo naujieji globos namai", "Plungės dienos centras „Tiltukas“"


def downloaded(page, link):
    """The rows of the CSV file that the link gives."""
    with page.expect_download() as started:
        link.click()
    return list(csv.reader(io.StringIO(started.value.path().read_text(encoding="utf-8-sig")), delimiter=";"))


@pytest.mark.everything
@HALF
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
@HALF
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


@pytest.mark.looks
@pytest.mark.everything
@ALL
def test_a_coordinator_answers_who_waits_ends_a_membership_and_invites(short_course, open_page, language, width):
    waiting = make_waiting()
    page = open_page(width=width, language=language)
    log_in(page, COORDINATOR)
    open_room(page, language)

    confirm_and_refuse(page, language, waiting)
    end(page, language, waiting[0])
    invite(page, language)

    assert page.complaints == []


@pytest.mark.looks
@pytest.mark.everything
@ALL
def test_an_administrator_makes_institutions_codes_and_a_coordinator(short_course, open_page, language, width):
    asking = InstitutionRequestFactory(name=ASKED, municipality=Municipality.objects.get(code="68"))
    page = open_page(width=width, language=language)
    log_in(page, ADMINISTRATOR)

    answer_request(page, asking)
    make_institution(page)
    make_code(page)
    name_coordinator(page)

    room = open_page(width=width, language=language)
    log_in(room, LEARNER)
    room.goto(f"/{language}/institution/{Institution.objects.get(name=NEW).uuid}/people/")
    assert room.get_by_role("heading", level=1).inner_text() == NEW
    assert (page.complaints, room.complaints) == ([], [])


def send(field):
    with field.page.expect_navigation():
        field.press("Enter")


def answer_request(page, asking):
    """The institution that a learner missed is made; the learner belongs to it."""
    page.goto(reverse("institutionrequest:index"))
    page.goto(
        page.locator(f'a[href="{reverse("institutionrequest:edit", args=[asking.pk])}"]').first.get_attribute("href")
    )
    page.locator("[name=outcome][value=made]").check()
    send(page.locator("[name=name]"))
    assert InstitutionRequest.objects.get(pk=asking.pk).outcome == "made"
    assert [each.learner for each in Membership.objects.filter(institution__name=ASKED)] == [asking.learner]


def make_institution(page):
    page.goto(reverse("institution:add"))
    page.locator("[name=name]").fill(NEW)
    page.locator("[name=municipality]").select_option(str(Municipality.objects.get(code="74").pk))
    page.locator("[name=kind]").select_option("care_home")
    page.locator("[name=code]").fill("123 456 789")  # its check digit fails: kept, with a warning
    send(page.locator("[name=code]"))
    assert Institution.objects.get(name=NEW).code == "123456789"
    expect(page.locator(".messages .warning")).to_contain_text("123456789")


def make_code(page):
    page.goto(reverse("joincode:add"))
    page.locator("[name=code]").fill("RIETAV26")
    page.locator("[name=institution]").select_option(str(Institution.objects.get(name=NEW).pk))
    send(page.locator("[name=code]"))
    assert JoinCode.objects.get(code="RIETAV26").institution.name == NEW


def name_coordinator(page):
    """First with an address that nobody has: it stays in the form, and the form says what to do."""
    page.goto(reverse("membership:add"))
    page.locator("[name=institution]").select_option(str(Institution.objects.get(name=NEW).pk))
    page.locator("[name=role]").select_option("coordinator")
    page.locator("[name=starts_on]").fill(timezone.localdate().isoformat())
    page.locator("[name=email]").fill("nera@tiltas.test")
    send(page.locator("[name=email]"))
    assert page.locator("[name=email]").input_value() == "nera@tiltas.test"
    page.locator("[name=email]").fill(LEARNER)
    send(page.locator("[name=email]"))
    made = Membership.objects.get(institution__name=NEW, learner__user__email=LEARNER)
    assert (made.role, made.confirmation) == ("coordinator", "office")
