"""What is edited in the admin comes back into the files, and nothing else changes there."""

from difflib import unified_diff
from uuid import uuid4

import pytest
from wagtail.blocks import StreamValue
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation

from lessons.models import LessonPage
from quizzes.models import Question, QuizPage
from studio import translations
from studio.dumping import NothingToDump, dump_course
from tests.studio.conftest import LESSON, MODULE, QUIZ

LT, EN = "k9/m1/k9-1-1.lt.md", "k9/m1/k9-1-1.en.md"

pytestmark = [pytest.mark.django_db, pytest.mark.everything]


def lesson(language="lt"):
    return LessonPage.objects.get(translation_key=LESSON, locale__language_code=language)


def changed_lines(before, after):
    """path → the lines that went and came."""
    lines = {}
    for path in sorted(before | after):
        diff = unified_diff(before.get(path, "").split("\n"), after.get(path, "").split("\n"), n=0, lineterm="")
        touched = [line for line in diff if not line.startswith(("---", "+++", "@@"))]
        if touched:
            lines[path] = touched
    return lines


def translate(instance, **words):
    """Put English words for strings of this source instance as a translator does, by the Lithuanian string."""
    english = Locale.objects.get(language_code="en")
    source = translations.sync(instance.get_latest_revision_as_object())
    for segment in StringSegment.objects.filter(source=source).select_related("string"):
        if segment.string.data in words:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=english,
                defaults={"data": words[segment.string.data], "translation_type": "manual"},
            )


def test_nothing_changed_writes_nothing(loaded):
    before = loaded.texts()

    assert dump_course("K9", loaded.path) == []
    assert loaded.texts() == before


def test_only_the_touched_line_differs(loaded):
    before = loaded.texts()
    page = lesson()
    page.minutes = 30
    page.title = "Tiltai ir upės"
    page.save_revision().publish()

    assert dump_course("K9", loaded.path) == [LT]
    assert changed_lines(before, loaded.texts()) == {
        LT: ["-title: Tiltai", "+title: Tiltai ir upės", "-minutes: 15", "+minutes: 30"]
    }
    assert len(loaded.load().unchanged) == 7


def test_text_saved_anew_by_the_editor_differs_nowhere(loaded):
    """Draftail writes keys of its own into each paragraph."""
    page = lesson()
    html = (
        page.body[1]
        .value.source.replace("<p>", '<p data-block-key="abc12">')
        .replace("<li>", '<li data-block-key="x">')
    )
    page.body.raw_data[1]["value"] = html
    page.body = StreamValue(page.body.stream_block, list(page.body.raw_data), is_lazy=True)
    page.save_revision().publish()

    assert "data-block-key" in lesson().body[1].value.source
    assert dump_course("K9", loaded.path) == []
    assert len(loaded.load().unchanged) == 7


def test_drafts_are_written_when_asked_for(loaded):
    page = lesson()
    page.title = "Juodraštis"
    page.save_revision()

    assert dump_course("K9", loaded.path) == []
    assert dump_course("K9", loaded.path, drafts=True) == [LT]
    assert "title: Juodraštis\n" in loaded.read(LT)


def test_a_block_made_in_the_admin_keeps_its_id_as_anchor(loaded):
    identity = str(uuid4())
    page = lesson()
    raw = [*page.body.raw_data, {"type": "tip", "value": "<p>Naujas patarimas.</p>", "id": identity}]
    page.body = StreamValue(page.body.stream_block, list(raw), is_lazy=True)
    page.save_revision()
    translate(page, **{"Naujas patarimas.": "A new tip."})
    translations.publish_pair(page)
    before = loaded.texts()

    assert dump_course("K9", loaded.path) == [LT, EN]
    fence = [f"+::: tip {identity}", "+---"]
    assert changed_lines(before, loaded.texts()) == {
        LT: [*fence, "+Naujas patarimas.", "+:::", "+"],
        EN: [*fence, "+A new tip.", "+:::", "+"],
    }
    assert len(loaded.load().unchanged) == 7

    loaded.change(LT, "Naujas patarimas.", "Geresnis patarimas.")
    loaded.change(EN, "A new tip.", "A better tip.")
    assert [entry.path for entry in loaded.load().changed] == ["k9/m1/k9-1-1"]
    assert (str(lesson("en").body[3].id), str(lesson("en").body[3].value)) == (identity, "<p>A better tip.</p>")


