"""The clock runs what is due once, under a lock that falls with its process."""

import fcntl
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from certificates.models import Certificate
from tests.factories import EnrolmentFactory, IssuerFactory
from tiltas import clock
from tiltas.clock import last_run, tick

HOLD = """
import fcntl, sys, time
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@contextmanager
def another_tick_running(settings):
    with open(settings.DATA_DIR / "clock.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture
def due(db, noon):
    """A completed course whose certificate a crash left unissued."""
    IssuerFactory()
    return EnrolmentFactory(completed_at=noon)


def issued():
    return [(each.enrolment, each.full_number, bool(each.file)) for each in Certificate.objects.all()]


def test_a_tick_does_what_is_due_and_says_so(due, noon):
    assert tick(at=noon) == {
        "submit_overdue": 0,
        "publish_what_is_due": 0,
        "issue_what_is_due": 2,
        "mail_what_is_due": 1,
        "delete_what_is_over": 0,
    }  # issued, and drawn
    assert issued() == [(due, "KT-2026-000001", True)]


def test_a_second_tick_changes_nothing(due, noon):
    tick(at=noon)
    before = Certificate.objects.values().get()

    assert tick(at=noon + timedelta(minutes=1)) == {
        "submit_overdue": 0,
        "publish_what_is_due": 0,
        "issue_what_is_due": 0,
        "mail_what_is_due": 0,
        "delete_what_is_over": 0,
    }
    assert Certificate.objects.values().get() == before


def test_a_job_that_fails_keeps_no_other_waiting(due, noon, monkeypatch, caplog):
    def broken(*, at):
        raise RuntimeError("a broken row")

    monkeypatch.setattr(clock, "JOBS", [broken, *clock.JOBS])

    done = tick(at=noon)

    assert (done["broken"], done["issue_what_is_due"], last_run()) == (None, 2, noon)
    assert "broken failed" in caplog.text


def test_while_another_tick_runs_nothing_is_done(due, noon, settings):
    with another_tick_running(settings):
        assert tick(at=noon) is None
        assert (issued(), last_run()) == ([], None)

    assert tick(at=noon) == {
        "submit_overdue": 0,
        "publish_what_is_due": 0,
        "issue_what_is_due": 2,
        "mail_what_is_due": 1,
        "delete_what_is_over": 0,
    }


def test_a_tick_that_was_killed_leaves_no_lock_behind(due, noon, settings):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings.DATA_DIR / "clock.lock")], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == "held\n"
        assert tick(at=noon) is None
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()

    assert tick(at=noon) == {
        "submit_overdue": 0,
        "publish_what_is_due": 0,
        "issue_what_is_due": 2,
        "mail_what_is_due": 1,
        "delete_what_is_over": 0,
    }


def test_last_run_is_told_in_utc_whatever_clock_was_passed_in(db, noon):
    assert last_run() is None

    tick(at=noon.astimezone(timezone.get_default_timezone()))

    assert (last_run(), last_run().tzinfo) == (noon, UTC)


def test_the_command_says_what_it_did(due, settings):
    said = StringIO()

    with another_tick_running(settings):
        call_command("tick", stdout=said)
    call_command("tick", stdout=said)

    assert said.getvalue().splitlines() == [
        "Another tick is running; nothing was done.",
        "submit_overdue: 0",
        "publish_what_is_due: 0",
        "issue_what_is_due: 2",
        "mail_what_is_due: 1",
        "delete_what_is_over: 0",
    ]
