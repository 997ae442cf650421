"""Files that can't be loaded: each finding names file and line, and nothing is half loaded."""

import pytest
from wagtail.models import Locale, Page

from quizzes.models import Question
from studio.files import ContentError
from studio.models import ContentStamp
from tests.studio.conftest import LESSON, MODULE

LESSON_LT, LESSON_EN = "k9/m1/k9-1-1.lt.md", "k9/m1/k9-1-1.en.md"
QUESTION_LT, QUESTION_EN = "k9/m1/questions/k9-1-q01.lt.md", "k9/m1/questions/k9-1-q01.en.md"
TEST_LT = "k9/m1/k9-1-test.lt.md"


def findings(folder):
    with pytest.raises(ContentError) as refusal:
        folder.load()
    assert Page.objects.filter(locale__language_code="lt", depth__gt=2).count() == 0
    assert (Question.objects.count(), ContentStamp.objects.count()) == (0, 0)
    return [str(finding) for finding in refusal.value.findings]


CHANGES = [
    (LESSON_EN, "Bridges\n", "\n", [f"{LESSON_EN}:1 (lt:5) field “title” is empty, Lithuanian has it"]),
    (
        QUESTION_EN,
        "prompt: What does a bridge do?\n",
        "",
        [f"{QUESTION_EN}:1 (lt:6) field “prompt” is empty, Lithuanian has it"],
    ),
    (
        QUESTION_EN,
        "feedback: Yes.\n",
        "",
        [f'{QUESTION_EN}:9 (lt:14) block "a": “feedback” is empty, Lithuanian has it'],
    ),
    (
        LESSON_EN,
        "\n- The first, a [site](https://www.e-tar.lt).",
        "\nOne more.\n\n- The first, a [site](https://www.e-tar.lt).",
        [f'{LESSON_EN}:13 (lt:16) block "t1": 2 paragraphs, Lithuanian has 1'],
    ),
    (LESSON_EN, "- The second.\n", "", [f'{LESSON_EN}:13 (lt:16) block "t1": 1 list item, Lithuanian has 2']),
    (
        LESSON_EN,
        "[site](https://www.e-tar.lt)",
        "site",
        [f'{LESSON_EN}:13 (lt:16) block "t1": piece 2: 0 links, Lithuanian has 1'],
    ),
    (
        LESSON_EN,
        "A bridge joins two *banks*.",
        "**A bridge joins two banks.**",
        [f'{LESSON_EN}:13 (lt:16) block "t1": piece 1: wholly bold or italic in one language only'],
    ),
    (
        LESSON_EN,
        "::: heading h1\n---\nWhat a bridge is for\n:::\n\n",
        "",
        [f'{LESSON_EN}:1 (lt:11) block "h1" is missing'],
    ),
    (
        LESSON_EN,
        "heading h1",
        "heading h2",
        [
            f'{LESSON_EN}:1 (lt:11) block "h1" is missing',
            f'{LESSON_EN}:8 (lt:1) block "h2" is not in the Lithuanian file',
        ],
    ),
    (LESSON_EN, "heading h1", "tip h1", [f'{LESSON_EN}:8 (lt:11) block "h1": type tip, Lithuanian has heading']),
    (
        LESSON_EN,
        "slug: bridges",
        "slug: bridges\nminutes: 15",
        [f"{LESSON_EN}:6 “minutes” stands in the source language's file alone"],
    ),
    (
        QUESTION_EN,
        "::: option a\n",
        "::: option a\ncorrect: yes\n",
        [f'{QUESTION_EN}:10 block "a": “correct” stands in the source language\'s file alone'],
    ),
    (LESSON_EN, f"key: {LESSON}", f"key: {MODULE}", [f"{LESSON_EN}:3 (lt:3) “key” is not that of the Lithuanian file"]),
    (LESSON_LT, "minutes: 15", "minutes: many", [f"{LESSON_LT}:7 “minutes”: “many” is not a whole number"]),
    (
        LESSON_LT,
        "minutes: 15",
        "minutes: 900",
        [f"{LESSON_LT}:7 “minutes”: Ensure this value is less than or equal to 600."],
    ),
    (LESSON_LT, "minutes: 15\n", "", [f"{LESSON_LT}:1 field “minutes” is missing"]),
    (LESSON_LT, "required: yes", "required: true", [f"{LESSON_LT}:8 “required”: “true” is neither yes nor no"]),
    (
        LESSON_LT,
        "checked_on: 2026-11-02",
        "checked_on: 2026-11-31",
        [f'{LESSON_LT}:27 block "l1": “checked_on”: “2026-11-31” is not a day such as 2026-11-21'],
    ),
    (LESSON_LT, "minutes: 15", "hours: 15\nminutes: 15", [f"{LESSON_LT}:7 unknown field “hours”"]),
    (
        LESSON_LT,
        "number: X-1",
        "nr: X-1",
        [f'{LESSON_LT}:24 block "l1": field “number” is missing', f'{LESSON_LT}:26 block "l1": unknown field “nr”'],
    ),
    (
        LESSON_LT,
        "slug: tiltai",
        "slug: tiltai\nslug: kiti",
        [f"{LESSON_LT}:7 field “slug” stands twice, first in line 6"],
    ),
    (
        LESSON_LT,
        "slug: tiltai",
        "slug: tiltai ir upės",
        [
            f"{LESSON_LT}:6 “slug”: Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens."
        ],
    ),
    (LESSON_LT, f"key: {LESSON}", "key: abc", [f"{LESSON_LT}:3 “abc” is not a UUID"]),
    (LESSON_LT, f"key: {LESSON}\n", "", [f"{LESSON_LT}:1 field “key” is missing"]),
    (
        LESSON_LT,
        "type: lesson",
        "type: lecture",
        [
            f"{LESSON_LT}:2 “type” is none of: home, info, news_index, news, catalogue, course, module, lesson, quiz, question"
        ],
    ),
    (LESSON_LT, "::: heading h1", "::: heading t1", [f'{LESSON_LT}:16 anchor "t1" stands twice, first in line 11']),
    (
        LESSON_LT,
        "::: heading h1",
        "::: title h1",
        [
            f"{LESSON_LT}:11 unknown block “title”; a lesson may have: heading, text, case, notice, tip, activity, key_points, apply, image, document, video, audio, table, accordion, myth_fact, quotation, practice_card, practice_question, legal_reference, sources"
        ],
    ),
    (LESSON_LT, "Kam reikia tilto\n:::\n", "Kam reikia tilto\n", [f'{LESSON_LT}:11 block "h1" is not closed with :::']),
    (LESSON_LT, "Kam reikia tilto", "Kam reikia\ntilto", [f'{LESSON_LT}:14 block "h1": one line is expected']),
    (LESSON_LT, "Kam reikia tilto\n", "", [f'{LESSON_LT}:11 block "h1": the text is missing']),
    (LESSON_LT, "- Antras.", "- <u>Antras</u>.", [f'{LESSON_LT}:21 block "t1": raw HTML: <u>']),
    (
        LESSON_LT,
        "https://www.e-tar.lt",
        "javascript:alert",
        [
            f'{LESSON_LT}:20 block "t1": a link to “javascript:alert”; an address begins with https://, mailto:, tel: or page:'
        ],
    ),
    (
        LESSON_LT,
        "::: text t1",
        "tekstas\n\n::: text t1",
        [f"{LESSON_LT}:16 text outside of a block; open one with ::: type anchor"],
    ),
    (LESSON_LT, "::: text t1", "::: text", [f"{LESSON_LT}:16 not the start of a block (::: type anchor): “::: text”"]),
    (QUESTION_LT, "correct: yes", "correct: no", [f"{QUESTION_LT}:11 No option is marked as right: mark one."]),
    (
        QUESTION_LT,
        "correct: no",
        "correct: yes",
        [f"{QUESTION_LT}:11 This kind of question has one right option: unmark the others."],
    ),
    (
        QUESTION_LT,
        "kind: single_choice",
        "kind: essay",
        [f"{QUESTION_LT}:4 “kind”: Value 'essay' is not a valid choice."],
    ),
    (
        QUESTION_LT,
        "text: Jungia krantus.",
        "text: " + "Jungia " * 60,
        [f'{QUESTION_LT}:11 block "a": “text”: Ensure this value has at most 400 characters (it has 419).'],
    ),
    (
        TEST_LT,
        "questions: k9-1-q01",
        "questions: k9-1-q01, k9-1-q02",
        [f"{TEST_LT}:12 there is no question file named “k9-1-q02”"],
    ),
    (
        TEST_LT,
        "questions: k9-1-q01",
        "questions: k9-1-q01, k9-1-q01",
        [f"{TEST_LT}:12 a question or draw is named twice"],
    ),
    (TEST_LT, "position: 2", "position: 3", [f"{TEST_LT}:4 “position” 3, expected 2 of 2"]),
    (TEST_LT, "slug: testas", "slug: tiltai", [f"{TEST_LT}:6 “slug” tiltai is also that of {LESSON_LT}:6"]),
    (TEST_LT, "title: Testas\n", "title: Testas\nne laukas\n", [f"{TEST_LT}:6 neither a field nor ---: “ne laukas”"]),
    ("k9/course.lt.md", "edition_academic_hours: 1\n", "", ["k9/course.lt.md:9 “edition_academic_hours” is missing"]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "old", "new", "expected"), CHANGES, ids=[str(number) for number in range(len(CHANGES))]
)
def test_a_finding_names_its_place(folder, file, old, new, expected):
    text = folder.read(file)
    assert old in text
    folder.write({file: text.replace(old, new, 1)})

    assert findings(folder) == expected


