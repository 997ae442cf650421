"""The office looks at the register, revokes, replaces and takes it along; nobody adds to it or deletes from it by hand."""

import csv
import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.models import Certificate
from certificates.services import issue_certificate, replace_certificate, revoke_certificate
from learners.models import Learner
from reports.models import ExportLog
from tests.factories import NOON, CourseFactory, EnrolmentFactory, IssuerFactory, UserFactory
from tiltas.roles import ADMINISTRATOR, sync_groups

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def administrator(client, site):
    from django.contrib.auth.models import Group

    sync_groups()
    user = UserFactory()
    user.groups.add(Group.objects.get(name=ADMINISTRATOR))
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


@pytest.fixture
def issue():
    """Call it for a certificate of a new learner: `issue("Petraitė", course=…)`."""
    IssuerFactory()

    def make(surname="Petraitė", *, at=NOON, **fields):
        enrolment = EnrolmentFactory(completed_at=NOON, learner__surname=surname, **fields)
        return issue_certificate(enrolment_id=enrolment.pk, at=at)

    return make


def listed(client, **query):
    """The numbers on the screen of the register, in its order."""
    response = client.get(reverse("certificate:index_results"), query)
    return [certificate.full_number for certificate in response.context["object_list"]]


def replacing(client, certificate, **form):
    filled = {"given_names": "Ona", "surname": "Petraitienė", "reason": "Klaida varde."}
    return client.post(reverse("certificate:replace", args=[certificate.pk]), filled | form)


# Looking


@pytest.mark.parametrize("address", ["certificate:add", "certificate:delete"])
def test_nothing_is_added_or_deleted_by_hand(client, issue, address):
    certificate = issue()
    args = [certificate.pk] if address.endswith("delete") else []

    response = client.post(reverse(address, args=args), {"revocation_reason": "x"})

    assert response.status_code in {302, 403, 404, 405}
    assert list(Certificate.objects.all()) == [certificate]


@pytest.mark.parametrize(
    "query",
    ["Žukauskaitė", "zukauskaite", "ŽUKAUSK", "ona zukauskaite", "KT-2026-000001", "000001", "{code}", "{printed}"],
)
def test_it_is_searched_by_name_number_and_code(client, issue, query):
    certificate = issue("Žukauskaitė")
    issue("Petraitė")

    found = listed(client, q=query.format(code=certificate.code.lower(), printed=certificate.printed_code))

    assert found == [certificate.full_number]


def test_who_changed_the_surname_is_found_by_either(client, issue):
    certificate = issue("Petraitė")
    Learner.objects.update(surname="Kazlauskienė")

    assert listed(client, q="petraite") == listed(client, q="Kazlauskien") == [certificate.full_number]


def test_it_is_filtered_by_course_year_and_state(client, issue):
    course = CourseFactory(code="K2")
    valid = issue(course=course)
    revoked, replaced = issue("Atšaukta"), issue("Pakeista")
    revoke_certificate(certificate_id=revoked.pk, reason="Klaida.", at=NOON)
    new = replace_certificate(certificate_id=replaced.pk, reason="Klaida.", at=NOON)
    next_year = issue("Kitų metų", at=NOON.replace(year=2027))

    assert listed(client, course=course.pk) == [valid.full_number]
    assert listed(client, year=2027) == [next_year.full_number]
    assert listed(client, state="revoked") == [revoked.full_number]
    assert listed(client, state="replaced") == [replaced.full_number]
    assert sorted(listed(client, state="valid")) == sorted(each.full_number for each in (valid, new, next_year))


def test_the_list_takes_as_many_queries_for_one_as_for_thirty(client, issue):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("certificate:index")).status_code == 200
        return len(captured)

    issue()
    queries()
    of_one = queries()
    for _each in range(29):
        issue()

    assert queries() == of_one


def test_the_list_and_what_was_certified_show_number_name_and_state(client, issue):
    certificate = issue("Žukauskaitė")

    index = client.get(reverse("certificate:index")).content.decode()
    inspected = client.get(reverse("certificate:inspect", args=[certificate.pk])).content.decode()

    for shown in (index, inspected):
        assert (certificate.full_number in shown, "Žukauskaitė" in shown, "Valid" in shown) == (True,) * 3
    assert reverse("certificate:replace", args=[certificate.pk]) in index


@pytest.mark.parametrize(("language", "words"), [("lt", "neužpildyta"), ("en", "not filled in")])
def test_what_was_certified_is_told_in_words_and_nothing_is_none(client, issue, language, words):
    certificate = issue("Žukauskaitė")
    client.cookies["django_language"] = language

    page = client.get(reverse("certificate:inspect", args=[certificate.pk])).content.decode()

    told = " ".join(re.sub(r"<[^>]+>", " ", page.split("<dl>", 1)[1].rsplit("</dl>", 1)[0]).split())
    assert [each for each in ("None", "{", "null") if each in told] == []
    assert (words in told, ", 12:00" in told, certificate.snapshot["course"]["code"] in told) == (True, True, True)


