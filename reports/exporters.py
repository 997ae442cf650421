"""Files of the statistics: CSV, XLSX, JSON. All three are written from one CompletionStatistics."""

import json
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from ui.sheets import Table, write_csv, write_xlsx

from .columns import INSTITUTION_COLUMNS, MONTH_COLUMNS, ROW_COLUMNS, TOTAL_COLUMNS

READINGS = 3


class ControlTotalsDiffer(Exception):
    """Rows, totals, institutions and months were counted apart and do not agree; nothing is shown or written."""


def check_totals(rows, totals, institutions, months):
    """Hold the counts against each other; `rows` None: these were not read. Raises ControlTotalsDiffer."""
    by_institutions = sum((each.totals for each in institutions), start=type(totals)())
    by_months = (sum(each.completed for each in months), sum(each.academic_hours for each in months))
    agree = by_institutions == totals and by_months == (totals.completed, totals.academic_hours)
    if rows is not None:
        by_rows = (len(rows), sum(row.completed_on is not None for row in rows))
        agree = agree and by_rows == (totals.enrolled, totals.completed)
    if not agree:
        raise ControlTotalsDiffer(f"totals {totals}, institutions {by_institutions}, months {by_months}")


def agreeing_counts(statistics, *, with_rows=True):
    """
    Rows (or None), totals, institutions and months that agree. They are read one after another, so whoever enrols in between
    sets them apart: then all are read again. Raises ControlTotalsDiffer when they stay apart.
    """
    for readings_left in reversed(range(READINGS)):
        rows = statistics.rows() if with_rows else None
        counts = rows, statistics.totals(), statistics.by_institution(), statistics.by_month()
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
    counts = agreeing_counts(statistics)
    with translation.override(statistics.filters.language):
        EXPORTERS[format_name](statistics.filters, *counts, file)
    return len(counts[0])


def _csv(filters, rows, totals, institutions, months, file):
    write_csv(file, _tables(rows, totals, institutions, months))


def _tables(rows, totals, institutions, months):
    return [
        Table(_("Completions"), ROW_COLUMNS, rows),
        Table(_("By institution"), INSTITUTION_COLUMNS, institutions),
        Table(_("By month"), MONTH_COLUMNS, months),
        Table(_("Control totals"), TOTAL_COLUMNS, [totals]),
    ]


def _xlsx(filters, rows, totals, institutions, months, file):
    columns = [*TOTAL_COLUMNS, *ROW_COLUMNS]
    definitions = {str(column.heading): str(column.definition) for column in columns}
    write_xlsx(
        file,
        _tables(rows, totals, institutions, months),
        notes_heading=_("Definitions"),
        notes=[*definitions.items(), *filters.as_json().items()],
    )


def _json(filters, rows, totals, institutions, months, file):
    def plain(columns, item):
        values = {column.name: column.value(item) for column in columns}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}

    body = {
        "filters": filters.as_json(),
        "definitions": {
            "rows": {column.name: str(column.definition) for column in ROW_COLUMNS},
            "months": {column.name: str(column.definition) for column in MONTH_COLUMNS},
            "totals": {column.name: str(column.definition) for column in TOTAL_COLUMNS},
        },
        "totals": plain(TOTAL_COLUMNS, totals),
        "institutions": [plain(INSTITUTION_COLUMNS, each) for each in institutions],
        "months": [plain(MONTH_COLUMNS, each) for each in months],
        "rows": [plain(ROW_COLUMNS, row) for row in rows],
    }
    file.write(json.dumps(body, ensure_ascii=False, indent=2).encode())


EXPORTERS = {"csv": _csv, "xlsx": _xlsx, "json": _json}
