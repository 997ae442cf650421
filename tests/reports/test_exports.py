"""The files: what an office opens in its spreadsheet is what the site counted, and no text in it ever becomes a formula."""

import csv
import io
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from django.db import connection
from django.utils.translation import gettext, override

from reports.columns import INSTITUTION_COLUMNS, MONTH_COLUMNS, ROW_COLUMNS, TOTAL_COLUMNS
from reports.exporters import EXPORTERS, ControlTotalsDiffer, check_totals, export
from reports.statistics import CompletionStatistics, Filters
from tests.factories import NOON, CourseFactory, InstitutionFactory

FORMULA = '=HYPERLINK("http://x")'
SOFFICE = shutil.which("soffice")


@pytest.fixture
def statistics(enrol, institution):
    """A completed course with its certificate, one in progress, and one of a person whose name is a formula."""
    course = CourseFactory(code="K1", academic_hours=16, titles={"lt": "Kokybės vadyba", "en": "Quality"})
    enrol(
        course, institution, surname="Čepaitė-Žukienė", job_title="slaugytoja; vyr.", completed_at=NOON, certified=True
    )
    enrol(course, institution, surname="Ąžuolas", confirmed=False)
    enrol(course, InstitutionFactory(name="-2+3", municipality=institution.municipality), surname=FORMULA)
    return CompletionStatistics(Filters())


def lt(text):
    """How the site says it in Lithuanian."""
    with override("lt"):
        return gettext(text)


def written(statistics, format_name):
    file = io.BytesIO()
    export(statistics, format_name, file)
    return file.getvalue()


def tables_of(data):
    """The tables of our CSV: lists of rows, split at the empty lines, without their headings."""
    tables = [[]]
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"):
        if row:
            tables[-1].append(row)
        else:
            tables.append([])
    return tables


# CSV


def test_a_csv_is_what_lithuanian_spreadsheets_expect(statistics):
    data = written(statistics, "csv")

    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert (lines[-1], [line for line in lines if "\n" in line or "\r" in line]) == ("", [])
    assert lines[0].count(";") == len(ROW_COLUMNS) - 1


def test_a_csv_read_back_holds_rows_institutions_months_and_totals(statistics):
    rows, institutions, months, totals = tables_of(written(statistics, "csv"))

    assert [row[3] for row in rows] == [lt("Surname"), "'" + FORMULA, "Ąžuolas", "Čepaitė-Žukienė"]
    assert rows[3] == [
        "Plungės rajono savivaldybė",
        "Plungės socialinių paslaugų centras",
        lt("Confirmed"),
        "Čepaitė-Žukienė",
        "Ona",
        "slaugytoja; vyr.",
        "K1",
        "Kokybės vadyba",
        "1",
        "16",
        lt("Completed"),
        "2026-11-21",
        "2026-11-21",
        "KT-2026-000001",
    ]
    assert months[2:] == [["2026-11", "1", "16"]]
    assert [len(institutions), len(totals)] == [4, 3]  # with the heading of the table and those of its columns
    assert institutions[3] == ["Plungės socialinių paslaugų centras", "2", "1", "1", "0", "1", "16", "1", "50,0"]
    assert totals[2] == ["3", "1", "2", "0", "1", "16", "1", "33,3"]


@pytest.mark.parametrize("text", [FORMULA, "+370 600 00000", "-2+3", "@SUM(A1)", "|calc", "%0A"])
def test_no_cell_of_a_csv_begins_as_a_formula(enrol, institution, text):
    enrol(CourseFactory(), institution, surname=text)

    cells = [
        cell for table in tables_of(written(CompletionStatistics(Filters()), "csv")) for row in table for cell in row
    ]

    assert [cell for cell in cells if cell[:1] in set("=+-@|%\t\r")] == []


def test_a_text_with_quotes_semicolons_and_lines_stays_one_cell(enrol, institution):
    said = 'Vyr. „ekspertė"; (I)\nantra eilutė'
    enrol(CourseFactory(), institution, job_title=said)

    assert tables_of(written(CompletionStatistics(Filters()), "csv"))[0][1][5] == said


def test_an_empty_export_has_headings_and_zeros(db):
    rows, institutions, months, totals = tables_of(written(CompletionStatistics(Filters()), "csv"))

    assert (len(rows), len(institutions), len(months)) == (1, 2, 2)
    assert totals[2] == ["0", "0", "0", "0", "0", "0", "0", ""]


