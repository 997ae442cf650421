"""`make run`: one command that makes the site ready, starts web, worker and clock, and keeps them running."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from tiltas.clock import tick
from tiltas.tied import STARTED_BY

SECONDS_BETWEEN_TICKS = 20
SECONDS_TO_STOP = 15


class Command(BaseCommand):
    help = "Make the site ready, then run web, worker and clock until interrupted. What dies is started again."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--no-demo", action="store_true", help="load neither courses nor demo people")

    def handle(self, *, port, host, no_demo, **options):
        self.require_free(host, port)
        self.address = f"http://{host}:{port}"  # what certificates and mails name, unless TILTAS_URL says otherwise
        settings.TILTAS_URL = os.environ.get("TILTAS_URL", self.address)  # the clock ticks in this process
        self.make_ready(demo=not no_demo and not settings.PRODUCTION)
        connections.close_all()
        self.stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.stop)
        threads = [
            threading.Thread(target=self.keep, args=(self.web(host, port),)),
            threading.Thread(target=self.keep, args=(self.worker(),)),
            threading.Thread(target=self.keep_ticking),
        ]
        for thread in threads:
            thread.start()
        self.say_when_open(host, port)
        while not self.stopping.wait(1):
            pass
        for thread in threads:
            thread.join(timeout=SECONDS_TO_STOP + 5)

    # Making ready

    def require_free(self, host, port, seconds=5):
        """Wait a little for what a killed site left behind to go. Two servers on one port would share its visitors."""
        end = time.monotonic() + seconds
        while True:
            try:
                socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
            except OSError as error:
                if time.monotonic() > end:
                    raise CommandError(
                        f"{host}:{port} can't be used ({os.strerror(error.errno)}): stop what runs there, or choose another port, "
                        f"as in `make run PORT={port + 1}`."
                    ) from None
                time.sleep(0.2)
            else:
                return

    def make_ready(self, *, demo):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database ...")
            call_command("migrate", verbosity=0)
        self.check(databases=["default"])  # what Django leaves out unless it is asked: one Wagtail Site
        # The file says that loading came to its end: one that was interrupted is done again.
        loaded = settings.DATA_DIR / "demo-loaded"
        if demo and not loaded.exists():
            self.stdout.write("Loading courses and demo people ...")
            call_command("demo", stdout=self.stdout)
            loaded.touch()

    # Running

    def web(self, host, port):
        return [
            "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", "1", "--blocking-threads", "16", "--respawn-failed-workers", "--no-ws", "tiltas.wsgi:application",
        ]  # fmt: skip

    def worker(self):
        return ["-m", "tiltas", "db_worker", "--queue-name", "*", "--no-startup-delay"]

    def keep(self, command):
        """Run the command and start it again whenever it ends, until the site stops."""
        environment = (
            {"TILTAS_URL": self.address}
            | os.environ
            | {"PYTHONPATH": os.pathsep.join(sys.path), STARTED_BY: str(os.getpid())}
        )
        while not self.stopping.is_set():
            # A session of its own: Ctrl+C reaches us alone, and what it forked can be ended along with it.
            process = subprocess.Popen(  # noqa: S603  (our own command)
                [sys.executable, "-m", "tiltas.tied", *command], env=environment, start_new_session=True
            )
            while process.poll() is None and not self.stopping.wait(0.3):
                pass
            self.end(process)
            self.stopping.wait(1)

    def end(self, process):
        """Let the process finish what it is at; then nothing of it is left."""
        if process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=SECONDS_TO_STOP)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def keep_ticking(self):
        while not self.stopping.is_set():
            try:
                tick(at=datetime.now(tz=UTC))
            except Exception as error:  # the clock goes on whatever one job meets; the next tick tries again
                self.stderr.write(f"clock: {error}")
            finally:
                connections.close_all()
            self.stopping.wait(SECONDS_BETWEEN_TICKS)

    def say_when_open(self, host, port):
        """Say where the site is as soon as it answers there."""
        while not self.stopping.wait(0.1):
            try:
                socket.create_connection((host, port), timeout=1).close()
            except OSError:
                continue
            self.stdout.write(f"Tiltas is at http://{host}:{port} (stop with Ctrl+C)")
            self.stdout.flush()
            return

    def stop(self, *_signal):
        self.stopping.set()
