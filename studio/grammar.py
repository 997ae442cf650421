"""
What a file of each type may hold, taken from the models and their blocks: a new lesson block needs no new parser.

The tables of `docs/reference/content-format.md` say the same in words.
"""

from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.pages import CourseIndexPage, CoursePage, ModulePage
from lessons.blocks import CellsBlock, FileChooserBlock
from lessons.models import LessonPage
from quizzes.pages import QuizPage
from quizzes.questions import Question

from . import translations
from .references import Asked, LessonBlock, ModulePath, Name, Tags
from .values import Day, Form, NamedFile, Picture, Plain, Rich, Table, Upload, Whole, YesNo


class NoForm(Exception):
    """A block has a part that content files have no form for."""


@dataclass(frozen=True)
class Field:
    """
    A `field: value` line, or the text of a fence. `of_source`: it stands in the source language's file alone; a file that is
    named (`may_differ`) may have another in its place there, such as a drawing with words in it.
    """

    name: str
    form: Form
    required: bool
    of_source: bool

    @property
    def may_differ(self):
        return isinstance(self.form, NamedFile)


@dataclass(frozen=True)
class Fence:
    """
    A block. `text` is what stands below its `---`; a block of one value has it alone, under the name "". A list has items
    alone, under the name "item".
    """

    name: str
    fields: dict = field(default_factory=dict)
    text: Field | None = None
    items: dict = field(default_factory=dict)

    @property
    def is_value(self):
        return self.text is not None and not self.text.name

    @property
    def is_list(self):
        return not self.fields and self.text is None and list(self.items) == ["item"]


@dataclass(frozen=True)
class Kind:
    """
    A type of file and the model that it makes, by its name where the model's room is above this one. `order` names the fields
    as they stand; `facts` are those that the model does not keep, `forms` are of those whose model field does not tell theirs.
    """

    name: str
    made: type | str
    order: tuple
    streams: tuple = ()
    facts: dict = field(default_factory=dict)
    forms: dict = field(default_factory=dict)

    @property
    def model(self):
        return apps.get_model(self.made) if isinstance(self.made, str) else self.made

    @property
    def is_page(self):
        return self.made is not Question


_POSITION = {"position": Field("position", Whole(), required=True, of_source=True)}
_EDITION = {
    name: Field(name, Whole(), required=False, of_source=True) for name in ("edition", "edition_academic_hours")
}
_NAMED = ("title", "slug", "search_description")

KINDS = {
    kind.name: kind
    for kind in [
        Kind("home", "tiltas_home.HomePage", (*_NAMED, "lead")),
        Kind("info", "tiltas_home.InfoPage", ("role", *_NAMED, "lead", "checked_on"), ("body",)),
        Kind("news_index", "tiltas_home.NewsIndexPage", (*_NAMED, "introduction")),
        Kind("news", "tiltas_home.NewsPage", ("published_on", *_NAMED, "lead"), ("body",)),
        Kind("catalogue", CourseIndexPage, (*_NAMED, "introduction")),
        Kind(
            "course",
            CoursePage,
            ("code", *_NAMED, "summary", "audience", "aim", "completion_rule", "academic_hours", "private", *_EDITION),
            ("outcomes", "topics"),
            _EDITION,
        ),
        Kind("module", ModulePage, ("position", "title", "slug"), (), _POSITION),
        Kind("lesson", LessonPage, ("position", *_NAMED, "minutes", "required"), ("body",), _POSITION),
        Kind(
            "quiz",
            QuizPage,
            (
                "position",
                *_NAMED,
                "intro",
                "minutes",
                "required",
                "pass_mark",
                "tries",
                "pause_minutes",
                "opens_on",
                "closes_on",
                "time_limit",
                "shows",
                "shuffled",
                "questions",
            ),
            (),
            _POSITION,
        ),
        Kind(
            "question",
            Question,
            ("kind", "title", "prompt", "explanation", "points", "module", "tags", "teaches"),
            ("options",),
            forms={"module": ModulePath(), "tags": Tags(), "teaches": LessonBlock()},
        ),
    ]
}