# XLSX


def test_an_xlsx_holds_days_as_days_numbers_as_numbers_and_texts_as_texts(statistics):
    book = openpyxl.load_workbook(io.BytesIO(written(statistics, "xlsx")))

    sheet = book.worksheets[0]
    names = [column.name for column in ROW_COLUMNS]
    row = dict(zip(names, sheet[4], strict=True))
    assert row["surname"].value == "Čepaitė-Žukienė"
    assert {name: type(row[name].value) for name in ("enrolled_on", "academic_hours", "edition", "certificate")} == {
        "enrolled_on": datetime,
        "academic_hours": int,
        "edition": int,
        "certificate": str,
    }
    assert (row["completed_on"].value, row["completed_on"].is_date) == (datetime(2026, 11, 21), True)  # noqa: DTZ001
    assert row["completed_on"].number_format == "yyyy-mm-dd"
    assert sheet[3][names.index("completed_on")].value is None


def test_a_text_that_looks_like_a_formula_or_an_address_is_a_text_in_an_xlsx(statistics):
    book = openpyxl.load_workbook(io.BytesIO(written(statistics, "xlsx")))

    cell = book.worksheets[0].cell(row=2, column=4)
    assert (cell.value, cell.data_type, cell.hyperlink) == (FORMULA, "s", None)
    assert [each.data_type for sheet in book for row in sheet for each in row if each.data_type == "f"] == []


def test_an_xlsx_has_five_sheets_with_frozen_headings_and_the_same_totals(statistics):
    book = openpyxl.load_workbook(io.BytesIO(written(statistics, "xlsx")))

    assert [sheet.freeze_panes for sheet in book] == ["A2", "A2", "A2", "A2", None]
    assert [cell.value for cell in book.worksheets[3][2]] == [3, 1, 2, 0, 1, 16, 1, 33.3]
    assert book.worksheets[3]["H2"].number_format == "0.0"
    assert [[cell.value for cell in row] for row in book.worksheets[2].iter_rows(min_row=2)] == [["2026-11", 1, 16]]
    assert [row[0].value for row in book.worksheets[1].iter_rows(min_row=2)] == [
        "-2+3",
        "Plungės socialinių paslaugų centras",
    ]


def test_the_definitions_and_the_filters_stand_in_the_file(statistics):
    chosen = CompletionStatistics(replace(statistics.filters, course="K1", since=date(2026, 1, 1)))

    book = openpyxl.load_workbook(io.BytesIO(written(chosen, "xlsx")))

    definitions = {row[0].value: row[1].value for row in book.worksheets[4].iter_rows()}
    assert (definitions["course"], definitions["since"]) == ("K1", "2026-01-01")
    headings = {str(column.heading) for column in [*ROW_COLUMNS, *TOTAL_COLUMNS]}
    assert len(definitions) >= len(headings)


# JSON


def test_a_json_holds_plain_values_and_their_definitions(statistics):
    body = json.loads(written(statistics, "json"))

    assert body["filters"] == {"language": "lt"}
    assert body["rows"][2] == {
        "municipality": "Plungės rajono savivaldybė",
        "institution": "Plungės socialinių paslaugų centras",
        "attribution": lt("Confirmed"),
        "surname": "Čepaitė-Žukienė",
        "given_names": "Ona",
        "job_title": "slaugytoja; vyr.",
        "course_code": "K1",
        "course_title": "Kokybės vadyba",
        "edition": 1,
        "academic_hours": 16,
        "status": lt("Completed"),
        "enrolled_on": "2026-11-21",
        "completed_on": "2026-11-21",
        "certificate": "KT-2026-000001",
    }
    assert body["rows"][0]["surname"] == FORMULA
    assert body["totals"] == {
        "enrolled": 3,
        "completed": 1,
        "in_progress": 2,
        "withdrawn": 0,
        "unconfirmed": 1,
        "academic_hours": 16,
        "certificates": 1,
        "share_completed": 33.3,
    }
    assert [each["institution"] for each in body["institutions"]] == ["-2+3", "Plungės socialinių paslaugų centras"]
    assert set(body["definitions"]["rows"]) == {column.name for column in ROW_COLUMNS}
    assert set(body["definitions"]["totals"]) == {column.name for column in TOTAL_COLUMNS}


