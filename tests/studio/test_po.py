"""PO files out and back: nothing is lost on the way, and a bad file changes nothing."""

import io
import zipfile

import polib
import pytest
from wagtail_localize.models import StringTranslation

from studio.po_files import MOST_BYTES, VERSION, name_of, units_of, write_po, write_zip
from studio.po_import import apply_import, plan_import
from tests.factories import UserFactory
from tests.factories.pages import make_course, publish
from tests.factories.translations import english, said, translated
from tests.trainer.conftest import logged_in
from tiltas.roles import TRANSLATOR

LINKED = '<p>Žr. <a href="https://www.e-tar.lt">registrą</a> ir <b>aktą</b>.</p>'
WORDS = {
    "Pamoka 1.1": "Lesson one",
    "p1-1": "lesson-one",
    "Skyrius": "Chapter",
    "Tekstas lietuviškai.": "English text.",
    'Žr. <a id="a1">registrą</a> ir <b>aktą</b>.': 'See the <a id="a1">register</a> and the <b>act</b>.',
}


@pytest.fixture
def made(site):
    return make_course(lessons=2)


@pytest.fixture
def other(made):
    """The second lesson's Translation."""
    return translated(made.lessons[1])


@pytest.fixture
def lesson(made):
    lesson = made.lessons[0]
    lesson.body.append(("text", LINKED))
    return publish(lesson)


@pytest.fixture
def translation(lesson):
    return translated(lesson, WORDS)


@pytest.fixture
def translator(client, site):
    return logged_in(client, TRANSLATOR)


def exported(translation):
    source, locale = translation.source, translation.target_locale
    source.refresh_from_db()
    return write_po(source, locale, units_of([source], locale)[source.pk])


def edited(translation, edit):
    """The file as a translator sends it back."""
    po = polib.pofile(exported(translation))
    edit(po)
    return str(po).encode()


def entry(po, text):
    return next(each for each in po if each.msgid == text)


def say(text, words, **more):
    def edit(po):
        entry(po, text).msgstr = words
        for name, value in more.items():
            getattr(entry(po, text), name).append(value)

    return edit


def plan(data, user, only=None, name="pamoka.po"):
    return plan_import(name=name, data=data, user=user, only=only)


def reasons(report):
    return [(note.text, note.reason) for note in report.refused]


# ---- out and back


def test_a_file_is_the_same_each_time_and_names_its_page(translation):
    text = exported(translation)
    assert text == exported(translation)
    assert name_of(translation.source, english()) == f"pamoka-11-{str(translation.source.object_id)[:8]}.en.po"

    po = polib.pofile(text)
    assert [(each.msgctxt, each.msgid, each.msgstr) for each in po][:2] == [
        (f"title@{translation.source.object_id}", "Pamoka 1.1", "Lesson one"),
        (f"slug@{translation.source.object_id}", "p1-1", "lesson-one"),
    ]
    assert entry(po, "Pamoka 1.1").comment == "Pamoka → lesson"


def test_what_was_translated_outside_is_taken_over_once_somebody_agrees(lesson, translation, translator):
    data = edited(translation, say("Skyrius", "Section"))

    report = plan(data, translator)
    assert [(each.unit.text, each.unit.words, each.words) for each in report.files[0].changes] == [
        ("Skyrius", "Chapter", "Section")
    ]
    assert said(lesson) == WORDS

    _plan, is_done = apply_import(name="pamoka.po", data=data, user=translator, agreed=report.digest)

    assert is_done
    assert said(lesson) == WORDS | {"Skyrius": "Section"}
    row = StringTranslation.objects.get(data="Section")
    assert (row.last_translated_by, row.tool_name) == (translator, "PO")
    assert [each.changes for each in plan(data, translator).files] == [[]]


def test_nothing_is_done_where_somebody_wrote_after_the_report(lesson, translation, translator):
    data = edited(translation, say("Skyrius", "Section"))
    report = plan(data, translator)
    StringTranslation.objects.filter(data="Chapter").update(data="Heading")

    anew, is_done = apply_import(name="pamoka.po", data=data, user=translator, agreed=report.digest)

    assert not is_done
    assert [each.unit.words for each in anew.files[0].changes] == ["Heading"]
    assert said(lesson)["Skyrius"] == "Heading"


def test_a_missing_term_is_a_warning(translation, translator):
    report = plan(edited(translation, say("Pamoka 1.1", "Class one")), translator).files[0]

    assert [(note.text, note.reason) for note in report.warnings] == [("Pamoka", "lesson")]
    assert report.is_applicable


# ---- what is passed over


def test_fuzzy_and_empty_entries_are_passed_over_and_the_rest_is_taken(lesson, translation, translator):
    def edit(po):
        say("Skyrius", "Section", flags="fuzzy")(po)
        say("Tekstas lietuviškai.", "")(po)
        say("Pamoka 1.1", "Lesson 1")(po)

    report = plan(edited(translation, edit), translator).files[0]

    assert [(note.text, note.line > 0) for note in report.skipped] == [
        ("Skyrius", True),
        ("Tekstas lietuviškai.", True),
    ]
    assert [each.words for each in report.changes] == ["Lesson 1"]


# ---- bad files, each of which changes nothing


def refused(data, user, lesson, only=None):
    """The reasons for which this file is refused; that nothing changes, even if somebody agrees, is tried here."""
    before = said(lesson)
    report = plan(data, user, only)
    _plan, is_done = apply_import(name="pamoka.po", data=data, user=user, agreed=report.digest, only=only)
    assert not is_done
    assert said(lesson) == before
    assert not any(file.is_applicable for file in report.files)
    return [note.reason for file in report.files for note in file.refused]


