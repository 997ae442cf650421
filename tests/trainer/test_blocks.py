"""Blocks in the editor's real form: what is refused is told beside its field, and nothing that was typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.models import Locale
from wagtail_localize.models import Translation

from lessons.models import LessonPage
from studio.translations import sync
from tests.factories.translations import waive
from tests.trainer.conftest import lesson_form

TABLE = {"caption": "Kas ką tikrina", "rows": "Sritis | Kas\nGloba | Departamentas\n"}
QUESTION = {
    "prompt": "Ką daryti?",
    "option": [
        {"id": "", "value": {"text": "Klausti", "feedback": "Taip.", "correct": "on"}},
        {"id": "", "value": {"text": "Spręsti", "feedback": "Ne."}},
    ],
}
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4">%s</svg>'


@pytest.fixture
def lesson(made):
    return made.lessons[0]


def save(client, lesson, *blocks):
    """Published in Lithuanian alone: what a block makes of its form is asked here, not its translation."""
    waive(lesson)
    form = lesson_form(client, lesson, blocks=blocks)
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]), form | {"action-publish": "action-publish"}
    )


def body(lesson):
    return [(child.block_type, child.value) for child in LessonPage.objects.get(pk=lesson.pk).body]


def test_a_table_is_typed_in_lines(client, trainer, lesson):
    assert save(client, lesson, ("table", TABLE)).status_code == 302

    [(_name, table)] = body(lesson)
    assert (table["caption"], table["rows"]) == ("Kas ką tikrina", [["Sritis", "Kas"], ["Globa", "Departamentas"]])


def test_a_table_pasted_from_a_spreadsheet_is_one(client, trainer, lesson):
    save(client, lesson, ("table", TABLE | {"rows": "Sritis\tKas\r\nGloba\tDepartamentas\r\n"}))

    [(_name, table)] = body(lesson)
    assert table["rows"] == [["Sritis", "Kas"], ["Globa", "Departamentas"]]


def test_a_row_with_too_few_cells_is_told_and_what_was_typed_is_kept(client, trainer, lesson):
    response = save(client, lesson, ("table", TABLE | {"rows": "Sritis | Kas\nGloba\nSlauga | Ministerija"}))

    shown = response.content.decode()
    assert response.status_code == 200
    assert "2 eilut" in shown
    assert "| Slauga | Ministerija |" in shown
    assert [name for name, _value in body(lesson)] == ["heading", "text"]


def test_the_form_of_a_lesson_with_a_table_opens_again(client, trainer, lesson):
    save(client, lesson, ("table", TABLE))

    shown = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))

    assert (shown.status_code, "| Globa | Departamentas |" in shown.content.decode()) == (200, True)


def test_what_a_word_processor_left_is_gone_when_the_lesson_is_saved(client, trainer, lesson):
    lesson.body = [
        ("text", '<p class="MsoNormal" style="color:red">Žo\u00addis <o:p></o:p></p><script>alert(1)</script>')
    ]
    lesson.save_revision().publish()

    assert str(body(lesson)[0][1]) == "<p>Žodis</p>"


def test_the_translators_editor_shows_the_words_of_every_block(client, trainer, lesson):
    lesson.body = [
        ("table", {"caption": "Antraštė", "header_column": False, "rows": [["A", "B"], ["C", "D"]]}),
        ("accordion", [{"title": "Dalis", "text": "<p>Dalies tekstas.</p>"}]),
        ("myth_fact", {"myth": "Mitas", "fact": "<p>Faktas.</p>"}),
        (
            "practice_question",
            {"prompt": "Kas?", "option": [{"text": "Ana", "feedback": "Dėl to.", "correct": True}] * 2},
        ),
    ]
    lesson.save_revision().publish()
    source = sync(LessonPage.objects.get(pk=lesson.pk))
    english = Locale.objects.get(language_code="en")
    Translation.objects.get_or_create(source=source, target_locale=english)

    shown = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.get_translation(english).pk]))

    words = ("Antraštė", "Dalis", "Dalies tekstas.", "Mitas", "Faktas.", "Kas?", "Ana", "Dėl to.")
    page = shown.content.decode()
    assert shown.status_code == 200
    assert [word for word in words if word not in page and word.encode("unicode_escape").decode() not in page] == []


class TestUploading:
    def upload(self, client, name, content):
        form = {
            "image-chooser-upload-title": "Tiltas",
            "image-chooser-upload-file": SimpleUploadedFile(name, content),
            "image-chooser-upload-tags": "",
        }
        return client.post(reverse("wagtailimages_chooser:create"), form)

    def test_a_drawing_is_taken(self, client, trainer):
        response = self.upload(client, "tiltas.svg", DRAWING % b"<rect/>")

        assert response.json()["step"] == "chosen"
        assert [image.title for image in Image.objects.all()] == ["Tiltas"]

    @pytest.mark.parametrize(
        "inside", [b"<script>alert(1)</script>", b"<rect onclick='alert(1)'/>", b"<foreignObject/>"]
    )
    def test_a_drawing_with_more_in_it_is_refused_with_what_was_found(self, client, trainer, inside):
        response = self.upload(client, "tiltas.svg", DRAWING % inside)

        assert response.json()["step"] == "reshow_creation_form"
        found = {b"<script": "script", b"<rect o": "onclick", b"<foreig": "foreignObject"}[inside[:7]]
        assert f"„{found}“" in response.json()["htmlFragment"]
        assert not Image.objects.exists()

    def test_a_script_named_as_a_photograph_is_refused_too(self, client, trainer):
        assert self.upload(client, "tiltas.png", DRAWING % b"<script/>").json()["step"] == "reshow_creation_form"
