"""The settings of a public site, read as a server reads them: in a process of its own, from its environment."""

import json
import os
import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.everything
PUBLIC = {
    "TILTAS_PRODUCTION": "1",
    "SECRET_KEY": "a-long-secret-key-of-a-public-site-that-no-test-shares-7f3a9c",
    "ALLOWED_HOSTS": "mokymai.example.lt",
    "TILTAS_URL": "https://mokymai.example.lt",
    "TILTAS_MAIL_HOST": "mail.example.lt",
}

ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client

def ask(**extra):
    response = Client().get("/healthz/", **extra)
    return {"status": response.status_code, "location": response.headers.get("Location"),
            "hsts": response.headers.get("Strict-Transport-Security")}

def ask_page(**extra):
    response = Client().get("/admin/login/", **extra)
    return {"status": response.status_code, "location": response.headers.get("Location"),
            "hsts": response.headers.get("Strict-Transport-Security")}

names = ["DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
         "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"]
ours = {"HTTP_HOST": "mokymai.example.lt"}
print(json.dumps({
    "settings": {name: getattr(settings, name) for name in names},
    "plain": ask_page(**ours),
    "behind_the_proxy": ask_page(**ours, HTTP_X_FORWARDED_PROTO="https"),
    "health_past_the_proxy": ask(**ours),
    "other_host": ask(HTTP_HOST="elsewhere.test", HTTP_X_FORWARDED_PROTO="https"),
}))
"""


def run(folder, *arguments, **environment):
    """Run Python under the ready-made site's own settings, with nothing in its environment but what is given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        env=kept | {"DJANGO_SETTINGS_MODULE": "tiltas.settings.site", "TILTAS_DATA": str(folder)} | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def public_site(tmp_path_factory):
    process = run(tmp_path_factory.mktemp("public"), "-c", ASK, **PUBLIC)
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


def test_a_public_site_speaks_tls_alone_and_keeps_its_cookies_there(public_site):
    assert public_site["settings"] == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "ALLOWED_HOSTS": ["mokymai.example.lt"],
        "CSRF_TRUSTED_ORIGINS": ["https://mokymai.example.lt"],
    }
    assert public_site["plain"] == {
        "status": 301,
        "location": "https://mokymai.example.lt/admin/login/",
        "hsts": None,
    }
    assert (public_site["behind_the_proxy"]["status"], public_site["behind_the_proxy"]["hsts"]) == (
        302,
        "max-age=31536000",
    )


def test_health_is_told_without_tls_to_who_asks_from_inside(public_site):
    assert public_site["health_past_the_proxy"]["status"] == 200


def test_a_public_site_answers_to_its_own_name_alone(public_site):
    assert public_site["other_host"]["status"] == 400


def test_the_deployment_check_of_a_public_site_finds_no_error(tmp_path):
    process = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "ERROR", **PUBLIC)

    assert (process.returncode, "tiltas.E" in process.stderr) == (0, False), process.stderr


def test_a_public_site_that_could_send_no_mail_fails_its_deployment_check(tmp_path):
    process = run(tmp_path, "manage.py", "check", "--deploy", **(PUBLIC | {"TILTAS_MAIL_HOST": ""}))

    assert (process.returncode, "mail.E001" in process.stderr) == (1, True)


def test_the_deployment_check_of_a_local_site_says_what_to_set(tmp_path):
    process = run(tmp_path, "manage.py", "check", "--deploy")

    assert process.returncode == 1
    assert "Set TILTAS_PRODUCTION=1, SECRET_KEY and ALLOWED_HOSTS" in process.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_a_public_site_without_key_or_hosts_does_not_start(tmp_path, missing):
    process = run(tmp_path, "-c", "import django; django.setup()", **(PUBLIC | {missing: ""}))

    assert process.returncode == 1
    assert "A public site needs SECRET_KEY and ALLOWED_HOSTS in its environment." in process.stderr


def test_a_local_site_makes_a_key_of_its_own_that_nobody_else_reads(tmp_path):
    print_key = "from django.conf import settings; print(settings.SECRET_KEY)"
    keys = [run(tmp_path, "-c", print_key).stdout.strip() for _time in range(2)]

    assert keys[0] == keys[1] == (tmp_path / "secret-key").read_text().strip()
    assert len(keys[0]) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_the_demo_refuses_a_public_site(tmp_path):
    process = run(tmp_path, "manage.py", "demo", **PUBLIC)

    assert process.returncode == 1
    assert "published passwords" in process.stderr


def test_scripts_that_import_each_other_do_so_by_their_hashed_names(tmp_path):
    """A browser never mixes a module of today with one that it kept from before a deploy."""
    done = run(tmp_path, "-m", "tiltas", "collectstatic", "--noinput", "-v0", **PUBLIC)
    assert done.returncode == 0, done.stderr

    [saving] = (tmp_path / "static" / "tiltas_quizzes").glob("saving.????????????.js")
    imported = re.findall(r'from "\./([^"]+)"', saving.read_text())
    assert imported != []
    assert [name for name in imported if not re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name)] == []
