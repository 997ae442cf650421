"""No form of ours takes a request that another site made the browser send."""

import pytest
from django.test import Client

from tests.access.addresses import addresses
from tests.access.test_matrix import MATRIX, PEOPLE, places, posted

# What a POST does something at, for somebody.
WRITING = sorted(
    name
    for name, methods in MATRIX["ours"].items()
    if {"ok", "redirect"} & set(methods.get("POST", [])) and not name.endswith("_login")
)


@pytest.mark.parametrize("person", ["learner", "administrator"])
def test_a_post_without_the_sites_own_token_is_refused(people, world, person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people[person])
    known, taken = addresses(), []
    for name in WRITING:
        if MATRIX["ours"][name]["POST"][PEOPLE.index(person)] not in {"ok", "redirect"}:
            continue
        response = client.post(known[name].url(**places(name, people, world)), posted(name, world))
        if response.status_code != 403:
            taken.append((name, response.status_code))

    assert taken == []


def test_there_are_forms_to_ask():
    assert len(WRITING) > 15