@pytest.mark.django_db
def test_a_missing_english_file(folder):
    folder.remove(LESSON_EN)

    assert findings(folder) == [f"{LESSON_EN}:1 there is no such file, but {LESSON_LT}"]


@pytest.mark.django_db
def test_a_key_that_stands_twice_names_both_files(folder):
    for language in ("lt", "en"):
        text = folder.read(f"k9/m1/k9-1-1.{language}.md").replace("position: 1", "position: 3")
        folder.write({f"k9/m1/k9-1-2.{language}.md": text.replace("slug: ", "slug: kitas-")})

    assert findings(folder) == [f"k9/m1/k9-1-2.lt.md:3 “key” {LESSON} is also that of {LESSON_LT}:3"]


@pytest.mark.django_db
def test_a_lesson_without_a_module(folder):
    folder.write({"k9/k9-0-1.lt.md": folder.read(LESSON_LT), "k9/k9-0-1.en.md": folder.read(LESSON_EN)})
    folder.remove(LESSON_LT)
    folder.remove(LESSON_EN)
    folder.change(TEST_LT, "position: 2", "position: 1")

    assert findings(folder) == ["k9/k9-0-1.lt.md:2 a lesson needs a file of type module in its folder or above"]


@pytest.mark.django_db
def test_the_same_sentence_twice_needs_the_same_english(folder):
    folder.change(LESSON_LT, "- Antras.", "- Tas pats.\n- Tas pats.")
    folder.change(LESSON_EN, "- The second.", "- The same.\n- Again.")

    assert findings(folder) == [
        f'{LESSON_EN}:13 (lt:16) block "t1": “Tas pats.…” stands twice in Lithuanian and is translated differently; '
        "split the block"
    ]


