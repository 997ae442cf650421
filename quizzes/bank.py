"""
The bank: which published questions there are to draw from, and what a quiz asks of them.

Attempts never read it for grading: what is asked once is a QuestionVersion. It decides what is drawn, and where "read again"
leads.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.models import Module

from .drawing import Stratum, deal, draw_keys
from .tagging import tags_from
from .versions import newest_versions


class BankEntry(models.Model):
    """
    What draws and links know of a question: one row for each key, as its source-language text was last published.

    A row outlives its question, and is not live then. The lesson is named by its key, for it may be published later.
    """

    personal_data = None

    key = models.UUIDField(unique=True, help_text=gettext_lazy("The question's translation key."))
    kind = models.CharField(max_length=40)
    module = models.ForeignKey(Module, models.SET_NULL, null=True, related_name="bank_entries")
    tags = models.JSONField(default=list)
    live = models.BooleanField()
    lesson_key = models.UUIDField(null=True, help_text=gettext_lazy("The activity that teaches it."))
    block_id = models.UUIDField(null=True, help_text=gettext_lazy("The block of the lesson that teaches it."))

    class Meta:
        verbose_name = gettext_lazy("question in the bank")
        verbose_name_plural = gettext_lazy("questions in the bank")
        constraints = [
            models.CheckConstraint(
                condition=Q(lesson_key__isnull=True, block_id__isnull=True)
                | Q(lesson_key__isnull=False, block_id__isnull=False),
                name="a_bank_entry_is_taught_by_a_block_of_a_lesson",
            ),
        ]

    def __str__(self):
        return str(self.key)


def record_entry(question):
    """Write what the bank knows of this published source-language question; doing it again changes nothing. Returns it."""
    lesson_key, block_id = question.taught_at or (None, None)
    return BankEntry.objects.update_or_create(
        key=question.translation_key,
        defaults={
            "kind": question.kind,
            "module_id": question.module_id,
            "tags": tags_from(question.tags),
            "live": True,
            "lesson_key": lesson_key,
            "block_id": block_id,
        },
    )[0]


def take_out(key):
    """The question of this key is not drawn any more: it was unpublished or deleted. Its attempts stay as they are."""
    BankEntry.objects.filter(key=key, live=True).update(live=False)


@dataclass(frozen=True)
class Draw:
    """So many questions of a module (its key), with a tag, or both."""

    number: int
    module: UUID | None = None
    tag: str = ""

    def takes(self, module, tags):
        """Is a question of this module (its key) with these tags a candidate?"""
        return (self.module is None or module == self.module) and (not self.tag or self.tag in tags)


def draw_of(value):
    """The Draw that a block's value, or its JSON, stands for."""
    module = value.get("module")
    return Draw(int(value.get("number") or 0), UUID(str(module)) if module else None, value.get("tag") or "")


def asked_parts(page):
    """
    What this quiz asks, in order: (parts as `drawing` takes them, the Draw of each or None). Two queries at most, however many
    questions and draws there are; questions that are gone are left out.
    """
    written = []
    for place, raw in enumerate(page.questions.raw_data):
        if raw["type"] == "draw":  # as it is kept: a block's value would ask for the modules to choose from
            written.append(draw_of(raw["value"]))
        elif (question := page.questions[place].value) is not None:
            written.append(question.translation_key)
    draws = [each for each in written if isinstance(each, Draw)]
    entries = _live_entries(draws) if draws else []
    parts = [
        Stratum(each.number, frozenset(key for key, module, tags in entries if each.takes(module, tags)))
        if isinstance(each, Draw)
        else each
        for each in written
    ]
    return parts, [each if isinstance(each, Draw) else None for each in written]


def _live_entries(draws):
    """(key, the module's key, tags) of what these draws may find. Tags are compared here: SQLite can't look into JSON lists."""
    entries = BankEntry.objects.filter(live=True)
    modules = {draw.module for draw in draws}
    if None not in modules:
        entries = entries.filter(module__key__in=modules)
    return list(entries.values_list("key", "module__key", "tags"))


def versions_to_ask(page, seed):
    """The newest version of each question that an attempt of this seed at this quiz asks, in order. Three queries at most."""
    parts, _draws = asked_parts(page)
    return newest_versions(draw_keys(parts, seed))


def number_of_questions(page):
    """How many questions an attempt at this quiz asks. No query where it draws none."""
    if not page.draws:
        return len(page.questions)
    return sum(map(len, deal(asked_parts(page)[0])))


@dataclass(frozen=True)
class Shortage:
    """A draw that finds fewer questions than it asks for."""

    draw: Draw
    available: int
    module_title: str = ""

    def __str__(self):
        what = []
        if self.module_title:
            what.append(_("module “%(title)s”") % {"title": self.module_title})
        if self.draw.tag:
            what.append(_("tag “%(tag)s”") % {"tag": self.draw.tag})
        said = ngettext(
            "%(asked)d questions are to be drawn (%(what)s), but the bank has only %(available)d that is published and that this "
            "test does not ask already. Draw no more than that, or publish more such questions.",
            "%(asked)d questions are to be drawn (%(what)s), but the bank has only %(available)d that are published and that this "
            "test does not ask already. Draw no more than that, or publish more such questions.",
            self.available,
        )
        return said % {"asked": self.draw.number, "what": ", ".join(what), "available": self.available}


def shortages(page):
    """The draws of this quiz, published or not, that the bank can't fill; [] where all is well. Three queries at most."""
    if not page.draws:
        return []
    parts, draws = asked_parts(page)
    short = [
        (draw, len(keys))
        for draw, keys in zip(draws, deal(parts), strict=True)
        if draw is not None and len(keys) < draw.number
    ]
    modules = Module.objects.in_bulk([draw.module for draw, _count in short if draw.module], field_name="key")
    return [
        Shortage(draw, count, modules[draw.module].title if draw.module in modules else "") for draw, count in short
    ]
