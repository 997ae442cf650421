"""Each block of a lesson goes from its file to the page and back without a difference, in both languages."""

import re

import pytest
from django.core.files.base import ContentFile
from wagtail.images.models import Image
from wagtail.models import Locale

from lessons.blocks import OWN_BLOCKS
from lessons.models import LessonPage
from studio.dumping import dump_course
from studio.files import ContentError
from studio.models import ContentPicture
from studio.translations import build, publish_pair, sources_of
from tests.factories.files import CONTENT
from tests.studio.conftest import LESSON

LT, EN = "k9/m1/k9-1-1.lt.md", "k9/m1/k9-1-1.en.md"

# name → (the fence in Lithuanian, the fence in English)
FENCES = {
    "heading": ("::: heading b1\n---\nPirma\n:::\n", "::: heading b1\n---\nFirst\n:::\n"),
    "text": ("::: text b2\n---\nViena **dvi**.\n:::\n", "::: text b2\n---\nOne **two**.\n:::\n"),
    "case": ("::: case b3\n---\nOna eina.\n:::\n", "::: case b3\n---\nOna walks.\n:::\n"),
    "tip": ("::: tip b4\n---\nEikite.\n:::\n", "::: tip b4\n---\nWalk.\n:::\n"),
    "notice": ("::: notice b0\n---\nTai ne gydymas.\n:::\n", "::: notice b0\n---\nThis is no treatment.\n:::\n"),
    "activity": ("::: activity b5\n---\n1. Vienas.\n:::\n", "::: activity b5\n---\n1. One.\n:::\n"),
    "key_points": ("::: key_points b6\n---\n- Esmė.\n:::\n", "::: key_points b6\n---\n- The point.\n:::\n"),
    "apply": ("::: apply b7\n---\nPritaikykite.\n:::\n", "::: apply b7\n---\nApply it.\n:::\n"),
    "sources": ("::: sources b8\n---\n- Knyga.\n:::\n", "::: sources b8\n---\n- A book.\n:::\n"),
    "legal_reference": (
        "::: legal_reference b9\nact: Aktas\nnumber: X-1\nchecked_on: 2026-11-02\nreview_by: 2027-05-02\n---\nSako.\n:::\n",
        "::: legal_reference b9\nact: Act\n---\nSays.\n:::\n",
    ),
    "table": (
        """::: table b10
caption: Kas ką&nbsp;tikrina
header_column: yes
---
|  | Kas | Kada |
|---|---|---|
| Globa | Departamentas \\| ministerija | &nbsp;kasmet |
| Priežiūra |  | Taip \\\\ ne |
| Slauga | Taip \\\\ ne | **2** kartus |
:::
""".replace("&nbsp;kasmet", "kas&nbsp;metus"),
        """::: table b10
caption: Who checks&nbsp;what
---
|  | Who | When |
|---|---|---|
| Care | Department \\| ministry | every&nbsp;year |
| Attendance |  | Yes \\\\ no |
| Nursing | Yes \\\\ no | **2** times |
:::
""",
    ),
    "image": (
        "::: image b16\nimage: k9/figures/tiltas.svg\ndecorative: no\nalt: Tiltas per upę\ncaption: Tiltas\ncredit: Ona, CC BY 4.0\n:::\n",
        "::: image b16\nalt: A bridge over a river\ncaption: A bridge\ncredit: By Ona, CC BY 4.0\n:::\n",
    ),
    "document": (
        "::: document b17\ntitle: Lapas\nfile: k9/files/lapas.pdf\npurpose: Pildyti.\n:::\n",
        "::: document b17\ntitle: Sheet\nfile: k9/files/sheet.pdf\npurpose: Fill it in.\n:::\n",
    ),
    "video": (
        "::: video b18\ntitle: Rytas\nfile: k9/files/rytas.mp4\ncaptions: k9/files/rytas.vtt\nposter: k9/figures/tiltas.svg\n---\nRasa.\n\nOna.\n:::\n",
        "::: video b18\ntitle: Morning\ncaptions: k9/files/morning.vtt\n---\nRasa.\n\nOna.\n:::\n",
    ),
    "audio": (
        "::: audio b19\ntitle: Pokalbis\nfile: k9/files/pokalbis.mp3\n---\nLaba diena.\n:::\n",
        "::: audio b19\ntitle: A talk\n---\nGood day.\n:::\n",
    ),
    "accordion": (
        "::: accordion b11\n:: item i1\ntitle: Pirma dalis\n---\nEiti **lėtai**.\n\n- ir ilsėtis\n"
        ":: item i2\ntitle: Antra dalis\n---\nGrįžti.\n:::\n",
        "::: accordion b11\n:: item i1\ntitle: Part one\n---\nWalk *slowly*.\n\n- and rest\n"
        ":: item i2\ntitle: Part two\n---\nCome back.\n:::\n",
    ),
    "myth_fact": (
        "::: myth_fact b12\nmyth: Kokybė yra popieriai.\n---\nKokybė yra [pokytis](https://www.e-tar.lt).\n:::\n",
        "::: myth_fact b12\nmyth: Quality is paper.\n---\nQuality is [change](https://www.e-tar.lt).\n:::\n",
    ),
    "quotation": (
        "::: quotation b13\nsource: Ona, 2019\n---\nViena.&#10;Kita.\n:::\n",
        "::: quotation b13\nsource: Ona, in 2019\n---\nOne.&#10;Other.\n:::\n",
    ),
    "practice_card": (
        "::: practice_card b14\ntitle: Pasitarimas\nsource: Bergenas, 2015\ncontext: Namai\nadaptation: Trumpiau\n---\nMažiau klaidų.\n:::\n",
        "::: practice_card b14\ntitle: Meeting\nsource: Bergen, 2015\ncontext: Homes\nadaptation: Shorter\n---\nFewer errors.\n:::\n",
    ),
    "practice_question": (
        "::: practice_question b15\nprompt: Ką daryti?\n"
        ":: option a\ncorrect: yes\ntext: Paklausti\nfeedback: Taip.\n"
        ":: option b\ncorrect: no\ntext: Spręsti\nfeedback: Geriau klausti.\n:::\n",
        "::: practice_question b15\nprompt: What to do?\n"
        ":: option a\ntext: Ask\nfeedback: Yes.\n"
        ":: option b\ntext: Decide\nfeedback: Better ask.\n:::\n",
    ),
}

