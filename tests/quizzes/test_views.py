import re
from html import unescape
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from wagtail.models import Locale

from courses.services import enrol, withdraw
from progress.models import Completion
from quizzes.models import Attempt, QuestionText, QuestionVersion, Response
from quizzes.services import save_response, start_attempt, submit_attempt
from tests.factories import NOON, AttemptFactory, EnrolmentFactory, LearnerFactory, QuestionVersionFactory, drawn
from tests.factories.pages import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_course(lessons=1)


@pytest.fixture
def learner(client):
    learner = LearnerFactory()
    client.force_login(learner.user)
    return learner


@pytest.fixture
def enrolment(learner, made):
    return enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)


@pytest.fixture
def attempt(learner):
    """The learner's open attempt; no page is needed for what happens inside it."""
    return AttemptFactory(enrolment__learner=learner)


@pytest.fixture
def attempt_at_pages(enrolment, made):
    return start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=NOON)


@pytest.fixture
def foreign():
    """Somebody else's attempt at questions of their own: nothing of it may come out."""
    return AttemptFactory()


def url(attempt, end, language="en"):
    return f"/{language}/quizzes/attempts/{attempt.uuid}/{end}"


def option(attempt, question=0, place=0):
    return attempt.questions[question]["options"][place]


def form(*answer, base=0, operation=None, **more):
    return {"operation": str(operation or uuid4()), "base": base, "answer": list(answer), **more}


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


class TestStart:
    def start_url(self, enrolment, activity):
        return f"/en/quizzes/{enrolment.uuid}/{activity.key}/start/"

    def test_it_leads_to_the_first_question(self, client, enrolment, made):
        response = client.post(self.start_url(enrolment, made.quizzes[0].record))

        assert response.url == url(Attempt.objects.get(), "1/")

    def test_pressing_it_twice_begins_one_attempt(self, client, enrolment, made):
        for _press in range(2):
            client.post(self.start_url(enrolment, made.quizzes[0].record))

        assert Attempt.objects.count() == 1

    def test_a_quiz_that_is_being_mended_says_so(self, client, enrolment, made):
        made.quizzes[0].unpublish()

        response = client.post(self.start_url(enrolment, made.quizzes[0].record))

        assert said(response) == [
            "This quiz is being mended right now. What you have done is kept; come back a little later."
        ]

    def test_who_has_withdrawn_is_told_so(self, client, enrolment, made):
        withdraw(enrolment_id=enrolment.pk, at=NOON)

        response = client.post(self.start_url(enrolment, made.quizzes[0].record))

        assert said(response) == ["You have withdrawn from this course. Enrol again, and what you did is still there."]
        assert not Attempt.objects.exists()

    def test_somebody_elses_enrolment_is_not_found(self, client, learner, made):
        theirs = EnrolmentFactory(course=made.record)

        assert client.post(self.start_url(theirs, made.quizzes[0].record)).status_code == 404
        assert not Attempt.objects.exists()

    def test_a_quiz_of_another_course_is_not_found(self, client, enrolment):
        other = make_course(code="K2", lessons=0)

        assert client.post(self.start_url(enrolment, other.quizzes[0].record)).status_code == 404

    def test_a_lesson_is_no_quiz(self, client, enrolment, made):
        assert client.post(self.start_url(enrolment, made.lessons[0].record)).status_code == 404

    def test_a_link_starts_nothing(self, client, enrolment, made):
        assert client.get(self.start_url(enrolment, made.quizzes[0].record)).status_code == 405


