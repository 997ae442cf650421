"""
Files of the statistics: CSV for Lithuanian offices, XLSX, JSON. All three are written from one CompletionStatistics.

A text cell stays text, whatever it begins with: a name such as `=1+1` is no formula in any of them.
"""

import csv as plain_csv
import io
import json
from datetime import date

import xlsxwriter
from defusedcsv import csv
from django.utils import translation
from django.utils.translation import gettext as _

from .columns import INSTITUTION_COLUMNS, ROW_COLUMNS, TOTAL_COLUMNS

BOM = "\ufeff"
READINGS = 3


class ControlTotalsDiffer(Exception):
    """Rows and totals were counted apart and do not agree; no file is written."""


def check_totals(rows, totals, institutions):
    """Hold the three counts against each other. Raises ControlTotalsDiffer."""
    by_rows = (len(rows), sum(row.completed_on is not None for row in rows))
    by_institutions = sum((each.totals for each in institutions), start=type(totals)())
    if by_rows != (totals.enrolled, totals.completed) or by_institutions != totals:
        raise ControlTotalsDiffer(f"rows {by_rows}, totals {totals}, institutions {by_institutions}")


def agreeing_counts(statistics):
    """
    Rows, totals and institutions that agree. They are read one after another, so whoever enrols in between sets them apart:
    then all are read again. Raises ControlTotalsDiffer when they stay apart.
    """
    for readings_left in reversed(range(READINGS)):
        counts = statistics.rows(), statistics.totals(), statistics.by_institution()
        try:
            check_totals(*counts)
        except ControlTotalsDiffer:
            if not readings_left:
                raise
        else:
            break
    return counts


def export(statistics, format_name, file):
    """Write the statistics into the binary `file` in this format ("csv", "xlsx", "json"); returns the number of rows."""
    rows, totals, institutions = agreeing_counts(statistics)
    with translation.override(statistics.filters.language):
        EXPORTERS[format_name](statistics.filters, rows, totals, institutions, file)
    return len(rows)


def _csv_value(value):
    """A cell for an office that reads decimal commas and ISO days."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",")
    return value.isoformat() if isinstance(value, date) else str(value)


def _csv(filters, rows, totals, institutions, file):
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    text.write(BOM)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=plain_csv.QUOTE_MINIMAL)
    for heading, columns, items in _tables(rows, totals, institutions):
        if heading:
            writer.writerow([])
            writer.writerow([heading])
        writer.writerow([str(column.heading) for column in columns])
        for item in items:
            writer.writerow([_csv_value(column.value(item)) for column in columns])
    text.detach()


def _tables(rows, totals, institutions):
    """The tables of a flat file: rows first, so that a reader that stops at the empty line has them alone."""
    return [
        ("", ROW_COLUMNS, rows),
        (_("By institution"), INSTITUTION_COLUMNS, institutions),
        (_("Control totals"), TOTAL_COLUMNS, [totals]),
    ]


def _xlsx(filters, rows, totals, institutions, file):
    # Constant memory: each row goes to the disk as it is written. No formulas and no addresses are made out of text.
    book = xlsxwriter.Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    heading_format = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6F0F1"})
    formats = {date: book.add_format({"num_format": "yyyy-mm-dd"}), float: book.add_format({"num_format": "0.0"})}
    for name, columns, items in (
        (_("Completions"), ROW_COLUMNS, rows),
        (_("Institutions"), INSTITUTION_COLUMNS, institutions),
        (_("Totals"), TOTAL_COLUMNS, [totals]),
    ):
        _sheet(book, name, columns, items, heading_format, formats)
    sheet = book.add_worksheet(_("Definitions"))
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    definitions = {str(column.heading): str(column.definition) for column in [*TOTAL_COLUMNS, *ROW_COLUMNS]}
    for number, pair in enumerate([*definitions.items(), *filters.as_json().items()]):
        sheet.write_string(number, 0, pair[0])
        sheet.write_string(number, 1, pair[1])
    book.close()


def _sheet(book, name, columns, items, heading_format, formats):
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, max(12, min(len(str(column.heading)) + 4, 30)))
        sheet.write_string(0, place, str(column.heading), heading_format)
    for number, item in enumerate(items, start=1):
        for place, column in enumerate(columns):
            value = column.value(item)
            if value is None:
                continue
            if isinstance(value, date):
                sheet.write_datetime(number, place, value, formats[date])
            elif isinstance(value, int | float):
                sheet.write_number(number, place, value, formats.get(type(value)))
            else:
                sheet.write_string(number, place, str(value))


def _json(filters, rows, totals, institutions, file):
    def plain(columns, item):
        values = {column.name: column.value(item) for column in columns}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}

    body = {
        "filters": filters.as_json(),
        "definitions": {
            "rows": {column.name: str(column.definition) for column in ROW_COLUMNS},
            "totals": {column.name: str(column.definition) for column in TOTAL_COLUMNS},
        },
        "totals": plain(TOTAL_COLUMNS, totals),
        "institutions": [plain(INSTITUTION_COLUMNS, each) for each in institutions],
        "rows": [plain(ROW_COLUMNS, row) for row in rows],
    }
    file.write(json.dumps(body, ensure_ascii=False, indent=2).encode())


EXPORTERS = {"csv": _csv, "xlsx": _xlsx, "json": _json}
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