def test_the_list_offers_what_can_still_be_done(client, issue):
    certificate = issue()
    edit, replace = (reverse(f"certificate:{name}", args=[certificate.pk]) for name in ("edit", "replace"))

    def offered():
        index = client.get(reverse("certificate:index")).content.decode()
        return f'"{edit}"' in index, f'"{replace}"' in index

    assert offered() == (True, True)
    revoke_certificate(certificate_id=certificate.pk, reason="Klaida.", at=NOON)
    assert offered() == (False, True)
    replace_certificate(certificate_id=certificate.pk, reason="Klaida.", at=NOON)
    assert offered() == (False, False)


# Replacing


def test_replacing_revokes_and_issues_another_with_the_right_name(client, issue):
    old = issue("Petriate")
    shown = client.get(reverse("certificate:replace", args=[old.pk])).content.decode()

    response = replacing(client, old)

    assert 'value="Petriate"' in shown
    assert response.headers["Location"] == reverse("certificate:index")
    old.refresh_from_db()
    assert (old.state, old.revocation_reason) == ("replaced", "Klaida varde.")
    assert old.replaced_by.holder == "Ona Petraitienė"
    assert old.replaced_by.snapshot["replaces"] == old.full_number


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"surname": ""}, "surname"),
        ({"surname": "=1+1"}, "surname"),
        ({"given_names": "<b>"}, "given_names"),
        ({"reason": "A" * 301}, "reason"),
        ({"surname": "A" * 101}, "surname"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(client, issue, wrong, field):
    certificate = issue()

    response = replacing(client, certificate, **wrong)

    assert [*response.context["form"].errors] == [field]
    kept = {"given_names": "Ona", "surname": "Petraitienė", "reason": "Klaida varde."} | wrong
    assert {name: response.context["form"][name].value() for name in kept} == kept
    assert Certificate.objects.get().state == "valid"


def test_what_cannot_be_issued_is_told_and_nothing_is_revoked(client, issue):
    certificate = issue()
    certificate.issuer.active = False
    certificate.issuer.save()

    response = replacing(client, certificate)

    assert "No issuer is set up yet" in response.content.decode()
    assert Certificate.objects.get().state == "valid"
    assert Learner.objects.get(pk=certificate.enrolment.learner_id).surname == "Petraitė"


def test_replacing_twice_replaces_once(client, issue):
    certificate = issue()
    replacing(client, certificate)

    replacing(client, certificate, surname="Kita")

    assert Certificate.objects.count() == 2


def test_the_history_of_both_tells_who_replaced_it(client, issue, administrator):
    old = issue()
    replacing(client, old)

    for pk in Certificate.objects.values_list("pk", flat=True):
        history = client.get(reverse("certificate:history", args=[pk])).content.decode()
        assert administrator.get_full_name() in history


# Taking it along


@pytest.fixture
def entries(issue):
    """A valid one, one revoked, one replaced and the one in its place."""
    first = issue("Žukauskaitė", course=CourseFactory(code="K1", titles={"lt": "Kokybė", "en": "Quality"}))
    revoked, replaced = issue("=1+1"), issue("Pakeista")
    revoke_certificate(certificate_id=revoked.pk, reason="Per klaidą.", at=NOON)
    replace_certificate(certificate_id=replaced.pk, reason="Klaida varde.", at=NOON)
    return first


def exported(client, format_name, **query):
    return client.get(reverse("certificate:index"), {"export": format_name, **query})


def test_a_csv_is_what_an_office_keeps(client, entries):
    response = exported(client, "csv")

    assert response.headers["Content-Disposition"].startswith('attachment; filename="pazymejimai-')
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0][:4] == ["Number", "Issued on", "Given names", "Surname"]
    assert rows[4] == [
        "KT-2026-000001", "2026-11-21", "Ona", "Žukauskaitė", "K1", "Quality", "16", "Valid", "",
    ]  # fmt: skip
    assert rows[3][3] == "'=1+1"
    assert rows[3][7:] == ["Revoked", "Revoked on 2026-11-21: Per klaidą."]
    assert rows[2][7:] == ["Replaced", "Revoked on 2026-11-21: Klaida varde. Replaced by No. KT-2026-000004."]
    assert rows[1][7:] == ["Valid", "Replaces No. KT-2026-000003."]


def test_an_xlsx_holds_the_same(client, entries):
    book = openpyxl.load_workbook(io.BytesIO(exported(client, "xlsx").content))

    sheet = book.worksheets[0]
    assert [sheet.cell(row=row, column=1).value for row in range(2, 6)] == [
        f"KT-2026-00000{number}" for number in (4, 3, 2, 1)
    ]
    assert (sheet["B5"].is_date, sheet["G5"].value, sheet["D4"].value, sheet["D4"].data_type) == (True, 16, "=1+1", "s")


@pytest.mark.parametrize("query", [{"q": "zukauskaite"}, {"state": "revoked"}])
def test_just_what_is_shown_is_exported_and_noted(client, entries, administrator, query):
    shown = listed(client, **query)

    rows = exported(client, "csv", **query).content.decode("utf-8-sig").splitlines()[1:]

    assert [row.split(";")[0] for row in rows] == shown
    log = ExportLog.objects.get()
    assert (log.content, log.user, log.format, log.rows, log.filters) == ("register", administrator, "csv", 1, query)


def test_an_export_takes_as_many_queries_for_one_as_for_thirty(client, issue):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert exported(client, "csv").status_code == 200
        return len(captured)

    issue()
    queries()
    of_one = queries()
    for _each in range(29):
        issue()

    assert queries() == of_one