pytestmark = pytest.mark.django_db


def lesson(language="lt"):
    return LessonPage.objects.get(translation_key=LESSON, locale__language_code=language)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="{}"/></svg>'


def add(folder, name):
    if name in ("image", "video"):
        folder.write({"k9/figures/tiltas.svg": SVG.format(1)})
    for fence in FENCES[name]:
        for path in re.findall(r"k9/files/\S+", fence):
            (folder.path / path).parent.mkdir(exist_ok=True)
            # Of the same content they would be one file.
            (folder.path / path).write_bytes(CONTENT[path.rpartition(".")[2]] + path.encode())
    for place, path in enumerate((LT, EN)):
        folder.write({path: folder.read(path) + "\n" + FENCES[name][place]})


@pytest.fixture
def full(folder):
    """The small site, whose lesson holds each block of ours."""
    for name in FENCES:
        add(folder, name)
    return folder


def test_each_block_of_ours_is_here():
    assert sorted(FENCES) == sorted(name for name, _block in OWN_BLOCKS)


def test_a_file_of_all_blocks_goes_to_the_page_and_back_without_a_difference(full):
    full.load()
    before = full.texts()

    assert len(full.load().unchanged) == 7
    assert dump_course("K9", full.path) == []
    for path in (LT, EN):
        (full.path / path).unlink()
    assert dump_course("K9", full.path) == [LT, EN]
    assert full.texts() == before


def test_english_is_built_from_the_translated_words_alone(full):
    full.load()
    by_type = {child.block_type: child.value for child in lesson("en").body}

    table = by_type["table"]
    assert (table["caption"], table["header_column"]) == ("Who checks\xa0what", True)
    assert table["rows"] == [
        ["", "Who", "When"],
        ["Care", "Department | ministry", "every\xa0year"],
        ["Attendance", "", "Yes \\ no"],
        ["Nursing", "Yes \\ no", "**2** times"],
    ]
    assert [part["title"] for part in by_type["accordion"]] == ["Part one", "Part two"]
    assert [(each["text"], each["correct"]) for each in by_type["practice_question"]["option"]] == [
        ("Ask", True),
        ("Decide", False),
    ]


