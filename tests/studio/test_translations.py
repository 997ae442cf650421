"""
What we rely on wagtail-localize for, step by step (TRANSLATION.md §2 to §5): an upgrade that breaks it fails here first.
"""

import random
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamValue
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from courses.models import Activity
from lessons.models import LessonPage
from quizzes.models import Question
from studio import building, grammar, tree
from studio.translations import (
    NotAPair,
    NotTranslated,
    build,
    pair,
    progress,
    publish,
    publish_pair,
    stale_segments,
    store,
    sync,
)
from tests.conftest import NOON
from tests.studio.conftest import LESSON, MODULE, QUESTION

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(loaded):
    return Locale.objects.get(language_code="en")


def lesson(language="lt"):
    return LessonPage.objects.get(translation_key=LESSON, locale__language_code=language)


def page_of(blocks, **values):
    """An unsaved lesson with these blocks: (id, type, value)."""
    page = LessonPage(minutes=5, **values)
    page.body = stream(blocks)
    return page


def stream(blocks):
    raw = [{"id": identity, "type": kind, "value": value} for identity, kind, value in blocks]
    return StreamValue(LessonPage._meta.get_field("body").stream_block, raw, is_lazy=True)


def strings(instance):
    return [
        (each.path, each.string.data) for each in extract_segments(instance) if isinstance(each, StringSegmentValue)
    ]


def translate(draft, locale, words):
    """A translator's words for each stale string of this draft; `words` makes English of Lithuanian."""
    source = sync(draft)
    stale = {(each.path, each.string.data) for each in stale_segments(draft, locale)}
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        if (segment.context.path, segment.string.data) in stale:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=locale,
                defaults={"data": words(segment.string.data), "translation_type": "manual"},
            )


def english_of(text):
    return f"en {text}"


def test_the_walk_from_two_pages_to_a_published_pair(loaded, english):
    # §2: both languages' pages are extracted unsaved, with the same paths.
    one, two = str(uuid4()), str(uuid4())
    html = '<p>Pirma <a href="https://a.lt">nuoroda</a> ir <a href="https://b.lt">kita</a>.</p><ul><li>Antra.</li></ul>'
    theirs = (
        '<p>See <a href="https://b.lt">other</a>, then <a href="https://a.com">link</a>.</p><ul><li>Second.</li></ul>'
    )
    key = uuid4()
    source_page = page_of(
        [(one, "heading", "Antraštė"), (two, "text", html)], title="Nauja", slug="nauja", translation_key=key
    )
    other_page = page_of(
        [(one, "heading", "Heading"), (two, "text", theirs)], title="New", slug="new", translation_key=key
    )
    assert strings(source_page) == [
        ("title", "Nauja"),
        ("slug", "nauja"),
        (f"body.{one}", "Antraštė"),
        (f"body.{two}", 'Pirma <a id="a1">nuoroda</a> ir <a id="a2">kita</a>.'),
        (f"body.{two}", "Antra."),
    ]

    # Pairs: links are tied by equal addresses first, another address is an override of the source's.
    pairs = pair(source_page, other_page)
    assert [data for _path, _string, data in pairs.strings] == [
        "New",
        "new",
        "Heading",
        'See <a id="a2">other</a>, then <a id="a1">link</a>.',
        "Second.",
    ]
    assert pairs.overrides == {f"body.{two}.'https://a.lt'": "https://a.com"}

    # The source is saved and published, its strings are stored; nothing of English is there yet.
    module = Page.objects.get(translation_key=MODULE, locale=Locale.get_default())
    source_page.live = False
    module.add_child(instance=source_page)
    source_page.save_revision().publish()
    saved = LessonPage.objects.get(pk=source_page.pk)
    source = store(saved, english, pairs, at=NOON)
    assert progress(english, [key]) == {key: (5, 5)}
    assert stale_segments(saved, english) == []
    assert not saved.has_translation(english)

    # Built as a revision and published: never by save_target.
    built = publish(source, saved, english)
    assert Translation.objects.get(source=source).get_progress() == (5, 5)
    page = LessonPage.objects.get(pk=built.pk)
    assert (page.live, page.title, page.slug, page.locale, page.minutes) == (True, "New", "new", english, 5)
    assert page.body[1].value.source == theirs
    assert [block.id for block in page.body] == [one, two]
    assert Activity.objects.get(key=key).titles == {"lt": "Nauja", "en": "New"}

    # §4: nothing syncs by itself, so a receiver of ours does; publishing the source leaves the live English alone.
    saved.title = "Naujesnė"
    saved.save_revision().publish()
    assert progress(english, [key]) == {key: (5, 4)}
    assert [each.string.data for each in stale_segments(saved, english)] == ["Naujesnė"]
    sync(LessonPage.objects.get(pk=saved.pk))
    assert progress(english, [key]) == {key: (5, 4)}
    with pytest.raises(NotTranslated, match="Naujesnė"):
        build(TranslationSource.objects.get(pk=source.pk), english)
    assert LessonPage.objects.get(pk=page.pk).title == "New"

    # A pair goes out together or not at all.
    with pytest.raises(NotTranslated, match="Naujesnė"):
        publish_pair(saved)
    translate(LessonPage.objects.get(pk=saved.pk), english, lambda text: "Newer")
    saved = LessonPage.objects.get(pk=saved.pk)
    saved.minutes = 7
    saved.save_revision()
    publish_pair(saved)
    assert [LessonPage.objects.get(pk=each.pk).minutes for each in (saved, page)] == [7, 7]
    assert LessonPage.objects.get(pk=page.pk).title == "Newer"

    # Undoing an edit finds the old words again.
    saved.title = "Nauja"
    assert stale_segments(saved, english) == []


