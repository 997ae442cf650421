"""Beginning an attempt, saving an answer, handing in."""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from courses.models import Activity, Enrolment
from progress.services import record_completion

from .grading import is_passed, stored, total_score
from .models import Attempt, QuestionVersion, QuizPage, Response
from .registry import question_type


class QuizRefused(Exception):
    """The quiz can't go on so; the message says why and what to do."""


class AttemptClosed(QuizRefused):
    def __init__(self):
        super().__init__(_("This attempt was already handed in. Start a new attempt to answer again."))


class QuizNotOpen(QuizRefused):
    def __init__(self):
        super().__init__(
            _("This quiz is being mended right now. What you have done is kept; come back a little later.")
        )


class NoSuchQuestion(Exception):
    """The attempt has no question of that number: no screen of ours leads there."""


class NotInThisCourse(QuizRefused):
    def __init__(self):
        super().__init__(_("You have withdrawn from this course. Enrol again, and what you did is still there."))


@dataclass(frozen=True)
class Saved:
    """What became of an answer: `accepted`, and the answer that counts now with its sequence."""

    accepted: bool
    sequence: int
    answer: object
    saved_at: object


@transaction.atomic
def start_attempt(*, enrolment_id, activity_id, at):
    """
    Return the open attempt of this enrolment at this quiz, or begin the next one. Calling it again changes nothing.

    Questions and pass mark are read from the published source-language page, now and once. Raises QuizRefused.
    """
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)
    if enrolment.withdrawn_at:
        raise NotInThisCourse
    attempts = Attempt.objects.filter(enrolment=enrolment, activity_id=activity_id)
    attempt = attempts.open().first()
    if attempt is not None:
        return attempt
    key = Activity.objects.values_list("key", flat=True).get(pk=activity_id)
    page = QuizPage.objects.filter(translation_key=key, locale=Locale.get_default(), live=True).first()
    versions = newest_versions(page.question_keys()) if page else []
    if not versions:
        raise QuizNotOpen
    return Attempt.objects.create(
        enrolment=enrolment,
        activity_id=activity_id,
        number=(attempts.aggregate(last=Max("number"))["last"] or 0) + 1,
        questions=[{"version": version.pk, "options": version.option_ids} for version in versions],
        seed=secrets.randbits(62),
        pass_mark=page.pass_mark,
        started_at=at,
    )


def newest_versions(keys):
    """The newest QuestionVersion of each of these keys, in their order; keys without a version are left out. One query."""
    newest = {version.key: version for version in QuestionVersion.objects.filter(key__in=keys).order_by("number")}
    return [newest[key] for key in keys if key in newest]


@transaction.atomic
def save_response(*, attempts, number, operation_id, base, raw, at):
    """
    Keep an answer to the question shown as `number` (from 1) and say which answer counts now.

    `attempts` holds the one attempt, as far as the sender may see it: it is found and locked in one step.
    `base` is the sequence of this question that the sender last saw (0: none): an answer that did not see the newest one is
    kept but not accepted. The same operation sent again returns what it did the first time. Raises Attempt.DoesNotExist,
    NoSuchQuestion, AttemptClosed, and InvalidAnswer for anything that the question does not offer.
    """
    attempt = attempts.select_for_update(of=("self",)).get()
    if not 1 <= number <= len(attempt.questions):
        raise NoSuchQuestion
    version = QuestionVersion.objects.get(pk=attempt.version_ids[number - 1])
    answer = question_type(version.kind).clean_answer(version.definition, raw)
    rows = list(attempt.responses.order_by("sequence"))
    own = [row for row in rows if row.version_id == version.pk]
    current = next((row for row in reversed(own) if row.accepted), None)
    repeated = next((row for row in own if row.operation_id == operation_id), None)
    if repeated is not None:
        return Saved(repeated.accepted, current.sequence, current.answer, current.saved_at)
    if attempt.submitted_at:
        raise AttemptClosed
    accepted = base >= (current.sequence if current else 0)
    if accepted and answer == (current.answer if current else []):  # nothing new to keep
        return Saved(True, current.sequence if current else 0, answer, current.saved_at if current else at)
    sequence = (rows[-1].sequence if rows else 0) + 1
    row = Response.objects.create(
        attempt=attempt,
        version=version,
        operation_id=operation_id,
        sequence=sequence,
        base=min(base, sequence - 1),
        answer=answer,
        accepted=accepted,
        saved_at=at,
    )
    counts = row if accepted else current
    return Saved(accepted, counts.sequence, counts.answer, counts.saved_at)


@transaction.atomic
def submit_attempt(*, attempt_id, at):
    """
    Hand in: grade the newest accepted answers, and complete the activity where the quiz is passed. Returns the Attempt.

    Handing in again changes nothing and returns the same attempt. Raises NotInThisCourse for a withdrawn enrolment, whose
    attempt stays open: a pass that is not counted would have to be earned twice.
    """
    attempt = Attempt.objects.get(pk=attempt_id)
    enrolment = Enrolment.objects.select_for_update().get(pk=attempt.enrolment_id)
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    if attempt.submitted_at:
        return attempt
    if enrolment.withdrawn_at:
        raise NotInThisCourse
    score = total_score((mark, version.definition["points"]) for version, mark in grade_attempt(attempt))
    attempt.submitted_at = at
    attempt.score = stored(score)
    attempt.passed = is_passed(score=score, pass_mark=attempt.pass_mark)
    attempt.save(update_fields=["submitted_at", "score", "passed"])
    if attempt.passed:
        record_completion(
            enrolment_id=attempt.enrolment_id, activity_id=attempt.activity_id, at=at, score=attempt.score
        )
    return attempt


def grade_attempt(attempt):
    """(version, share of its marks earned) of each question of the attempt, in order. Two queries."""
    versions = QuestionVersion.objects.in_bulk(attempt.version_ids)
    responses = attempt.responses.newest()
    marks = []
    for pk in attempt.version_ids:
        version = versions[pk]
        response = responses.get(pk)
        mark = question_type(version.kind).grade(
            definition=version.definition,
            answer_key=version.answer_key,
            answer=response.answer if response else None,
        )
        marks.append((version, mark))
    return marks
