"""What every test may use. Nothing is mocked: the database, the task table, the files and the browser are real."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from tests.factories.pages import ensure_site

NOON = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)  # 12:00 in Vilnius


@pytest.fixture
def noon():
    return NOON


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory):
    """
    On SQLite: the path of the database as migrations left it, before any test. `django_db_setup` writes it; there is no such
    file where no test of the run asks for the database.
    """
    return tmp_path_factory.mktemp("migrated") / "tiltas.sqlite3"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, migrated_database):
    """As pytest-django's, with a copy for tests that start a site of their own: migrating once more takes its time."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite" and connection.introspection.table_names():
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(migrated_database)])


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits count in the cache: each test begins with none."""
    cache.clear()


@pytest.fixture(autouse=True)
def _own_language():
    """A request leaves its language behind; each test begins with the site's own."""
    with translation.override("lt"):
        yield


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Each test writes its files below a folder of its own."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private", "base_url": None},
        },
    }


@pytest.fixture
def site(db):
    """Wagtail's root page, both locales, the site and its home pages; also after a transactional test flushed them."""
    return ensure_site()


@pytest.fixture
def run_tasks(transactional_db):
    """Call it to let a real worker do all that is in the task table, and stop. (It closes its connections as it goes.)"""

    def run():
        call_command("db_worker", batch=True, queue_name="*", startup_delay=False, verbosity=0)

    return run
