"""The first view of a lesson, with nothing remembered, costs little of a phone's data and asks nobody else."""

import pytest
from wagtail.models import Locale

from .browsing import let_in
from .world import LEARNER, user_of

KILOBYTES, REQUESTS = 150, 15


def weighed(page, address):
    """What the browser asked for to show this page: address → bytes."""
    devtools = page.context.new_cdp_session(page)
    asked, bytes_of = {}, {}
    devtools.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    devtools.on(
        "Network.loadingFinished", lambda event: bytes_of.update({event["requestId"]: event["encodedDataLength"]})
    )
    devtools.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    return {url: bytes_of.get(request, 0) for request, url in asked.items()}


@pytest.mark.looks
@pytest.mark.everything
def test_a_lessons_first_view_is_light_and_stays_with_us(walked, open_page, live_server):
    """For a visitor in each language; for an enrolled learner, whose place is kept by a script, too."""
    for language in ("lt", "en"):
        for who, lesson in (("", walked.lesson), (LEARNER, walked.lesson), (LEARNER, walked.closed_lesson)):
            page = open_page(width=390, language=language)
            if who:
                let_in(page.context, user_of(who).learner, live_server)

            weight = weighed(page, address_in(language, lesson))

            assert page.locator("article .part").count() > 0, "the lesson was not shown"
            assert any(url.endswith(".woff2") for url in weight), "the page's own letters were not measured"
            assert [url for url in weight if not url.startswith(live_server.url)] == []
            assert len(weight) <= REQUESTS, weight
            assert sum(weight.values()) <= KILOBYTES * 1000, weight


def address_in(language, page):
    return page.get_translation(Locale.objects.get(language_code=language)).url
