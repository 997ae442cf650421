"""A site of its own in real processes, under the settings of the ready-made site, that a test may kill and start again."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import requests

from tests.servers import children, for_psycopg, free_port

ROOT = Path(__file__).resolve().parent.parent.parent
WEB = [
    sys.executable,
    "-m",
    "granian",
    "--interface",
    "wsgi",
    "--blocking-threads",
    "8",
    "--respawn-failed-workers",
    "--no-ws",
]
WORKER = [sys.executable, "-m", "tiltas", "db_worker", "--queue-name", "*", "--no-startup-delay", "--interval", "0.2"]
SECONDS_TO_START = 60
# How many transactions of this database stand before a lock.
WAITING = (
    "SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid) "
    "WHERE NOT granted AND datname = current_database()"
)


class RunningSite:
    """Web and worker on a folder and a database of their own."""

    def __init__(self, folder, *, database_url=None, redis_url=None):
        self.folder = Path(folder)
        self.database_url = database_url
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        left_out = {"DATABASE_URL", "REDIS_URL", "TILTAS_PRODUCTION", "COVERAGE_PROCESS_START"}
        self.environment = {name: value for name, value in os.environ.items() if name not in left_out} | {
            "TILTAS_DATA": str(self.folder),
            "TILTAS_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "tiltas.settings.site",
            "PYTHONPATH": str(ROOT),
        }
        if database_url:
            self.environment["DATABASE_URL"] = database_url
        if redis_url:
            self.environment["REDIS_URL"] = redis_url
        self.processes = {}

    # Commands

    def manage(self, *arguments):
        """Run a management command to its end."""
        self._run(sys.executable, "-m", "tiltas", *arguments)

    def ask(self, *arguments):
        """What `tests.faults.script` answers, under the settings of this site."""
        return json.loads(self._run(sys.executable, "-m", "tests.faults.script", *arguments).stdout)

    def _run(self, *command):
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command} failed:\n{done.stdout}{done.stderr}"
        return done

    # Processes

    def start(self, *, web=True, worker=True):
        """Start what is not running, and wait until the web answers."""
        for name in [name for name, process in self.processes.items() if process.poll() is not None]:
            del self.processes[name]
        if web and "web" not in self.processes:
            self.run("web", [*WEB, "--port", str(self.port), "tiltas.wsgi:application"])
            self.wait_for_web()
        if worker and "worker" not in self.processes:
            self.run("worker", WORKER)

    def run(self, name, command):
        """Start this command under this name; it goes on until it is killed."""
        with open(self.folder / f"{name}.log", "ab") as log:
            # A session of its own: killing its group takes the processes that it forked along.
            self.processes[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, *names):
        """`kill -9` these processes (without names: all), with no chance to finish anything."""
        for name in names or list(self.processes):
            process = self.processes.pop(name)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def kill_forked(self, name):
        """`kill -9` what this process forked; it starts that again by itself, where it is made to. (Linux)"""
        for process in children(self.processes[name].pid):
            os.kill(process, signal.SIGKILL)

    def answers(self):
        """Does the web answer, and say that all is well?"""
        try:
            return requests.get(f"{self.url}/healthz/", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def wait_for_web(self):
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end:
            if self.answers():
                return
            time.sleep(0.05)
        raise AssertionError(f"The web did not answer:\n{(self.folder / 'web.log').read_text()[-3000:]}")

    # The database, from beside

    @contextmanager
    def connection(self):
        """A connection of the test's own, in which each statement is a transaction until it says otherwise."""
        if self.database_url:
            connection = psycopg.connect(for_psycopg(self.database_url), autocommit=True)
        else:
            connection = sqlite3.connect(self.folder / "tiltas.sqlite3", isolation_level=None, timeout=30)
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def held(self, table, mode="EXCLUSIVE"):
        """
        Let nobody write to the table (on SQLite: to any) while this lasts: who comes now has to wait. Mode "SHARE" lets rows be
        locked still.
        """
        with self.connection() as connection:
            if self.database_url:
                connection.execute("BEGIN")
                connection.execute(f"LOCK TABLE {table} IN {mode} MODE")
            else:
                connection.execute("BEGIN IMMEDIATE")
            yield
            with suppress(psycopg.OperationalError):  # the database itself may have been killed meanwhile
                connection.execute("ROLLBACK")

    def wait_for_waiting(self, number, seconds=10):
        """Wait until this many requests stand before what is `held`. SQLite does not tell: a while, then."""
        if not self.database_url:
            time.sleep(0.6)
            return
        end = time.monotonic() + seconds
        with self.connection() as connection:
            while connection.execute(WAITING).fetchone()[0] < number:
                assert time.monotonic() < end, "The requests did not come to where they have to wait."
                time.sleep(0.01)