# Where a page of each type hangs: in the file of this type in its own folder, or in the nearest one above.
PARENTS = {
    "info": "home",
    "news_index": "home",
    "news": "news_index",
    "catalogue": "home",
    "course": "catalogue",
    "module": "course",
    "lesson": "module",
    "quiz": "module",
}


def kind_of(instance):
    """The kind of file that this page or question is written to; None where there is none."""
    return next((kind for kind in KINDS.values() if type(instance) is kind.model), None)


@cache
def fields_of(kind_name):
    """The fields of this type by name, in the order in which they stand."""
    kind = KINDS[kind_name]
    translated = translations.translated_fields(kind.model)
    return {name: kind.facts.get(name) or _model_field(kind, name, translated) for name in kind.order}


def _model_field(kind, name, translated):
    field_ = kind.model._meta.get_field(name)
    if isinstance(field_, StreamField):  # of a quiz: questions and draws, comma between
        return Field(name, Asked(), required=False, of_source=True)
    forms = [(models.BooleanField, YesNo()), (models.IntegerField, Whole()), (models.DateField, Day())]
    if name in kind.forms:
        forms.insert(0, (models.Field, kind.forms[name]))
    form = next((form for type_, form in forms if isinstance(field_, type_)), Plain())
    required = isinstance(form, YesNo) or not field_.blank
    return Field(name, form, required=required, of_source=name not in translated)


@cache
def fences_of(kind_name):
    """Name of a block → (name of its StreamField, Fence)."""
    kind = KINDS[kind_name]
    return {
        name: (stream, block)
        for stream in kind.streams
        for name, block in kind.model._meta.get_field(stream).stream_block.child_blocks.items()
    }


@cache
def fence(kind_name, block_name):
    """The grammar of this block. Raises KeyError for a block that the type does not have, NoForm."""
    return _fence(block_name, fences_of(kind_name)[block_name][1])


def _fence(name, block):
    if isinstance(block, blocks.StructBlock):
        fields, items = {}, {}
        children = list(block.child_blocks.items())
        text = None
        if children and isinstance(children[-1][1], _TEXTS):
            child_name, child = children.pop()
            text = _block_field(child_name, child)
        for child_name, child in children:
            if isinstance(child, blocks.ListBlock):
                items[child_name] = _fence(child_name, child.child_block)
            elif isinstance(child, blocks.RichTextBlock | CellsBlock):
                what = "a table" if isinstance(child, CellsBlock) else "rich text"
                raise NoForm(f"{what} stands last in a block; “{child_name}” of “{name}” does not")
            else:
                fields[child_name] = _block_field(child_name, child)
        return Fence(name, fields, text, items)
    if isinstance(block, blocks.ListBlock):
        return Fence(name, items={"item": _fence("item", block.child_block)})
    return Fence(name, text=_block_field("", block))


def _block_field(name, block):
    form = next((form for kind, form in _BLOCK_FORMS if isinstance(block, kind)), None)
    if isinstance(block, FileChooserBlock):
        form = Upload(block.kind)
    if form is None:
        raise NoForm(f"content files have no form for “{name}”, a {type(block).__name__}")
    required = isinstance(form, YesNo) or block.required
    return Field(name, form, required=required, of_source=not translations.is_translated_block(block))


# What may stand below the `---` of a block with several values.
_TEXTS = blocks.TextBlock | blocks.RichTextBlock | CellsBlock
_BLOCK_FORMS = [
    (SnippetChooserBlock, Name()),
    (ImageChooserBlock, Picture()),
    (CellsBlock, Table()),
    (blocks.RichTextBlock, Rich()),
    (blocks.BooleanBlock, YesNo()),
    (blocks.IntegerBlock, Whole()),
    (blocks.DateBlock, Day()),
    (blocks.CharBlock | blocks.TextBlock | blocks.URLBlock | blocks.EmailBlock | blocks.ChoiceBlock, Plain()),
]
