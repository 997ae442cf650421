"""What the page's script asks and is told beside saving: the answers that count, and whose answer it holds."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from quizzes.models import Response
from quizzes.services import submit_attempt
from tests.factories import NOON, AttemptFactory, LearnerFactory, QuestionVersionFactory, drawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client):
    learner = LearnerFactory()
    client.force_login(learner.user)
    return learner


@pytest.fixture
def attempt(learner):
    return AttemptFactory(enrolment__learner=learner)


def url(attempt, end="answers/"):
    return f"/lt/quizzes/attempts/{attempt.uuid}/{end}"


def save(client, attempt, number, *answer, **more):
    form = {"operation": str(uuid4()), "base": 0, "answer": list(answer), **more}
    return client.post(url(attempt, f"{number}/save/"), form)


class TestAnswersSoFar:
    def test_nothing_is_answered_at_first(self, client, attempt):
        assert client.get(url(attempt)).json() == {"submitted": False, "answers": []}

    def test_the_newest_accepted_answer_of_each_question_with_its_sequence(self, client, attempt):
        save(client, attempt, 2, "b")
        first = save(client, attempt, 1, "a").json()
        second = save(client, attempt, 1, "c", base=first["sequence"]).json()
        save(client, attempt, 1, "b", base=first["sequence"])  # too late: not accepted

        answers = client.get(url(attempt)).json()["answers"]

        assert [(each["number"], each["sequence"], each["answer"]) for each in answers] == [
            (1, 3, ["c"]),
            (2, 1, ["b"]),
        ]
        assert answers[0] == {
            "number": 1,
            "sequence": 3,
            "answer": ["c"],
            "complete": True,
            "saved_at": second["saved_at"],
        }

    def test_an_answer_that_was_taken_back_is_not_complete(self, client, attempt):
        first = save(client, attempt, 1, "a").json()
        save(client, attempt, 1, base=first["sequence"])

        [answer] = client.get(url(attempt)).json()["answers"]

        assert (answer["answer"], answer["complete"]) == ([], False)

    def test_after_hand_in_it_says_so(self, client, attempt):
        submit_attempt(attempt_id=attempt.pk, at=NOON)

        assert client.get(url(attempt)).json()["submitted"] is True

    def test_it_is_never_taken_from_a_cache(self, client, attempt):
        assert "no-store" in client.get(url(attempt)).headers["Cache-Control"]

    def test_without_login_it_says_login(self, attempt):
        response = Client().get(url(attempt))

        assert (response.status_code, response.json()) == (401, {"reason": "login"})

    def test_somebody_elses_attempt_is_not_found(self, client, learner):
        assert client.get(url(AttemptFactory())).status_code == 404

    @pytest.mark.parametrize("questions", [3, 10])
    def test_it_asks_the_database_the_same_of_three_questions_and_of_ten(
        self, client, learner, questions, django_assert_num_queries
    ):
        versions = [QuestionVersionFactory() for _each in range(questions)]
        attempt = AttemptFactory(enrolment__learner=learner, questions=drawn(*versions))
        for number in range(1, questions + 1):
            save(client, attempt, number, "a")

        with django_assert_num_queries(5):  # session, user, attempt with its learner, versions, responses
            assert len(client.get(url(attempt)).json()["answers"]) == questions


class TestWhoseAnswer:
    def test_an_answer_of_another_learner_asks_for_their_login(self, client, learner):
        theirs = AttemptFactory()

        response = save(client, theirs, 1, "a", learner=str(theirs.enrolment.learner.uuid))

        assert (response.status_code, response.json()) == (401, {"reason": "other"})
        assert not Response.objects.exists()

    def test_an_attempt_that_is_not_there_is_gone_for_good(self, client, learner):
        response = save(client, AttemptFactory(), 1, "a", learner=str(learner.uuid))

        assert (response.status_code, response.json()) == (404, {"reason": "gone"})

    def test_who_learns_nothing_here_holds_no_answer_of_a_learner(self, client):
        attempt = AttemptFactory()
        client.force_login(LearnerFactory().user)
        client.get("/")

        assert save(client, attempt, 1, "a", learner="nonsense").json() == {"reason": "other"}

    def test_the_name_of_another_learner_opens_and_changes_nothing(self, client, attempt):
        response = save(client, attempt, 1, "a", learner=str(LearnerFactory().uuid))

        assert response.status_code == 200  # the attempt says whose answer it is, and nothing else does
        assert Response.objects.get().attempt == attempt

    @pytest.mark.parametrize("end", ["1/", "overview/"])
    def test_the_page_names_its_learner_to_its_script(self, client, attempt, end):
        assert f'data-learner="{attempt.enrolment.learner.uuid}"' in client.get(url(attempt, end)).content.decode()

    @pytest.mark.parametrize("end", ["1/", "overview/"])
    def test_its_screens_are_never_taken_from_a_cache(self, client, attempt, end):
        assert "no-store" in client.get(url(attempt, end)).headers["Cache-Control"]


class TestLoggingOut:
    """The button stands on every screen; a cookie says whose answers a browser holds."""

    @pytest.fixture
    def holds_answers_of(self, client):
        def hold(learner):
            client.cookies[f"tiltas_answers_wait_{learner.uuid}"] = "1"

        return hold

    @pytest.fixture
    def log_out(self, client):
        return lambda **form: client.post(reverse("account_logout"), form)

    def test_where_nothing_waits_it_logs_out_at_once(self, client, learner, log_out):
        assert log_out().status_code == 302
        assert "_auth_user_id" not in client.session

    def test_where_anothers_answers_wait_it_does_so_too(self, client, learner, log_out, holds_answers_of):
        holds_answers_of(LearnerFactory())

        assert log_out().status_code == 302

    def test_where_answers_wait_it_asks_first(self, client, learner, log_out, holds_answers_of):
        holds_answers_of(learner)

        page = log_out(next="/lt/my/")

        assert page.status_code == 200
        assert client.session["_auth_user_id"] == str(learner.user.pk)
        assert f'data-learner="{learner.uuid}"' in page.content.decode()
        assert 'name="next" value="/lt/my/"' in page.content.decode()

    def test_the_answer_logs_out(self, client, learner, log_out, holds_answers_of):
        holds_answers_of(learner)

        assert log_out(asked="1").status_code == 302
        assert "_auth_user_id" not in client.session

    def test_who_is_no_learner_is_offered_nothing_of_the_kind(self, client, django_user_model):
        client.force_login(django_user_model.objects.create(email="kas@tiltas.test"))

        assert "data-learner" not in client.get(reverse("account_logout")).content.decode()
