"""Which room a line belongs to: what the style guide says of folders and files, where an import alone does not tell."""

import ast

import pytest

from .rooms import PYPROJECT, ROOMS, ROOT, files_of, long_files

LONGEST = 400
RECORDS = ("models.py", "records.py", "attempts.py", "versions.py")
# Folders at the top that are no apps.
BESIDE = {
    "benchmarks",
    "content",
    "docs",
    "locale",
    "openedx",
    "requirements",
    "scripts",
    "tests",
    "var",
    "build",
    "dist",
}


def names_in(path):
    """Every name, attribute and imported module that the code of this file uses."""
    tree = ast.parse(path.read_text())
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def named(*names):
    return [path for room in ROOMS for path in files_of(room, ".py") if path.name in names]


def title(path):
    return str(path.relative_to(ROOT))


def test_every_folder_at_the_top_is_a_room_with_a_place_or_is_known():
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))}
    assert sorted(folders - BESIDE - {name for name in folders if name.endswith(".egg-info")}) == sorted(ROOMS)
    assert sorted(PYPROJECT["tool"]["importlinter"]["root_packages"]) == sorted(ROOMS)


def clock_reads(path):
    """Where the code of this file asks what time it is: (line, name)."""
    always, without_arguments = {"now", "utcnow", "today"}, {"localdate", "localtime"}
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in always or (name in without_arguments and not node.args and not node.keywords):
                found.append((node.lineno, name))
    return found


@pytest.mark.parametrize("path", named("services.py", "rules.py", "grading.py"), ids=title)
def test_services_and_rules_are_told_the_time(path):
    assert clock_reads(path) == []


@pytest.mark.parametrize("path", named("services.py"), ids=title)
def test_services_know_no_request(path):
    requests = ("request", "django.http", "django.shortcuts", "django.contrib.messages")
    assert sorted(name for name in names_in(path) if name.startswith(requests)) == []


@pytest.mark.parametrize("path", [path for path in named(*RECORDS) if "Page)" not in path.read_text()], ids=title)
def test_records_know_no_request_and_send_no_mail(path):
    """Pages are asked for their screens with a request: that is Wagtail's way. Records are not."""
    strangers = ("request", "django.http", "django.contrib.messages", "django.core.mail", "send_mail")
    assert sorted(name for name in names_in(path) if name.startswith(strangers)) == []


def test_no_file_is_a_drawer_for_everything():
    names = {"utils", "helpers", "common", "misc"}
    assert [title(path) for room in ROOMS for path in (ROOT / room).rglob("*") if path.stem in names] == []


def test_no_file_is_too_long_to_be_read():
    tables = ("scripts/borrowed.py", "tests/")  # texts one below the other, for xgettext; sentences one below the other
    assert {path: length for path, length in long_files(LONGEST).items() if not path.startswith(tables)} == {}


def test_the_catalogue_does_not_hide_pythons_own_locale():
    assert list((ROOT / "locale").rglob("__init__.py")) == []
