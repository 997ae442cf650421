"""How a quiz goes, in numbers: who answered stays unknown. Attempts of people who only try a course out are left out."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q
from django.utils.timezone import localdate

from courses.models import Activity

from .models import Attempt, QuestionText, QuestionVersion, Response
from .services import grade_answer

FEWEST = 5  # people, however often each of them tried; below that numbers would tell of persons
MOST_GRADED = 500  # attempts looked at for the questions, the newest ones
MOST_LATE = 50


def quizzes_with_numbers():
    """All quizzes in the order of the courses, each with `open`, `handed_in`, `passed` and `late` attempts. One query."""
    counted = Q(attempts__enrolment__trial=False)
    return (
        Activity.objects.filter(kind="quiz")
        .select_related("module__course")
        .annotate(
            open=Count("attempts", filter=counted & Q(attempts__submitted_at__isnull=True), distinct=True),
            handed_in=Count("attempts", filter=counted & Q(attempts__submitted_at__isnull=False), distinct=True),
            passed=Count("attempts", filter=counted & Q(attempts__passed=True), distinct=True),
            late=Count("attempts", filter=counted & Q(attempts__responses__late=True), distinct=True),
        )
        .order_by("module__course__code", "module__position", "position", "pk")
    )


@dataclass(frozen=True)
class Difficulty:
    """A question version as it was answered: in how many attempts it was asked, and the share of points earned."""

    prompt: str
    asked: int
    share: float

    @property
    def percent(self):
        return round(self.share * 100)


def difficulties(activity):
    """
    The Difficulty of each question version of the newest attempts that enough people were asked, hardest first. Three queries
    and those of the prompts.
    """
    attempts = _counted(activity).submitted().select_related("enrolment").order_by("-submitted_at")[:MOST_GRADED]
    asked, earned, people = Counter(), Counter(), defaultdict(set)
    for attempt, version, share in _marks(attempts):
        asked[version] += 1
        earned[version] += float(share)
        people[version].add(attempt.enrolment.learner_id)
    told = [version for version in asked if len(people[version]) >= FEWEST]
    prompts = _prompts(told)
    found = [Difficulty(prompts[version], asked[version], earned[version] / asked[version]) for version in told]
    return sorted(found, key=lambda each: (each.share, each.prompt))


def _marks(attempts):
    """(attempt, version pk, share of its points) of each answer of these attempts. Three queries, however many they are."""
    attempts = list(attempts)
    versions = QuestionVersion.objects.in_bulk({pk for attempt in attempts for pk in attempt.version_ids})
    answers = {}
    for row in Response.objects.filter(attempt__in=attempts, accepted=True).order_by("sequence"):
        answers[row.attempt_id, row.version_id] = row
    for attempt in attempts:
        for pk in attempt.version_ids:
            row = answers.get((attempt.pk, pk))
            yield attempt, pk, grade_answer(versions[pk], row.answer if row else None)


def _prompts(versions):
    texts = QuestionText.objects.filter(version__in=versions, language=settings.LANGUAGE_CODE).order_by("pk")
    return {text.version_id: text.texts["prompt"] for text in texts}


@dataclass(frozen=True)
class LateAnswer:
    """An answer that was kept apart because it came after the end. Whose it is and what it says stays unknown."""

    prompt: str
    day: date
    minutes: int
    by_time: bool


def late_answers(activity):
    """The newest LateAnswer rows of a quiz, newest first. Two queries."""
    rows = Response.objects.filter(attempt__in=_counted(activity), late=True).select_related("attempt")
    rows = list(rows.order_by("-saved_at", "-pk")[:MOST_LATE])
    prompts = _prompts({row.version_id for row in rows})
    return [
        LateAnswer(
            prompts[row.version_id],
            localdate(row.saved_at),
            math.ceil((row.saved_at - _end(row.attempt)).total_seconds() / 60),
            by_time=_end(row.attempt) == row.attempt.deadline_at,
        )
        for row in rows
    ]


def _end(attempt):
    """When answers stopped counting: the time was over, or the attempt was handed in."""
    return min(moment for moment in (attempt.deadline_at, attempt.submitted_at) if moment)


def _counted(activity):
    return Attempt.objects.filter(activity=activity, enrolment__trial=False)
