"""
Before hand-in nothing tells what is right: markers in every key, feedback, explanation and weight of every kind of question,
looked for in all that the site answers to a learner; and what has no words (an order, a size) compared byte for byte with an
attempt at questions whose key is another one.
"""

import logging
import random
import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from wagtail.models import Locale, Page

from courses.services import enrol
from quizzes.drawing import draw_question
from quizzes.models import Attempt, QuestionText, QuestionVersion, Response
from quizzes.registry import question_type
from quizzes.services import start_attempt
from tests.access.addresses import addresses
from tests.access.test_matrix import places, posted
from tests.factories import NOON
from tests.factories.pages import make_course
from tests.factories.questions import PARTS, make_question_of, right_values

KINDS = list(PARTS)
LANGUAGES = ["lt", "en"]
# They end what is looked at, or answer with what the learner wrote.
ENDINGS = {"tiltas_quizzes:submit", "tiltas_home:close_account", "tiltas_accounts:log_out_elsewhere", "account_logout"}


class Marked:
    """A quiz of every kind of question with markers, and the learner's open attempt at it."""

    def __init__(self, people):
        self.token = uuid4().hex
        self.number = random.randrange(10**7, 10**8)  # a key that is a number can't carry letters
        self.made = make_course(code="K9", lessons=1, questions=self._questions)
        self.enrolment = enrol(learner_id=people["learner"].learner.pk, course_id=self.made.record.pk, at=NOON)
        self.attempt = start_attempt(
            enrolment_id=self.enrolment.pk, activity_id=self.made.quizzes[0].record.pk, at=NOON
        )
        versions = QuestionVersion.objects.in_bulk(self.attempt.version_ids)
        self.kinds = [versions[pk].kind for pk in self.attempt.version_ids]  # in the order in which they are asked

    def _questions(self):
        return [self._question(kind) for kind in KINDS]

    def _question(self, kind):
        """Of this kind, with the token in all that comes after hand-in, in both languages, and in what is accepted."""
        question = make_question_of(kind, secret=f"{self.token} {kind}")
        for each in (question, question.get_translation(_english())):
            for block in each.options:
                if block.block_type == "accepted":
                    block.value["text"] = f"{self.token} accepted"
                if block.block_type == "number":
                    block.value["value"], block.value["tolerance"] = f"{self.number},3719", f"0,{self.number}"[:8]
                if block.block_type == "range":
                    block.value["minimum"], block.value["maximum"] = str(self.number + 1), f"{self.number}00"
            each.points = 97
            each.save()
            each.save_revision().publish()
        return question

    def in_text(self, text):
        """The markers that stand in this text, however a number may be grouped in it."""
        plain = re.sub(r"[\s\u00a0]", "", text)
        found = [f"…{text[max(0, place - 80) : place + 80]}…" for place in _places(text, self.token)]
        return found + [f"{self.number}" for _place in _places(plain, str(self.number))]


def _english():
    return Locale.objects.get(language_code="en")


def _places(text, wanted):
    return [found.start() for found in re.finditer(re.escape(wanted), text)]


@pytest.fixture
def marked(people):
    return Marked(people)


@pytest.fixture
def learner(client, people):
    client.force_login(people["learner"])
    return client


def url(attempt, end, language="lt"):
    return f"/{language}/quizzes/attempts/{attempt.uuid}/{end}"


def form(values, base=0):
    return {"operation": str(uuid4()), "base": base, "answer": values}


def told(response):
    """All that left the server: the headers, the cookies, the body."""
    body = b"".join(response) if response.streaming else response.content
    return f"{response.headers}\n{response.cookies}\n{body.decode(errors='replace')}"


def answer_all(client, marked, language="lt"):
    """Save an answer to every question: to every other one the right one, where that is not the marker itself."""
    for number, kind in enumerate(marked.kinds, start=1):
        values = [] if kind in {"short_text", "number"} else right_values(marked.attempt, number)
        values = values if number % 2 else values[:1]
        yield client.post(url(marked.attempt, f"{number}/save/", language), form(values or ["7"]))


def asked_as_learner(client, method, address, data=None):
    """The answer to one request; nothing that it did stays in the database."""
    with transaction.atomic():
        response = client.get(address) if method == "GET" else client.post(address, data)
        text = told(response)
        transaction.set_rollback(True)
    return text