class TestQuestionScreen:
    @pytest.mark.parametrize(("language", "words"), [("lt", "Atsakymas?"), ("en", "Answer?")])
    def test_it_asks_in_the_readers_language(self, client, attempt, language, words):
        page = client.get(url(attempt, "1/", language)).content.decode()

        assert f"<legend>{words}</legend>" in page
        assert '<fieldset class="question">' in page

    def test_what_is_not_translated_is_asked_in_the_source_language_and_marked(self, client, attempt):
        QuestionText.objects.filter(language="en").delete()

        page = client.get(url(attempt, "1/", "en")).content.decode()

        assert "<legend>Atsakymas?</legend>" in page
        assert '<fieldset class="question" lang="lt">' in page

    def test_the_newest_words_are_asked_and_the_answer_stays_in_either_language(self, client, attempt):
        version = QuestionVersion.objects.get(pk=attempt.version_ids[0])
        texts = version.texts.get(language="lt").texts
        version.texts.create(language="en", texts=texts | {"prompt": "What is quality?"})
        version.texts.create(language="lt", texts=texts | {"prompt": "Kas yra kokybė?"})
        client.post(url(attempt, "1/save/"), form(option(attempt)))

        lithuanian, english = (client.get(url(attempt, "1/", language)) for language in ("lt", "en"))

        assert "<legend>Kas yra kokybė?</legend>" in lithuanian.content.decode()
        assert "<legend>What is quality?</legend>" in english.content.decode()
        for response in (lithuanian, english):
            assert [each["chosen"] for each in response.context["asked"].parts] == [True, False, False]

    def test_neither_key_nor_feedback_nor_explanation_leaves_before_hand_in(self, client, attempt):
        client.post(url(attempt, "1/"), form(option(attempt)))
        for screen in ("1/", "2/", "overview/"):
            page = client.get(url(attempt, screen)).content.decode()

            assert "feedback" not in page
            assert "explanation" not in page
            assert "right" not in page

    @pytest.mark.parametrize("number", [0, 3, 99])
    def test_a_question_that_is_not_there_is_not_found(self, client, attempt, number):
        assert client.get(url(attempt, f"{number}/")).status_code == 404

    def test_saving_goes_on_to_the_next_question_and_then_to_the_overview(self, client, attempt):
        first = client.post(url(attempt, "1/"), form(option(attempt)))
        last = client.post(url(attempt, "2/"), form(option(attempt, 1)))

        assert (first.url, last.url) == (url(attempt, "2/"), url(attempt, "overview/"))
        assert Response.objects.filter(accepted=True).count() == 2

    def test_going_back_saves_too(self, client, attempt):
        response = client.post(url(attempt, "2/"), form(option(attempt, 1), back="1"))

        assert response.url == url(attempt, "1/")
        assert Response.objects.count() == 1

    def test_from_the_first_question_there_is_no_way_back(self, client, attempt):
        assert client.post(url(attempt, "1/"), form(back="1")).url == url(attempt, "2/")

    def test_the_overview_can_be_asked_for_from_anywhere(self, client, attempt):
        assert client.post(url(attempt, "1/"), form(overview="1")).url == url(attempt, "overview/")

    def test_a_question_can_be_passed_over(self, client, attempt):
        assert client.post(url(attempt, "1/"), form()).url == url(attempt, "2/")
        assert not Response.objects.exists()

    def test_a_forged_answer_is_told_in_words_and_not_kept(self, client, attempt):
        response = client.post(url(attempt, "1/"), form("forged"))

        assert response.url == url(attempt, "1/")
        assert said(response) == ["This answer does not belong to the question. Choose one of the answers shown."]
        assert not Response.objects.exists()

    def test_an_answer_from_another_window_is_shown_before_it_is_replaced(self, client, attempt):
        client.post(url(attempt, "1/save/"), form(option(attempt, place=1)))

        response = client.post(url(attempt, "1/"), form(option(attempt, place=0)))

        assert response.url == url(attempt, "1/")
        assert said(response) == [
            "A newer answer was saved from another window or device. It is shown here; change it if you wish."
        ]
        assert [each["chosen"] for each in client.get(response.url).context["asked"].parts] == [False, True, False]

    def test_the_form_knows_what_it_has_seen(self, client, attempt):
        client.post(url(attempt, "1/save/"), form(option(attempt)))

        page = client.get(url(attempt, "1/")).content.decode()

        assert re.search(r'name="base" value="1"', page)

    def test_after_hand_in_questions_lead_to_the_result(self, client, attempt):
        submit_attempt(attempt_id=attempt.pk, at=NOON)

        assert client.get(url(attempt, "1/")).url == url(attempt, "result/")
        assert client.post(url(attempt, "1/"), form(option(attempt))).url == url(attempt, "result/")
        assert client.get(url(attempt, "overview/")).url == url(attempt, "result/")
        assert Response.objects.get().late

    def test_an_answer_that_meets_the_hand_in_on_its_way_is_told_so(self, client, attempt):
        """Handed in by another tab after this request had found the attempt open."""
        seen = []

        def hand_in_meanwhile(execute, sql, params, many, context):
            result = execute(sql, params, many, context)
            if not seen and 'FROM "tiltas_quizzes_attempt"' in sql:
                seen.append(sql)
                submit_attempt(attempt_id=attempt.pk, at=NOON)
            return result

        with connection.execute_wrapper(hand_in_meanwhile):
            response = client.post(url(attempt, "1/"), form(option(attempt)))

        assert response.url == url(attempt, "result/")
        assert said(response) == ["This attempt was already handed in. Start a new attempt to answer again."]
        assert Response.objects.get().late


