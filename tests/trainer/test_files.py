"""A trainer uploads files for lessons: refused in words where they don't fit, and kept while lessons show them."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lessons.models import LessonFile
from tests.factories.files import CONTENT, PNG, block, lesson_file
from tests.factories.pages import publish
from tests.factories.translations import waive
from tests.trainer.conftest import lesson_form

NAMESPACE = "wagtailsnippets_tiltas_lessons_lessonfile"
CHOOSER = "wagtailsnippetchoosers_tiltas_lessons_lessonfile"


def upload(name, content=None):
    return SimpleUploadedFile(name, CONTENT[name.rpartition(".")[2].lower()] if content is None else content)


def text_of(response):
    return response.content.decode()


@pytest.fixture
def add(client, trainer):
    def post(name, content=None, **values):
        form = {"file": upload(name, content), "title": "Mano lapas", "language": "lt"} | values
        return client.post(reverse(f"{NAMESPACE}:add"), form)

    return post


def test_an_uploaded_file_brings_its_facts_along(add):
    assert add("Refleksijos lapas.PDF").status_code == 302

    file = LessonFile.objects.get()
    assert (file.title, file.name, file.kind, file.language) == (
        "Mano lapas", "Refleksijos_lapas.PDF", "document", "lt",
    )  # fmt: skip
    assert (file.size, file.file.read(), file.type_label) == (len(CONTENT["pdf"]), CONTENT["pdf"], "PDF dokumentas")


def test_without_a_title_the_file_lends_its_name(add):
    add("lapas.pdf", title="")

    assert LessonFile.objects.get().title == "lapas"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Lapas su ąčę (1).pdf", "Lapas_su_ąčę_1.pdf"),
        ("???.pdf", "file.pdf"),
        ("a" * 96 + ".pdf", "a" * 96 + ".pdf"),
        ("C:\\Dokumentai\\lapas.pdf", "lapas.pdf"),
    ],
)
def test_a_name_keeps_what_an_address_can_say(add, client, name, kept):
    add(name, title="")

    file = LessonFile.objects.get()
    assert (file.name, file.title) == (kept, kept.removesuffix(".pdf"))
    assert client.get(file.url).status_code == 200


def test_what_is_refused_is_told_and_what_was_typed_stays(add):
    response = add("foto.pdf", PNG, title="Lapas su ąčę", language="en")

    assert LessonFile.objects.count() == 0
    assert "„foto.pdf“ turėtų būti PDF dokumentas, bet jo turinys kitoks." in text_of(response)
    assert 'value="Lapas su ąčę"' in text_of(response)
    assert '<option value="en" selected>' in text_of(response)


def test_a_video_beyond_the_limit_is_refused_with_the_way_out(add, settings):
    settings.TILTAS_VIDEO_MB = 1
    response = add("paskaita.mp4", CONTENT["mp4"] + b"\x00" * 1024 * 1024)

    assert "daugiausia galima 1\xa0MB" in text_of(response)
    assert LessonFile.objects.count() == 0


def test_captions_name_their_language(add):
    response = add("titrai.vtt", language="")

    assert LessonFile.objects.count() == 0
    assert "Pasirinkite titrų kalbą" in text_of(response)


def test_another_file_takes_the_place_of_the_first(client, trainer, django_capture_on_commit_callbacks):
    file = lesson_file(language="lt")
    before, storage = file.file.name, file.file.storage
    edit = reverse(f"{NAMESPACE}:edit", args=[file.pk])
    assert "„lapas.pdf“ (PDF dokumentas" in text_of(client.get(edit))

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(edit, {"file": upload("naujas.docx"), "title": "Naujas", "language": "lt"})

    assert response.status_code == 302
    file.refresh_from_db()
    assert (file.title, file.name, file.file.read()) == ("Naujas", "naujas.docx", CONTENT["docx"])
    assert (storage.exists(before), storage.exists(file.file.name)) == (False, True)


def test_the_title_alone_can_be_changed(client, trainer):
    file = lesson_file(language="lt")

    client.post(reverse(f"{NAMESPACE}:edit", args=[file.pk]), {"title": "Kitaip", "language": "lt"})

    digest, file = file.digest, LessonFile.objects.get()
    assert (file.title, file.digest, file.file.read()) == ("Kitaip", digest, CONTENT["pdf"])


def test_a_document_never_becomes_a_video(client, trainer):
    file = lesson_file(language="lt")
    response = client.post(
        reverse(f"{NAMESPACE}:edit", args=[file.pk]),
        {"file": upload("vaizdas.mp4"), "title": "Lapas", "language": "lt"},
    )

    assert "„vaizdas.mp4“ čia netinka" in text_of(response)
    assert LessonFile.objects.get().name == "lapas.pdf"


class TestChoosing:
    """The window of a block's chooser: files of its kind alone, and a new one can be uploaded there."""

    def window(self, client, kind):
        return json.loads(client.get(reverse(f"{CHOOSER}:choose"), {"kind": kind}).content)["html"]

    def test_it_shows_files_of_the_kind_and_offers_an_upload(self, client, trainer):
        lesson_file("lapas.pdf", title="Dokumentas vienas")
        lesson_file("vaizdas.mp4", title="Vaizdas vienas")

        html = self.window(client, "video")

        assert ("Vaizdas vienas" in html, "Dokumentas vienas" in html) == (True, False)
        assert 'enctype="multipart/form-data"' in html
        assert "MP4, WEBM, daugiausia 150\xa0MB" in html

    def test_files_are_found_by_words_of_their_titles(self, client, trainer):
        lesson_file("a.pdf", title="Skundo lapas")
        lesson_file("b.pdf", title="Plano lapas")

        html = text_of(client.get(reverse(f"{CHOOSER}:choose_results"), {"kind": "document", "q": "skundo"}))

        assert ("Skundo lapas" in html, "Plano lapas" in html) == (True, False)

    def create(self, client, name, content=None, kind="document"):
        form = {"file": upload(name, content), "title": "Naujas", "language": "lt"}
        return json.loads(client.post(reverse(f"{CHOOSER}:create") + f"?kind={kind}", form).content)

    def test_an_upload_is_chosen_at_once(self, client, trainer):
        answer = self.create(client, "lapas.pdf")

        assert (answer["step"], answer["result"]["id"]) == ("chosen", str(LessonFile.objects.get().pk))

    def test_what_is_refused_is_told_in_the_window_and_what_was_typed_stays(self, client, trainer):
        answer = self.create(client, "foto.jpg", PNG)

        assert answer["step"] == "reshow_creation_form"
        assert "„foto.jpg“ čia netinka. Čia tinka kitas failas: dokumentas (PDF, DOCX" in answer["htmlFragment"]
        assert 'value="Naujas"' in answer["htmlFragment"]
        assert LessonFile.objects.count() == 0

    def test_a_kind_that_is_none_is_no_kind(self, client, trainer):
        assert self.create(client, "lapas.pdf", kind="x")["step"] == "chosen"

    def test_the_editor_of_a_lesson_asks_for_the_kind(self, client, trainer, made):
        lesson = made.lessons[0]
        lesson.body = [block("video", file=lesson_file("vaizdas.mp4"))]
        publish(lesson)

        html = text_of(client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])))

        assert [f"?kind={kind}" in html for kind in ("document", "video", "captions", "audio")] == [True] * 4

    def test_a_lesson_with_a_document_is_saved_and_shown(self, client, trainer, made):
        lesson, file = made.lessons[0], lesson_file(title="Lapas")
        waive(lesson)
        form = lesson_form(client, lesson, blocks=[("text", "<p>Tekstas.</p>")])
        form |= {
            "body-0-type": "document",
            "body-0-value-title": "Lapas kolegoms",
            "body-0-value-file": str(file.pk),
            "body-0-value-purpose": "Pildyti kartu.",
        }

        client.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), form | {"action-publish": "action-publish"})

        client.logout()
        shown = text_of(client.get(lesson.get_url()))
        assert ("Lapas kolegoms" in shown, file.url in shown) == (True, True)
        assert client.get(file.url).status_code == 200