def every_request(people, world, marked):
    """(method, address, form) of each named address with what the quiz's world has, ours in both languages, and of all pages."""
    own = SimpleNamespace(
        **vars(world)
        | {"made": marked.made, "enrolment": marked.enrolment, "attempt": marked.attempt, "handed_in": marked.attempt}
        | {"question": marked.made.quizzes[0].questions[0].value}
    )
    for name, address in addresses().items():
        for number in range(1, len(KINDS) + 1) if "number" in dict(address.parameters) else [1]:
            path = address.url(**places(name, people, own) | {"number": number})
            for language in LANGUAGES if address.is_ours else ["lt"]:
                there = re.sub("^/(lt|en)/", f"/{language}/", path)
                yield "GET", there, None
                if address.is_ours and name not in ENDINGS:
                    yield "POST", there, posted(name, own)
    for page in Page.objects.live().exclude(depth=1):
        yield "GET", page.get_url(), None
    for language in LANGUAGES:
        yield "GET", f"/{language}/?q=Klausimas", None


def linked(text):
    """Addresses on this site that a page leads to or loads."""
    page = BeautifulSoup(text, "html.parser")
    found = {each.get(name) for each in page.find_all(True) for name in ("href", "src", "action", "data-save")}
    return {each.partition("#")[0] for each in found if each and each.startswith("/") and not each.startswith("//")}


def test_no_marker_is_in_anything_that_the_site_answers_before_hand_in(people, world, marked, learner, caplog):
    caplog.set_level(logging.DEBUG)
    leaks, asked, further = [], set(), set()
    for language in LANGUAGES:
        for reply in answer_all(learner, marked, language):
            leaks += marked.in_text(told(reply))
    assert Response.objects.filter(attempt=marked.attempt).count() >= len(KINDS) - 1

    learner.raise_request_exception = False
    for method, address, data in every_request(people, world, marked):
        text = asked_as_learner(learner, method, address, data)
        leaks += [(method, address, leak) for leak in marked.in_text(text)]
        asked.add(address)
        further |= linked(text) if method == "GET" else set()
    for address in sorted(further - asked):
        text = asked_as_learner(learner, "GET", address)
        leaks += [("GET", address, leak) for leak in marked.in_text(text)]

    assert leaks == []
    assert marked.in_text(caplog.text) == []
    assert Attempt.objects.get(pk=marked.attempt.pk).submitted_at is None
    assert {url(marked.attempt, f"{number}/") for number in range(1, len(KINDS) + 1)} <= asked  # so it was looked at


@pytest.mark.parametrize("person", ["anonymous", "learner_elsewhere", "coordinator"])
def test_nobody_else_who_is_no_author_meets_a_marker(people, world, marked, person):
    client, leaks = Client(raise_request_exception=False), []
    if people[person] is not None:
        client.force_login(people[person])

    for method, address, data in every_request(people, world, marked):
        if method == "GET" and ("quiz" in address or "testas" in address or "question" in address):
            leaks += [(address, leak) for leak in marked.in_text(asked_as_learner(client, method, address, data))]

    assert leaks == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_hand_in_every_marker_is_told(people, marked, learner, language):
    """The proof that the markers would have been seen."""
    for number in range(1, len(KINDS) + 1):
        known = {"short_text": [f"{marked.token} accepted"], "number": [f"{marked.number},3719"]}
        values = known.get(marked.kinds[number - 1]) or right_values(marked.attempt, number)
        assert learner.post(url(marked.attempt, f"{number}/save/"), form(values)).status_code == 200

    learner.post(url(marked.attempt, "submit/"))

    shown = told(learner.get(url(marked.attempt, "result/", language)))
    words = "paaiškinimas" if language == "lt" else "explanation"
    for kind in KINDS:
        assert f"{marked.token} {kind} {words}" in shown
        first = PARTS[kind][0][0]
        assert f"{marked.token} {kind} {first} " in shown  # and a number: of what was chosen or is right
    assert f"{marked.token} accepted" in shown
    assert str(marked.number) in re.sub(r"\s", "", shown)
    assert Attempt.objects.get(pk=marked.attempt.pk).score == 1


# What has no words: which option is right, in which order, how much it weighs.


def otherwise(version):
    """The same question with another key, other points, and longer feedback: what a learner sees must not change by a byte."""
    key, options = version.answer_key, version.option_ids
    match version.kind:
        case "ordering":
            other = {"order": key["order"][::-1]}
        case "matching":
            other = {"pairs": key["pairs"][:1]}
        case "short_text":
            other = {"accepted": {each: dict.fromkeys(options, "visai kas kita " * 5) for each in LANGUAGES}}
        case "number":
            other = {"accepted": {each: ["-1000000", "1000000"] for each in options}}
        case _:
            other = {"right": [each for each in options if each not in key["right"]]}
    definition = version.definition | {"points": 1 if version.definition["points"] > 1 else 100}
    made = QuestionVersion.objects.create(
        key=uuid4(), number=1, kind=version.kind, definition=definition, answer_key=other, digest=uuid4().hex
    )
    for text in version.texts.order_by("pk"):
        words = text.texts | {"explanation": "Daug ilgesnis paaiškinimas. " * 50}
        words["options"] = {part: each | {"feedback": "Kitaip. " * 40} for part, each in words["options"].items()}
        QuestionText.objects.create(version=made, language=text.language, texts=words)
    return made


