"""`make run`: what dies is started again, what is stopped leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.servers import own_database
from tiltas.demo import PEOPLE

from .conftest import _servers
from .site import ROOT, RunningSite

SERVE = [sys.executable, "manage.py", "serve"]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent ended")


def eventually(condition, what, seconds=40):
    """Wait until the condition holds; what it answered."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within {seconds} seconds")


def running(site, *, of=""):
    """Process id → command line of all that runs for this site's folder and has `of` in its command line."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            environment, command = (path / "environ").read_bytes(), (path / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        line = command.replace(b"\0", b" ").decode(errors="replace")
        if f"TILTAS_DATA={site.folder}\0".encode() in environment and of in line and line:
            found[int(path.name)] = line
    return found


def answers(site):
    try:
        return requests.get(f"{site.url}/healthz/", timeout=5).status_code == 200
    except requests.RequestException:
        return False


@contextmanager
def serving(site, *options):
    """`manage.py serve` for this site, with what it says in a file; killed at the end where it still runs."""
    with open(site.folder / "serve.log", "wb") as log:
        process = subprocess.Popen(
            [*SERVE, "--port", str(site.port), *options],
            cwd=ROOT, env=site.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            try:
                eventually(lambda: not running(site), "everything of the site has ended")
            finally:
                for left in running(site):
                    os.kill(left, signal.SIGKILL)


@pytest.fixture
def served(prepared_site):
    """A migrated site that `serve` runs; `served.process` is `serve` itself."""
    prepared_site.kill()
    with serving(prepared_site, "--no-demo") as process:
        eventually(lambda: answers(prepared_site), "the site answers")
        prepared_site.process = process
        yield prepared_site


def server_of(site):
    """The process ids of the web server and of the worker that it forked."""
    return sorted(running(site, of="granian"))


@LINUX
@pytest.mark.parametrize("which", [0, 1], ids=["server", "worker of the server"])
def test_a_killed_web_is_started_again_and_none_is_left_over(served, which):
    eventually(lambda: len(server_of(served)) == 2, "server and its worker run")
    victim = server_of(served)[which]
    os.kill(victim, signal.SIGKILL)

    eventually(lambda: victim not in running(served), "it has ended")
    eventually(lambda: len(server_of(served)) == 2 and answers(served), "the site answers again, from two processes")
    time.sleep(2)
    assert len(server_of(served)) == 2
    assert answers(served)


@LINUX
def test_a_killed_worker_is_started_again_and_works(served):
    (victim,) = eventually(lambda: running(served, of="db_worker"), "the worker runs")
    os.kill(victim, signal.SIGKILL)
    learner = next(served.walkers)
    learner.walk(last="hand in")

    certificates = served.ask("wait_for_certificate", learner.email, "40")["certificates"]
    assert [certificate["whole"] for certificate in certificates] == [True]
    assert victim not in running(served, of="db_worker")


def test_the_clock_runs(served):
    def last_run():
        return requests.get(f"{served.url}/healthz/", timeout=5).json()["clock_last_ran"]

    assert eventually(last_run, "the clock has run")


@LINUX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_it_stops_at_once_and_leaves_nothing_behind(served, number):
    served.process.send_signal(number)

    assert served.process.wait(timeout=25) == 0
    assert running(served) == {}


@LINUX
@pytest.mark.parametrize("along", [False, True], ids=["alone", "with its server"])
def test_when_it_is_killed_itself_all_goes_with_it_and_the_next_start_finds_its_port_free(served, along):
    victims = [served.process.pid, *(server_of(served)[:1] if along else [])]
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
    served.process.wait()
    eventually(lambda: not running(served), "everything of the site has ended", seconds=20)

    with serving(served, "--no-demo") as process:
        eventually(lambda: answers(served), "the site answers")
        process.terminate()
        assert process.wait(timeout=25) == 0


def test_a_port_in_use_is_told_instead_of_shared(served):
    second = subprocess.run(
        [*SERVE, "--port", str(served.port), "--no-demo"],
        cwd=ROOT, env=served.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert second.returncode == 1
    assert f"127.0.0.1:{served.port} can't be used (Address already in use)" in second.stderr
    assert answers(served)


def test_a_first_start_that_is_killed_again_and_again_is_made_up_for_by_the_next(tmp_path):
    """While the tables are made, while courses are loaded, and when courses are there but no people yet."""
    server, redis = _servers()
    with own_database(server, f"tiltas_first_start_{os.getpid()}") as database_url:
        site = RunningSite(tmp_path, database_url=database_url, redis_url=redis)
        said = site.folder / "serve.log"
        for sentence in ("Preparing the database", "Loading courses"):
            with serving(site):
                eventually(lambda sentence=sentence: sentence in said.read_text(), sentence)
                time.sleep(1.5)
        with site.connection() as connection, serving(site):
            query = "SELECT 1 FROM tiltas_courses_course"
            eventually(lambda: connection.execute(query).fetchall(), "courses are there", seconds=90)
        with serving(site):
            eventually(lambda: answers(site), "the site answers", seconds=90)
            made_up = site.ask("content")
        site.manage("demo")

        assert made_up == site.ask("content")
        assert made_up["demo"] == len(PEOPLE)
