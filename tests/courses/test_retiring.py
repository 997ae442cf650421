"""Retiring a lesson: who has to complete it keeps it, nobody else is offered it, and it can be taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses.models import Activity
from courses.outline import course_outline
from courses.releasing import plan_edition
from courses.retiring import NothingToRetire, retire, retirement_of, take_back
from courses.services import enrol, release_edition
from lessons.models import LessonPage
from progress.services import record_completion
from studio.care_hooks import care_buttons
from tests.factories import NOON, EnrolmentFactory, LearnerFactory
from tests.factories.pages import make_course, publish
from tests.trainer.conftest import sentences

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


@pytest.fixture
def made(site):
    return make_course(code="K1", lessons=3, quiz=False)


def activity(made, place):
    return made.lessons[place].record


def shown(made, edition):
    outline = course_outline(made.record, locale=made.page.locale, edition=edition)
    return [step.title for step in outline.steps]


def put_away(made, place):
    return retire(activity_id=activity(made, place).pk, at=NOON)


def release(made):
    return release_edition(course_id=made.record.pk, academic_hours=1, at=NOON)


def test_the_next_edition_does_without_it_and_its_learners_do_not_see_it(made):
    put_away(made, 1)

    assert [each.title for each in plan_edition(made.record).dropped] == ["Pamoka 1.2"]
    release(made)

    assert shown(made, 2) == ["Pamoka 1.1", "Pamoka 1.3"]


def test_who_has_to_complete_it_keeps_it_and_completes_the_course_with_it(made, client):
    learner = LearnerFactory()
    enrolment = enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
    put_away(made, 1)
    release(made)

    assert shown(made, 1) == ["Pamoka 1.1", "Pamoka 1.2", "Pamoka 1.3"]
    client.force_login(learner.user)
    page = client.get(made.lessons[1].get_url())
    assert (page.status_code, page.context["reading"]) == (200, True)
    for lesson in made.lessons:
        record_completion(enrolment_id=enrolment.pk, activity_id=lesson.record.pk, at=LATER)
    enrolment.refresh_from_db()
    assert enrolment.completed_at == LATER


def test_until_the_next_edition_new_enrolments_still_need_it(made):
    put_away(made, 1)

    assert retirement_of(activity(made, 1)).is_required_now
    assert shown(made, 1) == ["Pamoka 1.1", "Pamoka 1.2", "Pamoka 1.3"]


def test_its_page_and_its_drafts_say_nothing_of_it(made):
    before = LessonPage.objects.filter(pk=made.lessons[1].pk).values().get()

    put_away(made, 1)

    assert LessonPage.objects.filter(pk=made.lessons[1].pk).values().get() == before
    publish(made.lessons[1])
    assert activity(made, 1).retired_at == NOON


def test_one_that_nobody_had_to_complete_is_shown_to_nobody(made):
    lesson = made.modules[0].add_child(instance=LessonPage(title="Papildoma", slug="papildoma", required=False))
    publish(lesson)
    assert shown(made, 1)[-1] == "Papildoma"

    retire(activity_id=lesson.record.pk, at=NOON)

    assert "Papildoma" not in shown(made, 1)


def test_the_first_lesson_that_is_open_to_everyone_is_one_that_is_offered(made, client):
    put_away(made, 0)
    release(made)

    assert [each.title for each in Activity.objects.open_to_everyone()] == ["Pamoka 1.2"]
    assert client.get(made.lessons[1].get_url()).context["reading"] is True
    assert client.get(made.lessons[0].get_url()).context["reading"] is False
    assert (
        client.get(made.page.get_url()).context["first_url"]
        == course_outline(made.record, locale=made.page.locale, edition=2).first.url
    )


def test_the_catalogue_counts_what_is_offered(made):
    from courses.screens import course_cards

    put_away(made, 0)
    release(made)

    [card] = course_cards(made.page.locale)
    assert (card["activities"], card["contents"]) == (2, ["Pamoka 1.2", "Pamoka 1.3"])


def test_retiring_twice_keeps_the_first_moment_and_taking_back_undoes_it(made):
    put_away(made, 1)
    assert retire(activity_id=activity(made, 1).pk, at=LATER).retired_at == NOON

    take_back(activity_id=activity(made, 1).pk)
    take_back(activity_id=activity(made, 1).pk)

    assert activity(made, 1).retired_at is None
    assert plan_edition(made.record).dropped == []


def test_editions_that_were_released_are_not_changed(made):
    before = list(Activity.objects.required_in(1).values_list("key", flat=True))

    put_away(made, 1)
    release(made)

    assert list(Activity.objects.required_in(1).values_list("key", flat=True)) == before


def test_a_copied_course_does_without_it(made):
    from courses.copying import pages_to_copy

    put_away(made, 1)

    pages, left_out = pages_to_copy(made.page)
    assert ([page.title for page in pages[2:]], left_out) == (["Pamoka 1.1", "Pamoka 1.3"], 1)


# The screen


def address(key):
    return reverse("tiltas_studio_care:retire", args=[key])


def test_the_screen_says_who_keeps_it(client, trainer, made):
    EnrolmentFactory(course=made.record)
    EnrolmentFactory(course=made.record, trial=True)

    retirement = client.get(address(activity(made, 1).key)).context["retirement"]

    assert (retirement.editions, retirement.learning, retirement.is_required_now) == ([1], 1, True)


def test_confirming_retires_and_the_same_screen_takes_back(client, trainer, made):
    there = address(activity(made, 1).key)
    hub = reverse("tiltas_studio_care:course", args=[made.page.translation_key])

    assert client.post(there).url == hub
    assert activity(made, 1).retired_at is not None
    assert [each.title for each in client.get(hub).context["retired"]] == ["Pamoka 1.2"]

    assert client.post(there, {"take_back": "yes"}).url == hub
    assert activity(made, 1).retired_at is None


def test_a_page_that_was_never_published_has_nothing_to_retire(client, trainer, made):
    draft = made.modules[0].add_child(instance=LessonPage(title="Juodraštis", slug="j", live=False))

    response = client.get(address(draft.translation_key))

    assert response.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert str(NothingToRetire()) in sentences(response)[0]


def test_what_is_no_activity_is_not_found(client, trainer, made):
    assert client.get(address(made.page.translation_key), follow=True).status_code == 404


def test_a_list_of_lessons_asks_nothing_for_the_door(trainer, made, django_assert_num_queries):
    lesson = made.lessons[0]
    list(care_buttons(lesson, trainer))  # what one may do, and the source language, are asked once
    with django_assert_num_queries(0):
        [button] = care_buttons(lesson, trainer)
    assert button.url == address(lesson.translation_key)


def test_a_translator_may_not_retire(client, translator, made):
    assert client.post(address(activity(made, 1).key)).url == reverse("wagtailadmin_home")
    assert activity(made, 1).retired_at is None


def test_the_door_stands_in_the_menu_of_the_lesson(client, trainer, made):
    door = address(activity(made, 1).key)

    assert door in client.get(reverse("wagtailadmin_pages:edit", args=[made.lessons[1].pk])).content.decode()
