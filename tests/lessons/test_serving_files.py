"""Who may have a lesson's file: whoever may read the lesson. For everybody else it is not there."""

import logging
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction

from courses.services import enrol, withdraw
from lessons.models import LessonFile, LessonFileUse
from lessons.services import record_files
from progress.services import record_completion
from tests.factories import NOON, LearnerFactory, UserFactory
from tests.factories.files import CONTENT, block, lesson_file
from tests.factories.pages import make_course, publish
from tiltas.roles import TRAINER, TRANSLATOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_course(lessons=3, quiz=False)


@pytest.fixture
def learner(client):
    learner = LearnerFactory()
    client.force_login(learner.user)
    return learner


@pytest.fixture
def open_file(made):
    return shown_in(made.lessons[0])


@pytest.fixture
def closed_file(made):
    return shown_in(made.lessons[1])


def shown_in(lesson, **values):
    """A document that this lesson shows, published."""
    file = lesson_file(**values)
    lesson.body = [block("document", file=file)]
    publish(lesson)
    return file


def status(client, file):
    return client.get(file.url).status_code


def test_a_file_of_the_open_lesson_is_for_everybody(client, open_file):
    response = client.get(open_file.url)

    assert (response.status_code, response.getvalue()) == (200, CONTENT["pdf"])
    assert response.headers["Content-Disposition"] == 'attachment; filename="lapas.pdf"'
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_of_another_lesson_is_for_who_is_enrolled(client, made, learner, closed_file):
    assert status(client, closed_file) == 404

    enrolment = enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
    assert status(client, closed_file) == 200

    withdraw(enrolment_id=enrolment.pk, at=NOON)
    assert status(client, closed_file) == 404

    enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
    assert status(client, closed_file) == 200


def test_also_after_the_course_is_completed_and_in_a_trial(client, made, learner, closed_file):
    enrolment = enrol(learner_id=learner.pk, course_id=made.record.pk, trial=True, at=NOON)
    assert status(client, closed_file) == 200

    for lesson in made.lessons:
        record_completion(enrolment_id=enrolment.pk, activity_id=lesson.record.pk, at=NOON)
    enrolment.refresh_from_db()
    assert (enrolment.completed_at, status(client, closed_file)) == (NOON, 200)


def test_another_course_and_another_learner_open_nothing(client, made, learner, closed_file):
    other = make_course(code="K2", lessons=2, quiz=False)
    enrol(learner_id=learner.pk, course_id=other.record.pk, at=NOON)
    enrol(learner_id=LearnerFactory().pk, course_id=made.record.pk, at=NOON)

    assert status(client, closed_file) == 404
    client.logout()
    assert status(client, closed_file) == 404


def test_one_lesson_that_may_be_read_is_enough(client, made, closed_file):
    made.lessons[0].body = [block("document", file=closed_file)]
    publish(made.lessons[0])

    assert status(client, closed_file) == 200


def test_a_draft_shows_its_file_to_authors_alone(client, made, learner):
    enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
    file, lesson = lesson_file(), made.lessons[1]
    lesson.body = [block("document", file=file)]
    lesson.save_revision()

    assert status(client, file) == 404
    for group in (TRAINER, TRANSLATOR):
        client.force_login(author(group))
        assert status(client, file) == 200


def author(group):
    call_command("sync_groups", verbosity=0)
    user = UserFactory()
    user.groups.add(Group.objects.get(name=group))
    return user


def test_an_unpublished_lesson_takes_its_file_along(client, made, learner, closed_file):
    enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
    made.lessons[1].unpublish()

    assert status(client, closed_file) == 404


def test_a_file_taken_out_of_its_lesson_is_gone_for_readers(client, made, learner, closed_file):
    enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
    made.lessons[1].body = [("text", "<p>Be lapo.</p>")]
    publish(made.lessons[1])

    assert status(client, closed_file) == 404


def test_when_the_first_lesson_is_unpublished_the_next_one_is_open(client, made, open_file, closed_file):
    third = shown_in(made.lessons[2])
    made.lessons[0].unpublish()

    assert [status(client, file) for file in (open_file, closed_file, third)] == [404, 200, 404]
    assert "Lapas" in client.get(made.lessons[1].get_url()).content.decode()


