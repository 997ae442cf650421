"""`manage.py export_completions`: the statistics without a browser."""

import io
import json
from io import StringIO
from uuid import uuid4

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from reports.models import ExportLog
from tests.factories import NOON, CourseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(tmp_path):
    """Call the command as from a shell; returns the file's bytes."""

    def run(format_name, *arguments):
        output = tmp_path / f"baigusieji.{format_name}"
        call_command(
            "export_completions", "--format", format_name, "--output", str(output), *arguments, stdout=StringIO()
        )
        return output.read_bytes()

    return run


def test_each_format_is_written_and_logged(export, enrol):
    enrol(CourseFactory(), surname="Čepaitė")

    assert "Čepaitė" in export("csv").decode("utf-8-sig")
    assert openpyxl.load_workbook(io.BytesIO(export("xlsx"))).worksheets[0]["D2"].value == "Čepaitė"
    assert [row["surname"] for row in json.loads(export("json"))["rows"]] == ["Čepaitė"]
    logged = [(log.format, log.rows, log.user, log.filters) for log in ExportLog.objects.order_by("pk")]
    assert logged == [(name, 1, None, {"language": "lt"}) for name in ("csv", "xlsx", "json")]


def test_every_filter_is_taken(export, enrol, institution):
    enrol(
        CourseFactory(code="K1", titles={"lt": "Kokybė", "en": "Quality"}),
        institution,
        surname="Taip",
        completed_at=NOON,
    )
    enrol(CourseFactory(code="K2"), surname="Ne")
    filters = ["--course", "K1", "--municipality", "68", "--institution", str(institution.uuid)]
    days = ["--from", "2026-11-21", "--to", "2026-11-21"]

    body = json.loads(export("json", *filters, *days, "--language", "en"))

    assert [(row["surname"], row["course_title"]) for row in body["rows"]] == [("Taip", "Quality")]
    assert body["filters"] == {
        "course": "K1",
        "municipality": "68",
        "institution": str(institution.uuid),
        "since": "2026-11-21",
        "until": "2026-11-21",
        "language": "en",
    }


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--course", "NERA"], "course NERA"),
        (["--municipality", "999"], "municipality 999"),
        (["--institution", str(uuid4())], "institution "),
        (["--from", "2026-12-01", "--to", "2026-01-01"], "until 2026-01-01"),
        (["--institution", "ne-uuid"], "ne-uuid"),
        (["--from", "vakar"], "vakar"),
        (["--language", "fr"], "fr"),
    ],
)
def test_a_filter_that_can_not_be_is_named_and_no_file_is_written(export, tmp_path, arguments, named):
    with pytest.raises(CommandError, match=named):
        export("csv", *arguments)

    assert [*tmp_path.glob("baigusieji*")] == []
    assert ExportLog.objects.count() == 0


def test_an_unknown_format_is_named(export):
    with pytest.raises(CommandError, match="exe"):
        export("exe")


def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path):
    output = tmp_path / "nera" / "baigusieji.csv"

    with pytest.raises(CommandError, match="Can't write"):
        call_command("export_completions", format="csv", output=output)


def test_an_export_that_breaks_off_leaves_the_earlier_file_as_it_was(export, tmp_path, enrol):
    def refuse(execute, sql, params, many, context):
        raise DatabaseError("the database went away")

    enrol(CourseFactory())
    before = export("csv")

    with connection.execute_wrapper(refuse), pytest.raises(DatabaseError):
        export("csv")

    assert (tmp_path / "baigusieji.csv").read_bytes() == before
    assert [path.name for path in tmp_path.glob("baigusieji*")] == ["baigusieji.csv"]
