"""The three commands: what they print, and how they fail."""

import logging
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from lessons.models import LessonPage
from tests.studio.conftest import LESSON

LT, EN = "k9/m1/k9-1-1.lt.md", "k9/m1/k9-1-1.en.md"


pytestmark = pytest.mark.django_db


def said(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def refused(*arguments, **options):
    with pytest.raises(CommandError) as refusal:
        call_command(*arguments, stdout=StringIO(), **options)
    assert refusal.value.returncode == 1
    return str(refusal.value).split("\n")


def test_check_content_of_what_is_in_order(folder):
    assert said("check_content", str(folder.path)) == "All content files are in order.\n"


def test_check_content_says_a_line_each(folder):
    folder.change(LT, "minutes: 15", "minutes: x")
    folder.remove("home.en.md")

    assert refused("check_content", str(folder.path)) == [
        "home.en.md:1 there is no such file, but home.lt.md",
        f"{LT}:7 “minutes”: “x” is not a whole number",
    ]


def test_check_content_refuses_other_than_the_canonical_form(folder):
    folder.change(LT, "- Pirmas", "* Pirmas")
    folder.change("home.lt.md", "title: Mokykitės\nslug: pradzia", "slug: pradzia\ntitle: Mokykitės")
    folder.write({"home.en.md": folder.read("home.en.md") + "\n"})
    folder.write({"k9/notes.md": "Užrašai"})

    assert refused("check_content", str(folder.path)) == [
        "home.en.md:7 not canonical; run load_courses --format",
        "home.lt.md:4 not canonical, expected “title: Mokykitės”; run load_courses --format",
        f"{LT}:20 not canonical, expected “- Pirmas, [svetainė](https://www.e-tar.lt).”; run load_courses --format",
        "k9/notes.md:1 not named as a content file: name.language.md",
    ]


def test_check_content_of_no_folder(tmp_path):
    assert refused("check_content", str(tmp_path / "none")) == [f"{tmp_path}/none:1 there is no such folder"]


def test_format_rewrites_files_and_does_nothing_else(folder):
    canonical = folder.texts()
    folder.change(LT, "- Pirmas", "* Pirmas")
    folder.change(LT, "Tiltas **jungia** du krantus.", "Tiltas <b>jungia</b>\ndu  krantus.  ")
    folder.change(
        "home.lt.md", "title: Mokykitės\nslug: pradzia", "slug:   pradzia\nsearch_description:\ntitle: Mokykitės "
    )
    folder.write({EN: folder.read(EN).replace("\n", "\r\n")})

    assert said("load_courses", "--format", str(folder.path)).split("\n") == [
        "home.lt.md",
        EN,
        LT,
        "Files rewritten: 3",
        "",
    ]
    assert folder.texts() == canonical
    assert said("load_courses", "--format", str(folder.path)) == "Files rewritten: 0\n"


def test_format_leaves_files_with_findings_alone(folder):
    folder.change(LT, "- Pirmas", "* Pirmas")
    folder.change("home.lt.md", "type: home", "type: house")
    before = folder.texts()

    assert refused("load_courses", "--format", str(folder.path))[0].startswith("home.lt.md:2 “type” is none of")
    assert folder.texts() == before


@pytest.mark.django_db
def test_load_courses_sums_up(folder, caplog):
    with caplog.at_level(logging.INFO):
        first = said("load_courses", str(folder.path))
    assert first.startswith(
        "Pages and questions: 7 made, 0 changed, 0 unchanged, 0 edited in the admin, 0 in conflict; "
    )
    assert [record for record in caplog.records if record.name.startswith("wagtail")] == []

    assert said("load_courses", str(folder.path)).startswith("Pages and questions: 0 made, 0 changed, 7 unchanged")


@pytest.mark.django_db
def test_load_courses_takes_the_content_folder_of_the_settings(folder, settings):
    settings.TILTAS_CONTENT = folder.path

    said("load_courses")

    assert LessonPage.objects.count() == 2


@pytest.mark.django_db
def test_load_courses_fails_with_all_findings(folder):
    folder.change(LT, "minutes: 15", "minutes: x")
    folder.change(EN, "slug: bridges", "slug: bridges\nnumber: 3")

    assert refused("load_courses", str(folder.path)) == [
        f"{EN}:6 unknown field “number”",
        f"{LT}:7 “minutes”: “x” is not a whole number",
    ]
    assert not Page.objects.filter(translation_key=LESSON).exists()


@pytest.mark.django_db
def test_edits_and_conflicts_are_listed_with_the_way_out(loaded):
    page = LessonPage.objects.get(translation_key=LESSON, locale__language_code="lt")
    page.title = "Iš administravimo"
    page.save_revision().publish()

    first = said("load_courses", str(loaded.path)).split("\n")[0]
    assert first == f"{LT}: edited in the admin since the last load, kept ({LESSON})"

    loaded.change(LT, "minutes: 15", "minutes: 16")
    first = said("load_courses", str(loaded.path)).split("\n")[0]
    assert first == (
        f"{LT}: conflict, kept. Both the file and “Iš administravimo” in the admin changed since the last load; "
        f"--overwrite {LESSON} takes the file"
    )

    said("load_courses", str(loaded.path), "--overwrite", LESSON)
    page.refresh_from_db()
    assert (page.title, page.minutes) == ("Tiltai", 16)


@pytest.mark.django_db
def test_dump_course_names_what_it_wrote(loaded):
    page = LessonPage.objects.get(translation_key=LESSON, locale__language_code="lt")
    page.title = "Iš administravimo"
    page.save_revision()

    assert said("dump_course", "K9", str(loaded.path)) == "Files written: 0\n"
    assert said("dump_course", "K9", str(loaded.path), drafts=True) == f"{LT}\nFiles written: 1\n"
    assert refused("dump_course", "K8", str(loaded.path)) == ["There is no course K8. There are: K9."]


def test_check_content_without_a_database_says_what_to_do_first(tmp_path):
    ours = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}

    done = subprocess.run(
        [sys.executable, "manage.py", "check_content"],
        env=ours | {"TILTAS_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.strip().endswith("Run `manage.py migrate` first.")
