"""What is stale is what was changed: of every page and question of the real courses, at once, and in numbers for many."""

import json
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment

from lessons.models import LessonPage
from quizzes.models import Question
from studio.staleness import counts_of_all
from studio.translations import Counted, behind_segments, counts, sync
from studio.translations.segments import digest_of, string_segments
from tests.factories.pages import make_course
from tests.factories.translations import english, put_into_english
from tests.studio.conftest import LESSON
from tests.trainer.conftest import TRAINER, lesson_form, logged_in, sentences
from tests.trainer.test_lessons import BLOCKS

# ---- all content, edited at random


class Draft:
    """A page or question whose texts are changed as its stored form has them, whatever block they stand in."""

    def __init__(self, instance):
        self.instance, self.expected, self.number = instance, {}, 0
        self.streams = [field.name for field in instance._meta.get_fields() if isinstance(field, StreamField)]
        for name in self.streams:
            self.put(name, list(getattr(instance, name).raw_data))

    def put(self, name, raw):
        block = self.instance._meta.get_field(name).stream_block
        setattr(self.instance, name, StreamValue(block, json.loads(json.dumps(raw, default=str)), is_lazy=True))

    def raw(self, name):
        return [dict(each) for each in getattr(self.instance, name).raw_data]

    def replace(self, pick):
        """Another text in place of one that stands in its field once."""
        found = string_segments(self.instance)
        segment = found[pick % len(found)]
        self.number += 1
        name, old, new = segment.path.split(".")[0], segment.string.data, f"Pakeista {self.number}"
        if name in self.streams:
            text = json.dumps(self.raw(name), ensure_ascii=False)
            if "<" in old or "&" in old or '"' in old or text.count(old) != 1:
                return
            self.put(name, json.loads(text.replace(old, new)))
        else:
            new = f"pakeista-{self.number}" if name == "slug" else new
            setattr(self.instance, name, new)
        self.expected.pop((segment.path, old), None)
        self.expected[segment.path, new] = True

    def remove(self, pick):
        for name in self.streams:
            raw = self.raw(name)
            if len(raw) > 1:
                gone = raw.pop(pick % len(raw))
                self.put(name, raw)
                self.expected = {key: True for key in self.expected if gone["id"] not in key[0]}

    def turn(self, pick):
        """The blocks in another order: nothing of that has to be translated."""
        for name in self.streams:
            raw = self.raw(name)
            place = pick % max(len(raw), 1)
            self.put(name, raw[place:] + raw[:place])

    def add(self, pick):
        if isinstance(self.instance, LessonPage):
            self.number += 1
            raw, identity = self.raw("body"), str(uuid4())
            raw.insert(pick % (len(raw) + 1), {"type": "heading", "value": f"Nauja {self.number}", "id": identity})
            self.put("body", raw)
            self.expected[f"body.{identity}", f"Nauja {self.number}"] = True


EDITS = st.lists(st.tuples(st.sampled_from(["replace", "remove", "turn", "add"]), st.integers(0, 10_000)), max_size=5)


@pytest.fixture(scope="module")
def sources(real_content):
    """(model, primary key) of all source pages and questions that have words, and of nothing else."""
    source = Locale.get_default()
    pages = [page.specific for page in Page.objects.filter(locale=source, depth__gt=1).order_by("path")]
    questions = Question.objects.filter(locale=source).order_by("pk")
    return [*pages, *questions]


def test_nothing_of_the_real_content_is_stale(sources):
    assert [str(each) for each in sources if behind_segments(each, english())] == []
    assert {counted.behind for counted in counts(english()).values()} == {0}


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(pick=st.integers(0, 100_000), edits=EDITS)
def test_what_is_stale_is_what_was_changed_in_all_content(sources, pick, edits):
    chosen = sources[pick % len(sources)]
    draft = Draft(type(chosen).objects.get(pk=chosen.pk))
    for edit, where in edits:
        getattr(draft, edit)(where)

    found = {(each.path, each.source) for each in behind_segments(draft.instance, english())}

    assert found == set(draft.expected)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(pick=st.integers(0, 100_000), edits=EDITS)
def test_the_numbers_of_a_synced_draft_are_those_of_its_sentences(sources, pick, edits):
    chosen = sources[pick % len(sources)]
    with transaction.atomic():
        draft = Draft(type(chosen).objects.get(pk=chosen.pk))
        for edit, where in edits:
            getattr(draft, edit)(where)
        sync(draft.instance)
        behind = behind_segments(draft.instance, english())
        counted = counts(english(), [chosen.translation_key])[chosen.translation_key]
        kept = {
            (path, digest)
            for path, digest in StringSegment.objects.filter(source__object_id=chosen.translation_key).values_list(
                "context__path", "string__data_hash"
            )
        }
        transaction.set_rollback(True)

    assert counted.behind == len(behind)
    assert counted.stale >= sum(each.is_stale for each in behind)
    assert kept == {(each.path, digest_of(each)) for each in string_segments(draft.instance)}


