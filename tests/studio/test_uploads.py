"""Files of lessons among the content files: loaded once, dumped back; English may have its own in place of the Lithuanian ones."""

import pytest
from django.core.files.base import ContentFile
from wagtail.images.models import Image
from wagtail.models import Locale
from wagtail_localize.models import SegmentOverride, Translation

from lessons.models import LessonFile, LessonFileUse, LessonPage
from studio.dumping import dump_course
from studio.files import ContentError
from studio.formatting import check_folder
from studio.models import ContentPicture, ContentUpload
from studio.translations import NotTranslated, progress, publish_pair
from tests.factories.files import CONTENT, PNG
from tests.studio.conftest import LESSON

pytestmark = [pytest.mark.django_db, pytest.mark.everything]
LT, EN = "k9/m1/k9-1-1.lt.md", "k9/m1/k9-1-1.en.md"
PDF = "k9/files/lapas.pdf"
DOCUMENT = (
    f"::: document d1\ntitle: Lapas\nfile: {PDF}\npurpose: Pildyti kartu.\n:::\n",
    "::: document d1\ntitle: Sheet\npurpose: To be filled in together.\n:::\n",
)
VIDEO = (
    "::: video v1\ntitle: Rytas\nfile: k9/files/rytas.mp4\ncaptions: k9/files/rytas.lt.vtt\n---\nRasa pasibeldžia.\n\nOna atveria.\n:::\n",
    "::: video v1\ntitle: Morning\ncaptions: k9/files/rytas.en.vtt\n---\nRasa knocks.\n\nOna opens.\n:::\n",
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="{}"/></svg>'
IMAGE = (
    "::: image i1\nimage: k9/figures/tiltas.svg\ndecorative: no\nalt: Tiltas\ncredit: Ona\n:::\n",
    "::: image i1\nimage: k9/figures/tiltas.en.svg\nalt: A bridge\ncredit: By Ona\n:::\n",
)


def lesson(language="lt"):
    return LessonPage.objects.get(translation_key=LESSON, locale__language_code=language)


def shown(language, kind="document"):
    """The value of the block of this kind in this language's page."""
    return next(child.value for child in lesson(language).body if child.block_type == kind)


def write(folder, path, content=None):
    file = folder.path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(CONTENT[path.rpartition(".")[2]] if content is None else content)


def add(folder, fences):
    for path, fence in zip((LT, EN), fences, strict=True):
        folder.write({path: folder.read(path) + "\n" + fence})


def findings(folder):
    with pytest.raises(ContentError) as refusal:
        folder.load()
    return [str(each).replace(LT, "LT").replace(EN, "EN") for each in refusal.value.findings]


@pytest.fixture
def sheet(folder):
    """The small site; its lesson offers a document, the same in both languages."""
    write(folder, PDF)
    add(folder, DOCUMENT)
    folder.load()
    return folder


class TestDocument:
    def test_the_file_becomes_a_lessons_file_that_both_languages_show(self, sheet):
        file = LessonFile.objects.get()

        assert (file.title, file.name, file.kind, file.language) == ("lapas", "lapas.pdf", "document", "lt")
        assert file.file.read() == CONTENT["pdf"]
        assert (shown("lt")["file"], shown("en")["file"], shown("en")["title"]) == (file, file, "Sheet")
        assert set(LessonFileUse.objects.values_list("file", "page")) == {
            (file.pk, lesson(language).pk) for language in ("lt", "en")
        }

    def test_loading_again_changes_nothing_and_makes_no_second_file(self, sheet):
        assert len(sheet.load().unchanged) == 7
        assert LessonFile.objects.count() == ContentUpload.objects.count() == 1

    def test_a_changed_file_changes_what_pages_offer_already(self, sheet):
        write(sheet, PDF, b"%PDF-1.7 kitas")

        assert len(sheet.load().unchanged) == 7
        assert LessonFile.objects.get().file.read() == b"%PDF-1.7 kitas"

    def test_a_file_changed_in_the_admin_stays_and_is_written_to_the_folder(self, sheet):
        file = LessonFile.objects.get()
        file.file = ContentFile(b"%PDF-1.7 admin", "admin.pdf")
        file.save()
        sheet.load()

        assert dump_course("K9", sheet.path) == [PDF]
        assert (sheet.path / PDF).read_bytes() == b"%PDF-1.7 admin"

    def test_a_file_uploaded_in_the_admin_gets_a_path_and_stays_the_same_file(self, sheet):
        page = lesson()
        file = LessonFile.objects.create(title="Skundo lapas", file=ContentFile(CONTENT["docx"], "skundas.docx"))
        next(child for child in page.body if child.block_type == "document").value["file"] = file
        page.save_revision()
        publish_pair(page)

        path = f"files/skundo-lapas-{file.pk}.docx"
        assert dump_course("K9", sheet.path) == [LT, path]
        assert f"file: {path}\n" in sheet.read(LT)
        assert len(sheet.load().unchanged) == 7
        assert LessonFile.objects.count() == 2

    def test_the_folder_is_whole_for_the_checker(self, sheet):
        assert check_folder(sheet.path) == []


BAD = [
    (LT, PDF, "k9/files/nera.pdf", "LT:35 “file”: there is no file k9/files/nera.pdf"),
    (LT, PDF, "../lapas.pdf", "LT:35 “file”: “../lapas.pdf” is not the path of a file below the content folder, such as k1/files/lapas.pdf"),
    (LT, PDF, "k9/lapas.html", "LT:35 “file”: “k9/lapas.html” is not the path of a file below the content folder, such as k1/files/lapas.pdf"),
    (LT, PDF, "k9/files/foto.pdf", "LT:35 “file”: “k9/files/foto.pdf” is named as: PDF document, but what it holds is something else. Open it in the programme that made it and save it anew."),
    (LT, PDF, "k9/files/rytas.mp4", "LT:35 “file”: “k9/files/rytas.mp4” can't stand here. What is needed is: document (PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP)."),
    (LT, f"file: {PDF}\n", "", 'LT:33 block "d1": field “file” is missing'),
    (LT, "purpose: Pildyti kartu.\n", "", 'LT:33 block "d1": field “purpose” is missing'),
    (EN, "title: Sheet\n", "title: Sheet\nfile: k9/files/none.pdf\n", "EN:29 “file”: there is no file k9/files/none.pdf"),
    (EN, "title: Sheet\n", "", 'EN:27 (lt:34) block "d1": “title” is empty, Lithuanian has it'),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "said"), BAD)
