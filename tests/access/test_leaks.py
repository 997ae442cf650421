"""What nobody else may see, each time with a row that could leak."""

from uuid import uuid4

import pytest
from django.urls import reverse

from certificates.services import issue_certificate
from courses.models import Enrolment
from courses.services import share_private_enrolment
from tests.factories import NOON, CourseFactory, EnrolmentFactory, InstitutionFactory, MembershipFactory


@pytest.fixture
def as_person(client, people):
    """Log in as one of the people of the matrix."""

    def log_in(person):
        client.force_login(people[person])
        return client

    return log_in


@pytest.fixture
def private(world, people):
    """A private course that the learner has completed, with its certificate."""
    course = CourseFactory(key=uuid4(), code="K3", private=True, titles={"lt": "Pagalba sau", "en": "Self-help"})
    enrolment = EnrolmentFactory(learner=people["learner"].learner, course=course, completed_at=NOON)
    issue_certificate(enrolment_id=enrolment.pk, at=NOON)
    return enrolment


def text_of(response):
    return response.getvalue().decode() if response.streaming else response.content.decode()


def list_of(client, institution, **query):
    return text_of(client.get(reverse("tiltas_reports:institution", args=[institution.uuid]), query))


def test_a_coordinator_sees_the_own_people_and_not_those_of_elsewhere(as_person, world, people):
    away = MembershipFactory(learner=people["learner_elsewhere"].learner, institution=InstitutionFactory())
    Enrolment.objects.filter(learner=away.learner).update(membership=away)
    coordinator = as_person("coordinator")

    for query in ({}, {"format": "csv"}, {"format": "json"}):
        shown = list_of(coordinator, world.institution, **query)

        assert ("Savas" in shown, "Kitas" in shown) == (True, False)


def test_a_coordinator_of_two_institutions_sees_each_apart(as_person, world, people):
    second = InstitutionFactory(name="Antroji")
    MembershipFactory(learner=people["coordinator"].learner, institution=second, role="coordinator")
    coordinator = as_person("coordinator")

    assert "Savas" not in list_of(coordinator, second)
    assert "Savas" in list_of(coordinator, world.institution)


def test_who_was_coordinator_until_yesterday_finds_nothing(as_person, world, people):
    people["coordinator"].learner.memberships.update(starts_on="2025-01-01", ends_on="2025-12-31")
    coordinator = as_person("coordinator")

    assert coordinator.get(reverse("tiltas_reports:institution", args=[world.institution.uuid])).status_code == 404
    assert world.institution.name not in text_of(coordinator.get(reverse("tiltas_reports:my_institutions")))


def test_a_plain_member_sees_no_colleagues(as_person, world):
    member = as_person("learner")

    assert member.get(reverse("tiltas_reports:institution", args=[world.institution.uuid])).status_code == 404


def test_nobody_but_the_learner_sees_a_private_course(as_person, world, private):
    coordinator = as_person("coordinator")
    assert "Pagalba sau" not in list_of(coordinator, world.institution)

    administrator = as_person("administrator")
    exported = administrator.get(reverse("tiltas_statistics"), {"format": "json", "course": "K3"}).json()
    assert [
        (row["surname"], row["given_names"], row["institution"], row["certificate"]) for row in exported["rows"]
    ] == [("", "", "", "")]


def test_a_private_course_is_seen_by_the_chosen_institution_while_it_is_shared(as_person, world, private):
    coordinator = as_person("coordinator")

    share_private_enrolment(enrolment_id=private.pk, membership_id=world.membership.pk, at=NOON)
    assert "Pagalba sau" in list_of(coordinator, world.institution)

    share_private_enrolment(enrolment_id=private.pk, membership_id=None, at=NOON)
    assert "Pagalba sau" not in list_of(coordinator, world.institution)


def test_checking_a_certificate_shows_initials_and_with_its_number_the_name(client, world):
    address = reverse("tiltas_verify", args=[world.certificate.code])

    without, wrong, right = (
        text_of(client.get(address, query))
        for query in ({}, {"nr": "KT-2026-999999"}, {"nr": world.certificate.full_number})
    )

    assert ["Savas" in page for page in (without, wrong, right)] == [False, False, True]
    assert "O. S." in without


def test_my_learning_shows_the_own_courses_alone(as_person, world, people):
    other = CourseFactory(key=uuid4(), titles={"lt": "Svetimas kursas"})
    EnrolmentFactory(learner=people["learner_elsewhere"].learner, course=other)

    assert "Svetimas kursas" not in text_of(as_person("learner").get(reverse("tiltas_home:my_learning")))
    assert "Svetimas kursas" in text_of(as_person("learner_elsewhere").get(reverse("tiltas_home:my_learning")))


def test_an_open_attempt_says_nothing_of_the_right_answer(as_person, world):
    learner = as_person("learner")

    for page in ("question", "overview"):
        places = [world.attempt.uuid] + ([1] if page == "question" else [])
        shown = text_of(learner.get(reverse(f"tiltas_quizzes:{page}", args=places)))
        assert ("Paaiškinimas." in shown, "Dėl 0" in shown) == (False, False)
    assert "Paaiškinimas." in text_of(learner.get(reverse("tiltas_quizzes:result", args=[world.handed_in.uuid])))


def test_a_trainer_meets_no_learner_in_the_editors_pages(as_person, world, people):
    administrator = as_person("administrator")
    administrator.post(
        reverse("institution:edit", args=[world.institution.pk]),
        {"name": "Paslaptinga įstaiga", "municipality": world.municipality.pk, "kind": "other"},
    )
    history = reverse("wagtailadmin_reports:site_history")
    assert "Paslaptinga įstaiga" in text_of(administrator.get(history))

    trainer = as_person("trainer")
    for address in (reverse("wagtailadmin_home"), history, reverse("wagtailadmin_pages:search") + "?q=Ona"):
        shown = text_of(trainer.get(address))
        assert ("Paslaptinga įstaiga" in shown, "Savas" in shown, people["learner"].email in shown) == (
            False,
            False,
            False,
        )


def test_a_draft_is_seen_by_its_authors_alone(client, as_person, world):
    lesson = world.made.lessons[0]
    lesson.title = "Nebaigtas juodraštis"
    lesson.save_revision()
    draft = reverse("wagtailadmin_pages:view_draft", args=[lesson.pk])

    assert "Nebaigtas juodraštis" not in text_of(client.get(lesson.url))
    assert "Nebaigtas juodraštis" not in text_of(client.get(draft, follow=True))
    assert "Nebaigtas juodraštis" in text_of(as_person("trainer").get(draft))


def test_a_lesson_beyond_the_first_is_read_by_who_is_enrolled(client, as_person, world):
    second = world.made.lessons[1].url

    assert "Tekstas lietuviškai." not in text_of(client.get(second))
    assert "Tekstas lietuviškai." not in text_of(as_person("administrator").get(second))
    assert "Tekstas lietuviškai." in text_of(as_person("learner").get(second))


def test_health_says_nothing_about_people_or_versions(client, db):
    assert set(client.get("/healthz/").json()) == {"database", "cache", "clock_last_ran"}
