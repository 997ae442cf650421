import pytest

from tests.access.world import make_people, make_world


@pytest.fixture
def people(site):
    """Person → user, None for anonymous."""
    return make_people()


@pytest.fixture
def world(people):
    return make_world(people)
