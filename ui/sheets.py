"""
Tables as files: CSV for Lithuanian offices, XLSX. Which columns there are, each room says itself.

A text cell stays text, whatever it begins with: a name such as `=1+1` is no formula in any of them.
"""

import csv as plain_csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from defusedcsv import csv

BOM = "\ufeff"
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@dataclass(frozen=True)
class Column:
    """`value` gives a text, a whole number, a share (float) or a day out of an item."""

    name: str
    heading: Any
    definition: Any
    value: Callable


@dataclass(frozen=True)
class Table:
    """`items` by `columns`, under a `heading`; the heading is the name of its sheet."""

    heading: str
    columns: list[Column]
    items: Iterable


def csv_value(value):
    """A cell for an office that reads decimal commas and ISO days."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",")
    return value.isoformat() if isinstance(value, date) else str(value)


def write_csv(file, tables):
    """
    Write the tables into the binary `file`, with an empty line between them: UTF-8 with BOM, `;`, CRLF.

    The first has no heading of its own, so that a reader that stops at the empty line has that table alone.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    text.write(BOM)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=plain_csv.QUOTE_MINIMAL)
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
            writer.writerow([table.heading])
        writer.writerow([str(column.heading) for column in table.columns])
        for item in table.items:
            writer.writerow([csv_value(column.value(item)) for column in table.columns])
    text.detach()


def write_xlsx(file, tables, *, notes_heading, notes):
    """Write a sheet a table into the binary `file`, and one of `notes`: pairs of a word and its explanation."""
    # Constant memory: each row goes to the disk as it is written. No formulas and no addresses are made out of text.
    book = xlsxwriter.Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    heading_format = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6F0F1"})
    formats = {date: book.add_format({"num_format": "yyyy-mm-dd"}), float: book.add_format({"num_format": "0.0"})}
    for table in tables:
        _sheet(book, table, heading_format, formats)
    sheet = book.add_worksheet(notes_heading)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for number, (word, explanation) in enumerate(notes):
        sheet.write_string(number, 0, str(word))
        sheet.write_string(number, 1, str(explanation))
    book.close()


def _sheet(book, table, heading_format, formats):
    sheet = book.add_worksheet(table.heading)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(12, min(len(str(column.heading)) + 4, 30)))
        sheet.write_string(0, place, str(column.heading), heading_format)
    for number, item in enumerate(table.items, start=1):
        for place, column in enumerate(table.columns):
            value = column.value(item)
            if value is None:
                continue
            if isinstance(value, date):
                sheet.write_datetime(number, place, value, formats[date])
            elif isinstance(value, int | float):
                sheet.write_number(number, place, value, formats.get(type(value)))
            else:
                sheet.write_string(number, place, str(value))
