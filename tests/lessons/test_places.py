"""Continue leads to the block where reading stopped."""

from uuid import uuid4

import pytest
from wagtail.models import Locale

from courses.services import enrol, withdraw
from lessons.models import ReadingPlace
from lessons.services import complete_lesson, remember_place
from progress.services import record_completion
from tests.factories import NOON, EnrolmentFactory, LearnerFactory
from tests.factories.pages import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_course(lessons=2)


@pytest.fixture
def learner(client):
    learner = LearnerFactory()
    client.force_login(learner.user)
    return learner


@pytest.fixture
def enrolment(learner, made):
    return enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)


@pytest.fixture
def lesson(made):
    return made.lessons[0]


def second_block(page):
    return page.body[1].id


def place_url(enrolment, activity):
    return f"/lt/lessons/{enrolment.uuid}/{activity.key}/place/"


def say(client, enrolment, activity, block):
    return client.post(place_url(enrolment, activity), {"block": block}).status_code


def places():
    return [(place.enrolment_id, place.activity_id, str(place.block_id)) for place in ReadingPlace.objects.all()]


class TestRemembering:
    def test_the_newest_place_counts_and_there_is_one(self, client, enrolment, lesson):
        first, last = str(uuid4()), str(uuid4())

        assert [say(client, enrolment, lesson.record, block) for block in (first, last, last)] == [204] * 3

        assert places() == [(enrolment.pk, lesson.record.pk, last)]

    @pytest.mark.parametrize("block", ["", "1", "b-1", "<script>", "x" * 5000])
    def test_what_is_no_block_is_refused(self, client, enrolment, lesson, block):
        assert say(client, enrolment, lesson.record, block) == 400
        assert places() == []

    def test_a_done_lesson_has_no_place(self, client, enrolment, lesson):
        say(client, enrolment, lesson.record, uuid4())

        client.post(f"/lt/lessons/{enrolment.uuid}/{lesson.record.key}/done/")
        assert places() == []
        assert say(client, enrolment, lesson.record, uuid4()) == 204  # a late message of the page
        assert places() == []

    def test_the_places_of_other_lessons_stay_when_one_is_done(self, made, enrolment):
        block = uuid4()
        for lesson in made.lessons:
            remember_place(enrolment_id=enrolment.pk, activity_id=lesson.record.pk, block_id=block)

        complete_lesson(enrolment_id=enrolment.pk, activity_id=made.lessons[0].record.pk, at=NOON)

        assert places() == [(enrolment.pk, made.lessons[1].record.pk, str(block))]

    def test_who_has_withdrawn_leaves_no_place(self, client, enrolment, lesson):
        withdraw(enrolment_id=enrolment.pk, at=NOON)

        assert say(client, enrolment, lesson.record, uuid4()) == 204
        assert places() == []

    def test_somebody_elses_enrolment_is_not_found(self, client, learner, made, lesson):
        theirs = EnrolmentFactory(course=made.record)

        assert say(client, theirs, lesson.record, uuid4()) == 404
        assert places() == []

    def test_a_quiz_has_no_place(self, client, made, enrolment):
        assert say(client, enrolment, made.quizzes[0].record, uuid4()) == 404

    def test_after_the_login_has_expired_the_script_is_told(self, client, enrolment, lesson):
        client.logout()

        assert say(client, enrolment, lesson.record, uuid4()) == 401


class TestContinuing:
    @pytest.fixture
    def remembered(self, enrolment, lesson):
        block = second_block(lesson)
        remember_place(enrolment_id=enrolment.pk, activity_id=lesson.record.pk, block_id=block)
        return block

    @pytest.mark.parametrize("language", ["lt", "en"])
    def test_it_leads_to_the_same_block_in_each_language(self, client, lesson, remembered, language):
        page = lesson if language == "lt" else lesson.get_translation(Locale.objects.get(language_code="en"))

        response = client.get(f"{page.get_url()}?continue")

        assert (response.status_code, response.url) == (302, f"{page.get_url()}#b-{remembered}")
        assert f'id="b-{remembered}"' in client.get(page.get_url()).content.decode()

    def test_without_a_place_it_is_the_top(self, client, enrolment, lesson):
        assert client.get(f"{lesson.get_url()}?continue").status_code == 200

    def test_without_login_it_is_the_top(self, client, lesson, remembered):
        client.logout()

        assert client.get(f"{lesson.get_url()}?continue").status_code == 200

    def test_somebody_elses_place_leads_nobody(self, client, made, lesson, remembered):
        client.force_login(EnrolmentFactory(course=made.record).learner.user)

        assert client.get(f"{lesson.get_url()}?continue").status_code == 200

    def test_a_block_that_is_gone_leads_to_the_top(self, client, lesson, remembered):
        lesson.body = [("heading", "Kitas skyrius")]
        lesson.save_revision().publish()

        assert client.get(f"{lesson.get_url()}?continue").status_code == 200

    def test_of_a_closed_enrolment_nothing_is_remembered(self, client, enrolment, lesson, remembered):
        withdraw(enrolment_id=enrolment.pk, at=NOON)

        assert client.get(f"{lesson.get_url()}?continue").status_code == 200

    def test_my_learning_and_the_course_page_lead_there(self, client, made, lesson, remembered):
        address = f'href="{lesson.get_url()}?continue"'

        assert address in client.get("/lt/my/").content.decode()
        assert address in client.get(made.page.get_url()).content.decode()


class TestTheScreen:
    def test_the_page_says_where_to_send_the_place(self, client, enrolment, lesson):
        page = client.get(lesson.get_url()).content.decode()

        assert f'data-place="{place_url(enrolment, lesson.record)}"' in page
        assert "tiltas_lessons/reading-place" in page

    def test_of_a_done_lesson_and_of_a_stranger_nothing_is_asked(self, client, enrolment, lesson):
        record_completion(enrolment_id=enrolment.pk, activity_id=lesson.record.pk, at=NOON)
        done = client.get(lesson.get_url()).content.decode()
        client.logout()

        for page in (done, client.get(lesson.get_url()).content.decode()):
            assert "data-place" not in page
            assert "reading-place" not in page
