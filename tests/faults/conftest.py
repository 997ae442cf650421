"""Real processes on a database of their own, killed with `kill -9`."""

import os
from pathlib import Path

import pytest

from tests.servers import own_database

from .site import RunningSite
from .walk import Walk

HERE = Path(__file__).parent
LEARNERS = 60


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.faults)


def _servers():
    """(PostgreSQL or "", Redis or None) of this run; each process of the tests takes a numbered database of Redis."""
    number = 8 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    redis = os.environ.get("REDIS_URL")
    return os.environ.get("DATABASE_URL", ""), redis and f"{redis}/{number}"


@pytest.fixture(scope="session")
def prepared_site(tmp_path_factory):
    """A migrated site with a course and many learners, with nothing running; and where its pages are."""
    server, redis = _servers()
    with own_database(server, f"tiltas_faults_{os.getpid()}") as database_url:
        site = RunningSite(tmp_path_factory.mktemp("site"), database_url=database_url, redis_url=redis)
        site.manage("migrate", "-v0")
        site.places = site.ask("make", str(LEARNERS))
        site.manage("db_worker", "--batch", "--queue-name", "*")  # what publishing left to do
        site.walkers = iter([Walk(site, site.places, email) for email in site.places["emails"]])
        try:
            yield site
        finally:
            site.kill()


@pytest.fixture
def site(prepared_site):
    """The site with web and worker running, whatever the test before did to them."""
    prepared_site.start()
    return prepared_site


@pytest.fixture
def learner(site):
    """A learner who has done nothing yet."""
    return next(site.walkers)
