from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from courses.models import Enrolment
from courses.services import enrol, withdraw
from institutions.models import Membership
from progress.services import record_completion
from tests.factories import (
    NOON,
    EnrolmentFactory,
    IssuerFactory,
    JoinCodeFactory,
    LearnerFactory,
    MembershipFactory,
    UserFactory,
)
from tests.factories.info import help_lines, make_info_page, make_news
from tests.factories.pages import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(site):
    """The base template asks for the catalogue."""


@pytest.fixture
def learner(client):
    learner = LearnerFactory()
    client.force_login(learner.user)
    return learner


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


class TestJoining:
    def join(self, client, code, job_title=""):
        return client.post("/en/join/", {"code": code, "job_title": job_title})

    def test_a_good_code_leads_to_my_learning_with_the_institutions_name(self, client, learner):
        code = JoinCodeFactory()

        response = self.join(client, code.code, "slaugytoja")

        assert response.url == "/en/my/"
        assert said(response) == [f"You have joined: {code.institution.name}."]
        membership = Membership.objects.get()
        assert (membership.learner, membership.institution) == (learner, code.institution)
        assert (membership.job_title, membership.starts_on) == ("slaugytoja", timezone.localdate())

    @pytest.mark.parametrize(
        ("code", "sentence"),
        [
            (None, "There is no such code. Check each letter and digit, or ask your coordinator."),
            ({"expires_at": NOON - timedelta(days=999)}, "This code has expired. Ask your coordinator for a new one."),
            (
                {"max_uses": 1, "uses": 1},
                "This code was already used as many times as it allows. Ask your coordinator for a new one.",
            ),
        ],
    )
    def test_a_bad_code_says_why_and_nothing_typed_is_lost(self, client, learner, code, sentence):
        kept = JoinCodeFactory(code="TIKRAS22", **(code or {}))
        typed = "tikr-as22" if code else "netikras"

        response = self.join(client, typed, "Socialinė darbuotoja „Viltis“")

        assert response.status_code == 200
        assert response.context["form"].errors == {"code": [sentence]}
        page = response.content.decode()
        assert f'value="{typed}"' in page
        assert 'value="Socialinė darbuotoja „Viltis“"' in page
        assert not Membership.objects.exists()
        uses = kept.uses
        kept.refresh_from_db()
        assert kept.uses == uses

    def test_using_the_same_code_again_changes_nothing(self, client, learner):
        code = JoinCodeFactory(max_uses=1)
        self.join(client, code.code, "slaugytoja")
        before = list(Membership.objects.values())

        response = self.join(client, code.code, "direktorė")

        assert response.url == "/en/my/"
        assert list(Membership.objects.values()) == before
        code.refresh_from_db()
        assert code.uses == 1

    @pytest.mark.parametrize("typed", ["", " ", "A" * 25, "a\x00b"])
    def test_what_is_no_code_at_all_stays_in_the_form(self, client, learner, typed):
        response = self.join(client, typed, "slaugytoja")

        assert list(response.context["form"].errors) == ["code"]
        assert 'value="slaugytoja"' in response.content.decode()

    def test_a_code_makes_a_member_and_never_a_coordinator(self, client, learner):
        client.post("/en/join/", {"code": JoinCodeFactory().code, "role": "coordinator"})

        assert Membership.objects.get().role == "member"

    def test_guessing_is_slowed_down(self, client, learner):
        statuses = [self.join(client, "NETIKRAS").status_code for _guess in range(21)]

        assert statuses == [200] * 20 + [429]


