"""A trainer looks at a draft in each language: what is not translated yet is marked, and looking changes nothing."""

import json

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from lessons.models import LessonPage
from studio.translations import publish, sync
from tests.trainer.conftest import lesson_form

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
def english():
    return Locale.objects.get(language_code="en")


@pytest.fixture
def translated(lesson, english):
    """The English lesson, with words for everything that stands in the Lithuanian one now."""
    source = sync(lesson)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string, locale=english, context=segment.context, data=WORDS[segment.string.data]
        )
    publish(source, lesson, english)
    return lesson.get_translation(english)


def type_into(client, lesson, *blocks, **changes):
    """What the editor sends while somebody types; nothing is saved by it but the preview's own memory of the form."""
    form = lesson_form(client, lesson, blocks=blocks, **changes)
    answer = client.post(reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk]), form)
    assert answer.json() == {"is_valid": True, "is_available": True}


def preview_of_what_was_typed(client, page, mode="", **more):
    query = {"mode": mode} | more
    return client.get(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), query).content.decode()


def preview(client, page, mode=""):
    """Of the draft as it was saved."""
    return client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), {"mode": mode}).content.decode()


def rows():
    skipped = {"wagtailadmin.FormState", "sessions.Session"}
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in skipped
    }


def test_the_preview_offers_the_pages_own_language_first(trainer, lesson, translated):
    assert [code for code, _label in lesson.preview_modes] == ["", "en"]
    assert [code for code, _label in translated.preview_modes] == ["", "lt"]


def test_a_translated_draft_reads_in_english_with_nothing_marked(client, trainer, lesson, translated):
    shown = preview(client, lesson, "en")

    assert '<html lang="en"' in shown
    assert ("<h1>Lesson one</h1>" in shown, "English text." in shown, "<h2>Chapter</h2>" in shown) == (True,) * 3
    assert "untranslated" not in shown


def test_a_sentence_without_words_is_shown_as_it_was_written_and_marked(client, trainer, lesson, translated):
    body = lesson.body.get_prep_value()
    lesson.body = json.dumps([*body, {"type": "text", "id": None, "value": "<p>Naujas <b>sakinys</b>.</p>"}])
    lesson.save_revision()

    shown = preview(client, lesson, "en")

    assert '<mark class="untranslated" lang="lt">Naujas <b>sakinys</b>.</mark>' in shown
    assert shown.count("<mark") == 1
    assert "English text." in shown
    assert "1 sakinys" in shown  # the note, in the trainer's language


def test_what_was_typed_a_moment_ago_is_in_it(client, trainer, lesson, translated):
    type_into(client, lesson, ("heading", "Skyrius"), ("text", "<p>Ką tik parašyta.</p>"), title="Kitas pavadinimas")

    shown = preview_of_what_was_typed(client, lesson, "en")

    assert '<h1><mark class="untranslated" lang="lt">Kitas pavadinimas</mark></h1>' in shown
    assert "<title>Kitas pavadinimas · Tiltas</title>" in shown
    assert '<mark class="untranslated" lang="lt">Ką tik parašyta.</mark>' in shown


def test_a_page_that_was_never_translated_is_marked_throughout(client, trainer, made):
    lesson = made.lessons[1]
    lesson.get_translation(Locale.objects.get(language_code="en")).delete()

    shown = preview(client, lesson, "en")

    assert '<html lang="en"' in shown
    assert shown.count('<mark class="untranslated" lang="lt">') == 3  # title, heading, text


def test_an_english_page_shows_the_lithuanian_draft_beside_it(client, trainer, lesson, translated):
    Translation.objects.all().delete()  # in the ordinary editor
    lesson.title = "Naujas juodraštis"
    lesson.save_revision()

    shown = preview(client, translated, "lt")

    assert ('<html lang="lt"' in shown, "<h1>Naujas juodraštis</h1>" in shown) == (True, True)


def test_the_translators_editor_previews_what_is_there_now_with_gaps_marked(
    client, trainer, lesson, translated, english
):
    StringTranslation.objects.filter(data="Chapter").delete()
    translation = Translation.objects.get(target_locale=english)
    address = reverse("wagtail_localize:preview_translation", args=[translation.pk])

    shown = client.get(address).content.decode()
    beside = client.get(reverse("wagtail_localize:preview_translation", args=[translation.pk, "lt"])).content.decode()

    assert '<h2><mark class="untranslated" lang="lt">Skyrius</mark></h2>' in shown
    assert ("English text." in shown, "<h2>Skyrius</h2>" in beside) == (True, True)
    assert client.get(address + "xx/", follow=True).status_code == 404


def test_who_may_not_edit_sees_no_preview_of_a_translation(
    client, trainer, lesson, translated, english, django_user_model
):
    translation = Translation.objects.get(target_locale=english)
    client.force_login(django_user_model.objects.create_user("niekas@tiltas.test"))

    shown = client.get(reverse("wagtail_localize:preview_translation", args=[translation.pk]), follow=True)

    assert "English text." not in shown.content.decode()


def test_looking_changes_nothing(client, trainer, lesson, translated):
    lesson.title = "Naujas"
    lesson.save_revision()
    preview(client, lesson, "en")  # the editor's own rows about this person are there from now on
    before, text = rows(), LessonPage.objects.get(pk=translated.pk).to_json()

    preview(client, lesson, "en")
    preview(client, lesson, "")

    assert rows() == before
    assert LessonPage.objects.get(pk=translated.pk).to_json() == text


def test_a_module_has_no_screen_and_so_no_preview(client, trainer, made):
    page = client.get(reverse("wagtailadmin_pages:edit", args=[made.modules[0].pk]))

    assert page.status_code == 200
    assert 'data-side-panel="preview"' not in page.content.decode()


@pytest.mark.parametrize("which", ["page", "quizzes"])
def test_courses_and_tests_are_previewed_too(client, trainer, made, which):
    page = made.page if which == "page" else made.quizzes[0]

    shown = preview(client, page, "en")

    assert ('<html lang="en"' in shown, '<mark class="untranslated" lang="lt">' in shown) == (True, True)


def test_page_checks_come_with_the_panel_alone_and_never_to_readers(client, trainer, lesson):
    type_into(client, lesson, ("heading", "Skyrius"))
    in_panel = preview_of_what_was_typed(client, lesson, in_preview_panel="true")
    in_a_window = preview_of_what_was_typed(client, lesson)

    assert ("wagtail-userbar" in in_panel, "image-alt" in in_panel) == (True, True)
    assert "wagtail-userbar" not in in_a_window
    assert "wagtail-userbar" not in client.get(lesson.url).content.decode()
