"""A course that opens to a named group first, and to everyone on a day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from courses.models import Cohort, Enrolment
from courses.opening import OpeningRefused, save_group, set_opening
from courses.screens import course_cards
from courses.services import EnrolmentRefused, NotOpenYet, enrol, withdraw
from studio.care import group_rows
from tests.factories import NOON, CourseFactory, EnrolmentFactory, LearnerFactory, MembershipFactory
from tests.factories.pages import make_course
from tests.trainer.conftest import sentences

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
MORROW, LATER = TODAY + timedelta(days=1), TODAY + timedelta(days=30)


@pytest.fixture
def course():
    return CourseFactory()


def take(course, learner=None, **options):
    learner = learner or LearnerFactory()
    return enrol(learner_id=learner.pk, course_id=course.pk, at=options.pop("at", NOON), **options)


def group_of(course, name="Telšiai", starts_on=TODAY, **options):
    return save_group(course_id=course.pk, name=name, starts_on=starts_on, **options)


def open_on(course, day):
    return set_opening(course_id=course.pk, opens_on=day, at=NOON)


# Enrolling


def test_before_its_day_nobody_enrols_but_a_group(course):
    open_on(course, LATER)
    group = group_of(course)

    with pytest.raises(NotOpenYet, match="2026-12-21"):
        take(course)
    enrolment = take(course, cohort_id=group.pk)

    assert list(Enrolment.objects.all()) == [enrolment]
    assert enrolment.cohort == group


def test_from_its_day_on_everybody_enrols(course):
    open_on(course, MORROW)

    with pytest.raises(NotOpenYet):
        take(course, at=NOON + timedelta(hours=11))  # 23:00 in Vilnius
    assert take(course, at=NOON + timedelta(hours=12, minutes=1)).cohort is None


def test_trials_do_not_wait(course):
    open_on(course, LATER)

    assert take(course, trial=True).trial


def test_who_is_enrolled_already_stays_so_and_who_withdrew_comes_back(course):
    learner = LearnerFactory()
    enrolment = take(course, learner)
    open_on(course, LATER)

    assert take(course, learner) == enrolment
    withdraw(enrolment_id=enrolment.pk, at=NOON)
    assert take(course, learner) == enrolment


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "said"),
    [(MORROW, None, "2026-11-22"), (TODAY - timedelta(days=9), TODAY - timedelta(days=1), "2026-11-20")],
)
def test_a_group_enrols_on_its_days_alone(course, starts_on, ends_on, said):
    open_on(course, LATER)
    group = group_of(course, starts_on=starts_on, ends_on=ends_on)

    with pytest.raises(EnrolmentRefused, match=said):
        take(course, cohort_id=group.pk)


def test_a_group_of_another_course_opens_nothing(course):
    open_on(course, LATER)
    group = group_of(CourseFactory())

    with pytest.raises(EnrolmentRefused):
        take(course, cohort_id=group.pk)


def test_in_a_private_course_nobody_enrols_with_a_group_and_no_day_holds():
    course = CourseFactory(opens_on=LATER)
    group = group_of(course)
    course.private = True
    course.save()

    with pytest.raises(EnrolmentRefused):
        take(course, cohort_id=group.pk)
    assert take(course).cohort is None


# The day and the groups


def test_a_day_that_has_passed_is_refused(course):
    with pytest.raises(OpeningRefused) as refusal:
        open_on(course, TODAY - timedelta(days=1))

    course.refresh_from_db()
    assert (refusal.value.field, course.opens_on) == ("opens_on", None)


def test_a_day_that_has_passed_since_may_be_saved_again_and_taken_away(course):
    open_on(course, MORROW)

    later = NOON + timedelta(days=9)
    assert set_opening(course_id=course.pk, opens_on=MORROW, at=later).opens_on == MORROW
    assert set_opening(course_id=course.pk, opens_on=None, at=later).opens_on is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "Plungė"}, "name"),
        ({"name": "  plungė "}, "name"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
    ],
)
def test_a_group_that_can_not_be_is_refused(course, values, field):
    group_of(course, "Plungė")

    with pytest.raises(OpeningRefused) as refusal:
        group_of(course, **({"name": "Kita"} | values))

    assert refusal.value.field == field
    assert Cohort.objects.count() == 1


def test_a_group_is_changed_and_keeps_its_link(course):
    group = group_of(course)

    changed = group_of(course, "Telšių rajonas", ends_on=LATER, group_id=group.pk)

    assert (changed.uuid, changed.name, changed.ends_on) == (group.uuid, "Telšių rajonas", LATER)


def test_a_private_course_has_neither_day_nor_groups():
    course = CourseFactory(private=True)

    with pytest.raises(OpeningRefused):
        open_on(course, LATER)
    with pytest.raises(OpeningRefused):
        group_of(course)


def test_the_database_refuses_two_groups_of_a_name(course):
    group_of(course)

    with pytest.raises(IntegrityError), transaction.atomic():
        Cohort.objects.create(course=course, name="Telšiai", starts_on=TODAY)


def test_groups_are_counted_in_one_query(course, django_assert_num_queries):
    for name in ("A", "B", "C"):
        EnrolmentFactory(course=course, cohort=group_of(course, name))
    EnrolmentFactory(course=course, cohort=Cohort.objects.get(name="A"), trial=True)

    with django_assert_num_queries(1):
        assert [(row.name, row.enrolled) for row in group_rows(course)] == [("A", 1), ("B", 1), ("C", 1)]


# What learners see


@pytest.fixture
def made(site):
    """A course that opens in a month, counted from the day of the test."""
    made = make_course(code="K1", lessons=1, quiz=False)
    set_opening(course_id=made.record.pk, opens_on=next_month(), at=timezone.now())
    return made


def next_month():
    return timezone.localdate() + timedelta(days=30)


def link(made, **options):
    options.setdefault("starts_on", timezone.localdate())
    return reverse("tiltas_courses:group", args=[group_of(made.record, **options).uuid])


def test_the_course_page_and_the_catalogue_say_the_day(client, made):
    page = client.get(made.page.get_url()).content.decode()

    assert next_month().isoformat() in page
    assert "tiltas_courses:enrol" not in page
    assert reverse("tiltas_courses:enrol", args=[made.record.key]) not in page
    [card] = course_cards(made.page.locale)
    assert card["opens_later"] == next_month()
    assert next_month().isoformat() in client.get(made.page.get_parent().get_url()).content.decode()


def test_who_posts_all_the_same_is_told_the_day(client, made):
    client.force_login(LearnerFactory().user)

    response = client.post(reverse("tiltas_courses:enrol", args=[made.record.key]))

    assert sentences(response) == [str(NotOpenYet(next_month()))]
    assert Enrolment.objects.count() == 0


def test_the_link_of_a_group_enrols_and_counts_for_the_chosen_institution(client, made):
    membership = MembershipFactory()
    client.force_login(membership.learner.user)
    there = link(made)
    assert client.get(there).context["refusal"] == ""

    response = client.post(there, {"membership": str(membership.uuid)})

    assert response.url == made.page.get_url()
    enrolment = Enrolment.objects.get()
    assert (enrolment.cohort.name, enrolment.membership, enrolment.learner) == (
        "Telšiai",
        membership,
        membership.learner,
    )
    assert client.get(there).url == made.page.get_url()  # from now on it leads to the course


def test_the_link_asks_for_a_login_and_comes_back(client, made):
    there = link(made)

    assert client.get(there).url.endswith(f"?next={there}")


def test_a_link_whose_days_are_over_says_so_and_leads_to_the_course(client, made):
    today = timezone.localdate()
    there = link(made, starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    client.force_login(LearnerFactory().user)

    shown = client.get(there)

    assert (today - timedelta(days=1)).isoformat() in shown.context["refusal"]
    assert made.page.get_url() in shown.content.decode()
    assert sentences(client.post(there)) == [shown.context["refusal"]]
    assert Enrolment.objects.count() == 0


# The screens


def address(made, name, *args):
    return reverse(f"tiltas_studio_care:{name}", args=[made.page.translation_key, *args])


def test_a_trainer_names_the_day_and_a_group(client, trainer, made):
    day = (next_month() + timedelta(days=1)).isoformat()

    assert client.post(address(made, "opening"), {"opens_on": day}).url == address(made, "course")
    assert made.record.opens_on.isoformat() == day
    typed = {"name": "Telšiai", "starts_on": timezone.localdate().isoformat()}
    assert client.post(address(made, "new_group"), typed).url == address(made, "opening")

    [(group, shown_link)] = client.get(address(made, "opening")).context["groups"]
    assert shown_link.endswith(f"/lt/enrol/groups/{group.uuid}/")
    client.post(address(made, "group", group.uuid), typed | {"name": "Plungė", "ends_on": day})
    assert [(each.name, each.ends_on.isoformat()) for each in Cohort.objects.all()] == [("Plungė", day)]


@pytest.mark.parametrize("day", ["2020-01-01", "rytoj", "2027-02-30"])
def test_a_day_that_can_not_be_is_refused_and_kept(client, trainer, made, day):
    again = client.post(address(made, "opening"), {"opens_on": day})

    assert len(again.context["form"].errors["opens_on"]) == 1
    assert again.context["form"]["opens_on"].value() == day
    assert made.record.opens_on == next_month()


def test_a_group_without_a_name_is_refused_and_what_was_typed_is_kept(client, trainer, made):
    again = client.post(address(made, "new_group"), {"name": " ", "starts_on": "2027-01-01", "ends_on": "2026-12-01"})

    assert list(again.context["form"].errors) == ["name"]
    assert again.context["form"]["ends_on"].value() == "2026-12-01"
    assert Cohort.objects.count() == 0


def test_a_private_course_has_no_such_screens(client, trainer, site):
    private = make_course(code="K3", lessons=1, quiz=False, private=True)

    assert client.get(address(private, "opening"), follow=True).status_code == 404
    assert client.get(address(private, "new_group"), follow=True).status_code == 404
    assert address(private, "opening") not in client.get(address(private, "course")).content.decode()


def test_a_translator_may_not_open(client, translator, made):
    assert client.post(address(made, "opening"), {"opens_on": ""}).url == reverse("wagtailadmin_home")
    assert made.record.opens_on == next_month()