class TestMyLearning:
    @pytest.mark.parametrize("language", ["lt", "en"])
    def test_who_has_no_name_yet_is_asked_for_it_first(self, client, language):
        client.force_login(UserFactory())

        response = client.get(f"/{language}/my/")

        with translation.override(language):
            asked = reverse("tiltas_learners:name")
        assert response.url == f"{asked}?next=%2F{language}%2Fjoin%2F"

    def test_without_login_it_leads_there(self, client):
        assert client.get("/en/my/").url == "/en/account/login/?next=/en/my/"

    @pytest.mark.parametrize("language", ["lt", "en"])
    def test_the_next_step_stands_first(self, client, learner, language):
        made = make_course(lessons=2)
        enrolment = enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
        record_completion(enrolment_id=enrolment.pk, activity_id=made.lessons[0].record.pk, at=NOON)

        response = client.get(f"/{language}/my/")

        going_on = response.context["going_on"]
        assert going_on["next"].activity == made.lessons[1].record
        assert going_on["next"].url.startswith(f"/{language}/")
        assert (len(going_on["outline"].done), len(going_on["outline"].required)) == (1, 3)
        assert going_on["next"].title in response.content.decode()

    def test_courses_not_begun_are_offered(self, client, learner):
        make_course(code="K1", lessons=1)
        taken = make_course(code="K2", lessons=1)
        enrol(learner_id=learner.pk, course_id=taken.record.pk, at=NOON)

        context = client.get("/lt/my/").context

        assert [entry["course"].code for entry in context["courses"]] == ["K2"]
        assert [card["course"].code for card in context["others"]] == ["K1"]

    def test_a_withdrawn_course_is_offered_again(self, client, learner):
        made = make_course(lessons=1)
        enrolment = enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)
        withdraw(enrolment_id=enrolment.pk, at=NOON)

        context = client.get("/lt/my/").context

        assert (context["courses"], context["going_on"]) == ([], None)
        assert [card["course"].code for card in context["others"]] == ["K1"]

    def test_a_completed_course_shows_its_certificate_and_its_hours(self, client, learner):
        from certificates.services import issue_certificate

        IssuerFactory()
        made = make_course(lessons=1)
        now = timezone.now()
        done = EnrolmentFactory(learner=learner, course=made.record, enrolled_at=now, completed_at=now)
        certificate = issue_certificate(enrolment_id=done.pk, at=now)

        response = client.get("/en/my/")

        assert (response.context["completed"], response.context["hours_this_year"]) == (1, 16)
        assert certificate.full_number in response.content.decode()
        assert f"/en/certificates/courses/{done.uuid}/" in response.content.decode()

    @pytest.mark.parametrize("left_out", ["another year", "a trial"])
    def test_hours_count_this_years_real_courses(self, client, learner, left_out):
        made = make_course(lessons=1)
        now = timezone.now()
        long_ago = now - timedelta(days=800)
        moment = long_ago if left_out == "another year" else now
        EnrolmentFactory(
            learner=learner, course=made.record, enrolled_at=moment, completed_at=moment, trial=left_out == "a trial"
        )

        assert client.get("/en/my/").context["hours_this_year"] == 0

    def test_a_private_course_is_marked_for_the_learner_alone(self, client, learner):
        made = make_course(code="K3", lessons=1, private=True)
        enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)

        assert "Only you see this" in client.get("/en/my/").content.decode()

    def test_the_institution_is_named_or_on_my_own(self, client, learner):
        assert "On my own" in client.get("/en/my/").content.decode()
        membership = MembershipFactory(learner=learner)

        page = client.get("/en/my/").content.decode()

        assert membership.institution.name in page

    def test_nothing_of_anybody_else_is_shown(self, client, learner):
        made = make_course(lessons=1)
        foreign = EnrolmentFactory(course=made.record, membership=MembershipFactory())
        page = client.get("/en/my/").content.decode()

        assert str(foreign.uuid) not in page
        assert foreign.membership.institution.name not in page
        assert Enrolment.objects.filter(learner=learner).count() == 0

    def test_three_courses_ask_as_many_queries_as_one(self, client, learner):
        counts = []
        for number in range(1, 4):
            made = make_course(code=f"K{number}", lessons=1, quiz=False)
            enrolment = enrol(learner_id=learner.pk, course_id=made.record.pk, at=timezone.now())
            if number > 1:
                record_completion(enrolment_id=enrolment.pk, activity_id=made.lessons[0].record.pk, at=timezone.now())
            client.get("/lt/my/")
            with CaptureQueriesContext(connection) as asked:
                client.get("/lt/my/")
            counts.append(len(asked))

        assert counts == [14, 14, 14]