def test_what_is_stale_is_what_was_changed(loaded, english):
    """Sixty random edits of a draft; each sentence has words by its block, so a sentence moved to another block is stale."""
    chance = random.Random(20261121)
    ids = [str(uuid4()) for _block in range(4)]
    blocks = {identity: [f"Sakinys {identity[:4]} {n}." for n in range(5)] for identity in ids}
    page = lesson()

    def write():
        page.body = stream([(each, "text", "".join(f"<p>{text}</p>" for text in blocks[each])) for each in ids])
        page.save_revision()

    write()
    translate(page, english, english_of)
    known = {(f"body.{each}", text) for each in ids for text in blocks[each]}
    fields = {pair_ for pair_ in strings(page) if not pair_[0].startswith("body.")}
    for number in range(60):
        texts = blocks[chance.choice(ids)]
        edit = chance.choice(["replace", "insert", "delete", "move", "away", "blocks"])
        if edit == "replace" and texts:
            texts[chance.randrange(len(texts))] = f"Pakeista {number}."
        elif edit == "insert":
            texts.insert(chance.randint(0, len(texts)), f"Nauja {number}.")
        elif edit == "delete" and len(texts) > 1:
            texts.pop(chance.randrange(len(texts)))
        elif edit == "move" and len(texts) > 1:
            texts.append(texts.pop(0))
        elif edit == "away" and len(texts) > 1:
            moved = texts.pop()
            others = [other for other in blocks.values() if other is not texts and moved not in other]
            chance.choice(others).append(moved)
        elif edit == "blocks":
            chance.shuffle(ids)
        write()
        now = {(f"body.{each}", text) for each in ids for text in blocks[each]}

        stale = {(each.path, each.string.data) for each in stale_segments(page, english)}

        assert stale == now - known, (number, edit)
        assert {pair_ for pair_ in strings(page) if pair_ not in now} == fields
        if number % 5 == 4:
            translate(page, english, english_of)
            known |= now
    publish_pair(page)
    shown = [[text for _path, text in strings(lesson("en")) if _path == f"body.{each}"] for each in ids]
    assert shown == [[english_of(text) for text in blocks[each]] for each in ids]