CHANGING = re.compile(
    r'csrfmiddlewaretoken" value="[^"]+"|name="operation" value="[^"]+"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
    r"|csrftoken=[^;]+|nonce-[\w+/=-]+|\d\d:\d\d(?::\d\d)? ?(?:GMT)?|sessionid=[^;]+"
)


def unchanging(response):
    return CHANGING.sub("…", told(response))


def screens(client, attempt, number, language, values):
    """Everything that the site answers on the way through one question, before hand-in."""
    yield client.get(url(attempt, f"{number}/", language))
    yield client.post(url(attempt, f"{number}/save/", language), form(values))
    yield client.post(url(attempt, f"{number}/save/", language), form(values))  # stale, or said once more
    yield client.get(url(attempt, f"{number}/", language))
    yield client.post(url(attempt, f"{number}/", language), form(values, base=1))
    yield client.get(url(attempt, "overview/", language))
    yield client.get(url(attempt, "result/", language), follow=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_question_with_another_key_looks_the_same_to_the_byte(people, learner, kind, language):
    made = make_course(code="K9", lessons=1, questions=lambda: [make_question_of(kind)])
    enrolment = enrol(learner_id=people["learner"].learner.pk, course_id=made.record.pk, at=NOON)
    attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=NOON)
    values = right_values(attempt, 1, language)
    seen = []
    for number in (1, 2):
        with transaction.atomic():
            if number == 2:
                version = otherwise(QuestionVersion.objects.get(pk=attempt.version_ids[0]))
                asked = [attempt.questions[0] | {"version": version.pk}]
                Attempt.objects.filter(pk=attempt.pk).update(questions=asked)
            seen.append([unchanging(each) for each in screens(learner, attempt, 1, language, values)])
            transaction.set_rollback(True)

    for as_it_is, with_another_key in zip(*seen, strict=True):
        assert as_it_is == with_another_key


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"short_text", "number"}])
def test_a_right_and_a_wrong_answer_are_acknowledged_alike(people, learner, kind):
    made = make_course(code="K9", lessons=1, questions=lambda: [make_question_of(kind)])
    enrolment = enrol(learner_id=people["learner"].learner.pk, course_id=made.record.pk, at=NOON)
    attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=NOON)
    right = right_values(attempt, 1)
    wrong = {
        "ordering": lambda: [f"{step}:{number}" for number, step in enumerate(attempt.questions[0]["options"], 1)][
            ::-1
        ],
        "matching": lambda: [f"{part}:3" for part in attempt.questions[0]["options"]],
    }.get(kind, lambda: [each for each in attempt.questions[0]["options"] if each not in right][: len(right)])()

    first = learner.post(url(attempt, "1/save/"), form(right))
    second = learner.post(url(attempt, "1/save/"), form(wrong, base=1))

    assert (first.status_code, second.status_code) == (200, 200)
    assert list(first.json()) == list(second.json()) == ["sequence", "answer", "saved_at"]
    assert dict(first.headers) | {"Content-Length": ""} == dict(second.headers) | {"Content-Length": ""}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_drawn_knows_nothing_of_the_key(site, kind):
    """Of one seed the same comes, whatever is right: neither an order nor a place can tell."""
    make_course(code="K9", lessons=0, quiz=False, release=False)
    version = QuestionVersion.objects.filter(key=make_question_of(kind).translation_key).latest("number")
    other = otherwise(version)
    other.key, other.number = version.key, version.number  # what the draw is seeded by

    for seed in range(50):
        drawn = [draw_question(each, seed) | {"version": 0} for each in (version, other)]
        assert drawn[0] == drawn[1]


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice", "weighted_choice", "ordering"])
def test_what_is_right_stands_at_every_place_equally_often(site, kind):
    make_course(code="K9", lessons=0, quiz=False, release=False)
    version = QuestionVersion.objects.filter(key=make_question_of(kind).translation_key).latest("number")
    right = version.answer_key.get("right") or version.answer_key["order"][:1]
    seeds = 600

    where = [draw_question(version, seed)["options"].index(right[0]) for seed in range(seeds)]

    expected = seeds / len(version.option_ids)
    assert all(abs(where.count(place) - expected) < expected / 3 for place in range(len(version.option_ids)))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_shown_is_asked_without_the_key(kind):
    """The plug-in that shows a question before hand-in is not even handed what is right."""
    asked = question_type(kind).shown.__code__
    assert "answer_key" not in asked.co_varnames[: asked.co_argcount + asked.co_kwonlyargcount]
