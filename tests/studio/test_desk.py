"""The courses and translations on the first screen of the editor's pages."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation

from quizzes.models import Question
from studio.desk import desk_rows, translation_rows
from studio.translations import publish as publish_translation
from studio.translations import sync
from tests.factories import UserFactory
from tests.factories.pages import make_course, publish
from tiltas.roles import TRAINER, TRANSLATOR, sync_groups

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(site):
    sync_groups()
    trainer = UserFactory()
    trainer.groups.add(Group.objects.get(name=TRAINER))
    return trainer


def rows(user):
    return [(row.page.code, row.pages, row.waiting) for row in desk_rows(user)]


def test_each_course_with_its_pages_and_what_waits_to_be_published(trainer):
    make_course(code="K2", lessons=1)
    made = make_course(code="K1", modules=2, lessons=2)
    made.lessons[0].title = "Kitaip"
    made.lessons[0].save_revision()
    made.lessons[1].unpublish()

    assert rows(trainer) == [("K1", 8, 2), ("K2", 4, 0)]


def test_what_is_published_no_longer_waits(trainer):
    made = make_course(lessons=1)
    made.lessons[0].save_revision()
    assert rows(trainer) == [("K1", 4, 1)]

    publish(made.lessons[0])

    assert rows(trainer) == [("K1", 4, 0)]


def test_who_may_not_edit_is_shown_nothing(site):
    make_course(lessons=1)

    assert rows(UserFactory()) == []


def test_three_courses_ask_as_much_as_one(trainer, django_assert_num_queries):
    make_course(code="K1", lessons=1)
    desk_rows(trainer)  # what one may do is remembered
    with django_assert_num_queries(4):
        desk_rows(trainer)
    make_course(code="K2", lessons=1)
    make_course(code="K3", lessons=1)
    with django_assert_num_queries(4):
        desk_rows(trainer)


def test_the_first_screen_shows_them(client, trainer):
    made = make_course(lessons=1)
    client.force_login(trainer)

    page = client.get("/admin/").content.decode()

    assert f"K1. {made.page.title}" in page
    assert "tiltas_shell/admin" in page
    assert "bridge-mark" in page


# What is to be translated


@pytest.fixture
def translator(site):
    sync_groups()
    translator = UserFactory()
    translator.groups.add(Group.objects.get(name=TRANSLATOR))
    return translator


def translated(instance):
    """The page or question with words for everything in it."""
    english, source = Locale.objects.get(language_code="en"), sync(instance)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=english,
            context=segment.context,
            defaults={"data": f"{segment.string.data}-en"},
        )
    publish_translation(source, instance, english)
    return instance


def waiting(user):
    return [(row.title, row.locale.language_code, row.missing) for row in translation_rows(user)]


def test_what_changed_in_the_source_waits_to_be_translated_by_its_new_name(translator):
    made = make_course(lessons=2)
    lesson, other = translated(made.lessons[0]), translated(made.lessons[1])
    question = translated(Question.objects.filter(locale=Locale.get_default()).earliest("pk"))
    assert waiting(translator) == []

    lesson.title = "Kitaip"
    publish(lesson)
    question.prompt, question.explanation = "Kas dabar?", "Dėl to."
    question.save_revision().publish()

    assert waiting(translator) == [("Kitaip", "en", 1), (question.title, "en", 2)]
    row = translation_rows(translator)[0]
    assert row.edit_url == f"/admin/pages/{lesson.get_translation(row.locale).pk}/edit/"
    assert other.title not in [title for title, _language, _missing in waiting(translator)]


def test_nobody_else_is_shown_what_waits(site):
    made = make_course(lessons=1)
    translated(made.lessons[0]).title = "Kitaip"
    publish(made.lessons[0])

    assert waiting(UserFactory()) == []


def test_three_translations_ask_as_much_as_one(translator, django_assert_num_queries):
    made = make_course(lessons=3)

    def change(lesson):
        translated(lesson).title = f"Kitaip {lesson.pk}"
        publish(lesson)

    change(made.lessons[0])
    assert len(waiting(translator)) == 1  # what one may do is remembered
    with django_assert_num_queries(7):
        translation_rows(translator)
    change(made.lessons[1])
    change(made.lessons[2])
    with django_assert_num_queries(7):
        assert len(translation_rows(translator)) == 3
