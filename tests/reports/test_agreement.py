"""The coordinator's list, the administrator's page and the three files say the same of the same completions."""

import io
import json

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from reports.columns import ROW_COLUMNS
from tests.factories import NOON, CourseFactory, MembershipFactory, UserFactory
from tests.reports.test_exports import tables_of
from tests.reports.test_screens import lt, tables
from tiltas.roles import ADMINISTRATOR, sync_groups

NAMES = [column.name for column in ROW_COLUMNS]
SHOWN = ["surname", "given_names", "course_title", "status", "academic_hours", "completed_on", "certificate"]


@pytest.fixture
def files(client, site, institution):
    """Format → the administrator's export of this institution."""
    sync_groups()
    administrator = UserFactory()
    administrator.groups.add(Group.objects.get(name=ADMINISTRATOR))
    client.force_login(administrator)

    def export(format_name):
        query = {"institution": institution.uuid, "format": format_name}
        return client.get(reverse("tiltas_statistics"), query).content

    return export


def picked(row):
    """The shown columns of a row (name → value), as texts."""
    return ["" if row[name] in (None, "–") else str(row[name]).removesuffix(" 00:00:00") for name in SHOWN]


def test_all_five_show_the_same_completions(client, files, enrol, institution):
    first, second = CourseFactory(code="K1", academic_hours=16), CourseFactory(code="K2", academic_hours=8)
    enrol(first, institution, surname="Žukauskienė", completed_at=NOON, certified=True)
    enrol(second, institution, surname="Čepaitė", completed_at=NOON, certified=True)
    enrol(second, institution, surname="Ąžuolas")
    enrol(first, surname="Niekieno", completed_at=NOON)

    csv_rows = [dict(zip(NAMES, row, strict=True)) for row in tables_of(files("csv"))[0][1:]]
    json_body = json.loads(files("json"))
    sheet = openpyxl.load_workbook(io.BytesIO(files("xlsx"))).worksheets[0]
    xlsx_rows = [dict(zip(NAMES, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=2)]
    page = tables(client.get(reverse("tiltas_statistics"), {"institution": institution.uuid}))
    client.force_login(MembershipFactory(institution=institution, role="coordinator").learner.user)
    people_page = tables(client.get(reverse("tiltas_reports:institution", args=[institution.uuid])))[0]

    expected = [
        ["Ąžuolas", "Ona", "Kursas K2", lt("In progress"), "8", "", ""],
        ["Čepaitė", "Ona", "Kursas K2", lt("Completed"), "8", "2026-11-21", "KT-2026-000002"],
        ["Žukauskienė", "Ona", "Kursas K1", lt("Completed"), "16", "2026-11-21", "KT-2026-000001"],
    ]
    assert [picked(row) for row in csv_rows] == expected
    assert [picked(row) for row in json_body["rows"]] == expected
    assert [picked(row) for row in xlsx_rows] == expected
    assert [["" if cell == "–" else cell for cell in row] for row in people_page[1:]] == expected
    totals = json_body["totals"]
    of_institution, of_all = page[-1][1:]
    assert of_all[1:] == of_institution[1:]
    assert of_all[1:3] == [str(totals["enrolled"]), str(totals["completed"])] == ["3", "2"]
    assert of_all[6] == str(totals["academic_hours"]) == "24"


def test_totals_institutions_and_months_are_the_same_numbers_everywhere(client, files, enrol, institution):
    course = CourseFactory(code="K1", academic_hours=16)
    enrol(course, institution, completed_at=NOON, certified=True)
    enrol(course, institution, enrolled_at=NOON.replace(month=1), completed_at=NOON.replace(month=10))
    enrol(course, institution, withdrawn_at=NOON)

    def texts(rows):
        return [
            ["" if cell in (None, "–") else str(cell).replace(".", ",").removesuffix(",0") for cell in row]
            for row in rows
        ]

    body = json.loads(files("json"))
    _rows, institutions, months, totals = tables_of(files("csv"))
    sheets = openpyxl.load_workbook(io.BytesIO(files("xlsx"))).worksheets
    from_xlsx = [[[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] for sheet in sheets[1:4]]
    month_table, institution_table = tables(client.get(reverse("tiltas_statistics"), {"institution": institution.uuid}))

    expected_months = [["2026-10", "1", "16"], ["2026-11", "1", "16"]]
    expected_totals = ["3", "2", "0", "1", "0", "32", "1", "66,7"]
    expected_institutions = [[institution.name, *expected_totals]]
    assert (
        texts(each.values() for each in body["months"]) == texts(months[2:]) == texts(from_xlsx[1]) == expected_months
    )
    assert [row[1:] for row in month_table[1:3]] == [row[1:] for row in expected_months]
    assert month_table[3][1:] == ["2", "32"]
    assert texts([body["totals"].values()]) == texts(totals[2:]) == texts(from_xlsx[2]) == [expected_totals]
    assert texts(each.values() for each in body["institutions"]) == texts(institutions[2:]) == expected_institutions
    assert texts(from_xlsx[0]) == texts(institution_table[1:2]) == expected_institutions
    assert institution_table[2][1:] == expected_totals


@pytest.mark.parametrize("format_name", ["csv", "json"])
def test_the_command_writes_the_very_bytes_that_the_page_exports(files, enrol, institution, tmp_path, format_name):
    enrol(CourseFactory(), institution, completed_at=NOON, certified=True)
    output = tmp_path / f"baigusieji.{format_name}"

    call_command("export_completions", format=format_name, output=output, institution=institution.uuid)

    assert output.read_bytes() == files(format_name)
