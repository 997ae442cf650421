"""Releasing an edition on its screen: what is shown beforehand is what is released, or the new preview is shown."""

import pytest
from django.urls import reverse

from courses.models import Activity, CourseEdition, Enrolment
from courses.releasing import plan_edition
from courses.services import CannotComeBack, NothingRequired, PlanChanged, enrol, release_edition
from progress.models import Completion
from progress.services import release_and_settle, would_complete
from studio.care import edition_rows, release_preview
from tests.factories import NOON, CompletionFactory, EnrolmentFactory, LearnerFactory
from tests.factories.pages import make_course, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(site):
    return make_course(code="K1", lessons=2, quiz=False)


def address(made):
    return reverse("tiltas_studio_care:release", args=[made.page.translation_key])


def titles(activities):
    return [activity.titles["lt"] for activity in activities]


def require(page, required):
    page.required = required
    publish(page)


def digest_on(response):
    return response.context["preview"].plan.digest


# The plan


def test_the_plan_says_what_is_new_what_goes_and_what_stays(made):
    require(made.lessons[0], False)
    make_lesson(made, "Nauja pamoka")

    plan = plan_edition(made.record)

    assert (plan.number, titles(plan.added), titles(plan.dropped), titles(plan.kept)) == (
        2,
        ["Nauja pamoka"],
        ["Pamoka 1.1"],
        ["Pamoka 1.2"],
    )
    assert plan.minutes == 50


def make_lesson(made, title, *, live=True, english=False):
    from lessons.models import LessonPage

    lesson = LessonPage(title=title, slug=title.lower().replace(" ", "-"), minutes=25, live=live)
    made.modules[0].refresh_from_db()
    lesson = made.modules[0].add_child(instance=lesson)
    return publish(lesson) if live else lesson


def test_looking_at_the_plan_changes_nothing(made):
    before = list(Activity.objects.order_by("pk").values())
    make_lesson(made, "Nauja pamoka")
    rows = list(Activity.objects.order_by("pk").values())

    release_preview(made.record)

    assert list(Activity.objects.order_by("pk").values()) == rows
    assert len(rows) == len(before) + 1


def test_the_release_requires_what_the_plan_said(made):
    require(made.lessons[0], False)
    make_lesson(made, "Nauja pamoka")
    plan = plan_edition(made.record)

    release_edition(course_id=made.record.pk, academic_hours=1, at=NOON, digest=plan.digest)

    required = Activity.objects.filter(module__course=made.record).required_in(2).in_order()
    assert titles(required) == titles(plan.required) == ["Pamoka 1.2", "Nauja pamoka"]


def test_another_plan_than_the_one_looked_at_is_not_released(made):
    plan = plan_edition(made.record)
    require(made.lessons[0], False)

    with pytest.raises(PlanChanged):
        release_edition(course_id=made.record.pk, academic_hours=1, at=NOON, digest=plan.digest)

    assert made.record.edition == 1


def test_a_page_marked_as_required_that_nobody_can_open_is_named(made):
    make_lesson(made, "Juodraštis", live=False)

    assert plan_edition(made.record).unpublished == ["Juodraštis"]


def test_a_required_page_that_is_not_published_in_english_is_named(made):
    make_lesson(made, "Nauja pamoka")

    preview = release_preview(made.record)

    assert [(activity.titles["lt"], len(languages)) for activity, languages in preview.untranslated] == [
        ("Nauja pamoka", 1)
    ]


def test_the_preview_asks_as_much_for_three_learners_as_for_one(made, django_assert_num_queries):
    def learn(edition):
        enrolment = EnrolmentFactory(course=made.record, edition=edition)
        CompletionFactory(enrolment=enrolment, activity=made.lessons[0].record)

    course = made.record
    learn(1)
    with django_assert_num_queries(15):
        release_preview(course)
    learn(1)
    learn(1)
    make_lesson(made, "Nauja pamoka")
    with django_assert_num_queries(15):
        release_preview(course)


# Settling


def test_who_has_done_everything_is_counted_beforehand_and_completed_with_the_release(made):
    done, half = EnrolmentFactory(course=made.record), EnrolmentFactory(course=made.record)
    for lesson in made.lessons:
        Completion.objects.create(enrolment=done, activity=lesson.record, completed_at=NOON)
    Completion.objects.create(enrolment=half, activity=made.lessons[0].record, completed_at=NOON)
    assert would_complete(made.record) == [done]

    released, settled = release_and_settle(course_id=made.record.pk, academic_hours=1, at=NOON)

    assert (released.number, settled) == (2, 1)
    assert list(Enrolment.objects.completed()) == [done]
    assert would_complete(made.record) == []


def test_a_release_that_is_refused_settles_nobody(made):
    done = EnrolmentFactory(course=made.record)
    for lesson in made.lessons:
        Completion.objects.create(enrolment=done, activity=lesson.record, completed_at=NOON)
        require(lesson, False)

    with pytest.raises(NothingRequired):
        release_and_settle(course_id=made.record.pk, academic_hours=1, at=NOON)

    assert Enrolment.objects.completed().count() == 0