@pytest.mark.django_db
def test_all_findings_come_together_in_order(folder):
    folder.change(LESSON_LT, "minutes: 15", "minutes: x")
    folder.change(QUESTION_LT, "correct: yes", "correct: no")
    folder.remove("home.en.md")

    assert findings(folder) == [
        "home.en.md:1 there is no such file, but home.lt.md",
        f"{LESSON_LT}:7 “minutes”: “x” is not a whole number",
        f"{QUESTION_LT}:11 No option is marked as right: mark one.",
    ]


@pytest.mark.django_db
def test_what_the_database_refuses_takes_everything_back(loaded):
    """A slug taken by a page that no file knows is found only while writing."""
    lesson = Page.objects.get(translation_key=LESSON, locale__language_code="lt").specific
    other = type(lesson)(title="Kita", slug="nauja", locale=Locale.get_default(), minutes=5)
    lesson.get_parent().add_child(instance=other)
    loaded.change(LESSON_LT, "slug: tiltai", "slug: nauja")
    loaded.change("home.lt.md", "title: Mokykitės", "title: Mokykitės kasdien")

    with pytest.raises(ContentError) as refusal:
        loaded.load()

    assert [(each.path, each.line) for each in refusal.value.findings] == [(LESSON_LT, 1)]
    assert "nauja" in str(refusal.value)
    assert not Page.objects.filter(title="Mokykitės kasdien").exists()
