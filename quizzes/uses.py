"""Where questions are used: which quizzes choose them or may draw them, and how many open attempts ask them."""

import json
from dataclasses import dataclass, field

from wagtail.models import Locale

from courses.models import Activity

from .attempts import Attempt
from .bank import draw_of
from .modules import labelled_modules
from .pages import QuizPage
from .versions import QuestionVersion


@dataclass(frozen=True)
class Asking:
    """A quiz with what it asks, published or in a draft: primary keys of the questions that it chooses, and its Draws."""

    page: QuizPage
    name: str
    chosen: frozenset
    draws: tuple

    def may_draw(self, question):
        module = question.module.key if question.module else None
        tags = question.tags.split(", ") if question.tags else []
        return question.live and any(draw.takes(module, tags) for draw in self.draws)


@dataclass
class Uses:
    """The quizzes that ask a question: by choice, or perhaps by a draw."""

    chosen: list = field(default_factory=list)
    drawn: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.chosen or self.drawn)


def quizzes_asking():
    """An Asking of each source-language quiz, in the order of the tree. Three queries."""
    quizzes = QuizPage.objects.filter(locale=Locale.get_default()).select_related("latest_revision").order_by("path")
    activities = {activity.key: activity for activity in Activity.objects.filter(kind=QuizPage.kind)}
    modules = {module.pk: name for module, name in labelled_modules()}
    found = []
    for page in quizzes:
        blocks, activity = _blocks(page), activities.get(page.translation_key)
        found.append(
            Asking(
                page=page,
                name=f"{modules[activity.module_id]} · {page.title}" if activity else page.title,
                chosen=frozenset(block["value"] for block in blocks if block["type"] == "question"),
                draws=tuple(draw_of(block["value"]) for block in blocks if block["type"] == "draw"),
            )
        )
    return found


def _blocks(page):
    """What the page asks as it is published, and what its draft asks."""
    blocks = list(page.questions.raw_data)
    if page.has_unpublished_changes and page.latest_revision:
        blocks += json.loads(page.latest_revision.content.get("questions") or "[]")
    return blocks


def uses_of(questions):
    """Primary key → Uses of each of these source-language questions. Three queries, however many there are."""
    quizzes = quizzes_asking()
    return {
        question.pk: Uses(
            chosen=[quiz for quiz in quizzes if question.pk in quiz.chosen],
            drawn=[quiz for quiz in quizzes if question.pk not in quiz.chosen and quiz.may_draw(question)],
        )
        for question in questions
    }


def open_attempts_asking(key):
    """How many open attempts ask the question of this key. A number and nobody's name; two queries."""
    versions = set(QuestionVersion.objects.filter(key=key).values_list("pk", flat=True))
    asked = Attempt.objects.open().values_list("questions", flat=True)
    return sum(any(question["version"] in versions for question in questions) for questions in asked.iterator())
