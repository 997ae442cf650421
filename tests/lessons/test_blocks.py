"""Each block: what it draws, and what it refuses with which words."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from PIL import Image as PILImage
from wagtail.images.models import Image

from lessons.blocks.tables import join_row, split_row
from lessons.models import LessonPage
from tests.factories.pages import make_course, publish

BODY = LessonPage._meta.get_field("body").stream_block


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def block(name):
    return BODY.child_blocks[name]


def cleaned(name, value):
    return block(name).clean(block(name).to_python(value))


def drawn(name, value):
    return " ".join(block(name).render(block(name).to_python(value)).split())


def refusals(name, value):
    """The sentences of a refusal, each with the path of its field."""
    with pytest.raises(ValidationError) as refusal:
        cleaned(name, value)
    return list(_sentences(refusal.value, ()))


def _sentences(error, path):
    inner = getattr(error, "block_errors", None)
    if inner is None:
        yield from ((".".join(path), message) for message in error.messages)
        return
    yield from ((".".join(path), str(message)) for message in error.non_block_errors)
    for name, deep in inner.items():
        yield from _sentences(deep, (*path, str(name)))


TABLE = {"caption": "Kas ką tikrina", "header_column": True, "rows": [["Sritis", "Kas"], ["Globa", "Departamentas"]]}
CARD = {
    "title": "Rytinis pasitarimas",
    "source": "Bergeno savivaldybė, 2015",
    "context": "Pagalba į namus",
    "adaptation": "Trumpiau",
    "result": "Mažiau\nklaidų",
}
QUESTION = {
    "prompt": "Ką daryti pirma?",
    "option": [
        {"correct": True, "text": "Paklausti", "feedback": "Taip sužinoma, ko reikia."},
        {"correct": False, "text": "Spręsti", "feedback": "Sprendžiama be žmogaus."},
    ],
}


class TestCells:
    @pytest.mark.parametrize(
        ("line", "cells"),
        [
            ("| a | b |", ["a", "b"]),
            ("a | b", ["a", "b"]),
            ("a|b|", ["a", "b", ""]),
            ("|  | b |", ["", "b"]),
            ("| a | |", ["a", ""]),
            ("a \\| b | c", ["a | b", "c"]),
            ("a \\\\| b", ["a \\", "b"]),
            ("  a\u00a0b |  c   d", ["a\u00a0b", "c d"]),
            ("a", ["a"]),
        ],
    )
    def test_a_line_is_cells(self, line, cells):
        assert split_row(line) == cells

    @pytest.mark.parametrize("cells", [["a", "b"], ["", ""], ["a | b", "\\"], ["\\|", "||"], ["", "b", ""]])
    def test_a_row_is_read_back_as_it_was_written(self, cells):
        assert split_row(join_row(cells)) == cells

    def test_what_is_pasted_from_a_spreadsheet_has_tabs(self):
        rows = block("table").child_blocks["rows"].value_from_form("Sritis\tKas\r\nGloba\t\r\n\r\n a  b \tc|d\r\n")

        assert rows == [["Sritis", "Kas"], ["Globa", ""], ["a b", "c|d"]]

    def test_what_was_typed_is_shown_again_also_when_it_is_wrong(self):
        cells = block("table").child_blocks["rows"]

        assert cells.get_form_state(cells.value_from_form("a | b\nc")) == "| a | b |\n| c |"

    def test_no_rows_are_no_rows(self):
        cells = block("table").child_blocks["rows"]

        assert (cells.get_default(), cells.get_form_state([]), cells.to_python(None)) == ([], None, [])


class TestTable:
    def test_headers_name_columns_and_rows(self):
        html = drawn("table", TABLE)

        assert "<caption>Kas ką tikrina</caption>" in html
        assert '<th scope="col">Sritis</th>' in html
        assert '<th scope="row">Globa</th>' in html
        assert '<td data-label="Kas">Departamentas</td>' in html
        assert html.count("<tr") == 2

    def test_without_a_header_column_all_below_are_plain_cells(self):
        html = drawn("table", TABLE | {"header_column": False})

        assert 'scope="row"' not in html
        assert '<td data-label="Sritis">Globa</td>' in html

    def test_cells_are_words_and_no_html(self):
        assert "&lt;script&gt;" in drawn("table", TABLE | {"rows": [["a", "b"], ["<script>", "d"]]})

    def test_the_corner_above_a_header_column_may_be_empty(self):
        rows = [["", "Kas"], ["Globa", ""]]

        assert cleaned("table", TABLE | {"rows": rows})["rows"] == rows
        assert "<td></td>" in drawn("table", TABLE | {"rows": rows})

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"rows": []}, ("rows", "This field is required.")),
            ({"caption": ""}, ("caption", "This field is required.")),
            ({"rows": [["a", "b"]]}, ("rows", "A table has a header row and at least one row below it.")),
            ({"rows": [["a"], ["b"]]}, ("rows", "The header row has 1 cell. A table has from 2 to 6 columns")),
            ({"rows": [["a"] * 7] * 2}, ("rows", "The header row has 7 cells.")),
            ({"rows": [["a", "b"], ["c"]]}, ("rows", "Cells in row 2: 1, in the header row: 2.")),
            ({"rows": [["a", ""], ["c", "d"]]}, ("rows", "Column 2 has no header.")),
            ({"rows": [["", "b"], ["c", "d"]], "header_column": False}, ("rows", "Column 1 has no header.")),
            ({"rows": [["a", "b"], ["", "d"]]}, ("rows", "A row has no header.")),
        ],
    )
    def test_what_is_no_table_is_told(self, changes, said):
        [(field, sentence)] = refusals("table", TABLE | changes)

        assert (field, sentence.startswith(said[1])) == (said[0], True), sentence

    def test_its_words_are_found_by_the_search(self):
        content = block("table").get_searchable_content(block("table").to_python(TABLE))

        assert [*map(str, content)] == ["Kas ką tikrina", "Sritis", "Kas", "Globa", "Departamentas"]


class TestParts:
    def test_an_accordion_opens_without_javascript(self):
        html = drawn(
            "accordion", [{"title": "Pirma", "text": "<p>Viena.</p>"}, {"title": "Antra", "text": "<p>Dvi.</p>"}]
        )

        assert html.count("<details") == 2
        assert "<summary>Pirma</summary>" in html
        assert "<p>Viena.</p>" in html

    def test_an_accordion_of_nothing_is_refused(self):
        assert refusals("accordion", []) == [("", "The minimum number of items is 1")]

    def test_a_myth_and_a_fact_say_so_in_words(self):
        html = drawn("myth_fact", {"myth": "Kokybė – popieriai.", "fact": "<p>Kokybė – <b>pokytis</b>.</p>"})

        assert ">Myth</p><p>Kokybė – popieriai.</p>" in html
        assert ">Fact</p><p>Kokybė – <b>pokytis</b>.</p>" in html

    def test_a_quotation_has_its_source(self):
        html = drawn("quotation", {"source": "Ona, 2019", "text": "Viena.\nKita."})

        assert "<blockquote><p>Viena.<br>Kita.</p></blockquote>" in html
        assert '<figcaption class="small">Ona, 2019</figcaption>' in html
        assert refusals("quotation", {"source": "", "text": "Viena."}) == [("source", "This field is required.")]

    def test_a_practice_card_tells_source_context_adaptation_and_result(self):
        html = drawn("practice_card", CARD)

        assert [html.count(f"<dt>{word}</dt>") for word in ("Source", "Context", "Adaptation", "Result")] == [1] * 4
        assert "<dd>Mažiau<br>klaidų</dd>" in html
        assert ">Good practice</p>" in html

    @pytest.mark.parametrize("name", CARD)
    def test_every_part_of_a_practice_card_is_needed(self, name):
        assert refusals("practice_card", CARD | {name: ""}) == [(name, "This field is required.")]


class TestPracticeQuestion:
    def test_each_answer_opens_to_its_word_and_feedback(self):
        html = drawn("practice_question", QUESTION)

        assert html.count("<details") == 2
        assert '<b class="verdict-word">Correct.</b> Taip sužinoma, ko reikia.' in html
        assert '<b class="verdict-word">Not quite.</b> Sprendžiama be žmogaus.' in html

    def test_it_sends_and_stores_nothing(self):
        html = drawn("practice_question", QUESTION)

        assert [tag for tag in ("<form", "<input", "<button", "<script") if tag in html] == []
        assert "Nothing is counted or stored." in html

    def test_without_a_right_answer_it_is_refused(self):
        options = [option | {"correct": False} for option in QUESTION["option"]]

        assert refusals("practice_question", QUESTION | {"option": options}) == [
            ("option", "No answer is right. Tick at least one as right.")
        ]

    def test_one_answer_is_no_choice(self):
        assert refusals("practice_question", QUESTION | {"option": QUESTION["option"][:1]}) == [
            ("option", "The minimum number of items is 2")
        ]

    def test_each_answer_has_feedback(self):
        options = [QUESTION["option"][0], QUESTION["option"][1] | {"feedback": ""}]

        assert refusals("practice_question", QUESTION | {"option": options}) == [
            ("option.1.feedback", "This field is required.")
        ]


class TestImage:
    pytestmark = pytest.mark.django_db

    @pytest.fixture
    def drawing(self):
        return picture("trys.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect/></svg>')

    def value(self, image, **changes):
        return {
            "image": image.pk,
            "decorative": False,
            "alt": "Trys pusės",
            "caption": "Kokybė",
            "credit": "Tiltas, CC BY 4.0",
        } | changes

    def test_a_drawing_is_shown_as_a_picture_with_its_words(self, drawing):
        html = drawn("image", self.value(drawing))

        assert f'src="{drawing.file.url}" alt="Trys pusės" width="40" height="20"' in html
        assert '<figcaption>Kokybė · <span class="credit">Tiltas, CC BY 4.0</span></figcaption>' in html
        assert "<svg" not in html

    def test_a_photograph_comes_in_sizes_for_small_screens(self):
        image = picture("foto.png", png(1000, 500))
        html = drawn("image", self.value(image))

        assert html.count(".webp") >= 3
        assert 'alt="Trys pusės"' in html

    def test_a_decorative_picture_has_an_empty_alternative_text(self, drawing):
        assert 'alt=""' in drawn("image", self.value(drawing, decorative=True, alt=""))

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"alt": "  "}, ("alt", "The alternative text is missing.")),
            ({"decorative": True}, ("alt", "A decorative picture has no alternative text.")),
            ({"credit": ""}, ("credit", "This field is required.")),
        ],
    )
    def test_what_is_missing_is_told(self, drawing, changes, said):
        [(field, sentence)] = refusals("image", self.value(drawing, **changes))

        assert (field, sentence.startswith(said[1])) == (said[0], True), sentence

    def test_three_pictures_ask_as_many_queries_as_one(self, client):
        lesson, asked = make_course(lessons=1, quiz=False).lessons[0], []
        for count in (1, 3):
            images = [picture(f"foto{count}{place}.png", png(900, 90 + place)) for place in range(count)]
            value = {"decorative": True, "credit": "Ona"}
            lesson.body = [("image", value | {"image": image, "alt": "", "caption": ""}) for image in images]
            publish(lesson)
            client.get(lesson.get_url())  # makes the smaller sizes, once
            with CaptureQueriesContext(connection) as queries:
                assert client.get(lesson.get_url()).content.decode().count("<figure") == count
            asked.append(len(queries))

        assert asked[0] == asked[1] <= 15

    def test_without_a_picture_its_words_are_still_looked_at(self):
        assert [field for field, _sentence in refusals("image", self.value(Nothing(), alt=""))] == ["image", "alt"]


class Nothing:
    pk = None


def png(width, height):
    written = BytesIO()
    PILImage.new("RGB", (width, height), "white").save(written, "PNG")
    return written.getvalue()


def picture(name, content):
    return Image.objects.create(title=name, file=ContentFile(content, name))