class TestFrontPage:
    @pytest.mark.parametrize("language", ["lt", "en"])
    def test_it_shows_the_courses_in_its_language(self, client, language):
        make_course(code="K2", lessons=1)
        make_course(code="K1", lessons=1)

        response = client.get(f"/{language}/")

        assert [card["course"].code for card in response.context["courses"]] == ["K1", "K2"]
        assert response.context["courses"][0]["page"].get_url().startswith(f"/{language}/")
        card = response.context["courses"][0]
        assert (card["modules"], card["activities"]) == (1, 2)

    def test_the_root_leads_to_the_visitors_language(self, client):
        assert client.get("/", headers={"accept-language": "en"}).url == "/en/"
        assert client.get("/", headers={"accept-language": "lt"}).url == "/lt/"
        assert client.get("/", headers={"accept-language": "de"}).url == "/lt/"

    def test_a_course_that_is_not_published_is_not_shown(self, client):
        made = make_course(lessons=1)
        made.page.unpublish()

        assert client.get("/lt/").context["courses"] == []
        assert client.get("/en/").context["courses"] == []

    def test_the_catalogue_shows_them_too(self, client):
        make_course(lessons=1)

        assert [card["course"].code for card in client.get("/lt/kursai/").context["courses"]] == ["K1"]

    def test_a_certificate_is_checked_from_here_in_the_same_language(self, client):
        page = BeautifulSoup(client.get("/en/").content, "html.parser")
        form = page.select_one("form[action='/verify/']")

        asked = {field["name"]: field.get("value", "") for field in form.select("input")}
        response = client.get("/verify/", asked | {"code": "abcd-efgh-2345"}, follow=True)

        assert (form["method"], asked) == ("get", {"lang": "en", "code": ""})
        assert response.redirect_chain[-1][0] == "/verify/ABCDEFGH2345/?lang=en"
        assert "No such certificate" in response.content.decode()

    @pytest.mark.parametrize("code", ["", "„kodas“"])
    def test_what_is_no_code_gets_words_and_stays_in_the_field(self, client, code):
        response = client.get("/verify/", {"code": code, "lang": "en"})

        assert list(response.context["form"].errors) == ["code"]
        assert f'value="{code}"' in response.content.decode() or not code

    def test_the_help_lines_are_those_of_the_page_that_has_them(self, client):
        assert client.get("/lt/").context["help_lines"] is None
        make_info_page("help", body=[help_lines("116 123")])

        for address in ("/lt/", "/en/"):
            page = BeautifulSoup(client.get(address).content, "html.parser")
            assert [link["href"] for link in page.select(".help-lines a")] == ["tel:116123"]

    def test_who_is_logged_in_is_led_to_their_learning(self, client, learner):
        page = BeautifulSoup(client.get("/en/").content, "html.parser")

        assert [each["href"] for each in page.select("main .button:not(.quiet, .plain)")] == ["/en/my/"]

    def test_one_filled_button_and_15_queries_at_most(self, client):
        for number in (1, 2, 3):
            make_course(code=f"K{number}", lessons=1)
        make_info_page("help", body=[help_lines("116 123")])
        make_news("2026-11-01", "2026-11-02", "2026-11-03")
        client.get("/lt/")
        with CaptureQueriesContext(connection) as asked:
            page = BeautifulSoup(client.get("/lt/").content, "html.parser")

        assert [each["href"] for each in page.select(".button:not(.quiet, .plain)")] == ["#courses"]
        assert len(asked) <= 15
