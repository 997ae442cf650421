"""Migrations say what the models say, whatever a plug-in adds to lessons."""

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command

from lessons.models import LessonPage

from .rooms import ROOT


@pytest.mark.django_db
def test_migrations_say_all_that_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def with_plug_in(*command):
    """What a command prints in a process in which the plug-in is installed."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.testapp.settings"},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


SHOW = """
import django; django.setup()
from lessons.models import LessonPage
body = LessonPage._meta.get_field("body").stream_block
block = body.child_blocks["testapp_quotation"]
print(sorted(body.child_blocks))
print(block.render(block.to_python({"text": "Tiltas jungia.", "who": "Ona"})).strip())
"""


def test_a_block_of_a_plug_in_is_offered_in_lessons_and_drawn_by_its_own_template():
    ours = LessonPage._meta.get_field("body").stream_block.child_blocks
    names, drawn = with_plug_in("-c", SHOW).splitlines()

    assert "testapp_quotation" not in ours
    assert names == str(sorted([*ours, "testapp_quotation"]))
    assert drawn == '<section class="block quotation"><p>Tiltas jungia.</p><p class="small">Ona</p></section>'


def test_a_block_of_a_plug_in_changes_no_migration():
    assert with_plug_in("manage.py", "makemigrations", "--check", "--dry-run").strip() == "No changes detected"


def test_migrations_have_names():
    """A name made out of the hour says nothing to who reads the list."""
    found = [path for path in ROOT.glob("*/migrations/[0-9]*.py") if "_auto_" in path.name]
    assert [str(path.relative_to(ROOT)) for path in found] == []
