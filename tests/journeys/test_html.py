"""The HTML of every screen in both languages, as the server sends it, has no error for the Nu HTML checker."""

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from .screens import SCREENS, by_person
from .world import LEARNER, client_of, take_steps

CHECKER = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LACKING = [
    *(["no Java on this machine, which the Nu HTML checker needs"] if shutil.which("java") is None else []),
    *(["no Nu HTML checker: npm ci --prefix tests/journeys --ignore-scripts"] if not CHECKER.exists() else []),
]
pytestmark = pytest.mark.skipif(bool(LACKING), reason="; ".join(LACKING))
# Forms that are sent back with their errors: who, the address's name, what was typed.
REFUSED = [
    ("", "account_login", {"login": "kas", "password": ""}),
    ("", "account_signup", {"email": "kas", "password1": "a"}),
    ("", "account_request_login_code", {"email": ""}),
    (LEARNER, "tiltas_learners:name", {"given_names": "", "surname": ""}),
    (LEARNER, "tiltas_home:join", {"code": "NEZINAU1"}),
    (LEARNER, "account_change_password", {"oldpassword": "ne", "password1": "a", "password2": "b"}),
]
# Templates of errors that no address leads to.
ERRORS = ["403_csrf.html", "429.html", "500.html"]


def write_all(world, folder):
    """A file of each screen, refused form and error page in both languages; returns how many."""
    count = 0

    def write(name, html):
        nonlocal count
        (folder / f"{name}.html").write_bytes(html)
        count += 1

    for language in ("lt", "en"):
        for who, screens in by_person(SCREENS):
            client = client_of(who, language)
            for screen in screens:
                take_steps(client, screen, language)
                response = client.get(screen.address(world, language), follow=True)
                assert response.status_code == screen.status, screen.name
                write(f"{screen.name}-{language}", response.content)
        with translation.override(language):
            for who, name, typed in REFUSED:
                response = client_of(who, language).post(reverse(name), typed)
                assert response.status_code == 200, name
                write(f"refused-{name.replace(':', '-')}-{language}", response.content)
            for name in ERRORS:
                write(f"{name.removesuffix('.html')}-{language}", render_to_string(name).encode())
    return count


def errors_of(folder):
    """What the checker finds, a line each: file, place, words. One run of Java for all files."""
    command = ["java", "-Xss1024k", "-jar", CHECKER, "--format", "json", "--errors-only", "--exit-zero-always", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stderr)["messages"]
    return [
        f"{Path(each['url']).name}:{each.get('lastLine')}: {each['message']} {each.get('extract', '')}"
        for each in found
    ]


def test_the_checker_finds_an_error_where_there_is_one(tmp_path):
    (tmp_path / "page.html").write_text("<!doctype html><html lang=lt><title>x</title><p><div id=a></div><i id=a></i>")

    assert errors_of(tmp_path) != []


@pytest.mark.looks
@pytest.mark.everything
def test_the_html_of_no_screen_has_an_error(walked_without_browser, tmp_path):
    folder = tmp_path / "screens"  # the files of lessons lie beside it
    folder.mkdir()
    written = write_all(walked_without_browser, folder)

    found = errors_of(folder)

    assert written == 2 * (len(SCREENS) + len(REFUSED) + len(ERRORS))
    assert found == [], Counter(line.split(": ", 1)[1] for line in found).most_common(20)
