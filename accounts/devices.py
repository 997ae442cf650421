"""
Whose device a login is on. One's own keeps it for `SESSION_COOKIE_AGE`; on any other it ends when the browser closes, and
when nobody used it for `TILTAS_SHARED_IDLE_MINUTES`.
"""

import time

from django.conf import settings

ASKED_OWN = "tiltas_own_device"  # what the login form was told, until the login is through
SEEN_AT = "tiltas_seen_at"  # in sessions on shared devices alone
WRITE_AFTER = 300  # seconds: not every request writes to the session table


def begin(session):
    """Called at each login, however it came about."""
    if session.pop(ASKED_OWN, False):
        session.pop(SEEN_AT, None)
        session.set_expiry(settings.SESSION_COOKIE_AGE)
    else:
        session[SEEN_AT] = int(time.time())
        session.set_expiry(0)


def rested_too_long(session):
    """Has nobody used this shared device for too long? If not, note that somebody does."""
    seen_at = session.get(SEEN_AT)
    if seen_at is None:
        return False
    rest = int(time.time()) - seen_at
    if rest > settings.TILTAS_SHARED_IDLE_MINUTES * 60:
        return True
    if rest > WRITE_AFTER:
        session[SEEN_AT] = int(time.time())
    return False
