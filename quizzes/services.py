"""Beginning an attempt, saving an answer, handing in."""

import json
import logging
import secrets
from dataclasses import dataclass
from uuid import uuid5

from django.db import transaction
from django.db.models import Max
from wagtail.models import Locale

from courses.models import Activity, Enrolment
from progress.services import record_completion

from .bank import versions_to_ask
from .drawing import draw_questions
from .grading import is_passed, stored, total_score
from .models import Attempt, EndedBy, ExtraTime, QuestionVersion, QuizPage, Response
from .refusals import NotInThisCourse, QuizNotOpen, refusal_to_start
from .registry import question_type
from .rules import deadline, is_over

logger = logging.getLogger(__name__)


class NoSuchQuestion(Exception):
    """The attempt has no question of that number: no screen of ours leads there."""


@dataclass(frozen=True)
class Saved:
    """
    What became of an answer: `reason` is empty where it counts, else why it is kept apart: "stale" (a newer one stands),
    "late" (the time is over), "submitted" (the attempt was handed in). With it the answer that counts now and its sequence,
    as the form's values too, and a sentence for the learner where it can't be meant so.
    """

    reason: str
    sequence: int
    answer: object
    saved_at: object
    values: list
    remark: str

    @property
    def accepted(self):
        return not self.reason


def start_attempt(*, enrolment_id, activity_id, at):
    """
    Return the open attempt of this enrolment at this quiz, or begin the next one. Calling it again changes nothing; one whose
    time is over is handed in first, also where no other may begin.

    Questions and pass mark are read from the published source-language page, now and once. Raises QuizRefused.
    """
    attempts = Attempt.objects.filter(enrolment_id=enrolment_id, activity_id=activity_id)
    for pk in attempts.overdue(at=at).values_list("pk", flat=True):
        submit_attempt(attempt_id=pk, at=at)
    return _begin(enrolment_id, activity_id, at)


@transaction.atomic
def _begin(enrolment_id, activity_id, at):
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)
    if enrolment.withdrawn_at:
        raise NotInThisCourse
    attempts = Attempt.objects.filter(enrolment=enrolment, activity_id=activity_id)
    attempt = attempts.open().first()
    if attempt is not None:
        return attempt
    key = Activity.objects.values_list("key", flat=True).get(pk=activity_id)
    page = QuizPage.objects.filter(translation_key=key, locale=Locale.get_default(), live=True).first()
    seed = secrets.randbits(62)
    versions = versions_to_ask(page, seed) if page else []
    if not versions:
        raise QuizNotOpen
    refusal = refusal_to_start(page.terms, handed_in=list(attempts.values_list("submitted_at", flat=True)), at=at)
    if refusal is not None:
        raise refusal
    return Attempt.objects.create(
        enrolment=enrolment,
        activity_id=activity_id,
        number=(attempts.aggregate(last=Max("number"))["last"] or 0) + 1,
        questions=draw_questions(versions, seed, shuffled=page.shuffled),
        seed=seed,
        pass_mark=page.pass_mark,
        started_at=at,
        time_limit=page.time_limit,
        deadline_at=page.time_limit
        and deadline(started_at=at, minutes=page.time_limit, extra_percent=extra_percent(enrolment.learner_id)),
    )


def extra_percent(learner_id):
    """What this learner gets on top of every time limit, in per cent of it."""
    return ExtraTime.objects.filter(learner_id=learner_id).values_list("percent", flat=True).first() or 0


@transaction.atomic
def give_extra_time(*, learner_id, percent):
    """
    Give a learner this much on top of every time limit, in per cent; returns the ExtraTime. An attempt that is open now gets it
    too; none is ever made shorter by it.
    """
    extra, _created = ExtraTime.objects.update_or_create(learner_id=learner_id, defaults={"percent": percent})
    running = Attempt.objects.open().filter(enrolment__learner_id=learner_id, time_limit__isnull=False)
    for attempt in running.select_for_update(of=("self",)):
        longer = deadline(started_at=attempt.started_at, minutes=attempt.time_limit, extra_percent=percent)
        if longer > attempt.deadline_at:
            attempt.deadline_at = longer
            attempt.save(update_fields=["deadline_at"])
    return extra


