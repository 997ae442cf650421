"""How quizzes go, in the editor's pages: numbers without names, ending a quiz, giving a person more time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from courses.services import enrol
from quizzes.going import difficulties, late_answers, quizzes_with_numbers
from quizzes.models import Attempt, ExtraTime, QuestionVersion
from quizzes.services import save_response, start_attempt, submit_attempt
from tests.factories import LearnerFactory, UserFactory
from tests.factories.pages import make_course
from tiltas.roles import ADMINISTRATOR, TRAINER, TRANSLATOR, sync_groups

pytestmark = pytest.mark.django_db
AN_HOUR_AGO = timedelta(hours=-1)


@pytest.fixture
def made():
    return make_course(lessons=1)


@pytest.fixture
def staff(client):
    """Call it with a group: who asks from now on is one of these."""
    from django.contrib.auth.models import Group

    sync_groups()

    def log_in(group):
        user = UserFactory()
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return user

    return log_in


def take(made, learner, *, rights, hand_in=True, trial=False):
    """An attempt with the right answer to so many of its questions."""
    at = timezone.now() + AN_HOUR_AGO
    enrolment = enrol(learner_id=learner.pk, course_id=made.record.pk, at=at, trial=trial)
    attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=at)
    asked = sorted(range(2), key=lambda place: attempt.version_ids[place])
    for place in asked[:rights]:
        answer(attempt, place, at)
    return submit_attempt(attempt_id=attempt.pk, at=at) if hand_in else attempt


def answer(attempt, place, at):
    version = QuestionVersion.objects.get(pk=attempt.version_ids[place])
    save_response(
        attempts=Attempt.objects.filter(pk=attempt.pk),
        number=place + 1,
        operation_id=uuid4(),
        base=0,
        raw=version.answer_key["right"],
        at=at,
    )


def screen(client, made):
    return BeautifulSoup(
        client.get(reverse("tiltas_quizzes_going:quiz", args=[made.quizzes[0].record.key])).content, "html.parser"
    )


def test_numbers_are_counted_without_trials_and_without_names(client, made, staff):
    people = [LearnerFactory(surname=f"Slaptutė{letter}") for letter in "ABCDEFG"]
    for person in people[:5]:
        take(made, person, rights=1)
    take(made, people[5], rights=0, hand_in=False)
    take(made, people[6], rights=2, trial=True)
    staff(TRAINER)

    page = screen(client, made)

    assert [each.text for each in page.select(".fact dd")] == ["1", "5", "0", "0"]
    assert [each.text.split("\xa0%")[0] for each in page.select(".bars .value")] == ["0", "100"]
    assert "Slaptut" not in page.text


def test_of_few_people_no_question_is_told(client, made, staff):
    for _person in range(4):
        take(made, LearnerFactory(), rights=1)
    staff(TRAINER)

    page = screen(client, made)

    assert page.select(".bars") == []
    assert "kai jį gavo bent 5 žmonės" in page.text.replace("\xa0", " ")


def test_one_person_who_tries_often_is_still_one_person(client, made, staff):
    person = LearnerFactory()
    for _time in range(5):
        take(made, person, rights=1)
    staff(TRAINER)

    assert screen(client, made).select(".bars") == []


def test_late_answers_are_told_by_question_and_day(client, made, staff):
    attempt = take(made, LearnerFactory(surname="Slaptutė"), rights=0)
    answer(attempt, 0, attempt.submitted_at + timedelta(minutes=7))
    staff(TRAINER)

    page = screen(client, made)

    [row] = page.select("tbody tr")
    assert "per 7 min. po pateikimo" in row.text.replace("\xa0", " ")
    assert "Slaptut" not in page.text


@pytest.mark.parametrize("number", [1, 3])
def test_as_much_is_asked_for_many_attempts_as_for_few(made, django_assert_num_queries, number):
    for _person in range(5 * number):
        attempt = take(made, LearnerFactory(), rights=1)
    answer(attempt, attempt.version_ids.index(max(attempt.version_ids)), timezone.now())  # the one left out

    with django_assert_num_queries(7):
        [activity] = quizzes_with_numbers()
        found = difficulties(activity), late_answers(activity)
    assert [len(each) for each in found] == [2, 1]


def test_a_quiz_is_ended_for_everybody_after_one_more_question(client, made, staff):
    running = [take(made, LearnerFactory(), rights=2, hand_in=False) for _person in range(2)]
    staff(TRAINER)
    address = reverse("tiltas_quizzes_going:end", args=[made.quizzes[0].record.key])

    asked = client.get(address).content.decode()
    done = client.post(address, follow=True)

    assert "Bus pateikti 2 pradėti bandymai" in asked
    assert "Pateikti 2 bandymai." in done.content.decode()
    ended = Attempt.objects.filter(pk__in=[each.pk for each in running])
    assert set(ended.values_list("ended_by", "passed")) == {("staff", True)}


@pytest.mark.parametrize(("group", "status"), [(TRAINER, 200), (ADMINISTRATOR, 200), (TRANSLATOR, 302)])
def test_who_may_see_it(client, made, staff, group, status):
    staff(group)

    assert client.get(reverse("tiltas_quizzes_going:index")).status_code == status


class TestExtraTime:
    def test_an_administrator_gives_it_to_an_address_and_changes_it(self, client, made, staff):
        staff(ADMINISTRATOR)
        person = LearnerFactory()
        address = reverse("extratime:add")

        client.post(address, {"email": person.user.email, "percent": 50})
        given = ExtraTime.objects.get(learner=person)
        assert given.percent == 50
        client.post(reverse("extratime:edit", args=[given.pk]), {"percent": 100})
        given.refresh_from_db()
        assert given.percent == 100

    def test_to_who_has_it_the_new_share_is_given(self, client, made, staff):
        staff(ADMINISTRATOR)
        person = LearnerFactory()
        for percent in (50, 25):
            client.post(reverse("extratime:add"), {"email": person.user.email, "percent": percent})

        assert ExtraTime.objects.get().percent == 25

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"email": "niekas@tiltas.test", "percent": 50}, "Adresu niekas@tiltas.test niekas neprisijungia."),
            ({"email": "", "percent": 0}, "1"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_typed_is_lost(self, client, made, staff, typed, sentence):
        staff(ADMINISTRATOR)

        page = client.post(reverse("extratime:add"), typed).content.decode()

        assert sentence in page
        assert f'value="{typed["percent"]}"' in page
        assert not ExtraTime.objects.exists()

    def test_a_trainer_does_not_see_who_has_it(self, client, made, staff):
        staff(TRAINER)

        assert client.get(reverse("extratime:index")).status_code == 302
