"""What the quiz's screens show before hand-in: nothing of keys and feedback, which come in `results` alone."""

import math
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from courses.outline import activity_with_course, course_outline, newest_enrolment
from progress.services import completed_activities

from .bank import number_of_questions
from .models import Attempt, QuestionText, QuestionVersion, QuizPage
from .refusals import refusal_to_start
from .registry import question_type
from .services import extra_percent


@dataclass
class Asked:
    """A question of an attempt, in the reader's language. `language` is set where the words are in another one."""

    number: int
    version: QuestionVersion
    kind: object
    prompt: str
    language: str
    drawn: dict
    parts: list = field(default_factory=list)
    offers: list = field(default_factory=list)
    answer: object = None
    base: int = 0
    saved_at: object = None
    explanation: str = ""
    share: object = None
    given: list = field(default_factory=list)
    again: tuple = ()  # title and address of what teaches it

    @property
    def is_answered(self):
        return self.kind.is_complete(self.version.definition, self.answer)

    @property
    def is_begun(self):
        """Is something answered, but not all that the question asks?"""
        return bool(self.answer) and not self.is_answered

    @property
    def percent(self):
        """The share of its points, rounded down, so that no 99.5 looks like all of them."""
        return int(self.share * 100)

    @property
    def remark(self):
        return self.kind.remark(self.answer)


def asked_questions(attempt, *, language=None, texts=None, responses=None):
    """
    The questions of an attempt with the answers that count, without key, feedback or explanation. Three queries, less what the
    caller has read already: `texts` as `newest_texts` gives them, `responses` as `newest()` does.
    """
    language = language or get_language()
    versions = QuestionVersion.objects.in_bulk(attempt.version_ids)
    texts = newest_texts(versions, language) if texts is None else texts
    responses = attempt.responses.newest() if responses is None else responses
    asked = []
    for number, drawn in enumerate(attempt.questions, start=1):
        version = versions[drawn["version"]]
        words = texts[version.pk]
        response, kind = responses.get(version.pk), question_type(version.kind)
        answer = response.answer if response else None
        parts, offers = kind.shown(drawn=drawn, words=words.texts["options"], answer=answer)
        asked.append(
            Asked(
                number=number,
                version=version,
                kind=kind,
                prompt=words.texts["prompt"],
                language="" if words.language == language else words.language,
                drawn=drawn,
                parts=parts,
                offers=offers,
                answer=answer,
                base=response.sequence if response else 0,
                saved_at=response.saved_at if response else None,
            )
        )
    return asked


def newest_texts(versions, language):
    """Version pk → its newest words in this language, else in the source language. One query."""
    wanted = {language, settings.LANGUAGE_CODE}
    found = {}
    for text in QuestionText.objects.filter(version__in=versions, language__in=wanted).order_by("id"):
        known = found.get(text.version_id)
        if known is None or known.language == text.language or text.language == language:
            found[text.version_id] = text
    return found


def quiz_context(page, request):
    """What the quiz's first screen shows: rules, earlier attempts, one button."""
    activity, modules = activity_with_course(page.translation_key)
    if activity is None:  # a preview before the first publication
        return {"activity": None, "outline": None, "source": page, "number_of_questions": number_of_questions(page)}
    course = activity.module.course
    enrolment = newest_enrolment(course, request.user)
    edition = enrolment.edition if enrolment else max(course.edition, 1)
    outline = course_outline(course, locale=page.locale, edition=edition, request=request, modules=modules)
    done = completed_activities(enrolment) if enrolment else set()
    outline.mark(done=done, here=activity.pk)
    attempts = (
        list(Attempt.objects.filter(enrolment=enrolment, activity=activity).order_by("number")) if enrolment else []
    )
    source, submitted = _source(page), [attempt for attempt in attempts if attempt.submitted_at]
    open_attempt = next((attempt for attempt in attempts if attempt.submitted_at is None), None)
    return {
        "activity": activity,
        "course": course,
        "source": source,
        "number_of_questions": number_of_questions(source),
        "refusal": None
        if open_attempt
        else refusal_to_start(source.terms, handed_in=[each.submitted_at for each in submitted], at=timezone.now()),
        "course_page": page.get_parent().get_parent(),
        "enrolment": enrolment,
        "outline": outline,
        "minutes_given": _minutes_given(source, enrolment),
        "open_attempt": open_attempt,
        "attempts": submitted,
        "is_done": activity.pk in done,
        "following": outline.after(activity.pk),
    }


def _source(page):
    """The page that owns minutes, pass mark and questions: numbers are never read from a translated one."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return page
    source = QuizPage.objects.filter(
        translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
    ).first()
    return source or page


def _minutes_given(page, enrolment):
    """The time limit of this quiz for this person, in minutes; None where it has none."""
    if page.time_limit is None:
        return None
    extra = extra_percent(enrolment.learner_id) if enrolment else 0
    return math.ceil(page.time_limit * (100 + extra) / 100)


def _seconds_left(attempt):
    """Until the time of this attempt is over, rounded up: who counts them down is not too early; None where it has no limit."""
    return attempt.deadline_at and max(0, math.ceil((attempt.deadline_at - timezone.now()).total_seconds()))


def question_context(attempt, number):
    """One question of an open attempt, with its place and its neighbours; None where there is no such number."""
    asked = asked_questions(attempt)
    if not 1 <= number <= len(asked):
        return None
    return {
        "attempt": attempt,
        "seconds_left": _seconds_left(attempt),
        "asked": asked[number - 1],
        "number": number,
        "total": len(asked),
        "answered": sum(each.is_answered for each in asked),
        "is_last": number == len(asked),
    }


def overview_context(attempt):
    asked = asked_questions(attempt)
    return {
        "attempt": attempt,
        "seconds_left": _seconds_left(attempt),
        "questions": asked,
        "left": [each for each in asked if not each.is_answered],
    }


def answers_so_far(attempt):
    """
    The answers that count, of those questions that have one: form values, as `asked_questions` knows them, and whether they
    are complete. Nothing of a key. Two queries.
    """
    versions = QuestionVersion.objects.in_bulk(attempt.version_ids)
    responses = attempt.responses.newest()
    found = []
    for number, drawn in enumerate(attempt.questions, start=1):
        response, version = responses.get(drawn["version"]), versions[drawn["version"]]
        if response is not None:
            kind = question_type(version.kind)
            found.append(
                {
                    "number": number,
                    "sequence": response.sequence,
                    "answer": kind.form_values(response.answer, drawn),
                    "complete": kind.is_complete(version.definition, response.answer),
                    "saved_at": response.saved_at,
                }
            )
    return found
