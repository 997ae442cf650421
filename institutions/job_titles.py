"""The job titles that are offered. Only offered: each person may write the own one."""

import csv
from functools import cache
from pathlib import Path

from ui.collation import lithuanian_key


@cache
def job_titles(language):
    """Titles in this language, sorted; in Lithuanian both forms of each."""
    path = Path(__file__).parent / "data" / "job-titles.csv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if language.startswith("lt"):
        return sorted({title for row in rows for title in (row["lt"], row["lt_feminine"])}, key=lithuanian_key)
    return sorted({row["en"] for row in rows})
