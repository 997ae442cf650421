"""No screen of ours asks the database more than 15 times, whoever looks and in whichever language."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .screens import DESK, OWN_DESK, SCREENS, by_person
from .world import client_of, take_steps

MOST = 15
REGISTER = [screen for screen in DESK if screen.name == "desk-certificates"]  # our columns in Wagtail's list


@pytest.mark.parametrize("language", ["lt", pytest.param("en", marks=pytest.mark.everything)])
def test_every_screen_asks_15_queries_at_most(walked_without_browser, language):
    too_many = {}
    for who, screens in by_person([*SCREENS, *OWN_DESK, *REGISTER]):
        client = client_of(who, language)
        for screen in screens:
            take_steps(client, screen, language)
            address = screen.address(walked_without_browser, language)
            if not screen.before:  # Wagtail remembers where the site begins, Django its content types
                client.get(address, follow=True)
            with CaptureQueriesContext(connection) as asked:
                response = client.get(address, follow=True)
            assert response.status_code == screen.status, screen.name
            if len(asked) > MOST:
                too_many[screen.name] = len(asked)

    assert too_many == {}
