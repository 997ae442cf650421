"""The real content: every file in order, and every page the same text as its files."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from courses.models import Activity, Course, CourseIndexPage, Module
from home.models import HomePage
from lessons.models import LessonPage
from quizzes.models import QuestionVersion
from studio import building, files, grammar, translations, tree
from studio.dumping import dump_course, dump_pages
from studio.formatting import check_folder
from studio.library import Library, stamped_places
from studio.loading import load_courses
from studio.models import ContentStamp
from studio.present import Present
from tests.conftest import NOON

CONTENT = Path(settings.TILTAS_CONTENT)


@pytest.mark.django_db
def test_every_file_is_canonical_and_pairs_with_its_twin():
    assert check_folder(CONTENT) == []


def test_everything_was_made(real_content):
    entries, _findings = tree.read_folder(CONTENT)

    assert len(real_content.made) == len(entries) > 30
    assert (real_content.changed, real_content.edited, real_content.conflicts) == ([], [], [])


def test_each_page_and_question_says_what_its_files_say(real_content):
    entries = real_content.made
    present = Present(
        [entry.key for entry in entries], Library({entry.key: entry.name for entry in entries}, stamped_places())
    )
    wrong = []
    for entry in entries:
        for language, text in entry.texts().items():
            documents = present.documents(entry.kind, entry.key, language, building.anchors_of(entry.source))
            live = present.documents(entry.kind, entry.key, language, building.anchors_of(entry.source), drafts=False)
            if {files.write(document) for document in documents + live} != {text}:
                wrong.append(f"{entry.path} {language}")

    assert wrong == []


def test_every_sentence_is_translated(real_content):
    english = Locale.objects.get(language_code="en")
    progress = translations.progress(english)

    assert set(progress) == {entry.key for entry in real_content.made}
    assert [key for key, (strings, translated) in progress.items() if strings != translated or not strings] == []
    for entry in real_content.made:
        source = entry.kind.model.objects.get(translation_key=entry.key, locale=Locale.get_default())
        assert translations.stale_segments(source, english) == []


def test_a_second_load_writes_nothing(real_content):
    with CaptureQueriesContext(connection) as queries:
        report = load_courses(CONTENT, at=NOON)

    writing = ("INSERT", "UPDATE", "DELETE", "REPLACE")
    assert [query["sql"] for query in queries if query["sql"].lstrip().startswith(writing)] == []
    assert len(report.unchanged) == len(real_content.made)


def test_the_dump_of_each_course_is_its_files(real_content, tmp_path):
    for code in ("K1", "K2", "K3"):
        dump_course(code, tmp_path)
    dumped = {file.relative_to(tmp_path).as_posix(): file.read_text() for file in tmp_path.rglob("*.md")}

    assert dumped == {
        file.relative_to(CONTENT).as_posix(): file.read_text()
        for file in CONTENT.rglob("*.md")
        if file.relative_to(CONTENT).parts[0] in ("k1", "k2", "k3")
    }
    assert dump_course("K1", CONTENT) == []


def test_the_dump_of_what_stands_beside_the_courses_is_its_files(real_content, tmp_path):
    dump_pages(tmp_path)
    dumped = {file.relative_to(tmp_path).as_posix(): file.read_text() for file in tmp_path.rglob("*.md")}

    assert dumped == {
        file.relative_to(CONTENT).as_posix(): file.read_text()
        for file in CONTENT.rglob("*.md")
        if file.relative_to(CONTENT).parts[0] not in ("k1", "k2", "k3")
    }
    assert dump_pages(CONTENT) == []


def test_the_tree_hangs_below_one_site(real_content):
    home = HomePage.objects.get(locale__language_code="lt")
    catalogue = CourseIndexPage.objects.get(locale__language_code="en")

    assert Site.objects.get().root_page_id == home.pk
    assert [page.title for page in Page.get_first_root_node().get_children()] == [
        home.title,
        home.get_translation(Locale.objects.get(language_code="en")).title,
    ]
    assert [page.specific.code for page in catalogue.get_children()] == ["K1", "K2", "K3"]
    assert catalogue.get_children().first().slug == "service-quality-management"
    assert not Page.objects.filter(live=False, depth__gt=1).exists()
    assert not Redirect.objects.exists()


def test_records_have_titles_in_both_languages_and_stand_in_tree_order(real_content):
    records = [*Course.objects.all(), *Module.objects.all(), *Activity.objects.all()]
    of_pages = [entry for entry in real_content.made if entry.kind.name in ("course", "module", "lesson", "quiz")]
    titles = {
        entry.key: {
            code: document.text_of("title").replace("&nbsp;", "\xa0") for code, document in entry.documents.items()
        }
        for entry in of_pages
    }

    assert {record.key: record.titles for record in records} == titles
    course = Course.objects.get(code="K1")
    assert [module.titles["lt"] for module in course.modules.order_by("position")][:2] == [
        "Kokybės samprata",
        "Kokybės sistemos",
    ]
    assert {code: len(outcomes) for code, outcomes in course.outcomes.items()} == {"lt": 7, "en": 7}
    first = course.modules.order_by("position").first()
    paths = [(entry.position, entry.key) for entry in of_pages if entry.parent and entry.parent.key == first.key]
    assert list(first.activities.order_by("position").values_list("key", flat=True)) == [
        key for _n, key in sorted(paths)
    ]


def test_edition_one_of_k1_requires_its_published_activities(real_content):
    course = Course.objects.get(code="K1")
    wished = {
        entry.key
        for entry in real_content.made
        if entry.path.startswith("k1/") and entry.source.text_of("required") == "yes"
    }

    assert course.edition == 1
    assert [(each.number, each.academic_hours) for each in course.editions.all()] == [(1, 1)]
    required = Activity.objects.filter(module__course=course).required_in(1)
    assert set(required.values_list("key", flat=True)) == wished
    assert len(wished) == 4


def test_questions_have_versions_with_texts_in_both_languages(real_content):
    keys = {entry.key for entry in real_content.made if entry.kind.name == "question"}

    assert set(QuestionVersion.objects.values_list("key", flat=True)) == keys
    for version in QuestionVersion.objects.all():
        assert version.number == 1
        assert sorted(version.texts.values_list("language", flat=True)) == ["en", "lt"]
        for text in version.texts.all():
            assert set(text.texts["options"]) == set(version.option_ids)


def test_option_ids_come_from_the_key_and_the_anchor(real_content):
    entry = next(entry for entry in real_content.made if entry.kind.name == "question")
    version = QuestionVersion.objects.get(key=entry.key)

    assert version.option_ids == [building.block_id(entry.key, block.anchor) for block in entry.source.blocks]


def test_every_page_and_question_has_its_stamp(real_content):
    stamps = {stamp.key: stamp for stamp in ContentStamp.objects.all()}

    assert {key: stamp.path for key, stamp in stamps.items()} == {entry.key: entry.path for entry in real_content.made}
    lesson = next(entry for entry in real_content.made if entry.kind.name == "lesson")
    assert stamps[lesson.key].hashes == {language: files.digest(text) for language, text in lesson.texts().items()}
    assert set(stamps[lesson.key].anchors.values()) == {block.anchor for block in lesson.source.blocks}


@pytest.mark.parametrize("name", list(grammar.KINDS))
def test_the_documented_fields_are_those_of_the_grammar(name):
    """`docs/reference/content-format.md` names each field of each type, in order."""
    page = Path(settings.BASE_DIR, "docs/reference/content-format.md").read_text()
    row = next(line for line in page.split("\n") if line.startswith(f"| `{name}` |"))
    said = [part.strip(" |").split(" (")[0].split(" ")[0] for part in _outside_brackets(row.split("|")[2])]

    assert said == ["type", "key", *grammar.fields_of(name)]
    of_source = {field for field, spec in grammar.fields_of(name).items() if spec.of_source}
    marked = {part.strip().split(" ")[0] for part in _outside_brackets(row.split("|")[2]) if "*source*" in part}
    assert marked == of_source


def _outside_brackets(row):
    """The parts between commas; commas in brackets separate nothing."""
    parts, depth = [""], 0
    for sign in row:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.pdf")), ids=lambda path: path.name)
def test_each_sheet_is_small_and_can_be_read_aloud_in_its_language(path):
    reader = PdfReader(path)

    assert path.stat().st_size < 60_000
    assert reader.metadata.title
    assert str(reader.trailer["/Root"]["/Lang"]) == path.stem.rpartition(".")[2]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_readers_of_each_language_get_the_sheet_in_it(real_content):
    pages = LessonPage.objects.select_related("locale")
    shown = {
        page.locale.language_code: child.value["file"]
        for page in pages
        for child in page.body
        if child.block_type == "document"
    }

    assert {language: file.name for language, file in shown.items()} == {
        "lt": "trys-zvilgsniai.lt.pdf",
        "en": "trys-zvilgsniai.en.pdf",
    }
    assert {language: file.language for language, file in shown.items()} == {"lt": "lt", "en": "en"}
