"""Reading is left in the middle of a lesson, and "Continue" leads back to that block."""

import pytest
from django.test import Client
from django.utils import timezone

from courses.services import enrol
from lessons.models import ReadingPlace
from tests.factories import LearnerFactory
from tests.factories.pages import make_course, publish
from tests.journeys.conftest import ensure_locales_and_root

pytestmark = pytest.mark.looks

PARAGRAPH = "<p>" + "Vienas ilgas sakinys apie tiltą, upę ir du krantus. " * 12 + "</p>"


@pytest.fixture
def made(transactional_db):
    ensure_locales_and_root()
    made = make_course(lessons=1, quiz=False)
    made.lessons[0].body = [("text", PARAGRAPH)] * 12
    publish(made.lessons[0])
    return made


@pytest.fixture
def reader(made, open_page, live_server):
    """A learner on a phone, logged in and enrolled."""
    learner = LearnerFactory()
    enrol(learner_id=learner.pk, course_id=made.record.pk, at=timezone.now())
    client = Client()
    client.force_login(learner.user)
    page = open_page(width=390)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    return page


def test_continue_leads_to_the_block_where_reading_stopped(reader, made):
    lesson = made.lessons[0]
    block = str(lesson.body[6].id)
    reader.goto(lesson.get_url())

    reader.locator(f"[id='b-{block}']").evaluate("part => part.scrollIntoView()")
    with reader.expect_response(lambda response: response.url.endswith("/place/"), timeout=15_000) as told:
        pass
    assert told.value.status == 204
    assert [str(place.block_id) for place in ReadingPlace.objects.all()] == [block]

    reader.goto("/lt/my/")
    reader.locator(".continue .button").click()
    reader.wait_for_url(f"**#b-{block}")
    top = reader.locator(f"[id='b-{block}']").evaluate("part => part.getBoundingClientRect().top")
    assert 0 <= top < 200
    assert reader.complaints == []


def test_at_the_top_nothing_is_told(reader, made):
    told = []
    reader.on("request", lambda request: request.url.endswith("/place/") and told.append(request.url))
    reader.goto(made.lessons[0].get_url())
    reader.wait_for_timeout(6_000)

    assert told == []
    assert ReadingPlace.objects.count() == 0