def test_a_taken_slug_takes_the_whole_pair_back(loaded, english):
    page, published = lesson(), lesson("en")
    page.title = "Kitas pavadinimas"
    page.slug = "kitas"
    page.save_revision()
    translate(page, english, lambda text: {"kitas": "test"}.get(text, "Another title"))  # "test" is the quiz's
    revisions = Revision.objects.count()

    with pytest.raises(ValidationError):
        publish_pair(page)

    assert (lesson().title, lesson().slug) == ("Tiltai", "tiltai")
    assert (lesson("en").title, lesson("en").slug) == ("Bridges", "bridges")
    assert lesson("en").latest_revision_id == published.latest_revision_id
    assert Revision.objects.count() == revisions


def test_a_question_goes_the_same_way(loaded, english):
    question = Question.objects.get(translation_key=QUESTION, locale=Locale.get_default())
    question.options[0].value["text"] = "Sujungia krantus."
    question.save_revision()
    assert [each.string.data for each in stale_segments(question, english)] == ["Sujungia krantus."]
    with pytest.raises(NotTranslated):
        publish_pair(question)

    translate(question.get_latest_revision_as_object(), english, lambda text: "It connects the banks.")
    publish_pair(question)

    saved = {each.locale.language_code: each for each in Question.objects.filter(translation_key=QUESTION)}
    assert saved["lt"].options[0].value["text"] == "Sujungia krantus."
    assert saved["en"].options[0].value["text"] == "It connects the banks."
    assert saved["en"].options[0].id == saved["lt"].options[0].id


def test_an_empty_translation_counts_as_none(loaded, english):
    StringTranslation.objects.filter(data="What a bridge is for").update(data="")

    assert [each.string.data for each in stale_segments(lesson(), english)] == ["Kam reikia tilto"]
    strings_, translated = progress(english)[lesson().translation_key]
    assert strings_ - translated == 1


@pytest.mark.parametrize(
    ("source", "other", "message"),
    [
        ("<p>a</p>", "<p>a</p><p>b</p>", "differ in their paragraphs"),
        ("<p>a</p>", "<p><b>a</b></p>", "differ in their paragraphs"),
        ("<p>a</p><p>a</p>", "<p>b</p><p>c</p>", "stands twice"),
        ('<p><a href="https://a.lt">a</a></p>', "<p>a</p>", "0 links"),
        (
            '<p><a href="https://a.lt">a</a></p><p><a href="https://a.lt">b</a></p>',
            '<p><a href="https://x.lt">a</a></p><p><a href="https://y.lt">b</a></p>',
            "has two translations",
        ),
        ('<p><a id="1" linktype="page">a</a></p>', '<p><a id="2" linktype="page">a</a></p>', "another page"),
    ],
)
def test_what_is_no_pair(source, other, message):
    identity = str(uuid4())
    pages = [page_of([(identity, "text", html)], title="A", slug="a") for html in (source, other)]

    with pytest.raises(NotAPair, match=message) as refusal:
        pair(*pages)
    assert refusal.value.path == f"body.{identity}"


def test_keys_of_paragraphs_make_no_difference():
    identity = str(uuid4())
    ours = page_of([(identity, "text", '<p data-block-key="a1">a</p>')], title="A", slug="a")
    theirs = page_of([(identity, "text", '<p data-block-key="b2">b</p>')], title="B", slug="b")

    assert [data for _path, _string, data in pair(ours, theirs).strings] == ["B", "b", "b"]


def test_every_kind_takes_its_words_and_nothing_else_from_english(folder):
    """What the grammar calls the source's alone is never a string for a translator, and the other way round."""
    entries, findings = tree.read_folder(folder.path)
    assert findings == []
    for entry in entries:
        paths = {path.split(".")[0] for path, _string in strings(building.build(entry.kind, entry.source))}
        words = {name for name, spec in grammar.fields_of(entry.kind.name).items() if not spec.of_source}
        assert paths <= words | set(entry.kind.streams)
        assert {name for name in words if entry.source.text_of(name)} <= paths
