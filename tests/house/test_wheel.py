"""The distribution: built, installed into an empty environment, and used by a stranger's Wagtail site."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.servers import own_database

pytestmark = pytest.mark.everything

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
NOT_OURS = shutil.ignore_patterns(".*", "var", "__pycache__", "build", "dist", "*.egg-info", "node_modules")


def run(*command, cwd, **environment):
    """Run a command without anything of this environment that would let it find the checkout."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "DJANGO", "COV"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd, env=kept | environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy so that the checkout stays as it is."""
    folder = tmp_path_factory.mktemp("build")
    shutil.copytree(ROOT, folder / "tiltas", ignore=NOT_OURS)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, cwd=folder / "tiltas")
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def files(wheel):
    """What is in the wheel, without the papers about it."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_holds_all_files_of_the_apps_and_nothing_else(files):
    rooms = {name.partition(".")[0] for name in PACKAGES}
    on_disk = {path for room in rooms for path in (ROOT / room).rglob("*") if path.is_file()}
    wanted = {str(path.relative_to(ROOT)) for path in on_disk if "__pycache__" not in path.parts} - {"ui/README.md"}
    assert sorted(files) == sorted(wanted)


def test_the_papers_name_the_licences_of_the_code_and_of_the_fonts(wheel):
    with zipfile.ZipFile(wheel) as archive:
        papers = {name.partition(".dist-info/")[2] for name in archive.namelist() if ".dist-info/" in name}
    assert {"licenses/LICENSE", "licenses/ui/static/tiltas_ui/fonts/OFL.txt"} <= papers


def test_a_site_of_somebody_else_installs_it_and_leads_a_learner_to_a_certificate(wheel, tmp_path):
    python = tmp_path / "venv" / "bin" / "python"
    run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", "--no-deps"]
    run(*install, "--require-hashes", "-r", ROOT / "requirements" / "run.lock", cwd=tmp_path)
    run(*install, wheel, cwd=tmp_path)
    host = shutil.copytree(ROOT / "tests" / "testapp" / "host", tmp_path / "host")
    (tmp_path / "data").mkdir()

    with own_database(os.environ.get("DATABASE_URL", ""), f"tiltas_host_{os.getpid()}") as database_url:
        environment = {"HOST_DATA": str(tmp_path / "data")} | ({"DATABASE_URL": database_url} if database_url else {})
        for command in (
            ["check"],
            ["makemigrations", "--check", "--dry-run"],
            ["migrate", "-v0"],
            ["load_municipalities"],
        ):
            run(python, "manage.py", *command, cwd=host, **environment)
        run(python, "walk.py", cwd=host, **environment)

    seen = json.loads((host / "seen.json").read_text())
    assert Path(seen.pop("installed")).is_relative_to(tmp_path / "venv")
    assert seen == {
        "user_model": "auth.User",
        "login": "/members/login/?next=/lt/learn/my/",
        "lesson": True,
        "my_learning": True,
        "statistics": True,
        "verify": True,
        "certificate": True,
        "account": True,
        "data": True,
        "closed": True,
    }
