"""
No answer is lost on its way, in a real browser: each fault ends with exactly the rows that the learner gave, none lost, none
doubled. `rows` are the answers in the database by question, in the order of their sequence.
"""

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.utils import timezone
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import expect

from quizzes import views
from quizzes.models import Attempt, Response
from quizzes.services import submit_attempt
from tests.factories import AttemptFactory, LearnerFactory, QuestionVersionFactory, drawn

from .browsing import follow, let_in, said
from .told import Told

# The browser's side; what databases do with it, tests/faults and tests/quizzes ask on both. `make faults` asks on PostgreSQL.
pytestmark = [pytest.mark.looks, pytest.mark.away]

SAVE = re.compile(r"/save/$")
SUBMIT = re.compile(r"/submit/$")
SAVED, WAITING, NOT_SAVED = re.compile(r"^Įrašyta \d\d:\d\d$"), "Laukiama", "Neįrašyta"


@pytest.fixture
def come(come, record_property):
    """As everywhere; in the end all that its browsers were told is compared with the database."""
    told = Told()

    def listened_to(learner, **options):
        page = come(learner, **options)
        told.listen(page.context)
        return page

    yield listened_to
    acknowledged, lost, doubled = told.figures()
    record_property("figures", f"saves acknowledged to a browser {acknowledged}, lost {lost}, doubled {doubled}")
    assert (lost, doubled) == (0, 0)


@pytest.fixture
def attempt(learner):
    return AttemptFactory(enrolment__learner=learner, questions=drawn(*(QuestionVersionFactory() for _each in "123")))


@pytest.fixture
def page(come, learner, attempt):
    page = come(learner)
    page.goto(address(attempt, "1/"))
    return page


def address(attempt, end):
    return f"/lt/quizzes/attempts/{attempt.uuid}/{end}"


def choose(page, value):
    page.locator(f'[name=answer][value="{value}"]').check()


def rows(attempt):
    """(question, answer, accepted) of every row, as they came in."""
    number = {pk: place for place, pk in enumerate(attempt.version_ids, start=1)}
    found = Response.objects.filter(attempt=attempt).order_by("sequence")
    return [(number[row.version_id], "".join(row.answer), row.accepted) for row in found]


def state(page, words):
    expect(page.locator("[data-state]")).to_have_text(words)


def sentence(page, words, **named):
    expect(page.locator("[data-sentence]")).to_contain_text(said(words, "lt") % named)


class Saves:
    """
    Whether answers arrive. What fails here fails on the server: a browser hides from its test what it sends while a page is left.
    """

    def __init__(self, monkeypatch):
        self.patch, self.works = monkeypatch, views._save

    def fail(self, *, question=None):
        """All of them, or those of one question."""

        def away(request, attempt_uuid, number, sent, arrived_at):
            if question in (None, number):
                raise OperationalError("the connection to the server was lost")
            return self.works(request, attempt_uuid, number, sent, arrived_at)

        self.patch.setattr(views, "_save", away)

    def work(self):
        self.patch.setattr(views, "_save", self.works)


@pytest.fixture
def saves(monkeypatch):
    return Saves(monkeypatch)


def network_is_back(page):
    page.evaluate("window.dispatchEvent(new Event('online'))")


