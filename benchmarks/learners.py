"""
`python -m benchmarks.learners PLAN LOG`: each learner of the plan saves an answer every ten seconds for a minute, then all hand
in within ten seconds. Prints how long each took as JSON, and adds what was acknowledged to the log.

Plain connections and threads, so that the learners themselves take next to nothing of the machine that is measured.
"""

import http.client
import json
import random
import sys
import time
import uuid
from threading import Thread
from urllib.parse import urlencode

from tests.faults.acknowledged import Log

EVERY = 10  # seconds between two answers of one learner
SAVES = 6
TO_HAND_IN = 10  # seconds within which all hand in


class Learner:
    """A browser at an attempt. `taken` collects seconds, `complaints` what should not have been answered."""

    def __init__(self, plan, port, log, taken):
        self.plan, self.log, self.taken = plan, log, taken
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {
            "Cookie": f"sessionid={plan['session']}; csrftoken={plan['token']}; tiltas_language=lt",
            "X-CSRFToken": plan["token"],
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.address = f"/lt/quizzes/attempts/{plan['attempt']}/"
        self.offset = random.random()

    def walk(self, begin):
        try:
            for number in range(1, SAVES + 1):
                wait_until(begin + (number - 1 + self.offset) * EVERY)
                self.save(number)
            wait_until(begin + SAVES * EVERY + random.random() * TO_HAND_IN)
            self.hand_in()
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.taken["complaints"].append(repr(error))

    def save(self, number):
        operation, answer = str(uuid.uuid4()), [random.choice(self.plan["options"][number - 1])]
        self.log.sent(self.plan["attempt"], number, operation, answer)
        began = time.perf_counter()
        status, body, _place = self.ask(
            "POST", f"{self.address}{number}/save/", {"operation": operation, "base": 0, "answer": answer[0]}
        )
        self.taken["saves"].append(time.perf_counter() - began)
        if status != 200:
            self.taken["complaints"].append(f"a save was answered {status}")
            return
        told = json.loads(body)
        self.log.acknowledged(
            self.plan["attempt"], number, operation, accepted=True, sequence=told["sequence"], answer=told["answer"]
        )

    def hand_in(self):
        began = time.perf_counter()
        status, _body, place = self.ask("POST", f"{self.address}submit/", {})
        self.taken["hand_ins"].append(time.perf_counter() - began)
        if status != 302 or not place.endswith("/result/"):
            self.taken["complaints"].append(f"a hand-in was answered {status} {place}")
            return
        self.log.handed_in(self.plan["attempt"])
        status, _body, _place = self.ask("GET", place)
        self.taken["results"].append(time.perf_counter() - began)
        if status != 200:
            self.taken["complaints"].append(f"a result was answered {status}")

    def ask(self, method, address, form=None):
        """(status, body, where it leads to)."""
        body = None if form is None else urlencode(form)
        self.connection.request(method, address, body, self.headers)
        reply = self.connection.getresponse()
        return reply.status, reply.read(), reply.headers.get("Location", "")


def wait_until(moment):
    time.sleep(max(0, moment - time.monotonic()))


def main(plan, log):
    with open(plan) as file:
        plan = json.load(file)
    taken = {"saves": [], "hand_ins": [], "results": [], "complaints": []}
    log = Log(log)
    learners = [Learner(each, plan["port"], log, taken) for each in plan["learners"]]
    begin = time.monotonic() + 1
    threads = [Thread(target=learner.walk, args=[begin]) for learner in learners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps(taken))


if __name__ == "__main__":
    main(*sys.argv[1:])