# ---- in numbers


def test_changed_and_new_sentences_are_counted_apart(loaded):
    lesson = LessonPage.objects.get(translation_key=LESSON, locale=Locale.get_default())
    lesson.body[0].value = "Kam žmogui reikia tilto"
    lesson.body.append(("text", "<p>Nauja.</p><p>Dar viena.</p>"))
    lesson.save_revision()
    key = UUID(LESSON)
    assert counts_of_all([key]) == {(key, english()): Counted(8, 0, 0)}  # nobody read the draft yet

    sync(lesson)

    assert counts_of_all([key]) == {(key, english()): Counted(10, 1, 2)}


@pytest.mark.django_db
def test_three_pages_ask_as_much_as_one(site, django_assert_num_queries):
    made = make_course(lessons=3)
    put_into_english(made.lessons[0])
    locale = english()
    with django_assert_num_queries(2):
        assert len(counts(locale)) == 1
    put_into_english(made.lessons[1])
    put_into_english(made.lessons[2])
    with django_assert_num_queries(2):
        assert len(counts(locale)) == 3


# ---- where authors see it


def explore(client, page):
    return client.get(reverse("wagtailadmin_explore", args=[page.pk]))


@pytest.fixture
def made(site):
    return make_course(lessons=3)


@pytest.fixture
def trainer(client, site):
    client.cookies["django_language"] = "en"
    return logged_in(client, TRAINER)


MARK = "English: 1 sentence not translated"


def change(lesson, title):
    put_into_english(lesson)
    lesson.title = title
    lesson.save_revision()
    sync(lesson)


def test_the_list_of_pages_marks_what_is_behind_in_either_tree(client, trainer, made):
    change(made.lessons[0], "Kitaip")
    module = made.modules[0]

    assert [
        explore(client, each).content.decode().count(MARK) for each in (module, module.get_translation(english()))
    ] == [1, 1]


def test_the_list_of_pages_asks_as_much_for_three_marks_as_for_one(client, trainer, made):
    module = made.modules[0]
    change(made.lessons[0], "Kitaip")
    explore(client, module)
    with CaptureQueriesContext(
        connection,
    ) as one:
        explore(client, module)
    change(made.lessons[1], "Kitaip")
    change(made.lessons[2], "Kitaip")
    with CaptureQueriesContext(connection) as three:
        shown = explore(client, module)

    assert shown.content.decode().count(MARK) == 3
    # Wagtail's buttons of wagtail-localize ask for the source of each page: those are the same in both.
    ours = [[q["sql"] for q in each.captured_queries if "tiltas_behind" in q["sql"]] for each in (one, three)]
    assert len(ours[0]) == len(ours[1])


def test_a_saved_draft_is_marked_at_once_and_the_editor_says_so(client, trainer, made):
    lesson = made.lessons[0]
    put_into_english(lesson)
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])

    client.post(address, lesson_form(client, lesson, blocks=BLOCKS, title="Kitaip"))

    assert counts(english(), [lesson.translation_key])[lesson.translation_key].behind == 3
    shown = client.get(address)
    said = [str(message) for message in shown.context["messages"]]
    assert [text for text in said if "English: " in text] != []
    assert reverse("tiltas_translating:behind", args=[lesson.translation_key]) in "".join(said)


def test_what_saves_itself_is_not_read_while_one_types_but_the_translators_editor_is_up_to_date(client, trainer, made):
    lesson = made.lessons[0]
    put_into_english(lesson)
    twin = lesson.get_translation(english())
    from studio.translations import start

    start(sync(lesson), english())
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    form = lesson_form(
        client, lesson, blocks=[("heading", "Skyrius"), ("text", "<p>Tekstas lietuviškai.</p>")], title="Kit"
    )
    form |= {f"body-{place}-id": str(block.id) for place, block in enumerate(lesson.body)}
    client.post(address, form, headers={"accept": "application/json"})
    assert counts(english(), [lesson.translation_key])[lesson.translation_key].behind == 0

    shown = client.get(reverse("wagtailadmin_pages:edit", args=[twin.pk]))

    assert counts(english(), [lesson.translation_key])[lesson.translation_key].behind == 1
    assert "Kit" in shown.content.decode()
    assert [each for each in sentences(shown) if "English: " in each] == []
