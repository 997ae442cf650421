"""A trainer publishes a lesson in English from the translator's editor: whole, or not at all."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation

from courses.models import Activity
from lessons.models import LessonPage
from studio.translations import publish, source_of, sync

WORDS = {
    "Pamoka 1.1": "Lesson one",
    "p1-1": "lesson-one",
    "Skyrius": "Chapter",
    "Tekstas lietuviškai.": "English text.",
}


@pytest.fixture
def lesson(made):
    return made.lessons[0]


@pytest.fixture
def translated(lesson):
    """The lesson with every word in English, published through the engine."""
    english = Locale.objects.get(language_code="en")
    source = sync(lesson)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        write(segment, WORDS[segment.string.data])
    publish(source, lesson, english)
    return LessonPage.objects.get(translation_key=lesson.translation_key, locale=english)


def write(segment, words):
    """What the translator types into one field of the editor."""
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        locale=Locale.objects.get(language_code="en"),
        context=segment.context,
        defaults={"data": words},
    )


def press_publish(client, page):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}, follow=True)


def change_source(lesson, text):
    """Another sentence in the same block: its id stays, as in the editor."""
    heading, paragraph = lesson.body.get_prep_value()
    lesson.body = json.dumps([heading, paragraph | {"value": f"<p>{text}</p>"}])
    lesson.save_revision().publish()


def test_a_change_in_the_source_is_at_once_a_sentence_without_words(trainer, lesson, translated):
    change_source(lesson, "Naujas sakinys.")

    segments = source_of(translated).stringsegment_set.get_translations(translated.locale)
    assert [each.data for each in segments.filter(data="English text.")] == []


def test_publishing_with_a_missing_sentence_is_refused_and_the_last_good_text_stays(
    client, trainer, lesson, translated
):
    change_source(lesson, "Naujas sakinys.")

    shown = press_publish(client, translated)

    said = [str(message) for message in shown.context["messages"]]
    assert len(said) == 1
    assert "Naujas sakinys." in said[0]
    page = client.get(translated.url).content.decode()
    assert "English text." in page
    assert "Naujas sakinys." not in page


def test_publishing_shows_the_new_english_and_the_record_takes_its_title(client, trainer, lesson, translated):
    change_source(lesson, "Naujas sakinys.")
    for segment in source_of(translated).stringsegment_set.select_related("string", "context"):
        words = {**WORDS, "Naujas sakinys.": "A new sentence.", "Pamoka 1.1": "Lesson one again"}
        write(segment, words[segment.string.data])

    press_publish(client, translated)

    page = client.get(translated.url).content.decode()
    assert "A new sentence." in page
    assert Activity.objects.get(key=lesson.translation_key).titles == {"lt": "Pamoka 1.1", "en": "Lesson one again"}


def test_who_may_not_publish_is_refused(client, administrator, lesson, translated, django_user_model):
    client.force_login(django_user_model.objects.create_user("niekas@tiltas.test"))

    press_publish(client, translated)

    assert LessonPage.objects.get(pk=translated.pk).latest_revision_id == translated.latest_revision_id
