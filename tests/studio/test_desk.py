"""The courses on the first screen of the editor's pages."""

import pytest
from django.contrib.auth.models import Group

from studio.desk import desk_rows
from tests.factories import UserFactory
from tests.factories.pages import make_course, publish
from tiltas.roles import TRAINER, sync_groups

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
