"""
Two tabs and two devices of one learner, and a network that delays, repeats, reorders and drops: against a model of a dozen
lines, in as many walks as hypothesis is told to take.
"""

from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from quizzes.models import Attempt, Response
from tests.factories import AttemptFactory

from .conftest import times

PLACES = ["tab 1 of the phone", "tab 2 of the phone", "tab 1 of the computer", "tab 2 of the computer"]
QUESTIONS = [1, 2]
OPTIONS = "abc"


class Devices(RuleBasedStateMachine):
    """
    `kept` is the model: question → the rows that have to be there, as (operation, base, answer, accepted), in order. A message
    is a save on its way: it may arrive at any later moment, more than once, or never, and so may what the site answers to it.
    """

    messages = Bundle("messages")
    arrived = Bundle("arrived")

    @initialize()
    def begin(self):
        self.attempt = AttemptFactory()
        self.browsers = {}
        for place in PLACES:
            self.browsers[place] = Client()
            self.browsers[place].force_login(self.attempt.enrolment.learner.user)
        self.seen = {(place, number): 0 for place in PLACES for number in QUESTIONS}
        self.kept = {number: [] for number in QUESTIONS}
        self.sequence, self.ended = 0, False

    # What the model says

    def counting(self, number):
        """(sequence, answer) that counts for this question; (0, []) before any."""
        accepted = [row for row in self.kept[number] if row["accepted"]]
        return (accepted[-1]["sequence"], accepted[-1]["answer"]) if accepted else (0, [])

    def expected(self, message):
        """(status, sequence, answer) that this message has to be answered with; the model takes it in."""
        number = message["number"]
        known = [row for row in self.kept[number] if row["operation"] == message["operation"]]
        sequence, answer = self.counting(number)
        if known:
            return 200 if known[0]["accepted"] else 409, sequence, answer
        if self.ended:
            return 409, None, None
        accepted = message["base"] >= sequence
        if accepted and message["answer"] == answer:
            return 200, sequence, answer  # it says what counts already
        self.sequence += 1
        kept = {name: message[name] for name in ("operation", "answer")}
        self.kept[number].append(kept | {"sequence": self.sequence, "accepted": accepted})
        return 200 if accepted else 409, *self.counting(number)

    # What happens

    @rule(
        target=messages,
        place=st.sampled_from(PLACES),
        number=st.sampled_from(QUESTIONS),
        option=st.sampled_from(OPTIONS),
    )
    def choose(self, place, number, option):
        base = self.seen[place, number]
        return {"operation": str(uuid4()), "base": base, "answer": [option], "place": place, "number": number}

    @rule(target=arrived, message=consumes(messages), heard=st.booleans())
    def arrive(self, message, heard):
        self.deliver(message, heard)
        return message

    @rule(message=arrived, heard=st.booleans())
    def arrive_once_more(self, message, heard):
        self.deliver(message, heard)

    @rule(message=consumes(messages))
    def get_lost(self, message):
        pass

    def deliver(self, message, heard):
        place, number = message["place"], message["number"]
        body = {name: message[name] for name in ("operation", "base", "answer")}
        reply = self.browsers[place].post(f"/lt/quizzes/attempts/{self.attempt.uuid}/{number}/save/", body)
        status, sequence, answer = self.expected(message)
        assert reply.status_code == status, reply.content
        told = reply.json()
        if sequence is None:
            assert "accepted" not in told
            return
        assert (told["sequence"], told["answer"]) == (sequence, answer)
        assert ("reason" in told) is (status == 409)
        if heard:
            self.seen[place, number] = max(self.seen[place, number], sequence)

    @rule(place=st.sampled_from(PLACES), number=st.sampled_from(QUESTIONS))
    def open_the_page_anew(self, place, number):
        page = self.browsers[place].get(f"/lt/quizzes/attempts/{self.attempt.uuid}/{number}/")
        if self.ended:
            assert page.url.endswith("/result/")
            return
        sequence, answer = self.counting(number)
        asked = page.context["asked"]
        assert (asked.base, asked.answer or []) == (sequence, answer)
        self.seen[place, number] = sequence

    @precondition(lambda self: self.sequence > 2)
    @rule(place=st.sampled_from(PLACES))
    def hand_in(self, place):
        reply = self.browsers[place].post(f"/lt/quizzes/attempts/{self.attempt.uuid}/submit/")
        assert reply.url.endswith("/result/")
        self.ended = True

    # What always holds

    @invariant()
    def the_database_has_what_the_model_has(self):
        if not hasattr(self, "attempt"):
            return
        rows = Response.objects.filter(attempt=self.attempt).order_by("sequence")
        if self.ended:  # what comes later may be kept apart; it never counts
            assert not rows.filter(sequence__gt=self.sequence, accepted=True).exists()
            rows = rows.filter(sequence__lte=self.sequence)
        found = [(str(row.operation_id), row.sequence, row.answer, row.accepted) for row in rows]
        wanted = sorted((row for kept in self.kept.values() for row in kept), key=lambda row: row["sequence"])
        assert found == [tuple(row[name] for name in ("operation", "sequence", "answer", "accepted")) for row in wanted]

    def teardown(self):
        """However it went, the attempt can be handed in, and its score is that of the answers that count."""
        if not hasattr(self, "attempt"):
            return
        if not self.ended:
            self.hand_in(PLACES[0])
        right = sum(self.counting(number)[1] == ["a"] for number in QUESTIONS)
        attempt = Attempt.objects.get(pk=self.attempt.pk)
        assert (float(attempt.score), attempt.passed) == (right / 2, right == 2)


@pytest.mark.short
@pytest.mark.django_db
def test_two_tabs_and_two_devices_never_lose_double_or_overwrite_an_answer(record_property):
    runs = times(500, otherwise=25)
    walks = []

    class Counted(Devices):
        def teardown(self):
            super().teardown()
            walks.append(getattr(self, "sequence", 0))

    run_state_machine_as_test(
        Counted,
        settings=settings(
            max_examples=runs,
            stateful_step_count=30,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )

    record_property("figures", f"walks of two tabs and two devices {len(walks)}, answers kept in them {sum(walks)}")
    assert len(walks) >= runs
