"""What teaches a question: a block of a lesson, chosen by trainers and linked to from results. Kept as “lesson's key#block's id”."""

import html

from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.text import Truncator
from wagtail.models import Locale

from courses.models import Activity
from lessons.models import LessonPage

from .bank import BankEntry
from .modules import labelled_modules

_MOST_WORDS = 9
_PASSED_OVER = {"sources"}  # nobody learns from them


def place(lesson_key, block_id):
    return f"{lesson_key}#{block_id}"


def teaching_blocks(module=None):
    """
    (name of the lesson, [(place, first words)]) of each published source-language lesson, of one module or of all, in order:
    the groups of a form's choices. Three queries.
    """
    activities = Activity.objects.filter(kind="lesson").order_by("module__course__code", "module__position", "position")
    if module is not None:
        activities = activities.filter(module=module)
    names = {module.pk: name for module, name in labelled_modules()}
    activities = list(activities)
    keys = [activity.key for activity in activities]
    lessons = {
        lesson.translation_key: lesson
        for lesson in LessonPage.objects.filter(translation_key__in=keys, locale=Locale.get_default(), live=True)
    }
    return [
        (f"{names[activity.module_id]} · {lessons[activity.key].title}", _blocks(lessons[activity.key]))
        for activity in activities
        if activity.key in lessons
    ]


def _blocks(lesson):
    """(place, first words) of the blocks of this lesson. Its raw data is read: nothing is looked up, whatever blocks choose."""
    known, found = lesson.body.stream_block.child_blocks, []
    for block in lesson.body.raw_data:
        if block["type"] not in known or block["type"] in _PASSED_OVER or not block.get("id"):
            continue
        words = _first_words(block["value"])
        label = f"{known[block['type']].label}: {words}" if words else str(known[block["type"]].label)
        found.append((place(lesson.translation_key, block["id"]), label))
    return found


def _first_words(value):
    """The first words in this value of a block, however deep they stand; "" where it has none."""
    if isinstance(value, dict):
        value = value.get("value", value) if "type" in value else value
        inside = value.values() if isinstance(value, dict) else [value]
        return next((words for words in map(_first_words, inside) if words), "")
    if isinstance(value, list | tuple):
        return next((words for words in map(_first_words, value) if words), "")
    if not isinstance(value, str | Promise):
        return ""
    words = " ".join(html.unescape(strip_tags(str(value).replace("<", " <"))).split())
    return Truncator(words).words(_MOST_WORDS, truncate="…")


def read_again(versions, outline):
    """
    Key of each of these versions whose lesson the reader can open → (title, address of the block) in the reader's language.
    One query; the outline of the reader's course says which lessons there are.
    """
    steps = {step.activity.key: step for step in outline.steps if step.url}
    entries = BankEntry.objects.filter(key__in=[version.key for version in versions], lesson_key__in=list(steps))
    return {
        entry.key: (steps[entry.lesson_key].title, f"{steps[entry.lesson_key].url}#b-{entry.block_id}")
        for entry in entries
    }
