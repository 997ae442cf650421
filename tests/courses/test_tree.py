"""One tree for all languages: what happens to a source page happens to its translations, or nothing does and a sentence says why."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import post_save
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation

from courses.models import Activity, CoursePage, ModulePage
from courses.tree import arrange_pages, delete_page, move_page, reorder_page, settle_order, unpublish_page
from courses.tree_rules import AddressTaken, NotTheSource, ParentNotTranslated, RequiredInItsCourse, TreeRefused
from lessons.models import LessonPage
from progress.models import Completion
from studio.translations import sync
from tests.courses.trees import disagreements, english
from tests.factories import NOON, CompletionFactory, EnrolmentFactory
from tests.factories.pages import make_course, publish, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_course(modules=2, lessons=3, quiz=False, release=False)


@pytest.fixture
def other():
    """Another course; its module has an address of its own, its lessons have not."""
    return make_course(code="K2", modules=1, lessons=1, quiz=False, release=False)


def below(page):
    """Titles of the pages below the source page, in the order of each language."""
    return [[child.title for child in each.get_children()] for each in (Page.objects.get(pk=page.pk), english(page))]


def tree():
    """Where every page stands, and under which address: to see that nothing changed."""
    return list(Page.objects.order_by("pk").values_list("pk", "path", "url_path", "slug", "live"))


def records():
    return list(Activity.objects.order_by("pk").values())


# ---- moving


def test_a_page_moves_in_all_languages_and_its_record_with_it(made):
    move_page(page_id=made.lessons[0].pk, parent_id=made.modules[1].pk)

    assert below(made.modules[1]) == [
        ["Pamoka 2.1", "Pamoka 2.2", "Pamoka 2.3", "Pamoka 1.1"],
        ["Pamoka 2.1 (EN)", "Pamoka 2.2 (EN)", "Pamoka 2.3 (EN)", "Pamoka 1.1 (EN)"],
    ]
    assert made.lessons[0].record.module == made.modules[1].record
    assert disagreements() == []


def test_moving_again_changes_nothing(made):
    move_page(page_id=made.lessons[0].pk, parent_id=made.modules[1].pk)
    before = tree()

    move_page(page_id=made.lessons[0].pk, parent_id=made.modules[1].pk)

    assert tree() == before


def test_a_module_takes_all_below_it_to_another_course(made, other):
    for page, slug in ((made.modules[0], "m9"), (english(made.modules[0]).specific, "m9-en")):
        page.slug = slug
        publish(page)

    move_page(page_id=made.modules[0].pk, parent_id=other.page.pk)

    assert english(made.lessons[0]).url_path == "/home/courses/k2-en/m9-en/p1-1-en/"
    assert made.modules[0].record.course == other.record
    assert disagreements() == []


def test_a_page_without_translation_moves_too(made):
    english(made.lessons[0]).delete()

    move_page(page_id=made.lessons[0].pk, parent_id=made.modules[1].pk)

    assert made.lessons[0].record.module == made.modules[1].record
    assert disagreements() == []


@pytest.mark.parametrize("language", ["lt", "en"])
def test_an_address_that_is_taken_in_any_language_moves_nothing(made, language):
    lesson = made.lessons[0] if language == "lt" else english(made.lessons[0])
    target = made.modules[1] if language == "lt" else english(made.modules[1])
    target.add_child(instance=LessonPage(title="Kita", slug=lesson.slug))
    before = tree(), records()

    with pytest.raises(AddressTaken, match=f"„{lesson.slug}“ .*„Kita“"):
        move_page(page_id=made.lessons[0].pk, parent_id=made.modules[1].pk)

    assert (tree(), records()) == before


def test_below_a_page_without_a_translation_nothing_moves(made):
    module = publish(made.page.add_child(instance=ModulePage(title="Modulis 3", slug="m3")))
    before = tree(), records()

    with pytest.raises(ParentNotTranslated, match="„Modulis 3“") as refusal:
        move_page(page_id=made.lessons[0].pk, parent_id=module.pk)

    assert refusal.value.page.pk == module.pk
    assert (tree(), records()) == before


def test_what_an_edition_requires_stays_in_its_course(other):
    made = make_course(modules=1, lessons=1)
    before = tree(), records()

    for page, parent in ((made.lessons[0], other.modules[0]), (made.modules[0], other.page)):
        with pytest.raises(RequiredInItsCourse, match=r"„Pamoka 1\.1“|„Modulio testas“"):
            move_page(page_id=page.pk, parent_id=parent.pk)

    assert (tree(), records()) == before


def test_a_page_moves_into_no_other_language_kind_or_itself(made):
    before = tree()
    wrong = [
        (made.lessons[0], english(made.modules[1])),
        (made.lessons[0], made.page),
        (made.modules[0], made.modules[0]),
        (made.modules[0], made.lessons[0]),
    ]

    for page, parent in wrong:
        with pytest.raises(TreeRefused):
            move_page(page_id=page.pk, parent_id=parent.pk)

    assert tree() == before


def test_a_translation_never_goes_its_own_way(made):
    page, before = english(made.lessons[0]), tree()
    alone = [
        lambda: move_page(page_id=page.pk, parent_id=english(made.modules[1]).pk),
        lambda: reorder_page(page_id=page.pk, position=2),
        lambda: unpublish_page(page_id=page.pk),
        lambda: delete_page(page_id=page.pk),
        lambda: page.move(english(made.modules[1]), pos="last-child"),  # without any service
    ]

    for deed in alone:
        with pytest.raises(NotTheSource, match=r"„Pamoka 1\.1“") as refusal:
            deed()
        assert refusal.value.page.pk == made.lessons[0].pk

    assert tree() == before


@pytest.mark.parametrize("place", ["source", "translation"])
def test_a_failure_in_the_middle_leaves_all_as_it_was(made, place):
    """The database refuses one of the rows that are written: whichever, none of the others stays changed."""
    fails = made.lessons[0].pk if place == "source" else english(made.lessons[0]).pk
    before = tree(), records()

    def refuse(sender, instance, **kwargs):
        if isinstance(instance, Page) and instance.pk == fails:
            with (
                connection.cursor() as cursor
            ):  # a slug belongs to a page once: the same row again breaks a real constraint
                cursor.execute(
                    "INSERT INTO wagtailcore_locale (id, language_code) SELECT id, language_code FROM wagtailcore_locale"
                )

    post_save.connect(refuse)
    try:
        with pytest.raises(IntegrityError), transaction.atomic():
            move_page(page_id=made.lessons[0].pk, parent_id=made.modules[1].pk)
    finally:
        post_save.disconnect(refuse)

    assert (tree(), records()) == before


def test_a_draft_of_another_address_is_found_when_it_is_published_not_when_it_moves(made):
    """What readers have counts: an address that is only drafted is looked at when it is published."""
    draft = LessonPage.objects.get(pk=made.lessons[3].pk)
    draft.slug = "p1-1"
    draft.save_revision()
    move_page(page_id=made.lessons[0].pk, parent_id=made.modules[1].pk)

    with pytest.raises(ValidationError):
        draft.get_latest_revision().publish()


# ---- reordering


@pytest.mark.parametrize("position", [0, 1, 2, 9])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_order_is_the_same_in_all_languages(made, number, position):
    reorder_page(page_id=made.lessons[number].pk, position=position)

    titles = ["Pamoka 1.1", "Pamoka 1.2", "Pamoka 1.3"]
    titles.insert(position, titles.pop(number))
    assert below(made.modules[0]) == [titles, [f"{title} (EN)" for title in titles]]
    in_order = Activity.objects.filter(module=made.modules[0].record).in_order()
    assert [activity.titles["lt"] for activity in in_order] == titles
    assert disagreements() == []


def test_what_has_no_translation_leaves_no_gap_and_what_has_no_source_stays_beside_its_neighbour(made):
    english(made.lessons[1]).delete()
    english(made.modules[0]).add_child(instance=LessonPage(title="Only here", slug="only"))

    reorder_page(page_id=made.lessons[2].pk, position=0)

    assert below(made.modules[0]) == [
        ["Pamoka 1.3", "Pamoka 1.1", "Pamoka 1.2"],
        ["Pamoka 1.3 (EN)", "Pamoka 1.1 (EN)", "Only here"],
    ]


def test_a_new_translation_takes_the_place_of_its_source(made):
    english(made.lessons[0]).delete()
    assert below(made.modules[0])[1] == ["Pamoka 1.2 (EN)", "Pamoka 1.3 (EN)"]

    translate(made.lessons[0], title="Back again", slug="back")

    assert below(made.modules[0])[1] == ["Back again", "Pamoka 1.2 (EN)", "Pamoka 1.3 (EN)"]


def test_many_are_arranged_at_once(made):
    keys = [made.lessons[number].translation_key for number in (2, 0, 1)]

    arrange_pages(parent_id=made.modules[0].pk, keys=keys)

    assert [page.translation_key for page in Page.objects.get(pk=made.modules[0].pk).get_children()] == keys
    assert disagreements() == []


@pytest.mark.parametrize("lessons", [1, 3])
def test_what_agrees_costs_three_queries_however_many_there_are(lessons, django_assert_num_queries):
    made = make_course(modules=1, lessons=lessons, quiz=False)
    module = Page.objects.get(pk=made.modules[0].pk)
    module.specific_class  # noqa: B018 - remembered by Django

    with django_assert_num_queries(3):
        settle_order(module)


# ---- leaving


def test_a_page_leaves_in_all_languages_and_stays_required():
    made = make_course(modules=1, lessons=1)
    required = records()

    for _twice in range(2):
        unpublish_page(page_id=made.lessons[0].pk)

        live = Page.objects.filter(translation_key=made.lessons[0].translation_key, live=True)
        assert (live.exists(), records()) == (False, required)
    assert disagreements() == []


@pytest.mark.parametrize("with_those_below", [False, True])
def test_those_below_leave_when_they_are_chosen(made, with_those_below):
    unpublish_page(page_id=made.modules[0].pk, include_descendants=with_those_below)

    keys = [page.translation_key for page in made.lessons[:3]]
    live = Page.objects.filter(translation_key__in=keys, live=True).count()
    assert live == (0 if with_those_below else 6)
    assert not Page.objects.filter(translation_key=made.modules[0].translation_key, live=True).exists()


# ---- deleting


def test_a_page_goes_in_all_languages_and_what_was_learned_and_translated_stays(made):
    sync(made.lessons[0])
    segment = sync(made.lessons[0]).stringsegment_set.first()
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=Locale.objects.get(language_code="en"),
        data="Kept",
    )
    done = CompletionFactory(enrolment__course=made.record, activity=made.lessons[0].record)

    for _twice in range(2):
        delete_page(page_id=made.modules[0].pk)

        keys = [page.translation_key for page in (made.modules[0], *made.lessons[:3])]
        assert not Page.objects.filter(translation_key__in=keys).exists()
        assert Activity.objects.filter(key__in=keys).count() == 3
        assert list(Completion.objects.all()) == [done]
        assert [row.data for row in StringTranslation.objects.all()] == ["Kept"]
    assert disagreements() == []


def test_what_people_have_to_complete_stays():
    made = make_course(modules=1, lessons=1)
    before = tree()

    for page in (made.lessons[0], made.quizzes[0], made.modules[0]):
        with pytest.raises(TreeRefused, match="„Kursas K1“"):
            delete_page(page_id=page.pk)

    assert tree() == before


def test_a_course_without_enrolments_goes_with_all_that_it_requires():
    made = make_course(modules=1, lessons=1)

    delete_page(page_id=made.page.pk)

    assert not CoursePage.objects.exists()
    assert not LessonPage.objects.exists()


def test_a_course_with_enrolments_stays(made):
    EnrolmentFactory(course=made.record, enrolled_at=NOON)

    for page in (made.page, made.page.get_parent()):
        with pytest.raises(TreeRefused, match="Kursas K1"):
            delete_page(page_id=page.pk)

    assert CoursePage.objects.count() == 2