class TestSave:
    def save(self, client, attempt, *answer, number=1, **more):
        return client.post(url(attempt, f"{number}/save/"), form(*answer, **more))

    def test_an_answer_that_counts(self, client, attempt):
        response = self.save(client, attempt, option(attempt))

        assert response.status_code == 200
        body = response.json()
        assert (body["sequence"], body["answer"]) == (1, [option(attempt)])
        assert re.fullmatch(r"\d\d:\d\d", body["saved_at"])
        assert "reason" not in body

    def test_an_older_answer_after_a_newer_one_gets_409_with_the_answer_that_counts(self, client, attempt):
        first = self.save(client, attempt, option(attempt, place=0)).json()
        self.save(client, attempt, option(attempt, place=1), base=first["sequence"])

        late = self.save(client, attempt, option(attempt, place=2), base=first["sequence"])

        assert late.status_code == 409
        body = late.json()
        assert (body["reason"], body["sequence"], body["answer"]) == ("stale", 2, [option(attempt, place=1)])
        assert list(Response.objects.order_by("sequence").values_list("accepted", flat=True)) == [True, True, False]

    def test_the_same_operation_twice_gets_the_same_answer_twice(self, client, attempt):
        operation = uuid4()

        first = self.save(client, attempt, option(attempt), operation=operation)
        again = self.save(client, attempt, option(attempt), operation=operation)

        assert (first.status_code, first.json()) == (again.status_code, again.json())
        assert Response.objects.count() == 1

    def test_after_hand_in_it_says_submitted(self, client, attempt):
        submit_attempt(attempt_id=attempt.pk, at=NOON)

        response = self.save(client, attempt, option(attempt))

        assert response.status_code == 409
        assert response.json() == {"reason": "submitted", "sequence": 0, "answer": [], "saved_at": ""}
        assert Response.objects.get().late

    def test_without_login_it_says_login(self, attempt):
        response = self.save(Client(), attempt, option(attempt))

        assert (response.status_code, response.json()) == (401, {"reason": "login"})
        assert not Response.objects.exists()

    def test_an_option_of_another_question_is_forged(self, client, attempt):
        other = QuestionVersionFactory(
            definition={"options": [{"id": "x"}, {"id": "y"}], "points": 1}, answer_key={"right": ["x"]}
        )
        Attempt.objects.filter(pk=attempt.pk).update(questions=[attempt.questions[0], *drawn(other)])

        response = self.save(client, attempt, "x")

        assert (response.status_code, response.json()) == (400, {"reason": "invalid"})
        assert not Response.objects.exists()

    @pytest.mark.parametrize(
        "forged",
        [
            {"operation": "nonsense"},
            {"operation": ""},
            {"base": "nonsense"},
            {"base": "1" * 5000},
            {"answer": ["forged"]},
            {"answer": ["\x00"]},
        ],
    )
    def test_what_no_form_sends_is_refused_and_not_kept(self, client, attempt, forged):
        response = client.post(url(attempt, "1/save/"), form() | forged)

        assert (response.status_code, response.json()) == (400, {"reason": "invalid"})
        assert not Response.objects.exists()

    def test_a_negative_base_saw_nothing(self, client, attempt):
        assert self.save(client, attempt, option(attempt), base=-5).status_code == 200
        assert self.save(client, attempt, option(attempt, place=1), base=-5).status_code == 409

    def test_two_answers_to_a_single_choice_are_refused(self, client, attempt):
        assert self.save(client, attempt, option(attempt), option(attempt, place=1)).status_code == 400

    @pytest.mark.parametrize("number", [0, 3])
    def test_a_question_that_is_not_in_the_attempt_is_not_found(self, client, attempt, foreign, number):
        assert self.save(client, attempt, option(attempt), number=number).status_code == 404

    def test_somebody_elses_attempt_is_not_found(self, client, attempt, foreign):
        assert self.save(client, foreign, "a").status_code == 404
        assert not Response.objects.exists()

    def test_an_attempt_that_does_not_exist_is_not_found(self, client, learner):
        assert client.post(f"/en/quizzes/attempts/{uuid4()}/1/save/", form("a")).status_code == 404

    @pytest.mark.parametrize("bytes_", [64 * 1024 + 1, 3 * 1024 * 1024])
    def test_more_than_64_kib_are_too_long(self, client, attempt, bytes_):
        response = self.save(client, attempt, "x" * bytes_)

        assert (response.status_code, response.json()) == (413, {"reason": "too_long"})
        assert not Response.objects.exists()

    def test_the_pages_script_saves_with_its_form_data_and_token(self, attempt):
        """As a browser sends it: multipart, with the token in the form; Django reads the form before the view does."""
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(attempt.enrolment.learner.user)
        page = browser.get(url(attempt, "1/")).content.decode()
        token = unescape(re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1])

        response = self.save(browser, attempt, option(attempt), csrfmiddlewaretoken=token)
        without = self.save(browser, attempt, option(attempt))
        too_long = self.save(browser, attempt, "x" * 70_000, csrfmiddlewaretoken=token)

        assert (response.status_code, without.status_code, too_long.status_code) == (200, 403, 413)

    def test_a_link_saves_nothing(self, client, attempt):
        assert client.get(url(attempt, "1/save/")).status_code == 405


