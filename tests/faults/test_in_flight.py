"""A kill in the middle of a request or a task: either it never happened, or it happened as a whole."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from .test_walk import expected_facts

# Seconds after which the web is killed under a request that is on its way.
MOMENTS = [0, 0.004, 0.012, 0.03, 0.08]


@pytest.fixture
def in_flight():
    """Call it with a function of a request: it is on its way in another thread; the result is a future."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield pool.submit


def was_acknowledged(future):
    """Did the answer come through before the kill?"""
    try:
        future.result(timeout=60)
    except requests.RequestException:
        return False
    return True


def test_a_save_that_waited_when_the_web_was_killed_never_happened_and_can_be_sent_again(site, learner, in_flight):
    learner.walk(last="start the test")
    operation, form = learner.answer_form(1)
    with site.held("tiltas_quizzes_attempt"):
        saving = in_flight(learner.save, 1, form)
        time.sleep(0.7)
        site.kill("web")
        assert not was_acknowledged(saving)
    site.start()
    assert site.ask("facts", learner.email)["answers"] == {}

    learner.save(1, form)
    assert site.ask("facts", learner.email)["answers"] == {operation: {"answer": form["answer"], "accepted": True}}


def test_saves_under_which_the_web_is_killed_at_any_moment_are_kept_once(site, learner, in_flight):
    learner.walk(last="start the test")
    sent = {}
    for number, moment in enumerate(MOMENTS):
        operation, form = learner.answer_form(1, place=number % 3)
        saving = in_flight(learner.save, 1, form)
        time.sleep(moment)
        site.kill("web")
        acknowledged = was_acknowledged(saving)
        site.start()
        answers = site.ask("facts", learner.email)["answers"]
        assert operation in answers or not acknowledged
        assert learner.save(1, form)["answer"] == form["answer"]  # the browser's queue sends the same operation again
        sent[operation] = {"answer": form["answer"], "accepted": True}

    assert site.ask("facts", learner.email)["answers"] == sent


def test_a_hand_in_that_was_half_done_when_the_web_was_killed_never_happened_and_can_be_done_again(
    site, learner, in_flight
):
    learner.walk(last="answer the second question")
    with site.held("tiltas_progress_completion"):  # the last thing that handing in writes
        handing_in = in_flight(learner.hand_in)
        time.sleep(0.7)
        site.kill("web")
        assert not was_acknowledged(handing_in)
    site.start()
    assert site.ask("facts", learner.email)["attempts"] == [{"submitted": False, "score": None, "passed": None}]

    learner.walk(first="hand in")
    facts = site.ask("wait_for_certificate", learner.email, "30")
    assert facts == expected_facts(learner, facts)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_hand_in_under_which_the_web_is_killed_at_any_moment_is_done_once(site, learner, in_flight, moment):
    learner.walk(last="answer the second question")
    handing_in = in_flight(learner.hand_in)
    time.sleep(moment)
    site.kill()
    acknowledged = was_acknowledged(handing_in)
    site.start()
    handed_in = site.ask("facts", learner.email)["attempts"] == [{"submitted": True, "score": 1.0, "passed": True}]
    assert handed_in or not acknowledged

    learner.walk(first="hand in")
    facts = site.ask("wait_for_certificate", learner.email, "30")
    assert facts == expected_facts(learner, facts)


# SQL that answers with a row as soon as the worker has come so far.
RUNNING = (
    "SELECT 1 FROM django_tasks_database_dbtaskresult "
    "WHERE status = 'RUNNING' AND task_path = 'certificates.tasks.issue_certificate_task'"
)
ISSUED = "SELECT 1 FROM tiltas_certificates_certificate WHERE file = ''"


@pytest.mark.parametrize("stage", [RUNNING, ISSUED], ids=["running", "issued"])
def test_a_worker_killed_in_the_middle_of_its_task_leaves_the_certificate_to_the_clock(site, stage):
    learner = _killed_in_the_middle(site, stage)
    before = site.ask("tasks")["RUNNING"]
    site.start()
    site.manage("tick")

    facts = site.ask("facts", learner.email)
    assert facts == expected_facts(learner, facts)
    assert site.ask("tasks")["RUNNING"] == before  # nobody took it up again: the tables told what was left to do


def _killed_in_the_middle(site, stage, tries=6):
    """A learner whose certificate's task was killed at this stage; a task that was too quick is tried with another one."""
    for _try in range(tries):
        site.kill("worker")
        learner = next(site.walkers)
        learner.walk(last="hand in")
        with site.connection() as connection:
            before = _count(connection, stage)
            site.start()
            end = time.monotonic() + 30
            while not _count(connection, stage) > before and not _has_its_file(connection, learner):
                assert time.monotonic() < end, "The worker did not come to the task."
            os.kill(site.processes["worker"].pid, signal.SIGSTOP)  # it stands still while we look
            met = _count(connection, stage) > before
            site.kill("worker")
        if met:
            return learner
        site.start()
    raise AssertionError(f"In {tries} tries the worker was never met in the middle of its task.")


def _count(connection, query):
    return len(connection.execute(query).fetchall())


def _has_its_file(connection, learner):
    return _count(
        connection,
        "SELECT 1 FROM tiltas_certificates_certificate c "
        "JOIN tiltas_courses_enrolment e ON e.id = c.enrolment_id JOIN tiltas_learners_learner l ON l.id = e.learner_id "
        f"JOIN tiltas_accounts_user u ON u.id = l.user_id WHERE u.email = '{learner.email}' AND c.file <> ''",
    )
