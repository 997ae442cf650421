"""The figures. Each is the median of several runs; the first run of each only warms up."""

import io
import statistics
import time
import uuid
from itertools import count

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certificates.models import Certificate
from certificates.rendering import render_certificate
from certificates.services import issue_certificate
from quizzes.models import Attempt
from quizzes.services import save_response, start_attempt, submit_attempt
from reports.exporters import export
from reports.statistics import CompletionStatistics, Filters

from .data import prepare
from .editor import editor_figures


def milliseconds(call, times):
    """The median of this many calls."""
    return median(call, times) * 1000


def median(call, times):
    call()
    taken = []
    for _time in range(times):
        began = time.perf_counter()
        call()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def measure(wanted):
    """Yield (name, value, unit) of each figure whose name begins with one of `wanted`; without any, of all."""
    began = time.perf_counter()
    world = prepare()
    if not wanted:
        yield "prepare_database", time.perf_counter() - began, "s"
        yield "load_courses", world.loading, "s"
        yield "load_courses_again", world.loading_again, "s"
    for figure in (_pages, _quiz, _certificate, _statistics, editor_figures):
        for name, make, unit in figure(world):
            if not wanted or name.startswith(tuple(wanted)):
                yield name, make(), unit


def _pages(world):
    learner, visitor = Client(), Client()
    learner.force_login(world.user)
    for name, client, url in (
        ("home_page", visitor, "/lt/"),
        ("catalogue_page", visitor, world.catalogue_url),
        ("course_page", learner, world.course_url),
        ("lesson_page", learner, world.lesson_url),
        ("my_learning", learner, reverse("tiltas_home:my_learning")),
        ("verify_page", visitor, "/verify/ABCDEFGHJKMN/"),
    ):
        # No more than 20 times: /verify/ answers 30 a minute.
        yield name, lambda client=client, url=url: milliseconds(lambda: _get(client, url), 20), "ms"
        yield f"{name}_queries", lambda client=client, url=url: _queries(lambda: _get(client, url)), "queries"


def _get(client, url):
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response


def _queries(call):
    call()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        call()
    return len(queries)


def _quiz(world):
    learner = Client()
    learner.force_login(world.user)
    attempt = start_attempt(enrolment_id=world.enrolment.pk, activity_id=world.quiz.pk, at=timezone.now())
    versions = world.versions_of(attempt)
    place = reverse("tiltas_quizzes:save", args=[attempt.uuid, 1])
    sequence = [0]

    def save_over_http():
        options = versions[0].option_ids
        answer = options[sequence[0] % len(options)]
        response = learner.post(place, {"operation": str(uuid.uuid4()), "base": sequence[0], "answer": [answer]})
        assert response.status_code == 200, response.content
        sequence[0] = response.json()["sequence"]

    yield "save_answer", lambda: milliseconds(save_over_http, 30), "ms"
    yield "question_page", lambda: milliseconds(lambda: _get(learner, place.removesuffix("save/")), 30), "ms"
    yield "hand_in", lambda: _hand_in(world), "ms"


def _hand_in(world, times=10):
    """Attempts with every answer right, each handed in once. Each draws its own questions."""
    taken = []
    for enrolment in world.fresh_enrolments(times):
        attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=world.quiz.pk, at=timezone.now())
        for number, version in enumerate(world.versions_of(attempt), 1):
            save_response(
                attempts=Attempt.objects.filter(pk=attempt.pk),
                number=number,
                operation_id=uuid.uuid4(),
                base=0,
                raw=version.answer_key["right"],
                at=timezone.now(),
            )
        began = time.perf_counter()
        submit_attempt(attempt_id=attempt.pk, at=timezone.now())
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def _certificate(world):
    snapshot = Certificate.objects.filter(enrolment__in=world.completed).first().snapshot
    numbers = count(1)

    def render():
        """Each with another number: of two alike the second costs nothing."""
        number = f"KT-2026-{next(numbers):06d}"
        render_certificate(snapshot | {"number": number}, verify_url=f"https://tiltas.example/verify/A/?nr={number}")

    yield "render_certificate", lambda: median(render, 10), "s"
    yield "issue_certificate", lambda: _issue(world), "ms"


def _issue(world, times=10):
    taken = []
    for enrolment in world.completed_without_certificate(times):
        began = time.perf_counter()
        issue_certificate(enrolment_id=enrolment.pk, at=timezone.now())
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def _statistics(world):
    """With the institutions and enrolments of `data`."""
    administrator = Client()
    administrator.force_login(world.administrator)
    url = reverse("tiltas_statistics")
    yield "statistics_page", lambda: milliseconds(lambda: _get(administrator, url), 5), "ms"
    yield "statistics_page_queries", lambda: _queries(lambda: _get(administrator, url)), "queries"
    for format_name in ("csv", "xlsx", "json"):
        yield f"export_{format_name}", lambda name=format_name: median(lambda: _export(name), 3), "s"


def _export(format_name):
    export(CompletionStatistics(Filters()), format_name, io.BytesIO())
