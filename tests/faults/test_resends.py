"""What a browser sends again, over HTTP: at once, after a 503, after its session is gone; and what nobody else may send for it."""

import copy
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import requests

from tests.factories.threads import CROWDS

from .answering import Answering
from .proxy import proxied


@pytest.fixture
def answering(web, log):
    """A learner at the first question of the test."""
    learner = Answering(web, web.places, next(web.emails), log)
    learner.arrive()
    return learner


def at_once(number, call):
    """What `call` returned, each time on a connection of its own, all at the same moment."""
    gate = Barrier(number)

    def run(_place):
        gate.wait(timeout=30)
        return call()

    with ThreadPoolExecutor(max_workers=number) as pool:
        return list(pool.map(run, range(number)))


def own_connection(answering):
    """The same browser with a connection of its own: the same cookies, the same log."""
    twin = copy.copy(answering)
    twin.base = dict(answering.base)
    twin.session = requests.Session()
    twin.session.cookies.update(answering.session.cookies)
    return twin


def test_the_same_save_at_once_is_one_answer(web, answering, settle):
    for number in CROWDS:
        form = answering.choice(1)

        replies = at_once(number, lambda form=form: own_connection(answering).send(1, form))

        assert {reply.status_code for reply in replies} == {200}
        [(sequence, answer)] = {(reply.json()["sequence"], *reply.json()["answer"]) for reply in replies}
        assert [answer] == form["answer"]
        answering.base[1] = sequence

    figures = settle(web, [answering])
    assert (figures.sent, figures.acknowledged) == (sum(CROWDS) + 1, sum(CROWDS) + 1)


def test_the_same_hand_in_at_once_is_one(web, answering, settle):
    for place, number in enumerate(CROWDS):
        if place:
            answering.begin()
        answering.save(1, place=0)

        replies = at_once(number, lambda: own_connection(answering).press_hand_in())

        assert {(reply.status_code, reply.headers["Location"]) for reply in replies} == {
            (302, answering.attempt_url.removeprefix(web.url) + "result/")
        }

    assert settle(web, [answering]).handed_in == len(CROWDS)
    facts = web.ask("facts", answering.email)
    assert facts["attempts"] == [{"submitted": True, "score": 0.5, "passed": False}] * len(CROWDS)


@pytest.mark.parametrize("fault", ["refuse", "swallow"])
def test_a_save_that_was_answered_503_is_sent_again_and_graded_without_another_click(web, log, settle, fault):
    """Whether it reached the site or its acknowledgement alone was lost, the browser can't tell, and need not."""
    with proxied(web) as proxy:
        learner = Answering(proxy, web.places, next(web.emails), log)
        learner.arrive()
        forms = {number: learner.choice(number, place=0) for number in (1, 2)}
        setattr(proxy, fault, 2)
        assert [learner.send(number, form).status_code for number, form in forms.items()] == [503, 503]

        for number, form in forms.items():
            assert learner.send_until_acknowledged(number, form).status_code == 200
        learner.hand_in_until_acknowledged()

        settle(web, [learner])
    facts = web.ask("facts", learner.email)
    assert facts["attempts"] == [{"submitted": True, "score": 1.0, "passed": True}]
    assert len(facts["answers"]) == 2


def test_a_hand_in_that_was_answered_503_is_done_once(web, log, settle):
    with proxied(web) as proxy:
        learner = Answering(proxy, web.places, next(web.emails), log)
        learner.arrive()
        learner.save(1, place=0)
        proxy.swallow = 3
        learner.hand_in_until_acknowledged()

        assert settle(web, [learner]).handed_in == 1
    assert web.ask("facts", learner.email)["attempts"] == [{"submitted": True, "score": 0.5, "passed": False}]


def forget_sessions(site):
    with site.connection() as connection:
        connection.execute("DELETE FROM django_session")


def test_after_the_session_is_gone_and_the_next_login_the_same_operation_is_kept_once(web, answering, settle):
    unsent, unheard = answering.choice(1), answering.choice(2)
    answering.send(2, unheard)
    forget_sessions(web)
    assert (answering.send(1, unsent).status_code, answering.press_hand_in().status_code) == (401, 302)

    answering.log_in()
    for number, form in ((1, unsent), (2, unheard)):
        assert answering.send(number, form).status_code == 200

    settle(web, [answering])
    assert len(web.ask("facts", answering.email)["answers"]) == 3  # the two, and the one that `settle` adds


def test_who_logs_in_on_the_same_computer_can_not_send_the_answers_of_the_one_before(web, answering, log, settle):
    kept, unsent = answering.choice(1), answering.choice(2)
    answering.send(1, kept)
    before = web.ask("attempts")[answering.attempt]
    forget_sessions(web)
    second = Answering(web, web.places, next(web.emails), log)
    second.session = answering.session  # the same cookies jar
    second.arrive()

    for number, form in ((1, kept), (2, unsent)):
        assert answering.send(number, form).status_code == 404
    assert answering.press_hand_in().status_code == 404

    after = web.ask("attempts")
    assert (after[answering.attempt], after[second.attempt]["rows"]) == (before, [])
    answering.session = requests.Session()
    answering.log_in()
    assert answering.send(2, unsent).status_code == 200
    settle(web, [answering, second])


@pytest.mark.parametrize("stated", [True, False], ids=["with its length", "in chunks"])
def test_an_answer_of_two_megabytes_is_refused_and_the_site_goes_on(web, answering, settle, stated):
    body = b"operation=00000000-0000-4000-8000-000000000000&base=0&answer=" + b"a" * 2_000_000
    headers = {
        "X-CSRFToken": answering.session.cookies["csrftoken"],
        "Content-Type": "application/x-www-form-urlencoded",
    }

    reply = answering.session.post(
        f"{answering.attempt_url}1/save/", data=body if stated else iter([body]), headers=headers, timeout=30
    )

    assert reply.status_code in {400, 413}
    assert web.ask("attempts")[answering.attempt]["rows"] == []
    answering.save(1)
    settle(web, [answering])