def test_what_is_wrong_is_told_with_its_line(folder, path, old, new, said):
    for name, content in ((PDF, None), ("k9/files/foto.pdf", PNG), ("k9/files/rytas.mp4", None)):
        write(folder, name, content)
    add(folder, DOCUMENT)
    folder.change(path, old, new)

    assert said in findings(folder)


def test_a_transcript_and_captions_are_needed(folder):
    write(folder, "k9/files/rytas.mp4")
    add(folder, ("::: video v1\ntitle: Rytas\nfile: k9/files/rytas.mp4\n:::\n", "::: video v1\ntitle: Morning\n:::\n"))

    assert findings(folder) == [
        'LT:33 block "v1": field “captions” is missing',
        'LT:33 block "v1": the text is missing',
    ]


class TestOwnFiles:
    """English may name a file of its own: captions, a sheet, a drawing with words in it. Without a line it shows ours."""

    @pytest.fixture
    def full(self, folder):
        for path in (PDF, "k9/files/rytas.mp4", "k9/files/rytas.lt.vtt"):
            write(folder, path)
        write(folder, "k9/files/rytas.en.vtt", CONTENT["vtt"].replace(b"Laba diena", b"Good day"))
        for number, path in enumerate(("k9/figures/tiltas.svg", "k9/figures/tiltas.en.svg"), start=1):
            folder.write({path: SVG.format(number)})
        for fences in (DOCUMENT, VIDEO, IMAGE):
            add(folder, fences)
        folder.load()
        return folder

    def test_english_shows_its_own_where_it_has_one_and_else_ours(self, full):
        lt, en = shown("lt", "video"), shown("en", "video")

        assert (en["file"], lt["file"].name) == (lt["file"], "rytas.mp4")
        assert [(each["captions"].name, each["captions"].language) for each in (lt, en)] == [
            ("rytas.lt.vtt", "lt"),
            ("rytas.en.vtt", "en"),
        ]
        assert [shown(language, "image")["image"].file.open().read().decode() for language in ("lt", "en")] == [
            SVG.format(1),
            SVG.format(2),
        ]
        assert shown("en")["file"] == shown("lt")["file"]
        uses = LessonFileUse.objects.filter(page=lesson("en")).values_list("file__name", flat=True)
        assert sorted(uses) == ["lapas.pdf", "rytas.en.vtt", "rytas.mp4"]

    def test_files_go_to_the_pages_and_back_without_a_difference(self, full):
        before = full.texts()

        assert len(full.load().unchanged) == 7
        assert dump_course("K9", full.path) == []
        for path in (LT, EN, PDF, "k9/files/rytas.en.vtt", "k9/figures/tiltas.en.svg"):
            full.remove(path)
        assert sorted(dump_course("K9", full.path)) == sorted(
            [LT, EN, PDF, "k9/files/rytas.en.vtt", "k9/figures/tiltas.en.svg"]
        )
        assert full.texts() == before
        assert check_folder(full.path) == []

    def test_they_are_no_sentences_so_the_page_stays_fully_translated(self, full):
        english = Locale.objects.get(language_code="en")
        done, all_ = progress(english, [lesson().translation_key])[lesson().translation_key]

        assert (done, Translation.objects.get(source__object_id=LESSON).get_progress()) == (all_, (all_, all_))

    def test_they_survive_a_new_version_of_the_lithuanian_page(self, full):
        page = lesson()
        page.minutes = 40
        page.save_revision()

        publish_pair(page)

        assert (lesson("en").minutes, shown("en", "video")["captions"].name) == (40, "rytas.en.vtt")
        assert shown("en", "image")["image"] != shown("lt", "image")["image"]

    def test_a_line_taken_out_gives_ours_back(self, full):
        full.change(EN, "captions: k9/files/rytas.en.vtt\n", "")

        assert len(full.load().changed) == 1
        assert shown("en", "video")["captions"].name == "rytas.lt.vtt"
        assert SegmentOverride.objects.count() == 1

    def test_one_line_put_in_changes_the_english_page_alone(self, full):
        write(full, "k9/files/sheet.pdf", b"%PDF-1.7 English")
        full.change(EN, "title: Sheet\n", "title: Sheet\nfile: k9/files/sheet.pdf\n")

        assert len(full.load().changed) == 1
        assert [shown(language)["file"].name for language in ("lt", "en")] == ["lapas.pdf", "sheet.pdf"]
        assert shown("en")["file"].language == "en"

    def test_the_same_file_named_in_both_is_one_file(self, full):
        full.change(EN, "title: Sheet\n", f"title: Sheet\nfile: {PDF}\n")
        full.load()

        assert shown("en")["file"] == shown("lt")["file"]
        assert len(full.load().unchanged) == 7

    def test_one_chosen_by_a_translator_is_kept_by_a_load_and_dumped(self, full):
        file = LessonFile.objects.create(title="Own", file=ContentFile(b"%PDF-1.7 own", "own.pdf"), language="en")
        english = Locale.objects.get(language_code="en")
        source = Translation.objects.get(source__object_id=LESSON).source
        segment = source.overridablesegment_set.get(
            context__path__endswith=".file", data_json=str(shown("lt")["file"].pk)
        )
        SegmentOverride.objects.create(locale=english, context=segment.context, data_json=f'"{file.pk}"')

        assert len(full.load().edited) == 1
        publish_pair(lesson())
        assert shown("en")["file"] == file
        assert dump_course("K9", full.path) == [EN, f"files/own-{file.pk}.pdf"]
        assert f"title: Sheet\nfile: files/own-{file.pk}.pdf\npurpose:" in full.read(EN)
        assert len(full.load().unchanged) == 7

    def test_one_of_another_kind_is_refused_before_english_is_published(self, full):
        SegmentOverride.objects.filter(context__path__endswith=".captions").update(
            data_json=str(LessonFile.objects.get(name="lapas.pdf").pk)
        )

        with pytest.raises(NotTranslated, match="„lapas“ yra dokumentas, o čia tinka titrai"):
            publish_pair(lesson())
        assert shown("en", "video")["captions"].name == "rytas.en.vtt"

    def test_where_lithuanian_has_none_english_can_not_have_its_own(self, full):
        full.change(
            EN, "captions: k9/files/rytas.en.vtt\n", "captions: k9/files/rytas.en.vtt\nposter: k9/figures/tiltas.svg\n"
        )

        [said] = findings(full)
        assert said.endswith('block "v1": “poster” is filled, Lithuanian leaves it out')
        assert said.startswith("EN:")

    def test_one_that_was_deleted_is_told_before_english_is_published(self, full):
        ContentPicture.objects.get(path="k9/figures/tiltas.en.svg").image.delete()

        with pytest.raises(NotTranslated):
            publish_pair(lesson())
        assert Image.objects.count() == 1
