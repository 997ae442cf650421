"""What must hold before the site starts, and the sentence that says so where it does not."""

import os
import subprocess
import sys

import pytest
from django.core.management.base import SystemCheckError
from wagtail.models import Site

import tiltas
from tiltas.checks import one_site
from tiltas.management.commands.serve import Command


def installed_apps_with(path):
    """What `tiltas.installed_apps()` says in a process that finds `path` before the project."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(path)!r}); import tiltas; print(tiltas.installed_apps())",
        ],
        cwd=os.path.dirname(os.path.dirname(tiltas.__file__)),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_apps_stand_from_the_highest_to_the_lowest():
    assert tiltas.installed_apps() == [f"{name}.apps.{name.capitalize()}Config" for name in tiltas.APPS]
    assert (tiltas.APPS[0], tiltas.APPS[-1]) == ("home", "ui")


@pytest.mark.parametrize("kind", ["package", "module", "folder without __init__"])
def test_a_package_of_the_host_that_hides_ours_is_named_in_one_sentence(tmp_path, kind):
    if kind == "module":
        (tmp_path / "courses.py").touch()
    else:
        (tmp_path / "courses").mkdir()
    if kind == "package":
        (tmp_path / "courses" / "__init__.py").touch()

    process = installed_apps_with(tmp_path)

    if kind == "folder without __init__":  # Python itself prefers our package to a bare folder
        assert "courses.apps.CoursesConfig" in process.stdout
        return
    sentence = process.stderr.strip().splitlines()[-1]
    assert sentence.startswith("RuntimeError: Tiltas needs its own package 'courses' from ")
    assert str(tmp_path / "courses") in sentence
    assert sentence.endswith("rename or move the other package 'courses', or put Tiltas before it on the import path.")


def test_one_site_is_well(site):
    assert one_site(None, ["default"]) == []


def test_a_second_site_is_refused(site):
    Site.objects.create(hostname="antra.example.lt", root_page=site.root_page)

    assert [(error.id, error.msg) for error in one_site(None, ["default"])] == [
        ("tiltas.E001", "Tiltas serves one Wagtail Site, and there are 2: delete the others.")
    ]


def test_the_server_does_not_start_with_a_second_site(site):
    Command().make_ready(demo=False)
    Site.objects.create(hostname="antra.example.lt", root_page=site.root_page)

    with pytest.raises(SystemCheckError, match="one Wagtail Site"):
        Command().make_ready(demo=False)


def test_before_the_first_migration_nothing_is_held_against_the_site():
    assert one_site(None, []) == []
