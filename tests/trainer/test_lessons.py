"""A trainer edits, previews and publishes a lesson, with nobody's help."""

from uuid import uuid4

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from courses.models import Activity
from lessons.models import LessonPage
from studio.gate import publish_source
from tests.conftest import NOON
from tests.factories.translations import put_into_english, waive
from tests.trainer.conftest import lesson_form

BLOCKS = [("heading", "Naujas skyrius"), ("text", "<p>Naujas <b>tekstas</b>.</p>")]
IDS = {f"body-{place}-id": str(uuid4()) for place in range(2)}  # a form that is sent again has the same blocks


@pytest.fixture
def lesson(made):
    return made.lessons[0]


@pytest.fixture
def english(lesson):
    """The English page, as the translator's editor knows it."""
    source, _created = TranslationSource.update_or_create_from_instance(lesson)
    Translation.objects.get_or_create(source=source, target_locale=Locale.objects.get(language_code="en"))
    return lesson.get_translations().get()


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_saving_a_draft_leaves_the_published_lesson_as_it_is(client, trainer, lesson):
    response = client.post(edit(lesson), lesson_form(client, lesson, blocks=BLOCKS, title="Juodraštis"))

    assert response.status_code == 302
    lesson.refresh_from_db()
    assert (lesson.title, lesson.has_unpublished_changes) == ("Pamoka 1.1", True)
    assert lesson.get_latest_revision_as_object().title == "Juodraštis"
    assert Activity.objects.get(key=lesson.translation_key).titles["lt"] == "Pamoka 1.1"


def test_publishing_shows_the_new_text_and_brings_the_record_up_to_date(client, trainer, lesson):
    form = lesson_form(client, lesson, blocks=BLOCKS, title="Nauja pamoka", minutes="40", **IDS)
    client.post(edit(lesson), form)
    put_into_english(lesson)

    response = client.post(edit(lesson), form | {"action-publish": "action-publish"}, follow=True)

    assert response.status_code == 200
    page = LessonPage.objects.get(pk=lesson.pk)
    assert [(block.block_type, str(block.value)) for block in page.body] == [
        ("heading", "Naujas skyrius"),
        ("text", str(page.body[1].value)),
    ]
    assert "Naujas <b>tekstas</b>." in str(page.body[1].value)
    activity = Activity.objects.get(key=lesson.translation_key)
    assert (activity.titles["lt"], activity.minutes) == ("Nauja pamoka", 40)
    client.logout()
    assert "Naujas <b>tekstas</b>." in client.get(page.url).content.decode()


def test_unticking_required_changes_nothing_for_who_is_enrolled_already(client, trainer, lesson):
    waive(lesson)
    form = lesson_form(client, lesson, blocks=BLOCKS)
    form.pop("required")

    client.post(edit(lesson), form | {"action-publish": "action-publish"})

    activity = Activity.objects.get(key=lesson.translation_key)
    assert (LessonPage.objects.get(pk=lesson.pk).required, activity.required_since, activity.required_until) == (
        False,
        1,
        None,
    )


def test_a_wrong_number_of_minutes_is_told_and_what_was_typed_is_kept(client, trainer, lesson):
    form = lesson_form(client, lesson, blocks=BLOCKS, title="Ilgas darbas", minutes="0")

    response = client.post(edit(lesson), form)

    shown = response.content.decode()
    assert (response.status_code, [*response.context["form"].errors]) == (200, ["minutes"])
    assert ("Ilgas darbas" in shown, "Naujas skyrius" in shown) == (True, True)
    assert lesson.get_latest_revision_as_object().title == "Pamoka 1.1"


def test_the_preview_shows_the_draft_before_it_is_saved(client, trainer, lesson):
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    form = lesson_form(client, lesson, blocks=BLOCKS, title="Dar neišsaugota")

    assert client.post(preview, form).json()["is_valid"] is True
    response = client.get(preview)

    shown = response.content.decode()
    assert (response.status_code, "Dar neišsaugota" in shown, "Naujas <b>tekstas</b>." in shown) == (200, True, True)
    assert LessonPage.objects.get(pk=lesson.pk).title == "Pamoka 1.1"


def test_a_new_lesson_is_previewed_before_it_has_a_record(client, trainer, made):
    module = made.modules[0]
    place = ["tiltas_lessons", "lessonpage", module.pk]
    form = lesson_form(client, made.lessons[0], blocks=BLOCKS, title="Visai nauja", slug="visai-nauja")

    preview = reverse("wagtailadmin_pages:preview_on_add", args=place)
    assert client.post(preview, form).json()["is_valid"] is True
    assert "Visai nauja" in client.get(preview).content.decode()

    client.post(reverse("wagtailadmin_pages:add", args=place), form | {"action-publish": "action-publish"})

    lesson = LessonPage.objects.get(slug="visai-nauja")
    assert (lesson.live, lesson.has_unpublished_changes) == (False, True)  # its English is missing
    publish_source(instance=put_into_english(lesson), user=trainer, at=NOON)
    lesson = LessonPage.objects.get(slug="visai-nauja")
    activity = Activity.objects.get(key=lesson.translation_key)
    # Not required before an edition is released that says so.
    assert (lesson.live, activity.titles, activity.required_since) == (
        True,
        {"lt": "Visai nauja", "en": "Visai nauja (EN)"},
        None,
    )


def test_the_english_page_opens_in_the_translators_editor(client, trainer, english):
    response = client.get(edit(english))

    assert response.status_code == 200
    assert "wagtail_localize/admin/edit_translation.html" in [template.name for template in response.templates]


def test_the_english_page_is_previewed_in_english(client, trainer, english):
    translation = Translation.objects.get()

    shown = client.get(reverse("wagtail_localize:preview_translation", args=[translation.pk]))

    assert shown.status_code == 200
    assert '<html lang="en"' in shown.content.decode()


def test_the_english_draft_is_shown_to_the_trainer(client, trainer, english):
    english.title = "English draft"
    english.save_revision()

    shown = client.get(reverse("wagtailadmin_pages:view_draft", args=[english.pk]))

    assert (shown.status_code, "English draft" in shown.content.decode()) == (200, True)


@pytest.mark.parametrize("screen", ["history", "revisions_compare", "usage", "move", "copy", "unpublish", "delete"])
def test_every_screen_of_a_lesson_opens(client, trainer, lesson, screen):
    Activity.objects.filter(key=lesson.translation_key).update(required_since=None)  # or its page could not be deleted
    lesson.title = "Antras variantas"
    lesson.save_revision()
    places = [lesson.pk, "earliest", "latest"] if screen == "revisions_compare" else [lesson.pk]

    assert client.get(reverse(f"wagtailadmin_pages:{screen}", args=places)).status_code == 200


def test_unpublishing_takes_the_lesson_away_in_all_languages_and_changes_no_requirement(client, trainer, lesson):
    client.post(reverse("wagtailadmin_pages:unpublish", args=[lesson.pk]))

    lesson.refresh_from_db()
    activity = Activity.objects.get(key=lesson.translation_key)
    assert (lesson.live, lesson.get_translations().get().live) == (False, False)
    assert (activity.required_since, activity.required_until) == (1, None)
