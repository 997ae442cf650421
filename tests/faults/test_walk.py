"""Between any two steps of the learner's path the machine may lose every process: nothing acknowledged is lost."""

from uuid import uuid4

import pytest

from .walk import STEPS, Walk


@pytest.fixture
def newcomer(site):
    """Somebody who has no account yet."""
    return Walk(site, site.places, f"{uuid4().hex}@tiltas.test", is_new=True)


def expected_facts(learner, facts):
    """What must be known of a learner who walked to the end: no more, no less."""
    return {
        "institutions": [learner.places["institution"]] if learner.is_new else [],
        "enrolments": [{"completed": True}],
        "completed": learner.places["activities"],
        "attempts": [{"submitted": True, "score": 1.0, "passed": True}],
        "answers": {operation: {"answer": answer, "accepted": True} for operation, answer in learner.answers.items()},
        "certificates": [{"number": facts["certificates"][0]["number"], "valid": True, "whole": True}],
    }


@pytest.mark.parametrize("step", STEPS[:-1])
def test_who_was_interrupted_by_a_kill_of_everything_goes_on_and_loses_nothing(site, newcomer, step):
    newcomer.walk(last=step)
    site.kill()
    site.start()
    newcomer.walk(first=STEPS[STEPS.index(step) + 1])

    facts = site.ask("wait_for_certificate", newcomer.email, "0")
    assert facts == expected_facts(newcomer, facts)


def test_the_worker_alone_makes_the_certificate_of_who_finished_before_everything_was_killed(site, learner):
    site.kill("worker")
    learner.walk(last="hand in")
    site.kill()
    site.start(web=False)

    facts = site.ask("wait_for_certificate", learner.email, "30")
    assert facts == expected_facts(learner, facts)


def test_the_clock_alone_makes_the_certificate_where_no_worker_comes_back(site, learner):
    site.kill("worker")
    learner.walk(last="hand in")
    site.kill()
    site.manage("tick")

    facts = site.ask("facts", learner.email)
    assert facts == expected_facts(learner, facts)


def test_worker_clock_and_learner_at_once_make_one_certificate(site, learner):
    learner.walk(last="hand in")
    site.manage("tick")
    learner.walk(first="see that the course is done")

    facts = site.ask("wait_for_certificate", learner.email, "30")
    assert facts == expected_facts(learner, facts)


def test_certificates_are_numbered_without_a_gap_whatever_was_killed(site, learner):
    learner.walk()

    numbers = site.ask("numbers")
    assert numbers == list(range(1, len(numbers) + 1))