def look_again(page):
    """As when somebody comes back to the window."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def lose_replies(page):
    """Saves arrive, and what the server says to them does not."""

    def lose(route):
        route.fetch()
        route.abort()

    page.context.route(SAVE, lose)


def waiting_here(page):
    """How many records the browser's own database holds, whoever's they are."""
    return page.evaluate(
        """() => new Promise((resolve) => {
            const asked = indexedDB.open("tiltas-quizzes");
            asked.onsuccess = () => {
                const count = asked.result.transaction("answers").objectStore("answers").count();
                count.onsuccess = () => { asked.result.close(); resolve(count.result); };
            };
        })"""
    )


NETWORK = "No connection. The answer is kept on this device and is saved by itself when the connection is back."
SERVER = (
    "The site does not answer for the moment. The answer is kept on this device and is saved by itself a little later."
)
LOGIN = "Your login has expired. The answer is kept on this device and is saved by itself when you log in again."
OTHER = (
    "Somebody else is logged in on this device by now. "
    "Your answer is kept here and is saved when you log in again yourself."
)
ELSEWHERE = "A newer answer was saved from another window or device. It is shown here; change it if you wish."
GOING_ON = (
    "No connection for the moment. What you answered is kept on this device, "
    "and the next page opens by itself when the connection is back."
)
HAND_IN_WAITS = (
    "The site can't be reached for the moment. "
    "Leave this page open: the test is handed in by itself as soon as it can be."
)


@pytest.mark.parametrize("seconds", [1, *(pytest.param(more, marks=pytest.mark.everything) for more in (5, 60))])
def test_an_answer_given_without_network_waits_and_is_saved_when_it_is_back(page, attempt, seconds):
    state(page, said("Not answered yet", "lt"))
    page.context.set_offline(True)
    choose(page, "a")
    state(page, WAITING)
    sentence(page, NETWORK)
    choose(page, "b")
    page.wait_for_timeout(seconds * 1_000)
    assert rows(attempt) == []

    page.context.set_offline(False)

    state(page, SAVED)
    expect(page.locator("[data-sentence]")).to_be_empty()
    assert rows(attempt)[-1] == (1, "b", True)
    assert all(accepted for _number, _answer, accepted in rows(attempt))
    assert waiting_here(page) == 0


def test_it_waits_across_a_reload_and_is_shown_again(page, attempt, saves):
    saves.fail()
    choose(page, "b")
    state(page, WAITING)

    page.reload()
    state(page, WAITING)
    expect(page.locator('[value="b"]')).to_be_checked()
    saves.work()
    network_is_back(page)

    state(page, SAVED)
    assert rows(attempt) == [(1, "b", True)]
    page.reload()
    state(page, SAVED)
    assert rows(attempt) == [(1, "b", True)]


@pytest.mark.everything
def test_it_waits_across_a_reload_without_network_that_shows_the_browsers_own_error_page(page, attempt):
    page.context.set_offline(True)
    choose(page, "b")
    state(page, WAITING)
    with pytest.raises(BrowserError, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    page.context.set_offline(False)
    page.goto(address(attempt, "1/"))

    state(page, SAVED)
    expect(page.locator('[value="b"]')).to_be_checked()
    assert rows(attempt) == [(1, "b", True)]
    assert waiting_here(page) == 0


def test_an_answer_whose_reply_was_lost_is_stored_once_and_the_newer_one_counts(page, attempt):
    lose_replies(page)
    choose(page, "a")
    sentence(page, NETWORK)
    choose(page, "c")
    state(page, WAITING)
    assert rows(attempt) == [(1, "a", True)]
    page.context.unroute_all(behavior="ignoreErrors")
    network_is_back(page)

    state(page, SAVED)
    assert rows(attempt) == [(1, "a", True), (1, "c", True)]
    expect(page.locator('[value="c"]')).to_be_checked()


def test_another_person_on_the_same_computer_sends_nothing_of_it(page, attempt, live_server, saves):
    saves.fail()
    choose(page, "a")
    state(page, WAITING)
    other = LearnerFactory()
    theirs = AttemptFactory(enrolment__learner=other)
    page.context.clear_cookies()
    let_in(page.context, other, live_server)
    saves.work()
    second = page.context.new_page()

    second.goto(address(theirs, "1/"))
    choose(second, "b")
    state(second, SAVED)
    assert (rows(attempt), rows(theirs)) == ([], [(1, "b", True)])
    assert waiting_here(second) == 1

    saves.work()
    network_is_back(page)  # the first one's page stands open still
    sentence(page, OTHER)
    assert rows(attempt) == []
    page.context.clear_cookies()
    let_in(page.context, attempt.enrolment.learner, live_server)
    second.goto(address(attempt, "1/"))
    state(second, SAVED)
    assert rows(attempt) == [(1, "a", True)]


def test_handing_in_waits_for_what_waits(page, attempt, saves):
    saves.fail()
    choose(page, "a")
    state(page, WAITING)
    page.goto(address(attempt, "overview/"))
    expect(page.locator(".overview li").first.locator(".chip.waiting")).to_have_text(WAITING)
    hand_in = page.get_by_role("button", name=said("Hand in the answers", "lt"), exact=True)

    hand_in.click()
    hand_in.click()
    expect(page.locator("[data-sentence]")).to_contain_text("Šiame įrenginyje dar laukia 1 atsakymas.")
    expect(page.locator("[data-sentence]")).to_be_in_viewport()
    assert Attempt.objects.get().submitted_at is None
    saves.work()
    network_is_back(page)

    page.wait_for_url("**/result/")
    assert rows(attempt) == [(1, "a", True)]
    assert Attempt.objects.get().submitted_at is not None


@pytest.mark.everything
class TestComingBack:
    def test_a_closed_tab_is_caught_up_by_any_later_page_of_a_quiz(self, page, attempt, saves):
        saves.fail()
        choose(page, "a")
        state(page, WAITING)
        page.goto(address(attempt, "2/"))
        choose(page, "b")
        state(page, WAITING)
        context = page.context
        page.close()
        saves.work()

        later = context.new_page()
        with later.expect_response(re.compile(r"/2/save/$")):
            later.goto(address(attempt, "overview/"))

        expect(later.locator(".chip.done")).to_have_count(2)
        assert rows(attempt) == [(1, "a", True), (2, "b", True)]
        assert waiting_here(later) == 0

    def test_what_is_typed_and_left_at_once_is_not_lost(self, come, learner):
        version = QuestionVersionFactory(kind="short_text", definition={"options": [], "points": 1}, answer_key={})
        attempt = AttemptFactory(enrolment__learner=learner, questions=drawn(version))
        page = come(learner)
        page.goto(address(attempt, "1/"))
        page.locator("[name=answer]").press_sequentially("vienas du")

        page.goto(address(attempt, "overview/"))  # within a breath

        expect(page.locator(".chip.done")).to_have_count(1, timeout=20_000)  # looked for every 15 seconds
        assert rows(attempt) == [(1, "vienas du", True)]

    @pytest.mark.parametrize("status", [500, 502, 503])
    def test_a_deploy_in_mid_quiz_then_a_reload_then_handing_in(self, page, attempt, status):
        page.context.route(SAVE, lambda route: route.fulfill(status=status))
        choose(page, "a")
        sentence(page, SERVER)
        state(page, WAITING)
        page.reload()
        state(page, WAITING)
        page.goto(address(attempt, "overview/"))
        page.context.unroute_all()
        follow(page.get_by_role("button", name=said("Hand in the answers", "lt"), exact=True))

        page.wait_for_url("**/result/")
        assert rows(attempt) == [(1, "a", True)]

    def test_after_the_login_has_expired_and_a_new_one_it_is_there_once(self, page, attempt, learner):
        Session.objects.all().delete()
        choose(page, "b")
        sentence(page, LOGIN)
        state(page, WAITING)
        assert rows(attempt) == []

        follow(page.get_by_role("link", name=said("Log in again", "lt"), exact=True))
        page.locator("[name=login]").fill(learner.user.email)
        page.locator("[name=password]").fill("slaptas-zodis")
        page.locator("[name=password]").press("Enter")

        page.wait_for_url("**/1/")
        expect(page.locator('[value="b"]')).to_be_checked()
        state(page, SAVED)
        assert rows(attempt) == [(1, "b", True)]

    def test_without_a_database_of_its_own_the_page_says_that_nothing_is_kept(self, come, learner, attempt, saves):
        page = come(learner)
        page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
        page.goto(address(attempt, "1/"))
        saves.fail()
        choose(page, "a")
        state(page, NOT_SAVED)
        sentence(page, "Check the connection and leave this page open: this browser can't keep the answer for later.")
        saves.work()
        network_is_back(page)

        state(page, SAVED)
        assert rows(attempt) == [(1, "a", True)]

    def test_a_full_device_says_so_too_and_loses_nothing_while_the_page_is_open(self, come, learner, attempt, saves):
        page = come(learner)
        page.add_init_script(
            "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }"
        )
        page.goto(address(attempt, "1/"))
        saves.fail()
        choose(page, "a")
        state(page, NOT_SAVED)
        saves.work()
        network_is_back(page)

        state(page, SAVED)
        assert rows(attempt) == [(1, "a", True)]

    def test_an_answer_after_the_time_is_not_asked_again_and_the_one_that_counts_is_shown(self, page, attempt):
        choose(page, "a")
        state(page, SAVED)
        counts = {"sequence": 1, "answer": ["a"], "saved_at": "12:00"}
        page.context.route(SAVE, lambda route: route.fulfill(status=409, json={"reason": "late"} | counts))
        choose(page, "b")

        sentence(page, "The time was over when this answer arrived. It is kept apart, and the trainer sees it.")
        state(page, NOT_SAVED)
        expect(page.locator('[value="a"]')).to_be_checked()
        assert waiting_here(page) == 0

    def test_an_answer_that_does_not_belong_there_is_not_asked_again(self, page, attempt):
        page.locator('[value="a"]').evaluate("input => { input.value = 'forged' }")
        choose(page, "forged")

        state(page, NOT_SAVED)
        sentence(page, "This answer does not belong to the question. Choose one of the answers shown.")
        assert rows(attempt) == []
        assert waiting_here(page) == 0


@pytest.mark.everything
class TestGoingOn:
    def test_continue_without_network_stays_and_goes_on_by_itself(self, page, attempt):
        page.context.set_offline(True)
        choose(page, "a")
        page.locator(".next button").last.click()
        sentence(page, GOING_ON)
        expect(page.locator("[data-sentence]")).to_be_in_viewport()
        state(page, WAITING)
        expect(page).to_have_url(re.compile("/1/$"))

        page.context.set_offline(False)

        page.wait_for_url("**/2/")
        assert rows(attempt) == [(1, "a", True)]

    def test_so_does_the_other_language(self, page, attempt):
        choose(page, "a")
        state(page, SAVED)
        page.context.set_offline(True)
        page.locator("main a[hreflang=en]").click()
        sentence(page, GOING_ON)
        state(page, SAVED)

        page.context.set_offline(False)

        page.wait_for_url("**/en/**/1/")
        expect(page.locator('[value="a"]')).to_be_checked()
        assert rows(attempt) == [(1, "a", True)]

    def test_after_the_login_has_expired_a_saved_answer_hinders_nobody(self, page, attempt):
        choose(page, "a")
        state(page, SAVED)
        Session.objects.all().delete()
        with page.expect_navigation():
            page.locator(".next button").last.click()

        page.wait_for_url("**/account/login/?next=**")

    def test_enter_in_a_field_goes_on_and_not_back(self, come, learner):
        text = {"kind": "short_text", "definition": {"options": [], "points": 1}, "answer_key": {}}
        versions = [QuestionVersionFactory(**text) for _each in "123"]
        attempt = AttemptFactory(enrolment__learner=learner, questions=drawn(*versions))
        page = come(learner)
        page.goto(address(attempt, "2/"))
        page.locator("[name=answer]").fill("du")
        page.locator("[name=answer]").press("Enter")

        page.wait_for_url("**/3/")
        assert rows(attempt) == [(2, "du", True)]


@pytest.mark.everything
class TestElsewhere:
    def test_two_tabs_show_each_others_answers_also_those_that_wait(self, page, attempt, saves):
        other = page.context.new_page()
        other.goto(address(attempt, "1/"))
        choose(page, "a")
        state(other, SAVED)
        expect(other.locator('[value="a"]')).to_be_checked()

        saves.fail()
        choose(page, "b")
        state(other, WAITING)
        expect(other.locator('[value="b"]')).to_be_checked()
        choose(other, "c")
        expect(page.locator('[value="c"]')).to_be_checked()
        saves.work()
        network_is_back(page)
        look_again(other)

        state(page, SAVED)
        state(other, SAVED)
        assert [row for row in rows(attempt) if not row[2]] == []
        assert rows(attempt)[-1] == (1, "c", True)
        assert [answer for _number, answer, _accepted in rows(attempt)] in (["a", "c"], ["a", "b", "c"])

    def test_two_devices_see_each_others_answers(self, come, page, attempt, learner):
        tablet = come(learner, width=900)
        tablet.goto(address(attempt, "1/"))
        choose(page, "a")
        state(page, SAVED)

        look_again(tablet)
        expect(tablet.locator('[value="a"]')).to_be_checked()
        sentence(tablet, ELSEWHERE)
        choose(tablet, "b")
        state(tablet, SAVED)
        look_again(page)

        expect(page.locator('[value="b"]')).to_be_checked()
        assert rows(attempt) == [(1, "a", True), (1, "b", True)]

    def test_an_answer_from_before_the_other_devices_is_kept_apart_and_the_other_is_shown(
        self, come, page, attempt, learner
    ):
        tablet = come(learner)
        tablet.goto(address(attempt, "1/"))
        page.context.route(SAVE, lambda route: route.abort())
        choose(page, "a")
        choose(tablet, "b")
        state(tablet, SAVED)
        page.context.unroute_all()
        network_is_back(page)

        sentence(page, ELSEWHERE)
        state(page, SAVED)
        expect(page.locator('[value="b"]')).to_be_checked()
        assert rows(attempt) == [(1, "b", True), (1, "a", False)]
        choose(page, "c")
        expect(page.locator("[data-sentence]")).to_be_empty()
        state(page, SAVED)
        assert rows(attempt) == [(1, "b", True), (1, "a", False), (1, "c", True)]

    def test_an_attempt_handed_in_elsewhere_says_so_with_the_way_to_its_result(self, come, page, attempt, learner):
        tablet = come(learner)
        tablet.goto(address(attempt, "overview/"))
        follow(tablet.get_by_role("button", name=said("Hand in the answers", "lt"), exact=True))
        tablet.wait_for_url("**/result/")

        look_again(page)
        sentence(page, "This attempt was handed in from another window or device.")
        choose(page, "a")
        state(page, NOT_SAVED)
        sentence(page, "This attempt was already handed in.")
        follow(page.get_by_role("link", name=said("See the result", "lt"), exact=True))

        expect(page).to_have_url(re.compile("/result/$"))
        assert [row for row in rows(attempt) if row[2]] == []

    def test_what_was_changed_and_changed_back_before_the_end_is_called_saved(self, page, attempt):
        choose(page, "a")
        state(page, SAVED)
        page.context.set_offline(True)
        choose(page, "b")
        state(page, WAITING)
        choose(page, "a")
        submit_attempt(attempt_id=attempt.pk, at=timezone.now())
        page.context.set_offline(False)

        sentence(page, "This attempt was already handed in.")
        state(page, SAVED)
        expect(page.locator('[value="a"]')).to_be_checked()
        assert [row for row in rows(attempt) if row[2]] == [(1, "a", True)]
        assert waiting_here(page) == 0


@pytest.mark.everything
class TestOneThatCanNotBeSent:
    """The site is well and takes every answer but those to question 1."""

    @pytest.fixture
    def stuck(self, page, saves):
        saves.fail(question=1)
        choose(page, "a")
        sentence(page, SERVER)
        state(page, WAITING)
        return page

    def test_answers_to_other_questions_do_not_wait_for_it(self, stuck, attempt, saves):
        stuck.goto(address(attempt, "2/"))
        choose(stuck, "b")

        state(stuck, SAVED)
        assert rows(attempt) == [(2, "b", True)]
        assert waiting_here(stuck) == 1
        saves.work()
        network_is_back(stuck)
        stuck.goto(address(attempt, "1/"))
        state(stuck, SAVED)
        assert rows(attempt) == [(2, "b", True), (1, "a", True)]

    def test_the_learner_goes_on_while_it_waits(self, stuck, attempt):
        follow(stuck.locator(".next button").last)
        expect(stuck).to_have_url(re.compile("/2/$"))

        follow(stuck.get_by_role("button", name=said("Back", "lt"), exact=True))
        expect(stuck).to_have_url(re.compile("/1/$"))
        state(stuck, WAITING)
        stuck.locator("main a[hreflang=en]").click()
        stuck.wait_for_url("**/en/**/1/")
        expect(stuck.locator('[value="a"]')).to_be_checked()

    def test_handing_in_names_the_question_and_goes_without_it_if_the_learner_says_so(self, stuck, attempt, saves):
        stuck.goto(address(attempt, "2/"))
        choose(stuck, "b")
        state(stuck, SAVED)
        stuck.goto(address(attempt, "overview/"))
        stuck.get_by_role("button", name=said("Hand in the answers", "lt"), exact=True).click()
        expect(stuck.locator("[data-sentence]")).to_contain_text("nepavyksta įrašyti: 1.", timeout=15_000)
        assert Attempt.objects.get().submitted_at is None

        stuck.get_by_role("button", name=said("Hand in without these answers", "lt"), exact=True).click()

        stuck.wait_for_url("**/result/")
        assert rows(attempt) == [(2, "b", True)]
        assert Attempt.objects.get().submitted_at is not None
        saves.work()
        with stuck.expect_response(re.compile(r"/1/save/$")):
            stuck.goto(address(attempt, "result/"))
        stuck.wait_for_timeout(500)
        assert waiting_here(stuck) == 0
        assert rows(attempt) == [(2, "b", True), (1, "a", False)]

    def test_it_is_handed_in_with_it_if_it_is_saved_meanwhile(self, stuck, attempt, saves):
        stuck.goto(address(attempt, "overview/"))
        stuck.get_by_role("button", name=said("Hand in the answers", "lt"), exact=True).click()
        expect(stuck.locator("[data-sentence]")).to_contain_text("nepavyksta įrašyti: 1.", timeout=15_000)
        saves.work()
        network_is_back(stuck)

        stuck.wait_for_url("**/result/")
        assert rows(attempt) == [(1, "a", True)]


@pytest.mark.everything
class TestHandingIn:
    def test_a_site_that_is_away_shows_no_error_page_and_hands_in_once(self, page, attempt):
        page.goto(address(attempt, "overview/"))
        page.context.route(SUBMIT, lambda route: route.fulfill(status=503))
        page.get_by_role("button", name=said("Hand in the answers", "lt"), exact=True).click()
        sentence(page, HAND_IN_WAITS)
        assert Attempt.objects.get().submitted_at is None

        page.context.unroute(SUBMIT)
        look_again(page)

        page.wait_for_url("**/result/")
        assert Attempt.objects.count() == 1

    def test_a_login_that_has_expired_is_said_and_nothing_is_handed_in(self, page, attempt):
        page.goto(address(attempt, "overview/"))
        Session.objects.all().delete()
        page.get_by_role("button", name=said("Hand in the answers", "lt"), exact=True).click()

        sentence(page, "Your login has expired. What you answered is kept: log in again, then hand in.")
        assert Attempt.objects.get().submitted_at is None

    def test_an_answer_that_was_overtaken_is_looked_at_before_handing_in(self, come, page, attempt, learner):
        page.context.route(SAVE, lambda route: route.abort())
        choose(page, "a")
        state(page, WAITING)
        tablet = come(learner)
        tablet.goto(address(attempt, "1/"))
        choose(tablet, "b")
        state(tablet, SAVED)
        page.goto(address(attempt, "overview/"))
        page.get_by_role("button", name=said("Hand in the answers", "lt"), exact=True).click()
        page.context.unroute_all()
        network_is_back(page)

        expect(page.locator("[data-sentence]")).to_contain_text("1 klausimas: iš kito lango")
        assert Attempt.objects.get().submitted_at is None
        follow(page.get_by_role("button", name=said("Hand in the answers", "lt"), exact=True))
        page.wait_for_url("**/result/")
        assert rows(attempt) == [(1, "b", True), (1, "a", False)]


@pytest.mark.everything
class TestLoggingOut:
    @pytest.fixture
    def asked(self, page, attempt, saves):
        """Somebody presses the button in the header while an answer waits."""
        saves.fail()
        choose(page, "a")
        sentence(page, SERVER)
        page.goto("/lt/my/")
        page.locator("header summary").click()
        follow(page.locator("header details").get_by_role("button", name=said("Log out", "lt"), exact=True))
        expect(page.locator("[data-sentence]")).to_contain_text(
            "Šiame įrenginyje laukia 1 dar neįrašytas testo atsakymas."
        )
        return page

    def press(self, page, words):
        page.locator("main").get_by_role("button", name=said(words, "lt"), exact=True).click()

    def test_send_now_and_then_log_out(self, asked, attempt, saves):
        self.press(asked, "Send now")
        expect(asked.locator("[data-sentence]")).to_contain_text("Nepavyko išsiųsti 1 atsakymo.")
        saves.work()
        self.press(asked, "Send now")
        sentence(asked, "Everything is saved.")
        assert rows(attempt) == [(1, "a", True)]

        with asked.expect_navigation():
            self.press(asked, "Log out")
        expect(asked.locator("header")).to_contain_text(said("Log in", "lt"))

    def test_discard_and_log_out(self, asked, attempt, learner, live_server, saves):
        saves.work()
        with asked.expect_navigation():
            self.press(asked, "Discard and log out")
        expect(asked.locator("header")).to_contain_text(said("Log in", "lt"))

        let_in(asked.context, learner, live_server)
        asked.goto(address(attempt, "1/"))
        state(asked, said("Not answered yet", "lt"))
        assert rows(attempt) == []
        assert waiting_here(asked) == 0

    def test_keep_them_for_the_next_login(self, asked, attempt, learner, live_server, saves):
        with asked.expect_navigation():
            self.press(asked, "Keep for my next login and log out")
        saves.work()

        let_in(asked.context, learner, live_server)
        asked.goto(address(attempt, "overview/"))
        expect(asked.locator(".chip.done")).to_have_count(1)
        assert rows(attempt) == [(1, "a", True)]

    def test_who_logs_out_where_another_learners_answers_wait_is_not_asked(self, asked, come, live_server):
        with asked.expect_navigation():
            self.press(asked, "Keep for my next login and log out")
        let_in(asked.context, LearnerFactory(), live_server)
        asked.goto("/lt/my/")
        asked.locator("header summary").click()
        asked.locator("header details").get_by_role("button", name=said("Log out", "lt"), exact=True).click()

        expect(asked.locator("header")).to_contain_text(said("Log in", "lt"))
        assert waiting_here(asked) == 1

    def test_the_next_person_takes_nobodys_question_away(self, asked, learner, live_server):
        with asked.expect_navigation():
            self.press(asked, "Keep for my next login and log out")
        other = LearnerFactory()
        asked.context.clear_cookies(name="sessionid")
        let_in(asked.context, other, live_server)
        asked.goto(address(AttemptFactory(enrolment__learner=other), "1/"))
        asked.wait_for_timeout(500)  # the page has looked, and nothing of this person's waits

        asked.context.clear_cookies(name="sessionid")
        let_in(asked.context, learner, live_server)
        asked.goto("/lt/my/")
        asked.locator("header summary").click()
        follow(asked.locator("header details").get_by_role("button", name=said("Log out", "lt"), exact=True))

        expect(asked.locator("[data-sentence]")).to_contain_text(
            "Šiame įrenginyje laukia 1 dar neįrašytas testo atsakymas."
        )

    def test_where_nothing_waits_the_button_logs_out_at_once(self, page):
        choose(page, "a")
        state(page, SAVED)
        page.locator("header summary").click()
        follow(page.locator("header details").get_by_role("button", name=said("Log out", "lt"), exact=True))

        expect(page.locator("header")).to_contain_text(said("Log in", "lt"))