class TestOverviewAndHandIn:
    def test_it_shows_what_is_left(self, client, attempt):
        client.post(url(attempt, "1/save/"), form(option(attempt)))

        response = client.get(url(attempt, "overview/"))

        assert [each.is_answered for each in response.context["questions"]] == [True, False]
        assert "1 question has no answer yet" in response.content.decode()

    def test_it_says_when_nothing_is_left(self, client, attempt):
        for number in (1, 2):
            client.post(url(attempt, f"{number}/save/"), form(option(attempt, number - 1)))

        assert "Every question has an answer" in client.get(url(attempt, "overview/")).content.decode()

    def test_handing_in_leads_to_the_result(self, client, attempt):
        response = client.post(url(attempt, "submit/"))

        assert response.url == url(attempt, "result/")
        attempt.refresh_from_db()
        assert attempt.submitted_at is not None

    def test_handing_in_twice_is_the_same(self, client, attempt):
        first = client.post(url(attempt, "submit/"))
        attempt.refresh_from_db()
        submitted_at = attempt.submitted_at

        assert client.post(url(attempt, "submit/")).url == first.url
        attempt.refresh_from_db()
        assert attempt.submitted_at == submitted_at

    def test_who_has_withdrawn_is_told_how_to_go_on(self, client, attempt_at_pages):
        withdraw(enrolment_id=attempt_at_pages.enrolment_id, at=NOON)

        response = client.post(url(attempt_at_pages, "submit/"))

        assert response.url == "/en/courses/k1-en/"
        assert said(response) == ["You have withdrawn from this course. Enrol again, and what you did is still there."]

    @pytest.mark.parametrize(
        ("method", "end"),
        [
            ("get", "1/"),
            ("post", "1/"),
            ("get", "overview/"),
            ("post", "submit/"),
            ("get", "result/"),
            ("post", "1/save/"),
        ],
    )
    def test_somebody_elses_attempt_is_not_found(self, client, attempt, foreign, method, end):
        assert getattr(client, method)(url(foreign, end), form("a")).status_code == 404
        foreign.refresh_from_db()
        assert foreign.submitted_at is None
        assert not foreign.responses.exists()

    @pytest.mark.parametrize(
        ("method", "end"),
        [("get", "1/"), ("post", "1/"), ("get", "overview/"), ("get", "result/")],
    )
    def test_without_login_every_screen_leads_to_it(self, attempt, method, end):
        response = getattr(Client(), method)(url(attempt, end))

        assert response.url.startswith("/en/account/login/?next=/en/quizzes/attempts/")


