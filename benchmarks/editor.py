"""What a trainer waits for: the editor of a long lesson, saving it, and publishing it in both languages."""

import statistics
import time
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield
from wagtail_localize.models import StringTranslation

from courses.models import ModulePage
from lessons.blocks import FEATURES
from lessons.models import LessonPage
from studio.gate import publish_source
from studio.translations import behind_segments, sync

BLOCKS, TIMES = 60, 5


def editor_figures(world):
    """Name, function and unit of each figure; the lesson is made once, when the first is asked for."""
    made = {}

    def lesson():
        return made.setdefault("lesson", made.get("lesson") or _make_lesson())

    trainer = Client()
    trainer.force_login(world.administrator)
    yield "editor_of_60_blocks", lambda: _median(lambda: _open(trainer, lesson())), "ms"
    yield "saving_60_blocks", lambda: _median(_saves(trainer, lesson())), "ms"
    yield "publishing_60_blocks_in_two_languages", lambda: _median(lambda: _publish(lesson())), "ms"


def _median(call):
    call()
    taken = []
    for _time in range(TIMES):
        began = time.perf_counter()
        call()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def _make_lesson():
    """Half headings, half texts of two paragraphs, translated and published."""
    module = ModulePage.objects.filter(locale=Locale.get_default(), live=True).first()
    body = [
        ("heading", f"Skyrius {number}") if number % 2 else ("text", f"<p>Sakinys {number}.</p><p>Kitas {number}.</p>")
        for number in range(BLOCKS)
    ]
    lesson = module.add_child(instance=LessonPage(title="Ilga pamoka", slug="ilga-pamoka", live=False, body=body))
    lesson.save_revision()
    _publish(lesson)
    return LessonPage.objects.get(pk=lesson.pk)


def _publish(lesson):
    """Whatever has no words gets some, then both languages go out; the words are the translator's time, but small here."""
    english = Locale.objects.get(language_code="en")
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    segments = {
        (each.context.path, each.string.data): each
        for each in sync(draft).stringsegment_set.select_related("context", "string")
    }
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of=segments[each.path, each.source].string,
            context=segments[each.path, each.source].context,
            locale=english,
            data=f"{each.source}-en",
        )
        for each in behind_segments(draft, english)
    )
    publish_source(instance=lesson, user=None, at=timezone.now())


def _address(lesson):
    return reverse("wagtailadmin_pages:edit", args=[lesson.pk])


def _open(client, lesson):
    response = client.get(_address(lesson))
    assert response.status_code == 200
    return response


def _saves(client, lesson):
    """Each save changes one sentence."""
    form = querydict_from_html(_open(client, lesson).content.decode(), form_id="page-edit-form").dict() | {
        "required": "on"
    }

    def save():
        blocks = [
            (
                block.block_type,
                rich_text(block.value.source, features=FEATURES) if block.block_type == "text" else block.value,
            )
            for block in lesson.body
        ]
        blocks[1] = ("heading", f"Pakeista {uuid4()}")
        body = streamfield(blocks)
        for place, block in enumerate(lesson.body):
            body[str(place)]["id"] = str(block.id)
        response = client.post(_address(lesson), form | nested_form_data({"body": body}))
        assert response.status_code == 302, response.status_code

    return save