@transaction.atomic
def save_response(*, attempts, number, operation_id, base, raw, at):
    """
    Keep an answer to the question shown as `number` (from 1) and say which answer counts now.

    `attempts` holds the one attempt, as far as the sender may see it: it is found and locked in one step.
    `base` is the sequence of this question that the sender last saw (0: none): an answer that did not see the newest one is
    kept but not accepted, and so is one that arrives when the time is over or the attempt handed in. `at` is the moment of
    arrival, taken before anything waited. The same operation sent again returns what it did the first time; with
    another answer it is another operation. Raises Attempt.DoesNotExist, NoSuchQuestion, and InvalidAnswer for anything that the
    question does not offer.
    """
    attempt = attempts.select_for_update(of=("self",)).get()
    if not 1 <= number <= len(attempt.questions):
        raise NoSuchQuestion
    drawn = attempt.questions[number - 1]
    version = QuestionVersion.objects.get(pk=drawn["version"])
    kind = question_type(version.kind)
    answer = kind.clean_answer(version.definition, raw, drawn)
    rows = list(attempt.responses.order_by("sequence"))
    own = [row for row in rows if row.version_id == version.pk]
    current = next((row for row in reversed(own) if row.accepted), None)
    repeated = next((row for row in own if row.operation_id == operation_id), None)
    if repeated is not None and repeated.answer != answer:  # a form that was come back to and sent once more
        operation_id = uuid5(operation_id, json.dumps(answer, sort_keys=True))
        repeated = next((row for row in own if row.operation_id == operation_id), None)
    if repeated is not None:
        return _told(_why_apart(repeated, attempt), current, kind, drawn)
    late = attempt.submitted_at is not None or is_over(attempt.deadline_at, at=at)
    accepted = not late and base >= (current.sequence if current else 0)
    reason = "" if accepted else _why_late(attempt) if late else "stale"
    if (accepted or late) and (answer == current.answer if current else not answer):  # nothing new to keep
        return _told(reason, current, kind, drawn) if current or late else Saved("", 0, answer, at, [], "")
    sequence = (rows[-1].sequence if rows else 0) + 1
    row = Response.objects.create(
        attempt=attempt,
        version=version,
        operation_id=operation_id,
        sequence=sequence,
        base=min(base, sequence - 1),
        answer=answer,
        accepted=accepted,
        late=late,
        saved_at=at,
    )
    return _told(reason, row if accepted else current, kind, drawn)


def _why_apart(row, attempt):
    if row.accepted:
        return ""
    return _why_late(attempt) if row.late else "stale"


def _why_late(attempt):
    """The time was over, or somebody had ended the attempt before: the same reason whenever it is asked."""
    return "submitted" if attempt.ended_by in {EndedBy.LEARNER, EndedBy.STAFF} else "late"


def _told(reason, row, kind, drawn):
    """The Saved of the Response that counts now; None: none does."""
    if row is None:
        return Saved(reason, 0, None, None, [], "")
    values, remark = kind.form_values(row.answer, drawn), str(kind.remark(row.answer))
    return Saved(reason, row.sequence, row.answer, row.saved_at, values, remark)


@transaction.atomic
def submit_attempt(*, attempt_id, at, by=EndedBy.LEARNER):
    """
    Hand in: grade the newest accepted answers, and complete the activity where the quiz is passed. Returns the Attempt.
    `by` says who ended it; when its time is over, that did.

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
    attempt.ended_by = EndedBy.TIME if attempt.deadline_at and at >= attempt.deadline_at else by
    attempt.save(update_fields=["submitted_at", "score", "passed", "ended_by"])
    if attempt.passed:
        record_completion(
            enrolment_id=attempt.enrolment_id, activity_id=attempt.activity_id, at=at, score=attempt.score
        )
    return attempt


def submit_overdue(*, at):
    """
    Hand in every attempt whose time is over; returns how many. The clock calls it, and whoever comes back to such an attempt
    is not kept waiting for it.
    """
    return _submit_each(Attempt.objects.overdue(at=at), at=at, by=EndedBy.TIME)


def close_attempts(*, activity_id, at):
    """End a quiz for everybody: hand in its open attempts as they are; returns how many."""
    attempts = Attempt.objects.open().filter(activity_id=activity_id, enrolment__withdrawn_at__isnull=True)
    return _submit_each(attempts, at=at, by=EndedBy.STAFF)


def _submit_each(attempts, *, at, by):
    """Each in a transaction of its own: what can't be graded keeps nobody else waiting, and is tried again next time."""
    ended = 0
    for pk in list(attempts.order_by("pk").values_list("pk", flat=True)):
        try:
            ended += submit_attempt(attempt_id=pk, at=at, by=by).submitted_at == at
        except NotInThisCourse:  # withdrawn this very moment
            continue
        except Exception:
            logger.exception("Attempt %s could not be handed in", pk)
    return ended


def grade_attempt(attempt):
    """(version, share of its marks earned) of each question of the attempt, in order. Two queries."""
    versions = QuestionVersion.objects.in_bulk(attempt.version_ids)
    responses = attempt.responses.newest()
    marks = []
    for pk in attempt.version_ids:
        response = responses.get(pk)
        marks.append((versions[pk], grade_answer(versions[pk], response.answer if response else None)))
    return marks


def grade_answer(version, answer):
    """The share of its marks, from 0 to 1, that this answer (None: nothing was answered) earns a question version."""
    return question_type(version.kind).grade(
        definition=version.definition, answer_key=version.answer_key, answer=answer
    )