def test_a_row_put_in_between_leaves_the_other_cells_translated(full):
    full.load()
    page = lesson()
    table = next(child for child in page.body if child.block_type == "table").value
    table["rows"] = [table["rows"][0], *table["rows"][:0:-1]]
    page.save_revision()

    publish_pair(page)

    table = next(child for child in lesson("en").body if child.block_type == "table").value
    assert [row[0] for row in table["rows"]] == ["", "Nursing", "Attendance", "Care"]


def test_the_words_of_all_blocks_are_asked_of_the_translator_and_nothing_else_is(full):
    full.load()
    source = sources_of([lesson().translation_key], Locale.get_default())[lesson().translation_key]
    asked = set(source.stringsegment_set.values_list("string__data", flat=True))

    assert {"Departamentas | ministerija", "Pirma dalis", "Kokybė yra popieriai.", "Trumpiau", "Spręsti"} <= asked
    assert not {"X-1", "yes", "True", "2026-11-02"} & asked
    built = build(source, Locale.objects.get(language_code="en"))
    assert [child.block_type for child in built.body] == [child.block_type for child in lesson().body]


BAD = [
    ("table", LT, "| Globa |", "Globa |", 'LT:39 block "b10": “rows”: a row of a table begins and ends with |, one row a line, no empty line between'),
    ("table", LT, "|---|---|---|\n", "", 'LT:38 block "b10": “rows”: the second line of a table is |---|---|, as many as there are columns'),
    ("table", LT, "| Priežiūra |  |", "| Priežiūra |", 'LT:40 block "b10": “rows”: cells in this row: 2, in the header row: 3'),
    ("table", LT, "| Kas |", "|  |", 'LT:33 block "b10": “rows”: Column 2 has no header. Write one into the first row.'),
    ("table", LT, "caption: Kas ką&nbsp;tikrina\n", "", 'LT:33 block "b10": field “caption” is missing'),
    ("table", EN, "| Nursing | Yes \\\\ no | **2** times |\n", "", 'EN:30 (lt:37) block "b10": 3 rows, Lithuanian has 4'),
    ("table", EN, "| Attendance |  |", "| Attendance | She |", 'EN:30 (lt:37) block "b10": row 3, cell 2 is filled, Lithuanian leaves it empty'),
    ("table", EN, "|  | Yes \\\\ no |", "|  | No |", 'EN:30 (lt:37) block "b10": “Taip \\ ne” stands twice in Lithuanian and is translated differently; use the same words'),
    ("image", LT, "k9/figures/tiltas.svg", "k9/figures/upe.svg", "LT:34 “image”: there is no file k9/figures/upe.svg"),
    ("image", LT, "k9/figures/tiltas.svg", "../tiltas.svg", "LT:34 “image”: “../tiltas.svg” is not the path of a picture below the content folder, such as k1/figures/tiltas.svg"),
    ("image", LT, "alt: Tiltas per upę\n", "", 'LT:33 block "b16": “alt”: The alternative text is missing. Write what the picture says, or tick “decorative”.'),
    ("image", LT, "image: k9/figures/tiltas.svg\n", "", 'LT:33 block "b16": field “image” is missing'),
    ("image", EN, "alt: A bridge over a river\n", "", 'EN:27 (lt:36) block "b16": “alt” is empty, Lithuanian has it'),
    ("accordion", LT, "title: Antra dalis\n", "", 'LT:40 block "b11": item "i2": field “title” is missing'),
    ("accordion", EN, ":: item i2\ntitle: Part two\n---\nCome back.\n", "", 'EN:27 (lt:40) block "b11": item "i2" is missing'),
    ("practice_question", LT, "correct: yes", "correct: no", 'LT:33 block "b15": “option”: No answer is right. Tick at least one as right.'),
    ("practice_question", EN, "text: Ask", "correct: yes\ntext: Ask", 'EN:30 block "b15": item "a": “correct” stands in the source language\'s file alone'),
    ("practice_card", LT, "context: Namai\n", "", 'LT:33 block "b14": field “context” is missing'),
    ("quotation", EN, "source: Ona, in 2019\n", "", 'EN:27 (lt:34) block "b13": “source” is empty, Lithuanian has it'),
    ("myth_fact", EN, "[change](https://www.e-tar.lt)", "change", 'EN:27 (lt:33) block "b12": piece 1: 0 links, Lithuanian has 1'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "old", "new", "said"), BAD)
