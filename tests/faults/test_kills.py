"""Web and database killed under answers and hand-ins of several learners, again and again; all of them send until it is acknowledged."""

import os
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

import pytest
import requests

from tests.servers import CannotBeHad, Cluster

from .answering import PATIENCE, Answering
from .conftest import times
from .site import RunningSite

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which processes a server forked")
CROWD = 3
# Held in two of three rounds: there the kill is sure to meet every transaction in the middle, with its locks taken.
IN_MID_SAVE = ("tiltas_quizzes_response",)
IN_MID_SUBMIT = ("tiltas_quizzes_attempt", "SHARE")


@dataclass
class Kills:
    """How many there were, and how many of them cut requests: surely in the middle of a transaction, or at any moment."""

    tried: int = 0
    in_the_middle: int = 0
    elsewhere: int = 0

    def __str__(self):
        return f"kills {self.tried}, in the middle of transactions {self.in_the_middle}, of other requests {self.elsewhere}"


def until_it_was_met(kill_once):
    """Call `kill_once(round_, is_held)`, which says whether requests were cut, until the middle was met as often as promised."""
    wanted, kills = times(20, otherwise=1), Kills()
    while kills.in_the_middle < wanted or kills.tried < 2:
        assert kills.tried < 3 * wanted + 2, f"The kills do not meet what they should: {kills}"
        is_held = kills.tried % 3 != 1
        cut = kill_once(kills.tried, is_held)
        kills.tried += 1
        kills.in_the_middle += cut and is_held
        kills.elsewhere += cut and not is_held
    return kills


@pytest.fixture
def crowd(web, log):
    """Learners at the first question of the test."""
    return arrived(web, log)


def arrived(site, log):
    crowd = [Answering(site, site.places, next(site.emails), log) for _each in range(CROWD)]
    for learner in crowd:
        learner.arrive()
    return crowd


def under_a_kill(site, crowd, act, kill, *, held=None):
    """
    Let each of the crowd `act` once, all at the same moment, and `kill` under them: in the middle of their transactions where
    a table is `held`, else at any moment. Says whether a request was cut.
    """
    before = sum(learner.cut for learner in crowd)
    with ThreadPoolExecutor(max_workers=len(crowd)) as pool:
        if held:
            with site.held(*held):
                acts = [pool.submit(tried, act, learner) for learner in crowd]
                site.wait_for_waiting(len(crowd))
                kill()
        else:
            acts = [pool.submit(tried, act, learner) for learner in crowd]
            time.sleep(random.uniform(0, 0.06))
            kill()
        wait(acts)
    return sum(learner.cut for learner in crowd) > before or any(not each.result() for each in acts)


def tried(act, learner):
    """Did the site answer what was asked, and not by an error?"""
    try:
        return act(learner).status_code < 500
    except requests.RequestException:
        return False


def answer_under_kills(site, crowd, kill, come_back):
    """The Kills under which everybody saved. Every round ends with everything acknowledged."""

    def once(round_, is_held):
        number = 1 + round_ % 2
        forms = {learner: learner.choice(number) for learner in crowd}
        held = IN_MID_SAVE if is_held else None
        cut = under_a_kill(site, crowd, lambda each: each.send(number, forms[each]), kill(round_), held=held)
        come_back(round_)
        for learner in crowd:
            assert learner.send_until_acknowledged(number, forms[learner]).status_code == 200
        return cut

    return until_it_was_met(once)


def hand_in_under_kills(site, crowd, kill, come_back):
    """The Kills under which everybody handed in; each round is another attempt of everybody."""

    def once(round_, is_held):
        for learner in crowd:
            if round_:
                learner.begin()
            for number in (1, 2):
                learner.save(number, place=0)
        held = IN_MID_SUBMIT if is_held else None
        cut = under_a_kill(site, crowd, lambda each: each.press_hand_in(), kill(round_), held=held)
        come_back(round_)
        for learner in crowd:
            learner.hand_in_until_acknowledged()
        return cut

    return until_it_was_met(once)


# The web: the whole of it, or what it forked and starts again by itself; each with its transactions held and not, in six rounds.


def kill_the_web(site):
    def kill(round_):
        return (lambda: site.kill("web")) if round_ % 2 == 0 else lambda: site.kill_forked("web")

    return kill


def start_the_web(site):
    def come_back(round_):
        end = time.monotonic() + PATIENCE
        while not site.answers():
            # A server whose processes die too soon after each other gives up; under `serve` it is started again as well.
            site.start(worker=False)
            assert time.monotonic() < end, "The web did not come back."
            time.sleep(0.1)

    return come_back


@pytest.mark.short
def test_no_answer_is_lost_or_doubled_when_the_web_is_killed_in_mid_save(web, crowd, settle):
    kills = answer_under_kills(web, crowd, kill_the_web(web), start_the_web(web))

    settle(web, crowd, kills)


def test_no_hand_in_is_lost_or_doubled_when_the_web_is_killed_in_mid_submit(web, crowd, settle):
    kills = hand_in_under_kills(web, crowd, kill_the_web(web), start_the_web(web))

    assert settle(web, crowd, kills).handed_in == CROWD * kills.tried


# The database: a cluster of our own, all its processes.


@pytest.fixture(scope="module")
def cluster():
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("the database is killed in the run on PostgreSQL")
    try:
        with Cluster.in_a_folder() as cluster:
            cluster.start()
            yield cluster
    except CannotBeHad as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def site_on_cluster(cluster, tmp_path_factory):
    site = RunningSite(tmp_path_factory.mktemp("site"), database_url=cluster.url)
    site.manage("migrate", "-v0")
    site.places = site.ask("make", str(2 * CROWD))
    site.emails = iter(site.places["emails"])
    try:
        site.start(worker=False)
        yield site
    finally:
        site.kill()


@pytest.fixture
def killed_cluster(cluster):
    """How it is killed and started again, as `answer_under_kills` asks."""
    return lambda round_: cluster.kill, lambda round_: cluster.start()


def test_no_answer_is_lost_or_doubled_when_the_database_is_killed_in_mid_save(
    site_on_cluster, killed_cluster, log, settle
):
    crowd = arrived(site_on_cluster, log)

    kills = answer_under_kills(site_on_cluster, crowd, *killed_cluster)

    settle(site_on_cluster, crowd, kills)


def test_no_hand_in_is_lost_or_doubled_when_the_database_is_killed_in_mid_submit(
    site_on_cluster, killed_cluster, log, settle
):
    crowd = arrived(site_on_cluster, log)

    kills = hand_in_under_kills(site_on_cluster, crowd, *killed_cluster)

    assert settle(site_on_cluster, crowd, kills).handed_in == CROWD * kills.tried
