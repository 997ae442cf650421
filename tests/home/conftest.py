import pytest
from django.db import transaction
from django.utils import timezone

from tests.journeys.conftest import ensure_locales_and_root
from tests.journeys.world import load_demo, walk


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The World, walked once for the tests of this module; all is taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        ensure_locales_and_root()
        load_demo(at=timezone.now())
        yield walk(at=timezone.now())
        transaction.set_rollback(True)