def test_a_page_and_a_question_made_in_the_admin_get_files(loaded):
    english = Locale.objects.get(language_code="en")
    question = Question(locale=Locale.get_default(), title="Apie upę", prompt="Kas teka?", live=False)
    options = [
        {"type": "option", "value": {"correct": n == 0, "text": t, "feedback": ""}, "id": str(uuid4())}
        for n, t in enumerate("ab")
    ]
    question.options = StreamValue(question._meta.get_field("options").stream_block, options, is_lazy=True)
    question.save()
    question.save_revision()
    words = {
        "Apie upę": "About a river",
        "Kas teka?": "What flows?",
        "a": "x",
        "b": "y",
        "Nauja": "New",
        "nauja": "new",
    }
    translate(question, **words)
    translations.publish_pair(question)
    module = Page.objects.get(translation_key=MODULE, locale=Locale.get_default())
    page = module.add_child(
        instance=LessonPage(title="Nauja", slug="nauja", minutes=5, live=False, locale=module.locale)
    )
    page.save_revision()
    translate(page, **words)
    translations.publish_pair(page)
    quiz = QuizPage.objects.get(translation_key=QUIZ, locale=Locale.get_default())
    raw = [*quiz.questions.raw_data, {"type": "question", "value": question.pk, "id": str(uuid4())}]
    quiz.questions = StreamValue(quiz.questions.stream_block, list(raw), is_lazy=True)
    quiz.save_revision()
    translations.publish_pair(quiz)
    before = loaded.texts()

    written = dump_course("K9", loaded.path)

    assert written == [
        "k9/m1/k9-1-test.lt.md",
        "k9/m1/nauja.lt.md",
        "k9/m1/nauja.en.md",
        "k9/m1/questions/apie-upe.lt.md",
        "k9/m1/questions/apie-upe.en.md",
    ]
    changes = changed_lines(before, loaded.texts())
    assert changes["k9/m1/k9-1-test.lt.md"] == ["-questions: k9-1-q01", "+questions: k9-1-q01, apie-upe"]
    assert loaded.read("k9/m1/nauja.lt.md").split("\n")[2:5] == [
        f"key: {page.translation_key}",
        "position: 3",
        "title: Nauja",
    ]
    assert QuizPage.objects.get(translation_key=QUIZ, locale=english).question_keys() == quiz.question_keys()
    assert len(loaded.load().unchanged) == 9


def test_files_of_a_course_made_in_the_admin_can_be_loaded_elsewhere(loaded, tmp_path):
    """The whole course into an empty folder: its names come from the stamps, its words from the pages."""
    assert set(dump_course("K9", tmp_path / "other")) == {path for path in loaded.texts() if path.startswith("k9/")}
    assert {path: (tmp_path / "other" / path).read_text() for path in loaded.texts() if path.startswith("k9/")} == {
        path: text for path, text in loaded.texts().items() if path.startswith("k9/")
    }


def test_a_page_that_was_never_published_is_a_draft_alone(loaded):
    module = Page.objects.get(translation_key=MODULE, locale=Locale.get_default())
    page = module.add_child(
        instance=LessonPage(title="Nauja", slug="nauja", minutes=5, live=False, locale=module.locale)
    )
    page.save_revision()

    assert dump_course("K9", loaded.path) == []
    assert dump_course("K9", loaded.path, drafts=True) == ["k9/m1/nauja.lt.md"]


def test_an_unknown_course_names_those_that_are(loaded):
    with pytest.raises(NothingToDump, match=r"There is no course K1\. There are: K9\."):
        dump_course("K1", loaded.path)


def test_stale_english_is_dumped_as_it_is_shown(loaded):
    """No Lithuanian sentence gets into the English file."""
    page = lesson()
    page.body.raw_data[0]["value"] = "Kam reikia tiltų"
    page.body = StreamValue(page.body.stream_block, list(page.body.raw_data), is_lazy=True)
    page.save_revision().publish()
    translations.sync(lesson())
    before = loaded.texts()

    assert dump_course("K9", loaded.path, drafts=True) == [LT]
    assert changed_lines(before, loaded.texts()) == {LT: ["-Kam reikia tilto", "+Kam reikia tiltų"]}
