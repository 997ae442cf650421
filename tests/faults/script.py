"""
What the tests ask of a running site's database, in a process of its own: `python -m tests.faults.script COMMAND …`.

Prints one JSON value.
"""

import hashlib
import json
import sys
import time

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone, translation  # noqa: E402
from django.utils.crypto import get_random_string  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402
from wagtail.models import Page  # noqa: E402

from certificates.models import Certificate  # noqa: E402
from courses.models import Activity, Course, Enrolment  # noqa: E402
from courses.services import enrol  # noqa: E402
from institutions.models import Membership  # noqa: E402
from learners.models import Learner  # noqa: E402
from progress.models import Completion  # noqa: E402
from quizzes.models import Attempt, QuestionVersion, Response  # noqa: E402
from quizzes.services import start_attempt  # noqa: E402
from tests.factories import IssuerFactory, JoinCodeFactory  # noqa: E402
from tests.factories.pages import make_course, make_question  # noqa: E402
from tiltas.demo import PEOPLE  # noqa: E402

PASSWORD = "slaptas-zodis-2026"


def make(number, questions="2"):
    """
    A course of two lessons and a test of this many questions, an institution with a join code, and this many learners who have
    an account and a name; where everything is.
    """
    IssuerFactory()
    door = JoinCodeFactory()
    made = make_course(questions=lambda: [make_question(f"Klausimas {place}") for place in range(int(questions))])
    password = make_password(PASSWORD)
    emails = [f"mokinys{place}@tiltas.test" for place in range(int(number))]
    for email in emails:
        user = get_user_model().objects.create(email=email, password=password)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        Learner.objects.create(user=user, given_names="Ona", surname="Petraitė")
    with translation.override("lt"):
        return {
            "course": made.page.get_url(),
            "lessons": [page.get_url() for page in made.lessons],
            "quiz": made.quizzes[0].get_url(),
            "questions": int(questions),
            "activities": sorted(str(page.translation_key) for page in (*made.lessons, *made.quizzes)),
            "code": door.code,
            "institution": door.institution.name,
            "emails": emails,
            "password": PASSWORD,
        }


def facts(email):
    """All that is known of this learner, as plain values."""
    enrolments = Enrolment.objects.filter(learner__user__email=email)
    memberships = Membership.objects.filter(learner__user__email=email)
    return {
        "institutions": [each.institution.name for each in memberships.select_related("institution")],
        "enrolments": [{"completed": each.completed_at is not None} for each in enrolments],
        "completed": sorted(
            str(each.activity.key)
            for each in Completion.objects.filter(enrolment__in=enrolments).select_related("activity")
        ),
        "attempts": [
            {
                "submitted": each.submitted_at is not None,
                "score": None if each.score is None else float(each.score),
                "passed": each.passed,
            }
            for each in Attempt.objects.filter(enrolment__in=enrolments).order_by("number")
        ],
        "answers": {
            str(each.operation_id): {"answer": each.answer, "accepted": each.accepted}
            for each in Response.objects.filter(attempt__enrolment__in=enrolments)
        },
        "certificates": [_certificate(each) for each in Certificate.objects.filter(enrolment__in=enrolments)],
    }


def _certificate(certificate):
    if not certificate.file:
        return {"number": certificate.full_number, "valid": certificate.revoked_at is None, "whole": False}
    with certificate.file.open("rb") as file:
        data = file.read()
    whole = data.startswith(b"%PDF") and hashlib.sha256(data).hexdigest() == certificate.file_sha256
    return {"number": certificate.full_number, "valid": certificate.revoked_at is None, "whole": whole}


def begun():
    """Every learner logged in, enrolled and at the first question: what a browser of theirs would hold."""
    course = Course.objects.get()
    quiz = Activity.objects.get(kind="quiz")
    return [
        _begun(user, course, quiz) for user in get_user_model().objects.filter(learner__isnull=False).order_by("pk")
    ]


def _begun(user, course, quiz):
    enrolment = enrol(learner_id=user.learner.pk, course_id=course.pk, at=timezone.now())
    attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=quiz.pk, at=timezone.now())
    browser = Client()
    browser.force_login(user)
    return {
        "session": browser.cookies["sessionid"].value,
        "token": get_random_string(32),
        "attempt": str(attempt.uuid),
        "options": [question["options"] for question in attempt.questions],
    }


def attempts():
    """Every attempt by its uuid: what is right in it, how it ended, and each answer that was kept."""
    versions = QuestionVersion.objects.in_bulk()
    found = {}
    for attempt in Attempt.objects.all():
        places = {pk: number for number, pk in enumerate(attempt.version_ids, start=1)}
        found[str(attempt.uuid)] = {
            "right": [versions[pk].answer_key["right"] for pk in attempt.version_ids],
            "submitted": attempt.submitted_at is not None,
            "score": None if attempt.score is None else float(attempt.score),
            "places": places,
            "rows": [],
        }
    for row in Response.objects.select_related("attempt").order_by("attempt", "sequence"):
        of = found[str(row.attempt.uuid)]
        of["rows"].append(
            {
                "number": of["places"][row.version_id],
                "operation": str(row.operation_id),
                "sequence": row.sequence,
                "answer": row.answer,
                "accepted": row.accepted,
            }
        )
    return found


def wait_for_certificate(email, seconds):
    """Wait so long for the learner's certificate to have its file; then the facts."""
    end = time.monotonic() + float(seconds)
    wanted = Certificate.objects.filter(enrolment__learner__user__email=email).exclude(file="")
    while time.monotonic() < end and not wanted.exists():
        time.sleep(0.1)
    return facts(email)


def tasks():
    """How many rows of the task table are in which state."""
    states = list(DBTaskResult.objects.values_list("status", flat=True))
    return {state: states.count(state) for state in set(states)}


def numbers():
    """The numbers of all certificates, in order."""
    return sorted(Certificate.objects.values_list("number", flat=True))


def content():
    """How many pages, records, questions and demo people there are."""
    return {
        "pages": Page.objects.count(),
        "activities": Activity.objects.count(),
        "released": Course.objects.filter(edition__gte=1).count(),
        "questions": QuestionVersion.objects.count(),
        "demo": get_user_model().objects.filter(email__in=[row[0] for row in PEOPLE]).count(),
    }


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    known = {
        each.__name__: each for each in (make, begun, facts, attempts, wait_for_certificate, tasks, numbers, content)
    }
    print(json.dumps(known[command](*arguments)))
