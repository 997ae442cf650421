"""A learner who walks from the sign-up to the certificate over HTTP, and remembers what the site acknowledged."""

import re
import uuid

import requests

from tests.mails import mailed_code

STEPS = [
    "sign up",
    "type the mailed code",
    "give a name",
    "join by code",
    "log out",
    "log in",
    "enrol",
    "read the first lesson",
    "read the second lesson",
    "start the test",
    "answer the first question",
    "answer the second question",
    "hand in",
    "see that the course is done",
    "download the certificate",
]
TIMEOUT = 60


class Walk:
    """
    One learner with a browser's cookies. Each step fails unless the site answers 200 in the end. A newcomer begins by signing
    up, others have an account and a name.
    """

    def __init__(self, site, places, email, *, is_new=False):
        self.site, self.places, self.email, self.is_new = site, places, email, is_new
        self.session = requests.Session()
        self.attempt_url = None
        self.enrolment_uuid = None
        self.answers = {}  # operation → answer, of each save that was answered with 200

    def walk(self, *, first=None, last=None):
        """Take the steps from `first` to `last`, both included."""
        begin = STEPS.index(first or ("sign up" if self.is_new else "log in"))
        end = STEPS.index(last) if last else len(STEPS) - 1
        for step in STEPS[begin : end + 1]:
            self.take(step)

    def take(self, step):
        getattr(self, step.replace(" ", "_"))()

    # The steps

    def sign_up(self):
        path = "/lt/account/signup/"
        self.get(path)
        answer = self.post(path, {"email": self.email, "password1": self.places["password"]})
        assert answer.url.endswith("/lt/account/confirm-email/")

    def type_the_mailed_code(self):
        code = mailed_code(self.site.folder / "mail", self.email)
        answer = self.post("/lt/account/confirm-email/", {"code": code})
        assert "/lt/learner/name/" in answer.url

    def give_a_name(self):
        answer = self.post("/lt/learner/name/", {"given_names": "Ona", "surname": "Petraitė", "next": "/lt/join/"})
        assert answer.url.endswith("/lt/join/")

    def join_by_code(self):
        answer = self.post("/lt/join/", {"code": self.places["code"], "job_title": ""})
        assert answer.url.endswith("/lt/my/")

    def log_out(self):
        self.post("/lt/account/logout/")
        assert "sessionid" not in self.session.cookies

    def log_in(self):
        path = "/lt/account/login/"
        self.get(path)
        self.post(path, {"login": self.email, "password": self.places["password"]})
        assert "sessionid" in self.session.cookies

    def enrol(self):
        self._press(self.places["course"], r"/lt/enrol/[0-9a-f-]+/enrol/")

    def read_the_first_lesson(self):
        self._read(self.places["lessons"][0])

    def read_the_second_lesson(self):
        self._read(self.places["lessons"][1])

    def start_the_test(self):
        answer = self._press(self.places["quiz"], r"/lt/quizzes/[0-9a-f-]+/[0-9a-f-]+/start/")
        self.attempt_url = re.match(r".*/attempts/[0-9a-f-]+/", answer.url).group()

    def answer_the_first_question(self):
        self._answer(1)

    def answer_the_second_question(self):
        self._answer(2)

    def hand_in(self):
        answer = self.post(f"{self.attempt_url}submit/")
        assert answer.url == f"{self.attempt_url}result/"

    def see_that_the_course_is_done(self):
        self.get(f"/lt/certificates/courses/{self.enrolment_uuid}/")

    def download_the_certificate(self):
        page = self.get(f"/lt/certificates/courses/{self.enrolment_uuid}/").text
        pdf = self.get(re.search(r"/lt/certificates/[0-9a-f-]+/download/", page).group()).content
        assert pdf.startswith(b"%PDF")

    # How they are taken

    def _read(self, lesson):
        answer = self._press(lesson, r"/lt/lessons/[0-9a-f-]+/[0-9a-f-]+/done/")
        self.enrolment_uuid = answer.history[0].url.split("/lessons/")[1].split("/")[0]

    def _press(self, page, form):
        """Send the form on this page whose address looks like `form`."""
        return self.post(re.search(form, self.get(page).text).group())

    def _answer(self, number, place=0):
        operation, data = self.answer_form(number, place=place)
        self.save(number, data)
        self.answers[operation] = data["answer"]

    def answer_form(self, number, *, place=0):
        """What the page's script would send for the option at this place: (operation, form). The first one is right."""
        page = self.get(f"{self.attempt_url}{number}/").text
        hidden = dict(re.findall(r'name="(operation|base)" value="([^"]*)"', page))
        # By their words: each attempt shows the options in another order, and the first one written is right.
        shown = re.findall(r'<input[^>]*name="answer"[^>]*value="([^"]+)"[^>]*>\s*<span>([^<]+)</span>', page)
        option = [value for value, _words in sorted(shown, key=lambda each: each[1])][place]
        operation = str(uuid.uuid4())
        return operation, hidden | {"operation": operation, "answer": [option]}

    def save(self, number, data):
        """Send an answer as the page's script does; what the server acknowledges."""
        return self.post(f"{self.attempt_url}{number}/save/", data).json()

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, data=None):
        return self._ask("POST", path, data=data or {}, headers={"X-CSRFToken": self.session.cookies["csrftoken"]})

    def _ask(self, method, path, **options):
        url = path if path.startswith("http") else f"{self.site.url}{path}"
        answer = self.session.request(method, url, timeout=TIMEOUT, **options)
        assert answer.status_code == 200, f"{method} {path}: {answer.status_code}\n{answer.text[:2000]}"
        return answer
