"""Questions once more, for a copied course: under keys of their own, in the copied modules, taught by the copied lessons."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db.models import Q
from wagtail.models import Locale

from courses.models import Module

from .bank import draw_of
from .pages import QuizPage
from .questions import Question
from .tagging import MOST_LETTERS, tags_from, written
from .teaching import place
from .uses import quizzes_asking

# What belongs to a row and not to what it says.
_OWN = {
    *("id", "translation_key", "locale", "live", "has_unpublished_changes", "first_published_at", "last_published_at"),
    *("go_live_at", "expire_at", "expired", "live_revision", "latest_revision", "locked", "locked_at", "locked_by"),
    *("module", "tags", "teaches"),
}


@dataclass
class QuestionCopies:
    """
    How questions are copied into a course with this code. `keys`: key of each page → key of its copy. `tags`: tag → the one
    that copies have instead, because a test somewhere draws by that tag alone and would ask the copies too.
    """

    code: str
    keys: dict[UUID, UUID]
    tags: dict[str, str] = field(default_factory=dict)
    modules: dict[UUID, Module] = field(default_factory=dict)
    pairs: list = field(default_factory=list)

    @property
    def pks(self) -> dict[int, int]:
        return {original.pk: copy.pk for original, copy in self.pairs}

    def draw(self, value):
        """A draw's value as the copied test has it: of the copied module, or by the tag that the copies have."""
        module = value.get("module")
        if module:
            copied = self.keys.get(UUID(str(module)))
            return value | {"module": str(copied)} if copied else value
        return value | {"tag": self.tags.get(value.get("tag"), value.get("tag"))}


def copy_questions(quizzes, *, code, keys):
    """
    Copy what these quizzes ask, and what is of their course's modules. Returns the QuestionCopies with (original, copy) of
    each; a published question's copy is published, so that draws find it. Words of other languages are the caller's to bring.
    """
    copies = QuestionCopies(code, keys, tags=_tags_of_their_own(code))
    copies.modules = {module.key: module for module in Module.objects.filter(key__in=keys.values())}
    for question in questions_of(quizzes, keys):
        copies.pairs.append((question, _copy(question, copies)))
    return copies


def questions_of(quizzes, keys):
    """The source-language questions that these quizzes choose or may draw by tag alone, and those of modules with these keys."""
    chosen, tags = set(), set()
    for page in quizzes:
        for block in page.questions.raw_data:
            if block["type"] == "question":
                chosen.add(block["value"])
            else:
                draw = draw_of(block["value"])
                tags |= {draw.tag} if draw.module is None else set()
    source = Question.objects.filter(locale=Locale.get_default()).select_related("module").order_by("pk")
    found = {question.pk: question for question in source.filter(Q(pk__in=chosen) | Q(module__key__in=keys))}
    if tags:
        drawn = [each for each in source.filter(live=True) if tags & set(tags_from(each.tags))]
        found |= {question.pk: question for question in drawn}
    return [found[pk] for pk in sorted(found)]


def _tags_of_their_own(code):
    alone = {draw.tag for asking in quizzes_asking() for draw in asking.draws if draw.module is None}
    ending = f"-{code.lower()}"
    return {tag: tag[: MOST_LETTERS - len(ending)].rstrip("-") + ending for tag in alone}


def _copy(question, copies):
    said = {each.name: getattr(question, each.name) for each in Question._meta.concrete_fields if each.name not in _OWN}
    copy = Question(translation_key=uuid4(), locale=question.locale, live=False, **said)
    copy.module = copies.modules.get(copies.keys.get(question.module.key)) if question.module else None
    copy.tags = written([copies.tags.get(tag, tag) for tag in tags_from(question.tags)])
    copy.teaches = _taught_by(question, copies.keys)
    copy.save()
    revision = copy.save_revision()
    if question.live:
        revision.publish()
        copy.refresh_from_db()
    return copy


def _taught_by(question, keys):
    """The block of the copied lesson; nothing where the lesson is not copied."""
    if question.taught_at is None:
        return ""
    lesson, block = question.taught_at
    return place(keys[lesson], block) if lesson in keys else ""


def quizzes_of(pages):
    return [page for page in pages if isinstance(page, QuizPage)]
