"""Beginning an attempt, saving an answer, handing in."""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from courses.models import Activity, Enrolment
from progress.services import record_completion

from .bank import versions_to_ask
from .drawing import draw_questions
from .grading import is_passed, stored, total_score
from .models import Attempt, QuestionVersion, QuizPage, Response
from .registry import question_type
from .rules import Hindrance, hindrance, pause_until


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


class NotOpenYet(QuizRefused):
    def __init__(self, day):
        super().__init__(_("This quiz opens on %(day)s. Come back then.") % {"day": date_format(day, "DATE_FORMAT")})


class QuizClosed(QuizRefused):
    def __init__(self, day):
        super().__init__(
            _("This quiz could be begun until %(day)s. Ask the administrator whether it opens again.")
            % {"day": date_format(day, "DATE_FORMAT")}
        )


class NoTriesLeft(QuizRefused):
    def __init__(self, tries):
        super().__init__(
            ngettext(
                "This quiz allows %(tries)d attempt, and you have used it. Ask the administrator what is possible.",
                "This quiz allows %(tries)d attempts, and you have used them all. Ask the administrator what is possible.",
                tries,
            )
            % {"tries": tries}
        )


class PauseBetweenTries(QuizRefused):
    def __init__(self, until):
        super().__init__(
            _("The next attempt can begin from %(moment)s. Until then, read what the last one showed.")
            % {"moment": date_format(localtime(until), "DATETIME_FORMAT")}
        )


class NoSuchQuestion(Exception):
    """The attempt has no question of that number: no screen of ours leads there."""


class NotInThisCourse(QuizRefused):
    def __init__(self):
        super().__init__(_("You have withdrawn from this course. Enrol again, and what you did is still there."))


@dataclass(frozen=True)
class Saved:
    """
    What became of an answer: `accepted`, and the answer that counts now with its sequence, as the form's values too, and with
    a sentence for the learner where it can't be meant so.
    """

    accepted: bool
    sequence: int
    answer: object
    saved_at: object
    values: list
    remark: str


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
    )


def refusal_to_start(terms, *, handed_in, at):
    """The QuizRefused that says why no attempt may begin `at` this moment on these terms; None where one may."""
    match hindrance(terms, handed_in=handed_in, at=at, today=localdate(at)):
        case Hindrance.NOT_OPEN_YET:
            return NotOpenYet(terms.opens_on)
        case Hindrance.CLOSED:
            return QuizClosed(terms.closes_on)
        case Hindrance.NO_TRIES_LEFT:
            return NoTriesLeft(terms.tries)
        case Hindrance.PAUSE:
            return PauseBetweenTries(pause_until(terms, handed_in=handed_in, at=at))
    return None


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
    drawn = attempt.questions[number - 1]
    version = QuestionVersion.objects.get(pk=drawn["version"])
    kind = question_type(version.kind)
    answer = kind.clean_answer(version.definition, raw, drawn)
    rows = list(attempt.responses.order_by("sequence"))
    own = [row for row in rows if row.version_id == version.pk]
    current = next((row for row in reversed(own) if row.accepted), None)
    repeated = next((row for row in own if row.operation_id == operation_id), None)
    if repeated is not None:
        return _told(repeated.accepted, current, kind, drawn)
    if attempt.submitted_at:
        raise AttemptClosed
    accepted = base >= (current.sequence if current else 0)
    if accepted and (answer == current.answer if current else not answer):  # nothing new to keep
        return _told(True, current, kind, drawn) if current else Saved(True, 0, answer, at, [], "")
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
    return _told(accepted, row if accepted else current, kind, drawn)


def _told(accepted, row, kind, drawn):
    """The Saved of the Response that counts now."""
    values, remark = kind.form_values(row.answer, drawn), str(kind.remark(row.answer))
    return Saved(accepted, row.sequence, row.answer, row.saved_at, values, remark)


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
        response = responses.get(pk)
        marks.append((versions[pk], grade_answer(versions[pk], response.answer if response else None)))
    return marks


def grade_answer(version, answer):
    """The share of its marks, from 0 to 1, that this answer (None: nothing was answered) earns a question version."""
    return question_type(version.kind).grade(
        definition=version.definition, answer_key=version.answer_key, answer=answer
    )
