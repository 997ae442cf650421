"""What each database needs to keep its promises under load."""

SQLITE_OPTIONS = {
    # WAL lets people read while one writes. IMMEDIATE takes the write lock at the start of a transaction: without it two
    # transactions that both read and then write fail with "database is locked". FULL syncs each commit to the disk, so that
    # what was acknowledged survives a power cut.
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=30000;",
}


def settled(database):
    """The connection settings `database` (as of dj_database_url) with what Tiltas needs added."""
    if database["ENGINE"].endswith("sqlite3"):
        return {**database, "OPTIONS": {**SQLITE_OPTIONS, **database.get("OPTIONS", {})}, "CONN_MAX_AGE": None}
    return {**database, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
