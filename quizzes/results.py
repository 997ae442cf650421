"""What the screen of a result shows. The one place from which keys and feedback leave, after hand-in alone."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from courses.outline import course_outline, locale_of_reader
from courses.panels import course_panels
from progress.services import completed_activities

from .models import Attempt, QuizPage
from .rules import Hindrance, Shown, hindrance, shown
from .screens import asked_questions, newest_texts
from .services import grade_answer
from .teaching import read_again


def result_context(attempt, request):
    """
    The graded attempt: what was right and why, as far as the quiz's policy shows it now. For submitted attempts alone; a key
    never leaves before.
    """
    level, shown_from = _level(attempt)
    texts = newest_texts(attempt.version_ids, get_language())
    rows = list(attempt.responses.order_by("sequence"))
    answers = {row.version_id: row for row in rows if row.accepted}
    asked = asked_questions(attempt, texts=texts, responses=answers)
    for each in asked:
        _grade(each, texts[each.version.pk].texts, level)
    enrolment = attempt.enrolment
    outline = course_outline(
        enrolment.course, locale=locale_of_reader(get_language()), edition=enrolment.edition, request=request
    ).mark(done=completed_activities(enrolment), here=attempt.activity_id)
    quiz = next((step for step in outline.steps if step.here), None)
    again = read_again([each.version for each in asked], outline)
    for each in asked:
        each.again = again.get(each.version.key, ())
    return {
        "attempt": attempt,
        "questions": asked if level > Shown.SCORE else [],
        "is_explained": level == Shown.ALL,
        "shown_from": shown_from,
        "late": sum(row.late for row in rows),
        "right": sum(each.share == 1 for each in asked),
        "total": len(asked),
        "quiz": quiz,
        "title": quiz.title if quiz else attempt.activity.title,
        "course": enrolment.course,
        "enrolment": enrolment,
        "following": outline.after(attempt.activity_id),
        "start_url": reverse("tiltas_quizzes:start", args=[enrolment.uuid, attempt.activity.key]),
        "panels": course_panels(enrolment, outline, request) if enrolment.completed_at else [],
    }


def _grade(asked, words, level):
    """Add to a question what its answer earned, and at the highest level what was right and why."""
    version = asked.version
    asked.share = grade_answer(version, asked.answer)
    asked.given = asked.kind.given_in_words(asked.parts, asked.offers)
    if level == Shown.ALL:
        asked.explanation = words["explanation"]
        asked.parts = asked.kind.reviewed(
            drawn=asked.drawn,
            words=words["options"],
            answer=asked.answer,
            definition=version.definition,
            answer_key=version.answer_key,
        )


def _level(attempt):
    """
    (How much the result of this attempt shows now, the day from which it shows all where that is known). A quiz that is no more
    has nothing left to keep back once nobody answers it. Two queries, one where all is shown at once.
    """
    page = QuizPage.objects.filter(
        translation_key=attempt.activity.key, locale__language_code=settings.LANGUAGE_CODE
    ).first()
    if page is not None and page.shows == "all":
        return Shown.ALL, None
    attempts = Attempt.objects.filter(enrolment=attempt.enrolment_id, activity=attempt.activity_id)
    rows = list(attempts.values_list("submitted_at", "passed"))
    ends = [(moment, passed) for moment, passed in rows if moment]
    is_answering = len(ends) < len(rows)
    if page is None:
        return Shown.SCORE if is_answering else Shown.ALL, None
    now, today = timezone.now(), timezone.localdate()
    stop = hindrance(page.terms, handed_in=[moment for moment, _passed in ends], at=now, today=today)
    level = shown(
        page.shows,
        passed=any(passed for _moment, passed in ends),
        may_try_again=stop not in (Hindrance.NO_TRIES_LEFT, Hindrance.CLOSED),
        is_closed=page.closes_on is not None and today > page.closes_on,
        is_answering=is_answering,
    )
    return level, page.closes_on + timedelta(days=1) if page.shows == "when_closed" and page.closes_on else None