def test_a_file_of_an_older_version_is_refused_whole_with_what_changed(lesson, translation, translator):
    data = edited(translation, say("Skyrius", "Section"))
    lesson.title = "Kita pamoka"
    publish(lesson)

    report = plan(data, translator).files[0]

    assert [(note.line is None, note.text) for note in report.refused] == [
        (True, ""),
        (False, "Pamoka 1.1"),
        (True, "Kita pamoka"),
    ]
    assert len(refused(data, translator, lesson)) == 3


def test_a_file_of_another_page_is_refused_where_one_page_is_translated(lesson, translation, other, translator):
    [reason] = refused(edited(other, say("Skyrius", "Section")), translator, lesson, only=translation)

    assert "Pamoka 1.2" in reason


@pytest.mark.parametrize(
    "words",
    [
        "See the register and the act.",
        'See the <a id="a2">register</a> and the <b>act</b>.',
        'See the <a id="a1">register and the <b>act</b>.',
        'See the <a id="a1">register</a> and the <b>act.',
        'See the <a id="a1">register</a> <a id="a1">twice</a>.',
        'See the <a href="https://pavogta.lt">register</a>.',
        'See the <a id="a1">register</a> and the <b',
    ],
)
def test_a_broken_link_or_tag_is_refused_with_its_line(lesson, translation, translator, words):
    text = 'Žr. <a id="a1">registrą</a> ir <b>aktą</b>.'
    data = edited(translation, say(text, words))

    [note] = plan(data, translator).files[0].refused

    assert note.text == text
    assert note.line == polib.pofile(data.decode()).find(text).linenum
    assert len(refused(data, translator, lesson)) == 1


def test_an_address_that_is_none_is_refused(lesson, translation, translator):
    assert len(refused(edited(translation, say("p1-1", "Lesson one!")), translator, lesson)) == 1


def test_a_sentence_that_stands_twice_is_refused(lesson, translation, translator):
    def edit(po):
        twin = polib.POEntry(msgctxt=entry(po, "Skyrius").msgctxt, msgid="Skyrius", msgstr="Another")
        po.append(twin)

    assert len(refused(edited(translation, edit), translator, lesson)) == 2


def test_a_sentence_of_no_page_is_refused(lesson, translation, translator):
    def edit(po):
        entry(po, "Skyrius").msgid = "Skyriai"

    assert len(refused(edited(translation, edit), translator, lesson)) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02",
        b"Lithuanian, English\nSkyrius, Chapter\n",
        b"/etc/passwd",
        b'msgid "Skyrius"\nmsgstr "Section"\n',
        b"PK\x03\x04 not a zip",
        'msgid "Skyrius"\nmsgstr "Sekcija ąčę"\n'.encode("windows-1257"),
        'msgid "Skyrius"\n'.encode("utf-16"),
        b"x" * (MOST_BYTES + 1),
    ],
    ids=["empty", "binary", "table", "path", "other tool", "no zip", "windows-1257", "utf-16", "too large"],
)
def test_what_is_no_po_file_of_ours_is_refused(lesson, translation, translator, data):
    assert len(refused(data, translator, lesson)) == 1


def test_a_file_for_a_language_that_is_not_there_is_refused(lesson, translation, translator):
    def edit(po):
        po.metadata["X-Tiltas-Language"] = "no"

    assert len(refused(edited(translation, edit), translator, lesson)) == 1


def test_a_forged_key_is_refused(lesson, translation, translator):
    def edit(po):
        po.metadata["X-Tiltas-Key"] = "../../etc/passwd"

    assert len(refused(edited(translation, edit), translator, lesson)) == 1


def test_who_may_not_edit_the_page_is_refused(lesson, translation):
    assert len(refused(edited(translation, say("Skyrius", "Section")), UserFactory(), lesson)) == 1


# ---- a ZIP


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.po", data)
    return packed.getvalue()


def test_in_a_zip_a_bad_file_stays_out_and_its_neighbours_go_in(lesson, translation, other, translator):
    data = zipped(
        good=edited(translation, say("Skyrius", "Section")),
        bad=edited(other, say("Skyrius", "<b>Broken")),
        alien=b"hello",
    )
    report = plan(data, translator)
    assert [(file.name, file.is_applicable) for file in report.files] == [
        ("good.po", True),
        ("bad.po", False),
        ("alien.po", False),
    ]

    _plan, is_done = apply_import(name="kursas.zip", data=data, user=translator, agreed=report.digest)

    assert is_done
    assert said(lesson)["Skyrius"] == "Section"
    assert StringTranslation.objects.filter(data__contains="Broken").count() == 0


def test_the_same_page_twice_in_a_zip_is_taken_once(lesson, translation, translator):
    data = zipped(
        one=edited(translation, say("Skyrius", "Section")), two=edited(translation, say("Skyrius", "Heading"))
    )

    report = plan(data, translator)

    assert [file.is_applicable for file in report.files] == [True, False]


def test_a_zip_that_would_fill_the_memory_is_refused(lesson, translation, translator):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.po", b"0" * 11_000_000)

    assert len(refused(packed.getvalue(), translator, lesson)) == 1


def test_the_version_changes_with_any_sentence(lesson, translation):
    before = polib.pofile(exported(translation)).metadata[VERSION]
    lesson.title = "Kitaip"
    publish(lesson)

    assert polib.pofile(exported(translation)).metadata[VERSION] != before


def test_a_course_of_many_pages_is_exported_with_two_queries(made, django_assert_num_queries):
    sources, locale = [translated(each).source for each in (*made.modules, *made.lessons)], english()
    with django_assert_num_queries(2):
        write_zip(sources, locale)
    with django_assert_num_queries(2):
        write_zip(sources[:1], locale)