def test_a_page_that_editors_closed_closes_its_files(client, made, learner, open_file):
    restriction = PageViewRestriction.objects.create(page=made.modules[0], restriction_type="groups")
    enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
    assert status(client, open_file) == 404

    group = Group.objects.create(name="Saviems")
    restriction.groups.add(group)
    learner.user.groups.add(group)
    assert status(client, open_file) == 200


def test_english_readers_have_the_files_of_the_english_page(client, made, closed_file, learner):
    english = made.lessons[1].get_translation(Locale.objects.get(language_code="en"))
    own = lesson_file("sheet.pdf", b"%PDF-1.7 English", language="en")
    english.body = [block("document", file=own)]
    publish(english)
    assert status(client, own) == 404

    enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
    assert (status(client, own), status(client, closed_file)) == (200, 200)


@pytest.mark.parametrize("change", ["uuid", "name"])
def test_what_is_not_there_looks_like_what_is_not_for_you(client, open_file, change):
    setattr(open_file, change, {"uuid": uuid4(), "name": "kitas.pdf"}[change])

    assert status(client, open_file) == 404


def test_a_refusal_leaves_a_line_without_the_reader(client, learner, closed_file, caplog):
    with caplog.at_level(logging.WARNING, "lessons.permissions"):
        status(client, closed_file)
        closed_file.uuid, asked = uuid4(), closed_file.uuid
        status(client, closed_file)

    assert [record.getMessage() for record in caplog.records if record.name == "lessons.permissions"] == [
        f"Lesson file {asked} was asked for by somebody who may not read its lesson: not found."
    ]


def test_a_file_is_asked_for_and_not_sent(client, open_file):
    assert client.post(open_file.url).status_code == 405


def test_video_is_played_in_the_page_and_comes_in_parts(client, made):
    video = lesson_file("vaizdas.mp4")
    made.lessons[0].body = [block("video", file=video)]
    publish(made.lessons[0])

    response = client.get(video.url, headers={"Range": "bytes=4-7"})

    assert (response.status_code, response.getvalue()) == (206, b"ftyp")
    assert response.headers["Content-Disposition"] == 'inline; filename="vaizdas.mp4"'
    assert response.headers["Content-Range"] == f"bytes 4-7/{video.size}"
    assert client.get(video.url, headers={"Range": "bytes=9999-"}).status_code == 416


def test_a_policy_stands_on_each_file(client, open_file):
    assert "default-src 'self'" in client.get(open_file.url).headers["Content-Security-Policy"]


@pytest.mark.parametrize("lessons", [1, 3])
def test_a_file_costs_as_many_queries_however_many_lessons_show_it(client, made, learner, lessons):
    enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
    file = lesson_file()
    for lesson in made.lessons[-lessons:]:
        lesson.body = [block("document", file=file)]
        publish(lesson)
    status(client, file)

    with CaptureQueriesContext(connection) as asked:
        assert status(client, file) == 200

    # session, user, own and groups' permissions, closed pages, file
    assert len(asked) == 6, "\n".join(query["sql"] for query in asked)


def test_no_file_lies_where_public_ones_do(client, open_file):
    assert open_file.file.name == f"lessons/{open_file.uuid}.pdf"
    assert client.get(f"/media/{open_file.file.name}").status_code == 404


class TestUses:
    def test_publishing_notes_each_file_once_and_again_changes_nothing(self, made):
        one, two = lesson_file(), lesson_file("kitas.pdf")
        lesson = made.lessons[1]
        lesson.body = [block("document", file=each) for each in (one, two, one)]
        publish(lesson)
        kept = list(LessonFileUse.objects.values_list("pk", "file", "page"))

        record_files(page=lesson)

        assert sorted((file, page) for _pk, file, page in kept) == sorted([(one.pk, lesson.pk), (two.pk, lesson.pk)])
        assert list(LessonFileUse.objects.values_list("pk", "file", "page")) == kept

    def test_a_file_of_video_brings_its_captions(self, made):
        video = lesson_file("vaizdas.mp4")
        made.lessons[1].body = [block("video", file=video)]
        publish(made.lessons[1])

        assert {file.kind for file in LessonFile.objects.filter(uses__page=made.lessons[1])} == {"video", "captions"}
