"""/healthz/ says whether database and cache answer, and when the clock last ran."""

from contextlib import contextmanager

from django.db import DatabaseError, connection

from tiltas.clock import tick

DEAD = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}


@contextmanager
def broken_database():
    def refuse(execute, sql, params, many, context):
        raise DatabaseError("the database does not answer")

    with connection.execute_wrapper(refuse):
        yield


def test_all_is_well_and_the_clock_never_ran(client, db):
    response = client.get("/healthz/")

    assert (response.status_code, response.json()) == (200, {"database": True, "cache": True, "clock_last_ran": None})


def test_it_says_when_the_clock_last_ran(client, db, noon):
    tick(at=noon)

    assert client.get("/healthz/").json()["clock_last_ran"] == "2026-11-21T10:00:00+00:00"


def test_a_clock_file_cut_short_by_a_crash_is_no_fault_of_the_site(client, db, settings):
    (settings.DATA_DIR / "clock").write_text("2026-11-")

    response = client.get("/healthz/")

    assert (response.status_code, response.json()["clock_last_ran"]) == (200, None)


def test_a_dead_cache_makes_it_503_and_named(client, db, settings):
    settings.CACHES = DEAD

    response = client.get("/healthz/")

    assert (response.status_code, response.json()["database"], response.json()["cache"]) == (503, True, False)


def test_a_dead_database_makes_it_503_and_named(client, db):
    with broken_database():
        response = client.get("/healthz/")

    assert (response.status_code, response.json()["database"], response.json()["cache"]) == (503, False, True)


def test_it_is_asked_anew_each_time(client, db):
    assert "no-store" in client.get("/healthz/").headers["Cache-Control"]