@pytest.mark.parametrize("format_name", sorted(EXPORTERS))
def test_a_file_in_english_has_english_headings_and_titles(statistics, format_name):
    data = written(CompletionStatistics(Filters(language="en")), format_name)

    if format_name == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        data = json.dumps([[str(cell.value) for cell in row] for row in sheet]).encode()
    assert b"Quality" in data
    assert (b"Completed" in data, lt("Completed").encode() in data) == (True, False)


# LibreOffice, as in the offices that have no other


@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice on this machine")
@pytest.mark.parametrize("format_name", ["csv", "xlsx"])
def test_libreoffice_opens_the_file_with_its_letters_and_without_running_a_formula(statistics, format_name, tmp_path):
    source = tmp_path / f"baigusieji.{format_name}"
    source.write_bytes(written(statistics, format_name))
    reading = ["--infilter=CSV:59,34,76,1"] if format_name == "csv" else []

    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            *reading,
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "opened"),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    sheet = openpyxl.load_workbook(tmp_path / "opened" / "baigusieji.xlsx").worksheets[0]
    surnames = [sheet.cell(row=number, column=4) for number in (2, 3, 4)]
    # In a CSV the apostrophe in front stays to be seen: nothing else keeps every spreadsheet from running what follows.
    expected = "'" + FORMULA if format_name == "csv" else FORMULA
    assert [cell.value for cell in surnames] == [expected, "Ąžuolas", "Čepaitė-Žukienė"]
    assert {cell.data_type for cell in surnames} == {"s"}
    assert [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"] == []
    assert sheet.cell(row=4, column=10).value == 16
    assert sheet.cell(row=4, column=13).value == datetime(2026, 11, 21)  # noqa: DTZ001  (a day, as spreadsheets keep it)


# Control totals


def counts(statistics):
    return statistics.rows(), statistics.totals(), statistics.by_institution(), statistics.by_month()


def test_counts_that_agree_pass(statistics):
    check_totals(*counts(statistics))


def test_a_row_too_few_is_noticed(statistics):
    rows, *others = counts(statistics)

    with pytest.raises(ControlTotalsDiffer):
        check_totals(rows[1:], *others)


def test_a_completion_that_a_row_does_not_show_is_noticed(statistics):
    rows, *others = counts(statistics)

    with pytest.raises(ControlTotalsDiffer):
        check_totals([replace(row, completed_on=None) for row in rows], *others)


@pytest.mark.parametrize("field", ["completed", "academic_hours"])
def test_months_that_do_not_add_up_are_noticed(statistics, field):
    _rows, totals, institutions, months = counts(statistics)
    changed = replace(months[0], **{field: getattr(months[0], field) + 1})

    with pytest.raises(ControlTotalsDiffer):
        check_totals(None, totals, institutions, [changed])


@pytest.mark.parametrize(
    "field", ["enrolled", "completed", "withdrawn", "unconfirmed", "academic_hours", "certificates"]
)
def test_institutions_that_do_not_add_up_are_noticed(statistics, field):
    rows, totals, institutions, months = counts(statistics)
    changed = replace(institutions[0].totals, **{field: getattr(institutions[0].totals, field) + 1})

    with pytest.raises(ControlTotalsDiffer):
        check_totals(rows, totals, [replace(institutions[0], totals=changed), *institutions[1:]], months)


def test_who_enrols_between_the_counts_does_not_spoil_the_file(statistics, enrol):
    """The three counts are queries of their own; under READ COMMITTED each sees what was committed before it."""
    came = []

    def enrol_before_the_second_query(execute, sql, params, many, context):
        if "COUNT(" in sql and not came:
            came.append(True)
            came[0] = enrol(CourseFactory(code="K9"))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(enrol_before_the_second_query):
        data = written(statistics, "json")

    assert len(came) == 1
    assert (len(json.loads(data)["rows"]), json.loads(data)["totals"]["enrolled"]) == (4, 4)


def test_every_column_has_a_heading_and_a_definition():
    for columns in (ROW_COLUMNS, TOTAL_COLUMNS, INSTITUTION_COLUMNS, MONTH_COLUMNS):
        assert [column.name for column in columns if not (str(column.heading) and str(column.definition))] == []
        assert len({column.name for column in columns}) == len(columns)
