"""Real processes on a database of their own, killed with `kill -9`."""

import os
import shutil
from pathlib import Path

import pytest

from tests.servers import own_database

from .acknowledged import Log, compared
from .site import RunningSite
from .walk import Walk

HERE = Path(__file__).parent
LEARNERS = 60


# `make faults` asks for everything as many times as was promised; the other runs ask each thing a few times.
FULL = os.environ.get("TILTAS_FAULTS") == "full"


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents and not item.get_closest_marker("short"):
            item.add_marker(pytest.mark.faults)


def times(promised, otherwise):
    """How many times: as promised under `make faults`, otherwise fewer."""
    return promised if FULL else otherwise


def _servers():
    """(PostgreSQL or "", Redis or None) of this run; each process of the tests takes a numbered database of Redis."""
    number = 8 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    redis = os.environ.get("REDIS_URL")
    return os.environ.get("DATABASE_URL", ""), redis and f"{redis}/{number}"


@pytest.fixture(scope="session")
def prepared_site(tmp_path_factory, django_db_setup, migrated_database):
    """A migrated site with a course and many learners, with nothing running; and where its pages are."""
    server, redis = _servers()
    with own_database(server, f"tiltas_faults_{os.getpid()}") as database_url:
        site = RunningSite(tmp_path_factory.mktemp("site"), database_url=database_url, redis_url=redis)
        if migrated_database.exists() and not database_url:
            shutil.copy(migrated_database, site.folder / "tiltas.sqlite3")
        else:
            site.manage("migrate", "-v0")
        site.places = site.ask("make", str(LEARNERS))
        site.emails = iter(site.places["emails"])
        site.walkers = (Walk(site, site.places, email) for email in site.emails)
        try:
            yield site
        finally:
            site.kill()


@pytest.fixture(scope="session")
def _worked_off(prepared_site):
    """What publishing left to do is done: the worker has nothing but what a test gives it."""
    prepared_site.manage("db_worker", "--batch", "--queue-name", "*")


@pytest.fixture
def site(prepared_site, _worked_off):
    """The site with web and worker running, whatever the test before did to them."""
    prepared_site.start()
    return prepared_site


@pytest.fixture
def web(prepared_site):
    """The site with the web running, whatever the test before did to it."""
    prepared_site.start(worker=False)
    return prepared_site


@pytest.fixture
def log(tmp_path):
    """What is sent and acknowledged during this test."""
    return Log(tmp_path / "acknowledged.jsonl")


@pytest.fixture
def settle(log, record_property):
    """
    Call it with the site, all who answered there and how often it was killed, when all is over: every attempt that is still open
    is answered once more and handed in, then the log is compared with the database. Nothing may be lost, doubled, graded
    otherwise or stuck.
    """

    def compare(site, answering, kills=""):
        stuck = [each.attempt for each in answering if not ends(each)]
        figures = compared(log, site.ask("attempts"))
        for attempt in stuck:
            figures.complain("stuck", attempt)
        cut = f"requests cut {sum(each.cut for each in answering)}"
        record_property("figures", ", ".join(str(each) for each in (figures, cut, kills) if each))
        assert figures.complaints == []
        assert figures.acknowledged > 0
        return figures

    return compare


def ends(answering):
    """Can this attempt be ended: is it handed in already, or does it take one more answer and the hand-in?"""
    page = answering.session.get(f"{answering.attempt_url}1/", timeout=30)
    if page.url.endswith("/result/"):
        return True
    try:
        answering.look(1)
        answering.save(1)
        answering.hand_in_until_acknowledged()
    except AssertionError:
        return False
    return True


@pytest.fixture
def learner(site):
    """A learner who has done nothing yet."""
    return next(site.walkers)
