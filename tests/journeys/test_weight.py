"""The first view of a lesson, with nothing remembered, costs little of a phone's data and asks nobody else."""

import pytest

KILOBYTES, REQUESTS = 150, 15


@pytest.mark.looks
@pytest.mark.everything
def test_a_lessons_first_view_is_light_and_stays_with_us(walked, open_page, live_server):
    page = open_page(width=390)
    devtools = page.context.new_cdp_session(page)
    asked, bytes_of = {}, {}
    devtools.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    devtools.on(
        "Network.loadingFinished", lambda event: bytes_of.update({event["requestId"]: event["encodedDataLength"]})
    )
    devtools.send("Network.enable")

    page.goto(walked.lesson.url, wait_until="networkidle")

    weight = {url: bytes_of.get(request, 0) for request, url in asked.items()}
    fonts = [url for url in weight if url.endswith(".woff2")]
    assert fonts, "the page's own letters were not measured"
    assert [url for url in weight if not url.startswith(live_server.url)] == []
    assert len(weight) <= REQUESTS, weight
    assert sum(weight.values()) <= KILOBYTES * 1000, weight
