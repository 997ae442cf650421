"""A learner whose page keeps each answer until it is acknowledged and sends it again, as the browser's queue does."""

import re
import time
import uuid
from itertools import count

import requests

from .walk import Walk

PATIENCE = 90  # seconds until a site that does not come back is called broken


class Answering(Walk):
    """Writes into the log what it sends and what is acknowledged. `cut` counts requests that nobody answered."""

    def __init__(self, site, places, email, log):
        super().__init__(site, places, email)
        self.log, self.cut = log, 0
        self.options, self.base, self.turn = {}, {}, count()

    def arrive(self):
        """Everything up to the first question."""
        self.log_in()
        self.enrol()
        self.begin()

    def begin(self):
        """Start the test, or the next attempt at it, and look at each question once."""
        self.start_the_test()
        self.options, self.base = {}, {}
        for number in range(1, self.places["questions"] + 1):
            self.look(number)

    def look(self, number):
        """Learn from the page what question `number` offers, in the order in which it was written, and what it last saw."""
        page = self.get(f"{self.attempt_url}{number}/").text
        shown = re.findall(r'<input[^>]*name="answer"[^>]*value="([^"]+)"[^>]*>\s*<span>([^<]+)</span>', page)
        self.options[number] = [value for value, _words in sorted(shown, key=lambda each: each[1])]
        self.base[number] = int(re.search(r'name="base" value="(\d+)"', page)[1])

    @property
    def attempt(self):
        return self.attempt_url.rstrip("/").rpartition("/")[2]

    def choice(self, number, place=None):
        """What the page would send for the option at this place; without one, for another option than the time before."""
        place = next(self.turn) % len(self.options[number]) if place is None else place
        answer = [self.options[number][place]]
        return {"operation": str(uuid.uuid4()), "base": self.base[number], "answer": answer}

    def send(self, number, form):
        """Send an answer once, and write down what came back. Raises requests.RequestException where nothing did."""
        self.log.sent(self.attempt, number, form["operation"], form["answer"])
        try:
            reply = self._send(f"{self.attempt_url}{number}/save/", form)
        except requests.RequestException:
            self.cut += 1
            raise
        told = reply.json() if reply.status_code in (200, 409) else {"reason": reply.status_code}
        accepted = reply.status_code == 200
        if accepted or told["reason"] == "stale":  # after the end nothing is promised
            self.log.acknowledged(
                *(self.attempt, number, form["operation"]),
                accepted=accepted,
                sequence=told["sequence"],
                answer=told["answer"],
            )
            self.base[number] = told["sequence"]
        return reply

    def _send(self, url, form):
        token = {"X-CSRFToken": self.session.cookies["csrftoken"]}
        return self.session.post(url, data=form, headers=token, timeout=20, allow_redirects=False)

    def send_until_acknowledged(self, number, form):
        return self._again_and_again(lambda: self.send(number, form))

    def save(self, number, place=None):
        """Choose, and send it until it is acknowledged."""
        reply = self.send_until_acknowledged(number, self.choice(number, place))
        assert reply.status_code == 200, (reply.status_code, reply.text[:500])

    def press_hand_in(self):
        """Send the hand-in once. Raises requests.RequestException where nothing came back."""
        try:
            reply = self._send(f"{self.attempt_url}submit/", {})
        except requests.RequestException:
            self.cut += 1
            raise
        if reply.status_code == 302 and reply.headers["Location"].endswith(f"{self.attempt}/result/"):
            self.log.handed_in(self.attempt)
        return reply

    def hand_in_until_acknowledged(self):
        reply = self._again_and_again(self.press_hand_in)
        assert reply.status_code == 302, (reply.status_code, reply.text[:500])

    def _again_and_again(self, ask):
        """What the site says in the end: a connection that breaks and a 5xx are no answer."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                reply = ask()
                if reply.status_code < 500:
                    return reply
                last = f"{reply.status_code}: {reply.text[-500:]}"
            except requests.RequestException as error:
                last = repr(error)
            assert time.monotonic() < end, f"The site did not come back within {PATIENCE} seconds; the last was {last}"
            time.sleep(0.1)