def test_what_is_wrong_in_a_block_is_told_with_its_line(folder, name, path, old, new, said):
    add(folder, name)
    folder.change(path, old, new)

    with pytest.raises(ContentError) as refusal:
        folder.load()

    sentences = [str(each).replace(LT, "LT").replace(EN, "EN") for each in refusal.value.findings]
    assert said in sentences


class TestPictures:
    """A picture has a file and an image: what changed on one side comes to the other."""

    FILE = "k9/figures/tiltas.svg"

    @pytest.fixture
    def pictured(self, folder):
        add(folder, "image")
        folder.load()
        return folder

    def image(self, language="lt"):
        return next(child.value["image"] for child in lesson(language).body if child.block_type == "image")

    def shown(self):
        with self.image().open_file() as opened:
            return opened.read().decode()

    def test_the_file_becomes_an_image_with_its_size_in_both_languages(self, pictured):
        assert (self.image().title, self.image().width, self.image().height) == ("tiltas", 40, 20)
        assert self.shown() == SVG.format(1)
        assert self.image("en") == self.image()

    def test_loading_again_makes_no_second_image(self, pictured):
        pictured.load()

        assert Image.objects.count() == ContentPicture.objects.count() == 1

    def test_a_changed_file_changes_the_image_that_pages_show_already(self, pictured):
        before = self.image().pk
        pictured.write({self.FILE: SVG.format(2)})

        assert len(pictured.load().unchanged) == 7  # the text is the same
        assert (self.image().pk, self.shown()) == (before, SVG.format(2))

    def test_an_image_changed_in_the_admin_stays_and_is_written_to_the_file(self, pictured):
        image = self.image()
        image.file = ContentFile(SVG.format(3).encode(), "tiltas.svg")
        image._set_image_file_metadata()
        image.save()

        pictured.load()
        assert self.shown() == SVG.format(3)
        assert dump_course("K9", pictured.path) == [self.FILE]
        assert pictured.read(self.FILE) == SVG.format(3)
        pictured.load()
        assert self.shown() == SVG.format(3)

    def test_an_image_uploaded_in_the_admin_gets_a_file_and_stays_the_same_image(self, pictured):
        image = Image.objects.create(title="Nauja upė", file=ContentFile(SVG.format(4).encode(), "upe.svg"))
        image.get_file_hash()
        page = lesson()
        next(child.value for child in page.body if child.block_type == "image")["image"] = image
        page.save_revision().publish()
        name = f"figures/nauja-upe-{image.pk}.svg"

        assert dump_course("K9", pictured.path) == [LT, name]
        assert f"image: {name}\n" in pictured.read(LT)
        assert len(pictured.load().unchanged) == 7
        assert (self.image(), Image.objects.count()) == (image, 2)

    def test_a_drawing_that_is_more_than_that_is_refused_with_its_file(self, pictured):
        pictured.write({self.FILE: SVG.format(1).replace("<rect", "<script>alert(1)</script><rect")})

        with pytest.raises(ContentError) as refusal:
            pictured.load()

        assert "k9/figures/tiltas.svg: " in str(refusal.value)
        assert "script" in str(refusal.value)
        assert self.shown() == SVG.format(1)

    def test_a_photograph_that_is_none_is_refused(self, pictured):
        pictured.write({"k9/figures/foto.png": "not a picture"})
        pictured.change(LT, self.FILE, "k9/figures/foto.png")

        with pytest.raises(ContentError, match=r"k9/figures/foto\.png: "):
            pictured.load()
