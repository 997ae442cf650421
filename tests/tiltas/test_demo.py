"""Demo people and institutions: there after the first run, unchanged after the second, never on a public site."""

from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError

from courses.models import Course, Enrolment
from institutions.models import Institution, JoinCode, Membership, Municipality
from learners.models import Learner
from tests.factories import ActivityFactory, CourseFactory, ModuleFactory
from tests.studio.conftest import SMALL, Folder
from tiltas.demo import PASSWORD, PEOPLE, make_demo
from tiltas.roles import ADMINISTRATOR, TRAINER, TRANSLATOR

User = get_user_model()


@pytest.fixture
def course(site):
    """A released course of three activities, as loading the files leaves it."""
    module = ModuleFactory(course=CourseFactory(code="K1"))
    for _number in range(3):
        ActivityFactory(module=module)
    return module.course


def rows():
    """How many rows each table has, ours and those of the packages."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models(include_auto_created=True)}


def test_the_demo_logins_work_and_have_their_roles(course, noon):
    make_demo(at=noon)

    users = {email: authenticate(username=email, password=PASSWORD) for email, *_rest in PEOPLE}
    assert {email: user and [group.name for group in user.groups.all()] for email, user in users.items()} == {
        "mokinys@tiltas.test": [],
        "lektorius@tiltas.test": [TRAINER],
        "vertejas@tiltas.test": [TRANSLATOR],
        "koordinatorius@tiltas.test": [],
        "admin@tiltas.test": [ADMINISTRATOR],
    }
    assert [user.is_superuser for user in users.values()] == [False] * 5
    assert Membership.objects.coordinators().get().learner.user.email == "koordinatorius@tiltas.test"


def test_the_demo_addresses_are_confirmed_so_that_they_can_log_in(course, noon, client):
    make_demo(at=noon)

    client.post("/lt/account/login/", {"login": "mokinys@tiltas.test", "password": PASSWORD})

    assert client.get("/lt/my/").status_code == 200


def test_all_municipalities_of_the_country_and_three_marked_institutions_are_there(course, noon):
    make_demo(at=noon)

    assert (Municipality.objects.count(), JoinCode.objects.count()) == (60, 3)
    assert [name for name in Institution.objects.values_list("name", flat=True) if "avyzdin" not in name] == []


def test_running_it_again_changes_nothing(course, noon):
    make_demo(learners=12, at=noon)
    before = rows()

    make_demo(learners=12, at=noon + timedelta(days=1))

    assert rows() == before


def test_so_many_learners_are_made_and_some_of_them_are_done(course, noon):
    make_demo(learners=12, at=noon)

    enrolments = Enrolment.objects.filter(course=course)
    assert (enrolments.count(), Learner.objects.count()) == (12, 12 + len(PEOPLE))
    assert 0 < enrolments.completed().count() < 12
    assert [each.membership.confirmed_at is not None for each in enrolments] == [True] * 12


def test_more_learners_later_are_added_to_those_there(course, noon):
    make_demo(learners=4, at=noon)

    make_demo(learners=9, at=noon)

    assert Enrolment.objects.count() == 9


def test_every_demo_learner_has_a_name_of_its_own(course, noon):
    """Also where the given names and surnames have all been joined once."""
    make_demo(learners=90, at=noon)

    names = list(Learner.objects.values_list("given_names", "surname"))
    assert len(set(names)) == len(names) == 90 + len(PEOPLE)


def test_what_somebody_changed_is_left_as_it_is(course, noon):
    make_demo(at=noon)
    User.objects.filter(email="mokinys@tiltas.test").update(first_name="Kitas")

    make_demo(at=noon)

    assert User.objects.get(email="mokinys@tiltas.test").first_name == "Kitas"


def test_the_command_loads_the_courses_and_running_it_again_changes_nothing(db, settings, tmp_path):
    folder = Folder(tmp_path / "content")
    folder.write(SMALL)
    settings.TILTAS_CONTENT = folder.path
    said = StringIO()

    call_command("demo", learners=6, stdout=said)
    before = rows()
    call_command("demo", learners=6, stdout=said)

    assert rows() == before
    course = Course.objects.get()
    assert (course.code, course.edition, Enrolment.objects.filter(course=course).count()) == ("K9", 1, 6)
    assert [said.getvalue().count(email) for email, *_rest in PEOPLE] == [2, 2, 2, 2, 2]


def test_the_command_refuses_production_settings_and_touches_nothing(site, settings):
    settings.PRODUCTION = True
    before = rows()

    with pytest.raises(CommandError, match="published passwords"):
        call_command("demo")

    assert rows() == before
