"""How many queries a screen may ask: the same for 3 lessons as for 300."""

from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from courses.models import Activity
from courses.services import enrol, release_edition
from lessons.models import LessonPage
from progress.services import record_completion
from quizzes.services import start_attempt
from tests.factories import NOON, LearnerFactory, MembershipFactory
from tests.factories.pages import make_course

pytestmark = pytest.mark.django_db


def grow(made, lessons):
    """
    Add this many published, required lessons in both languages to the first module: real page rows and records, without the
    revisions and index entries that publishing one by one writes besides.
    """
    content_type = ContentType.objects.get_for_model(LessonPage)
    module = made.modules[0].record
    keys = [uuid4() for _each in range(lessons)]
    for locale in Locale.objects.all():
        parent = made.modules[0] if locale == Locale.get_default() else made.modules[0].get_translation(locale)
        parent = Page.objects.get(pk=parent.pk)
        pages = Page.objects.bulk_create(
            Page(
                title=f"Pamoka {number}",
                draft_title=f"Pamoka {number}",
                slug=f"l{number}",
                url_path=f"{parent.url_path}l{number}/",
                path=Page._get_path(parent.path, parent.depth + 1, parent.numchild + number),
                depth=parent.depth + 1,
                translation_key=key,
                locale=locale,
                content_type=content_type,
            )
            for number, key in enumerate(keys, start=1)
        )
        Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + lessons)
        for page in pages:
            LessonPage(page_ptr=page, body=[("text", "<p>Tekstas.</p>")]).save_base(raw=True)
    Activity.objects.bulk_create(
        Activity(
            key=key,
            module=module,
            kind="lesson",
            position=1000 + number,
            minutes=25,
            titles={"lt": f"Pamoka {number}"},
            required_since=1,
        )
        for number, key in enumerate(keys)
    )


@pytest.fixture(params=[3, 300], ids=["3 lessons", "300 lessons"])
def made(request):
    made = make_course(lessons=2)
    grow(made, request.param - 3)  # the quiz is the third activity
    assert Activity.objects.count() == request.param
    return made


@pytest.fixture
def learner(client):
    """Somebody with all that costs queries: an institution, progress in the course."""
    learner = LearnerFactory()
    MembershipFactory(learner=learner, role="coordinator")
    client.force_login(learner.user)
    return learner


@pytest.fixture
def enrolment(learner, made):
    enrolment = enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
    record_completion(enrolment_id=enrolment.pk, activity_id=made.lessons[0].record.pk, at=NOON)
    return enrolment


def queries(client, address):
    """The queries of one visit, after a first one (Wagtail remembers where the site begins, Django its content types)."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in asked]


@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_lesson_page_of_a_learner_asks_12_queries_at_most(client, made, enrolment, language):
    """English asks once whether it is behind."""
    page = (
        made.lessons[1] if language == "lt" else made.lessons[1].get_translation(Locale.objects.get(language_code="en"))
    )

    asked = queries(client, page.get_url())

    assert len(asked) == (11 if language == "lt" else 12), "\n".join(asked)


@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_quiz_page_of_a_learner_asks_the_same_whatever_the_course(client, made, enrolment, language):
    page = (
        made.quizzes[0] if language == "lt" else made.quizzes[0].get_translation(Locale.objects.get(language_code="en"))
    )

    asked = queries(client, page.get_url())

    assert len(asked) == (12 if language == "lt" else 14), "\n".join(asked)


def test_the_course_page_of_a_learner_asks_the_same_whatever_the_course(client, made, enrolment):
    asked = queries(client, made.page.get_url())

    assert len(asked) == 14, "\n".join(asked)


def test_my_learning_asks_the_same_whatever_the_course(client, made, enrolment):
    asked = queries(client, "/lt/my/")

    assert len(asked) == 14, "\n".join(asked)


def test_saving_an_answer_asks_8_queries_at_most(client, made, enrolment):
    """The transaction's own beginning and end among them."""
    attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=NOON)
    address = f"/lt/quizzes/attempts/{attempt.uuid}/1/save/"
    first, second, _third = attempt.questions[0]["options"]
    assert client.post(address, {"operation": uuid4(), "base": 0, "answer": first}).status_code == 200

    with CaptureQueriesContext(connection) as asked:
        response = client.post(address, {"operation": uuid4(), "base": 1, "answer": second})

    assert response.json()["sequence"] == 2
    assert len(asked) <= 8, "\n".join(query["sql"] for query in asked)


def test_a_release_of_a_grown_course_still_counts_its_lessons(made):
    """The quick rows of this file are what the services take them for."""
    release_edition(course_id=made.record.pk, academic_hours=16, at=NOON)

    required = Activity.objects.filter(module__course=made.record).required_in(2)
    assert required.count() == Activity.objects.count()
