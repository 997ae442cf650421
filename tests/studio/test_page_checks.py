"""What would stop a reader who does not see the page is told with its place, and nothing else is."""

import pytest
from django.utils.translation import override
from wagtail.blocks import CharBlock, RichTextBlock, StreamBlock
from wagtail.images.models import Image

from lessons.models import LessonPage
from studio.page_checks import check_page

pytestmark = pytest.mark.django_db

PICTURE = {"image": None, "decorative": False, "alt": "", "caption": "", "credit": "Tiltas"}


def lesson(*blocks):
    """An unsaved lesson of these blocks: (type, value)."""
    page = LessonPage(title="Pamoka")
    block = LessonPage._meta.get_field("body").stream_block
    page.body = block.to_python([{"type": kind, "value": value} for kind, value in blocks])
    return page


def said(page):
    with override("en"):
        return [str(finding) for finding in check_page(page)]


@pytest.fixture
def image(db):
    from django.core.files.uploadedfile import SimpleUploadedFile

    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>'
    return Image.objects.create(title="Tiltas", file=SimpleUploadedFile("tiltas.svg", drawing), width=4, height=4)


def test_a_sound_lesson_is_told_nothing(image):
    page = lesson(
        ("heading", "Skyrius"),
        ("text", '<p>Žodis su <a href="https://e-tar.lt">nuoroda</a> ir <b>svarbiu</b> žodžiu.</p>'),
        ("image", PICTURE | {"image": image.pk, "alt": "Tiltas per upę"}),
        ("image", PICTURE | {"image": image.pk, "decorative": True}),
    )

    assert said(page) == []


@pytest.mark.parametrize(
    ("alt", "problem"),
    [
        ("", "the picture has no alternative text. Say what it shows, or mark it as decorative."),
        ("IMG_2041", "the alternative text looks like the name of a file. Say what the picture shows."),
        ("tiltas.png", "the alternative text looks like the name of a file. Say what the picture shows."),
    ],
)
def test_a_picture_without_words_is_named_by_its_place(image, alt, problem):
    page = lesson(("heading", "Skyrius"), ("image", PICTURE | {"image": image.pk, "alt": alt}))

    assert said(page) == [f"block 2 “Image”: {problem}"]


def test_a_link_without_words_is_found_in_every_kind_of_text():
    empty = '<p>Žr. <a href="https://e-tar.lt"> </a>.</p>'
    page = lesson(
        ("tip", empty),
        ("accordion", [{"type": "item", "id": "a", "value": {"title": "Dalis", "text": empty}}]),
        ("myth_fact", {"myth": "Mitas", "fact": empty}),
    )

    assert [sentence.split(":")[0] for sentence in said(page)] == [
        "block 1 “Tip”",
        "block 2 “Accordion”",
        "block 3 “Myth and fact”",
    ]


def test_a_bold_paragraph_that_stands_for_a_heading_is_asked_about():
    page = lesson(("text", "<p><b>Antraštė</b></p><p>Tekstas su <b>svarbiu</b> žodžiu.</p>"))

    assert said(page) == ["block 1 “Text”: “Antraštė” is a paragraph in bold. If it is a heading, use a heading block."]


def test_a_paragraph_that_is_bold_and_long_is_a_paragraph():
    assert said(lesson(("text", f"<p><b>{'Žodis ' * 20}</b></p>"))) == []


def test_a_heading_of_a_plug_in_that_skips_a_level_is_found():
    stream = StreamBlock([("heading", CharBlock(label="Heading")), ("rich", RichTextBlock(label="Rich text"))])
    page = LessonPage(title="Pamoka")
    page.__dict__["body"] = stream.to_python(
        [
            {"type": "heading", "value": "Skyrius"},
            {"type": "rich", "value": "<h3>Poskyris</h3><p>Tekstas</p>"},
            {"type": "rich", "value": "<h2>Kitas</h2><h4>Per giliai</h4><h3></h3>"},
        ]
    )

    assert said(page) == [
        "block 3 “Rich text”: the heading “Per giliai” skips a level. Make it one level higher, or put a heading above it.",
        "block 3 “Rich text”: the heading is empty. Write it, or delete it.",
    ]