class TestDeleting:
    def delete(self, client, *files):
        if len(files) == 1:
            return client.post(reverse(f"{NAMESPACE}:delete", args=[files[0].pk]), follow=True)
        query = "&".join(f"id={file.pk}" for file in files)
        address = reverse("wagtail_bulk_action", args=["tiltas_lessons", "lessonfile", "delete"])
        return client.post(f"{address}?{query}", {"confirm": "1"}, follow=True)

    def test_a_file_that_no_lesson_shows_goes_from_the_disk_too(
        self, client, trainer, django_capture_on_commit_callbacks
    ):
        file = lesson_file()

        with django_capture_on_commit_callbacks(execute=True):
            self.delete(client, file)

        assert (LessonFile.objects.count(), file.file.storage.exists(file.file.name)) == (0, False)

    def test_a_file_in_use_stays_and_its_lessons_are_named(self, client, trainer, made):
        file = lesson_file(title="Skundo lapas")
        for lesson in made.lessons:
            lesson.body = [block("document", file=file)]
            publish(lesson)

        said = text_of(self.delete(client, file))

        assert (
            "„Skundo lapas“ lieka, nes failą rodo šios pamokos: „Pamoka 1.1“ (lietuvių); „Pamoka 1.2“ (lietuvių)."
            in said
        )
        assert list(LessonFile.objects.all()) == [file]

    def test_also_one_that_a_draft_shows_and_several_at_once(self, client, trainer, made):
        free, drafted = lesson_file(), lesson_file("kitas.pdf")
        made.lessons[0].body = [block("document", file=drafted)]
        made.lessons[0].save_revision()

        said = text_of(self.delete(client, free, drafted))

        assert "„Pamoka 1.1“" in said
        assert LessonFile.objects.count() == 2
