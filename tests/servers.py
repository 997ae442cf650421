"""The servers that `make test-all` tests with: PostgreSQL and Redis, found on the machine or started for the run alone."""

import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

DEFAULT_DATABASE_URL = "postgres://root@127.0.0.1:5432/postgres"


class CannotBeHad(Exception):
    """The server neither answers nor can be started here; the message says what to do."""


def free_port():
    """A port that nobody listens on right now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


# PostgreSQL -----------------------------------------------------------------------------------------------------------


@contextmanager
def postgresql():
    """Yield the URL of a PostgreSQL: that of DATABASE_URL, else the machine's own, else a cluster for this run."""
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith("postgres"):
        if not _postgresql_answers(named):
            raise CannotBeHad("No PostgreSQL answers at DATABASE_URL: start it, or unset DATABASE_URL.")
        yield named
    elif _postgresql_answers(DEFAULT_DATABASE_URL):
        yield DEFAULT_DATABASE_URL
    else:
        with _own_cluster() as url:
            yield url


def for_psycopg(url):
    """The URL with the scheme that PostgreSQL's own library knows."""
    return url.replace("postgres://", "postgresql://", 1)


def _postgresql_answers(url):
    try:
        psycopg.connect(for_psycopg(url), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def _own_cluster():
    """The URL of a PostgreSQL of our own in a temporary folder, gone after the run."""
    with Cluster.in_a_folder() as cluster:
        cluster.start("fsync=off", "full_page_writes=off")
        yield cluster.url


class Cluster:
    """A PostgreSQL of our own, that may be killed and started again."""

    def __init__(self, folder, programs):
        self.folder, self.programs = Path(folder), programs
        self.data, self.port = f"{folder}/data", free_port()
        self.as_user = _own_to_a_plain_user(folder)
        self.url = f"postgres://tiltas@127.0.0.1:{self.port}/postgres"
        self.process = None

    @classmethod
    @contextmanager
    def in_a_folder(cls):
        """A cluster in a temporary folder, initialised but not started; stopped afterwards. Raises CannotBeHad."""
        programs = _postgresql_programs()
        if programs is None:
            raise CannotBeHad(
                "No PostgreSQL answers, and none is installed to start one. Install it (on Debian: apt install postgresql), "
                "or name a server: DATABASE_URL=postgres://user@host:5432/name make test-all"
            )
        with tempfile.TemporaryDirectory(prefix="tiltas-postgresql-", ignore_cleanup_errors=True) as folder:
            cluster = cls(folder, programs)
            cluster._initialise()
            try:
                yield cluster
            finally:
                cluster.stop()

    def _initialise(self):
        options = ["-D", self.data, "-A", "trust", "-U", "tiltas", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run([self.programs / "initdb", *options], check=True, **self._surroundings(subprocess.DEVNULL))

    def start(self, *settings):
        """Start it with these settings (`name=value`), and wait until it answers."""
        settings = [
            f"port={self.port}",
            f"unix_socket_directories={self.folder}",
            "listen_addresses=127.0.0.1",
            *settings,
        ]
        options = [part for setting in settings for part in ("-c", setting)]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, *options], **self._surroundings(log)
            )
        end = time.monotonic() + 60
        while not _postgresql_answers(self.url):
            if time.monotonic() > end or self.process.poll() is not None:
                raise CannotBeHad(f"Our own PostgreSQL did not start:\n{(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)

    def _surroundings(self, log):
        return self.as_user | {"cwd": "/", "stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}

    def stop(self):
        """Stop it at once; what was committed is there at the next start."""
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=60)
            self.process = None

    def kill(self):
        """`kill -9` the server and every process that it forked: no chance to write anything any more. (Linux)"""
        forked = children(self.process.pid)
        for process in (self.process.pid, *forked):  # the father first: he would start new ones
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.process.wait()
        self.process = None
        end = time.monotonic() + 10
        while any(_is_running(process) for process in forked):
            if time.monotonic() > end:
                raise TimeoutError("A killed PostgreSQL is still there.")
            time.sleep(0.01)


def children(process):
    """The ids of the processes that this one forked. (Linux)"""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == process:
                found.append(int(path.parent.name))
    return found


def _is_running(process):
    """Is this process there, and more than an ended one that nobody has asked about yet? (Linux)"""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _postgresql_programs():
    """The folder with `initdb` and `pg_ctl`: Debian keeps them off the PATH."""
    folders = [Path(found).resolve().parent for found in [shutil.which("pg_ctl")] if found]
    folders += [Path(found).parent for found in sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_ctl"), reverse=True)]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def _own_to_a_plain_user(folder):
    """PostgreSQL refuses to run as root: then the folder goes to another user, whom the options for `subprocess` name."""
    if os.geteuid() != 0:
        return {}
    users = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def own_database(server_url, name):
    """Yield the URL of a new PostgreSQL database on the server; it is dropped afterwards. Without a server: None (SQLite)."""
    if not server_url.startswith("postgres"):
        yield None
        return
    with psycopg.connect(for_psycopg(server_url), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server_url.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


# Redis ----------------------------------------------------------------------------------------------------------------


@contextmanager
def redis():
    """Yield the URL of a Redis of our own: tests empty it, so it is never one that somebody uses, unless it is named."""
    program = shutil.which("redis-server")
    if program is None:
        named = os.environ.get("TILTAS_TEST_REDIS_URL")
        if not named:
            raise CannotBeHad(
                "redis-server is not installed. Install it (on Debian: apt install redis-server), or name a Redis that "
                "tests may empty: TILTAS_TEST_REDIS_URL=redis://host:6379 make test-all"
            )
        yield named
        return
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="tiltas-redis-") as folder:
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder]
        server = subprocess.Popen([program, *options], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            _wait_for(port)
            yield f"redis://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=10)


def _wait_for(port, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise CannotBeHad(f"The Redis that was started did not answer within {seconds} seconds.")
