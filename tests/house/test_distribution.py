"""What pyproject.toml, the requirements, the Makefile and the README say is so."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from .rooms import PYPROJECT, ROOMS, ROOT, files_of

# Named in run.in though nothing of ours imports them: (package, why).
USED_WITHOUT_IMPORT = {
    "granian": "the web server: `serve` starts it as a program",
    "whitenoise": "middleware and storage, named in the settings",
    "psycopg": "Django's backend for PostgreSQL imports it",
    "redis": "Django's cache backend imports it",
    "django-allauth": "apps, middleware and addresses, named in settings",
    "django-tasks-db": "app and task backend, named in settings",
}
# Imported though not in run.in: they come with a package that is, and as part of what it offers.
COMES_WITH = {"bs4": "wagtail", "modelcluster": "wagtail", "taggit": "wagtail", "treebeard": "wagtail"}


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def required(path):
    """The packages that a requirements file names."""
    lines = (ROOT / path).read_text().splitlines()
    return {
        normal(re.match(r"[A-Za-z0-9_.-]+", line).group()) for line in lines if line and not line.startswith(("#", "-"))
    }


def imported():
    """Every package that the rooms import which is neither Python's nor ours."""
    found = set()
    for room in ROOMS:
        for path in files_of(room, ".py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    found |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - set(ROOMS)


def test_the_packages_are_the_folders_on_the_disk():
    on_disk = {
        ".".join(path.parent.relative_to(ROOT).parts) for room in ROOMS for path in (ROOT / room).rglob("__init__.py")
    }
    assert sorted(PYPROJECT["tool"]["setuptools"]["packages"]) == sorted(on_disk | {"content", "locale"})


def test_every_folder_with_python_in_it_is_a_package():
    folders = {path.parent for room in ROOMS for path in (ROOT / room).rglob("*.py")}
    assert sorted(str(path.relative_to(ROOT)) for path in folders if not (path / "__init__.py").exists()) == []


def test_what_is_imported_is_required():
    owners = packages_distributions()
    known = required("requirements/run.in")
    lacking = {
        name
        for name in imported()
        if name not in COMES_WITH and not known & {normal(each) for each in owners.get(name, [name])}
    }
    assert sorted(lacking) == []


def test_what_is_required_is_imported():
    owners = packages_distributions()
    used = {normal(owner) for name in imported() for owner in owners.get(name, [name])} | set(USED_WITHOUT_IMPORT)
    assert sorted(required("requirements/run.in") - used) == []


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_requirement_is_locked_with_a_hash(name):
    lock = (ROOT / f"requirements/{name}.lock").read_text()
    locked = {
        normal(match)
        for match in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==\S+ \\\n +--hash=sha256:", lock, re.M)
    }
    assert sorted(required(f"requirements/{name}.in") - locked) == []
    assert len(locked) == len(re.findall(r"^[A-Za-z0-9]", lock, re.M))


def test_both_locks_name_the_same_versions():
    pins = [
        dict(
            re.findall(
                r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==(\S+)", (ROOT / f"requirements/{name}.lock").read_text(), re.M
            )
        )
        for name in ("run", "dev")
    ]
    assert {name: version for name, version in pins[0].items() if pins[1].get(name) != version} == {}


def test_the_commands_of_the_papers_are_targets_of_the_makefile():
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.M))
    told = {
        (str(path.relative_to(ROOT)), target)
        for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"(?:`|^)make ([a-z][a-z-]*)", path.read_text(), re.M)
    }
    assert {"run", "test"} <= {target for _path, target in told}
    assert sorted((path, target) for path, target in told if target not in targets) == []


def test_every_target_but_those_that_are_files_is_phony():
    makefile = (ROOT / "Makefile").read_text()
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.M).group(1).split())
    assert sorted(set(re.findall(r"^([a-z][a-z-]*):", makefile, re.M)) ^ phony) == []
