"""What is due by the clock: each job once, under a lock, whoever calls."""

import fcntl
import logging
from contextlib import contextmanager
from datetime import UTC, datetime

from django.conf import settings

from certificates.mailing import mail_what_is_due
from certificates.services import issue_what_is_due
from quizzes.services import submit_overdue
from studio.publishing_doors import publish_what_is_due

from .retention import delete_what_is_over

logger = logging.getLogger(__name__)

JOBS = [submit_overdue, publish_what_is_due, issue_what_is_due, mail_what_is_due, delete_what_is_over]


def _file(name):
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    return settings.DATA_DIR / name


@contextmanager
def _lock():
    """Yields whether the lock was free; it falls with the process, so a crash leaves none behind."""
    with open(_file("clock.lock"), "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def tick(*, at):
    """Run what is due; returns {job: what it answered, None where it failed}, or None where another tick is running."""
    with _lock() as free:
        if not free:
            return None
        done = {job.__name__: _done(job, at) for job in JOBS}
        _file("clock").write_text(at.isoformat())
        return done


def _done(job, at):
    """What the job answered; None where it failed: the others are not kept waiting for it."""
    try:
        return job(at=at)
    except Exception:
        logger.exception("%s failed; it is tried again at the next tick", job.__name__)
        return None


def last_run():
    """When the clock last ran (UTC), or None."""
    try:
        return datetime.fromisoformat(_file("clock").read_text()).astimezone(UTC)
    except (FileNotFoundError, ValueError):
        return None