def test_editions_are_counted_without_trials_and_without_who_withdrew(made):
    EnrolmentFactory(course=made.record)
    EnrolmentFactory(course=made.record, trial=True)
    EnrolmentFactory(course=made.record, withdrawn_at=NOON)
    EnrolmentFactory(course=made.record, completed_at=NOON)

    [row] = edition_rows(made.record)

    assert (row.edition.number, row.required, row.learning, row.completed) == (1, 2, 1, 1)


# The screen


def test_the_screen_shows_the_plan_and_the_numbers_without_names(client, trainer, made):
    learner = LearnerFactory(surname="Nematoma")
    EnrolmentFactory(course=made.record, learner=learner)
    make_lesson(made, "Nauja pamoka")

    page = client.get(address(made)).content.decode()

    assert "Nauja pamoka" in page
    assert "Nematoma" not in page


def test_confirming_releases_what_was_shown(client, trainer, made):
    make_lesson(made, "Nauja pamoka")
    shown = client.get(address(made))
    assert shown.context["form"].initial["academic_hours"] == 1

    response = client.post(address(made), {"academic_hours": "2", "digest": digest_on(shown)})

    assert response.url == reverse("tiltas_studio_care:course", args=[made.page.translation_key])
    edition = CourseEdition.objects.get(course=made.record, number=2)
    assert edition.academic_hours == 2


def test_sending_it_twice_releases_one_edition(client, trainer, made):
    typed = {"academic_hours": "2", "digest": digest_on(client.get(address(made)))}
    client.post(address(made), typed)

    again = client.post(address(made), typed)

    assert again.status_code == 200
    assert again.context["refusal"] == str(PlanChanged())
    assert made.record.edition == 2


def test_a_plan_that_changed_meanwhile_is_shown_anew_with_what_was_typed(client, trainer, made):
    shown = client.get(address(made))
    make_lesson(made, "Nauja pamoka")

    again = client.post(address(made), {"academic_hours": "7", "digest": digest_on(shown)})

    assert (made.record.edition, again.context["refusal"]) == (1, str(PlanChanged()))
    assert 'value="7"' in again.content.decode()
    assert "Nauja pamoka" in again.content.decode()
    client.post(address(made), {"academic_hours": "7", "digest": again.context["form"].data["digest"]})
    assert made.record.edition == 2


@pytest.mark.parametrize("hours", ["0", "401", "10000", "-1", "1,5", "daug", "", "9" * 30])
def test_hours_that_no_certificate_can_state_are_refused_and_kept(client, trainer, made, hours):
    typed = {"academic_hours": hours, "digest": digest_on(client.get(address(made)))}

    again = client.post(address(made), typed)

    assert made.record.edition == 1
    [sentence] = again.context["form"].errors["academic_hours"]
    assert "400" in sentence
    assert again.context["form"]["academic_hours"].value() == hours


def test_nothing_required_is_refused_with_the_way_out(client, trainer, made):
    shown = client.get(address(made))
    for lesson in made.lessons:
        require(lesson, False)
    changed = client.post(address(made), {"academic_hours": "2", "digest": digest_on(shown)})
    assert changed.context["refusal"] == str(PlanChanged())

    again = client.post(address(made), {"academic_hours": "2", "digest": digest_on(changed)})

    assert (made.record.edition, again.context["refusal"]) == (1, str(NothingRequired()))


def test_what_was_left_out_while_people_enrolled_is_named(client, trainer, made):
    require(made.lessons[0], False)
    release_edition(course_id=made.record.pk, academic_hours=1, at=NOON)
    enrol(learner_id=LearnerFactory().pk, course_id=made.record.pk, at=NOON)
    require(made.lessons[0], True)

    again = client.post(address(made), {"academic_hours": "2", "digest": digest_on(client.get(address(made)))})

    assert (made.record.edition, again.context["refusal"]) == (2, str(CannotComeBack(made.lessons[0].record)))


def test_a_course_whose_page_was_never_published_is_led_back(client, trainer, made):
    from courses.models import CoursePage

    draft = made.page.get_parent().add_child(instance=CoursePage(title="Naujas", slug="naujas", code="K9", live=False))
    there = reverse("tiltas_studio_care:course", args=[draft.translation_key])

    response = client.get(reverse("tiltas_studio_care:release", args=[draft.translation_key]))

    assert response.url == there
    assert client.get(there).context["course"] is None


def test_a_translator_may_not_release(client, translator, made):
    assert client.get(address(made)).url == reverse("wagtailadmin_home")
    assert client.post(address(made), {"academic_hours": "2"}).url == reverse("wagtailadmin_home")
    assert made.record.edition == 1


def test_the_door_stands_at_the_course_page_for_who_may(client, trainer, made):
    door = reverse("tiltas_studio_care:course", args=[made.page.translation_key])

    assert door in client.get(reverse("wagtailadmin_explore", args=[made.page.pk])).content.decode()
    assert door in client.get(reverse("wagtailadmin_pages:edit", args=[made.page.pk])).content.decode()
    assert door in client.get(reverse("wagtailadmin_home")).content.decode()
    assert door not in client.get(reverse("wagtailadmin_explore", args=[made.modules[0].pk])).content.decode()


def test_no_door_for_who_may_not(client, translator, made):
    door = reverse("tiltas_studio_care:course", args=[made.page.translation_key])

    assert door not in client.get(reverse("wagtailadmin_explore", args=[made.page.pk])).content.decode()
    assert door not in client.get(reverse("wagtailadmin_home")).content.decode()