class TestResult:
    def hand_in(self, attempt, right):
        for question, pk in enumerate(attempt.version_ids):
            version = QuestionVersion.objects.get(pk=pk)
            wrong = next(each for each in version.option_ids if each not in version.answer_key["right"])
            save_response(
                attempts=Attempt.objects.filter(pk=attempt.pk),
                number=question + 1,
                operation_id=uuid4(),
                base=0,
                raw=version.answer_key["right"] if question < right else [wrong],
                at=NOON,
            )
        return submit_attempt(attempt_id=attempt.pk, at=NOON)

    def test_before_hand_in_there_is_none(self, client, attempt):
        assert client.get(url(attempt, "result/")).url == url(attempt, "overview/")

    @pytest.mark.parametrize(("language", "word"), [("lt", "Atsakymas"), ("en", "Answer")])
    def test_passed_says_so_with_the_feedback_that_was_held_back(self, client, attempt, language, word):
        self.hand_in(attempt, right=2)

        response = client.get(url(attempt, "result/", language))

        assert (response.context["right"], response.context["total"]) == (2, 2)
        page = response.content.decode()
        assert f"{word} a feedback" in page
        assert f"{word} b feedback" not in page  # neither chosen nor right
        assert f"{word}: explanation" in page
        assert Completion.objects.filter(activity=attempt.activity).exists()

    def test_not_yet_passed_offers_another_try(self, client, attempt):
        self.hand_in(attempt, right=1)

        response = client.get(url(attempt, "result/"))

        assert response.context["right"] == 1
        assert f"/en/quizzes/{attempt.enrolment.uuid}/{attempt.activity.key}/start/" in response.content.decode()
        marks = [[option["right"] for option in each.parts] for each in response.context["questions"]]
        assert marks == [[True, False, False], [True, False, False]]
        assert [each.share for each in response.context["questions"]] == [1, 0]

    def test_it_leads_on_and_to_the_certificate_once_the_course_is_done(self, client, attempt_at_pages, made):
        attempt = attempt_at_pages
        self.hand_in(attempt, right=2)
        assert client.get(url(attempt, "result/")).context["quiz"].url == "/en/courses/k1-en/m1-en/testas-en/"
        client.post(f"/en/lessons/{attempt.enrolment.uuid}/{made.lessons[0].translation_key}/done/")

        page = client.get(url(attempt, "result/")).content.decode()

        assert f"/en/certificates/courses/{attempt.enrolment.uuid}/" in page

    def test_a_withdrawn_learner_sees_the_result_without_another_try(self, client, attempt):
        self.hand_in(attempt, right=0)
        withdraw(enrolment_id=attempt.enrolment_id, at=NOON)

        response = client.get(url(attempt, "result/"))

        assert response.status_code == 200
        assert "/start/" not in response.content.decode()


class TestQuizPage:
    @pytest.mark.parametrize("language", ["lt", "en"])
    def test_numbers_come_from_the_source_page_in_both_languages(self, client, enrolment, made, language):
        english = made.quizzes[0].get_translation(Locale.objects.get(language_code="en"))
        english.pass_mark, english.minutes, english.questions = 1, 599, []
        english.save_revision().publish()
        page = made.quizzes[0] if language == "lt" else english

        response = client.get(page.get_url())

        source = response.context["source"]
        assert (source.pass_mark, source.minutes, len(source.questions)) == (70, 10, 2)
        assert "599 min." not in response.content.decode()

    def test_it_offers_to_start_to_go_on_and_to_try_again(self, client, enrolment, made):
        from quizzes.services import start_attempt

        address = made.quizzes[0].get_translation(Locale.objects.get(language_code="en")).get_url()
        assert "Start the test" in client.get(address).content.decode()
        attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=NOON)
        assert "Go on with the test" in client.get(address).content.decode()
        submit_attempt(attempt_id=attempt.pk, at=NOON)
        page = client.get(address).content.decode()
        assert "Try again" in page
        assert url(attempt, "result/") in page

    def test_who_is_not_enrolled_is_led_to_the_course(self, client, learner, made):
        page = client.get(made.quizzes[0].get_url()).content.decode()

        assert "/start/" not in page
        assert made.page.get_url() in page

    def test_somebody_elses_attempts_are_not_shown(self, client, learner, made):
        enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
        theirs = AttemptFactory(
            enrolment=EnrolmentFactory(course=made.record),
            activity=made.quizzes[0].record,
            submitted_at=NOON,
            score=1,
            passed=True,
            ended_by="learner",
        )

        response = client.get(made.quizzes[0].get_url())

        assert response.context["attempts"] == []
        assert str(theirs.uuid) not in response.content.decode()

    def test_a_preview_before_the_first_publication_answers(self, rf):
        from quizzes.models import QuizPage

        page = QuizPage(title="Juodraštis")
        context = page.get_context(rf.get("/"))

        assert (context["activity"], context["source"]) == (None, page)
