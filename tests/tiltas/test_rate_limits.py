"""What could be guessed is asked only so often from one address, with the cache in memory and in Redis."""

from uuid import uuid4

import pytest
import redis
from django.core.cache import cache
from django.urls import reverse

from tests.factories import LearnerFactory

REDIS = "redis://127.0.0.1:6379/9"


@pytest.fixture(params=["memory", "redis"])
def kept_in(request, settings):
    """Where the counts are kept; in Redis under a prefix of this test's own."""
    if request.param == "redis":
        try:
            redis.Redis.from_url(REDIS).ping()
        except redis.ConnectionError:
            pytest.skip(f"no Redis at {REDIS}")
        settings.CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": REDIS,
                "KEY_PREFIX": str(uuid4()),
            }
        }
    return request.param


def statuses(ask, times):
    return [ask().status_code for _time in range(times)]


def test_the_thirty_first_check_of_a_certificate_within_a_minute_is_refused(client, site, kept_in):
    assert statuses(lambda: client.get("/verify/ABCDEFGH2345/"), 31) == [200] * 30 + [429]


def test_checking_other_codes_counts_together(client, site, kept_in):
    codes = iter(range(31))

    assert statuses(lambda: client.get(f"/verify/CODE{next(codes)}/"), 31) == [200] * 30 + [429]


def test_the_refusal_is_a_page_that_says_what_to_do(client, site, kept_in):
    statuses(lambda: client.get("/verify/ABCDEFGH2345/"), 30)

    response = client.get("/verify/ABCDEFGH2345/")

    assert "429.html" in [template.name for template in response.templates]


def test_another_address_is_not_refused(client, site, kept_in):
    statuses(lambda: client.get("/verify/ABCDEFGH2345/"), 31)

    assert client.get("/verify/ABCDEFGH2345/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_the_twenty_first_try_of_a_join_code_within_a_minute_is_refused(client, site, kept_in):
    client.force_login(LearnerFactory().user)

    assert statuses(lambda: client.post(reverse("tiltas_home:join"), {"code": "SPEJIMAS"}), 21) == [200] * 20 + [429]


def test_the_count_begins_again_after_a_minute(client, site, kept_in):
    statuses(lambda: client.get("/verify/ABCDEFGH2345/"), 31)
    key = "tiltas-limit:verify:127.0.0.1"
    assert cache.get(key) == 31
    if kept_in == "redis":
        left = redis.Redis.from_url(REDIS).ttl(cache.make_key(key))
        assert 0 < left <= 60

    cache.delete(key)  # what the minute does

    assert client.get("/verify/ABCDEFGH2345/").status_code == 200


def test_health_asks_the_cache_that_is_used(client, db, kept_in):
    assert client.get("/healthz/").json()["cache"] is True
    assert cache.get("tiltas-health") == "1"


def test_a_class_behind_one_address_joins_together(client, site):
    for _person in range(2):
        client.force_login(LearnerFactory().user)
        tries = statuses(lambda: client.post(reverse("tiltas_home:join"), {"code": "SPEJIMAS"}), 20)
        assert tries == [200] * 20
