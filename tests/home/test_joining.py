"""The learner's institutions: found on the list, missed, left, and what is counted where."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Enrolment
from institutions.models import InstitutionRequest, Membership
from tests.factories import (
    MORNING,
    NOON,
    CourseFactory,
    EnrolmentFactory,
    InstitutionFactory,
    InstitutionRequestFactory,
    LearnerFactory,
    MembershipFactory,
    MunicipalityFactory,
    UserFactory,
)
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


def text_of(response):
    return response.content.decode()


class TestChoosing:
    def test_nothing_is_listed_before_something_is_asked(self, client, learner):
        institution = InstitutionFactory()

        assert institution.name not in text_of(client.get("/en/join/choose/"))
        assert institution.name not in text_of(client.get("/en/join/choose/?municipality=&q="))

    @pytest.mark.parametrize("query", ["municipality=68", "q=seniunija", "municipality=68&q=SENIŪN"])
    def test_first_step_municipality_or_words_second_step_the_institution(self, client, learner, query):
        wanted = InstitutionFactory(name="Žlibinų seniūnija")
        other = InstitutionFactory(name="Kita", municipality=MunicipalityFactory(code="74"))

        page = text_of(client.get(f"/en/join/choose/?{query}"))
        assert (wanted.name in page, other.name in page) == (True, False)
        response = client.post(f"/en/join/choose/?{query}", {"institution": wanted.uuid, "job_title": "seniūnė"})

        assert response.url == "/en/my/institutions/"
        assert said(response) == ["You have chosen: Žlibinų seniūnija."]
        membership = Membership.objects.get()
        assert (membership.learner, membership.institution, membership.job_title) == (learner, wanted, "seniūnė")
        assert (membership.confirmed_at, membership.role) == (None, "member")

    def test_without_a_choice_the_list_stays_with_what_was_typed(self, client, learner):
        one, two = InstitutionFactory(name="Vienas centras"), InstitutionFactory(name="Du centrai")

        response = client.post("/en/join/choose/?q=centr", {"job_title": "slaugytoja „Viltis“"})

        page = text_of(response)
        assert list(response.context["form"].errors) == ["institution"]
        assert (one.name in page, two.name in page, 'value="slaugytoja „Viltis“"' in page) == (True, True, True)
        assert "<title>Error:" in page

    def test_an_institution_that_refused_says_so(self, client, learner):
        refused = MembershipFactory(learner=learner, confirmed_at=None, refused_at=NOON, ends_on=date(2026, 11, 21))

        response = client.post("/en/join/choose/?municipality=68", {"institution": refused.institution.uuid})

        assert response.context["form"].errors["institution"][0].startswith("This institution has answered")

    @pytest.mark.parametrize("query", ["municipality=999", "q=" + "a" * 201])
    def test_what_can_not_be_asked_is_told_in_the_form(self, client, learner, query):
        response = client.get(f"/en/join/choose/?{query}")

        assert response.context["find"].errors
        assert response.status_code == 200

    @pytest.mark.parametrize("path", ["/en/join/choose/?q=a", "/en/join/missing/"])
    def test_who_has_no_name_is_asked_for_it_first(self, client, path):
        client.force_login(UserFactory())

        assert client.get(path).url.startswith("/en/learner/name/?next=")

    def test_the_list_takes_as_many_queries_for_one_as_for_three(self, client, learner):
        counts = []
        for _number in range(3):
            InstitutionFactory()
            client.get("/lt/join/choose/?municipality=68")
            with CaptureQueriesContext(connection) as asked:
                client.get("/lt/join/choose/?municipality=68")
            counts.append(len(asked))

        assert (counts[0] == counts[2], counts[0] <= 15) == (True, True)


class TestMissing:
    def test_what_was_searched_for_is_filled_in(self, client, learner):
        MunicipalityFactory()

        page = text_of(client.get("/en/join/missing/?municipality=68&q=Naujas+centras"))

        assert 'value="Naujas centras"' in page
        assert '<option value="68" selected>' in page

    def test_a_request_is_kept_and_shown_with_its_state(self, client, learner):
        MunicipalityFactory()
        typed = {"name": "Naujas centras", "municipality": "68", "job_title": "slaugytoja"}

        response = client.post("/en/join/missing/", typed)

        asked = InstitutionRequest.objects.get()
        assert (asked.learner, asked.name, asked.municipality.code, asked.job_title) == (learner, *typed.values())
        page = text_of(client.get(response.url))
        assert ("Naujas centras" in page, "Waiting for the project office" in page) == (True, True)

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"name": "", "municipality": "68"}, "name"),
            ({"name": "Naujas", "municipality": ""}, "municipality"),
            ({"name": "a" * 201, "municipality": "68"}, "name"),
        ],
    )
    def test_what_is_not_enough_stays_in_the_form(self, client, learner, typed, field):
        MunicipalityFactory()

        response = client.post("/en/join/missing/", {**typed, "job_title": "slaugytoja"})

        assert list(response.context["form"].errors) == [field]
        assert 'value="slaugytoja"' in text_of(response)
        assert not InstitutionRequest.objects.exists()

    @pytest.mark.parametrize(
        ("outcome", "words"),
        [("made", "It is on the list now: Tas centras."), ("linked", "It was on the list already: Tas centras.")],
    )
    def test_the_learner_sees_what_came_of_it(self, client, learner, outcome, words):
        InstitutionRequestFactory(
            learner=learner, outcome=outcome, answered_at=NOON, institution=InstitutionFactory(name="Tas centras")
        )

        assert words in text_of(client.get("/en/my/institutions/"))

    def test_a_declined_one_is_told_with_its_words(self, client, learner):
        InstitutionRequestFactory(learner=learner, outcome="declined", answered_at=NOON, reply="Registre nėra.")

        page = text_of(client.get("/en/my/institutions/"))
        assert ("Not added" in page, "Registre nėra." in page) == (True, True)


class TestMyInstitutions:
    def test_it_shows_ones_own_and_nothing_of_others(self, client, learner):
        present = MembershipFactory(learner=learner, institution__name="Dabar", confirmed_at=None)
        past = MembershipFactory(learner=learner, institution__name="Anksčiau", ends_on=date(2026, 11, 5))
        MembershipFactory(institution__name="Svetima")
        InstitutionRequestFactory(name="Svetimas prašymas")

        page = text_of(client.get("/en/my/institutions/"))

        shown = [name in page for name in (present.institution.name, past.institution.name, "Unconfirmed")]
        assert shown == [True, True, True]
        assert ("Svetima" in page, "Svetimas prašymas" in page) == (False, False)

    def test_however_many_the_same_number_of_queries(self, client, learner):
        counts = []
        for number in range(3):
            membership = MembershipFactory(learner=learner)
            EnrolmentFactory(learner=learner, course=CourseFactory(code=f"M{number}"), membership=membership)
            MembershipFactory(learner=learner, ends_on=date(2026, 11, 5))
            InstitutionRequestFactory(learner=learner, name=f"Nr. {number}")
            client.get("/lt/my/institutions/")
            with CaptureQueriesContext(connection) as asked:
                client.get("/lt/my/institutions/")
            counts.append(len(asked))

        assert (counts[0] == counts[2], counts[0] <= 15) == (True, True)


class TestLeaving:
    def leave(self, client, membership, day):
        return client.post(f"/en/my/institutions/{membership.uuid}/leave/", {"last_day": day})

    def test_one_ends_the_own_membership_with_its_last_day(self, client, learner):
        membership = MembershipFactory(learner=learner)

        response = self.leave(client, membership, "2026-11-05")

        membership.refresh_from_db()
        assert (response.url, membership.ends_on) == ("/en/my/institutions/", date(2026, 11, 5))

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            ("2026-10-31", "The membership began on 2026-11-01, so its last day can't be earlier"),
            ("tomorrow", "is still to come"),
            ("vakar", "Enter a valid date"),
            ("", "required"),
        ],
    )
    def test_a_day_that_can_not_be_is_refused_with_words(self, client, learner, day, words):
        membership = MembershipFactory(learner=learner)
        if day == "tomorrow":
            day = (timezone.localdate() + timedelta(days=1)).isoformat()

        response = self.leave(client, membership, day)

        membership.refresh_from_db()
        assert membership.ends_on is None
        assert words in response.context["form"].errors["last_day"][0]
        assert f'value="{day}"' in text_of(response) or not day

    def test_anothers_membership_is_not_found(self, client, learner):
        assert self.leave(client, MembershipFactory(), "2026-11-05").status_code == 404

    def test_what_has_ended_is_not_found(self, client, learner):
        ended = MembershipFactory(learner=learner, ends_on=date(2026, 11, 5))

        assert self.leave(client, ended, "2026-11-06").status_code == 404


class TestCounting:
    def count_for(self, client, enrolment, membership, **data):
        chosen = {"membership": membership.uuid if membership else ""}
        return client.post(f"/en/enrol/enrolments/{enrolment.uuid}/institution/", chosen | data)

    def test_a_course_is_counted_for_the_chosen_institution_or_none(self, client, learner):
        enrolment = EnrolmentFactory(learner=learner, course=make_course(lessons=1).record)
        first, second = MembershipFactory(learner=learner), MembershipFactory(learner=learner)
        seen = []

        for membership in (first, second, None):
            response = self.count_for(client, enrolment, membership, next="/en/my/institutions/")
            seen.append((response.url, said(response)[-1], Enrolment.objects.get().membership))

        here = "/en/my/institutions/"
        assert seen == [
            (here, f"The course is counted for: {first.institution}.", first),
            (here, f"The course is counted for: {second.institution}.", second),
            (here, "The course is counted for no institution.", None),
        ]

    def test_it_never_leads_to_another_site(self, client, learner):
        enrolment = EnrolmentFactory(learner=learner, course=make_course(lessons=1).record)

        assert self.count_for(client, enrolment, None, next="https://example.lt/").url.startswith("/en/")

    def test_a_completed_course_stays_where_it_is(self, client, learner):
        membership = MembershipFactory(learner=learner)
        enrolment = EnrolmentFactory(learner=learner, membership=membership, completed_at=NOON)

        response = self.count_for(client, enrolment, None)

        assert said(response) == ["The course is completed, so its institution stays as it was that day."]
        assert Enrolment.objects.get().membership == membership

    def test_an_ended_membership_is_kept_but_not_chosen(self, client, learner):
        ended = MembershipFactory(learner=learner, ends_on=date(2026, 11, 5))
        kept = EnrolmentFactory(learner=learner, membership=ended)
        other = EnrolmentFactory(learner=learner)

        self.count_for(client, kept, ended)
        refused = self.count_for(client, other, ended)

        assert said(refused)[-1] == "This institution is not among yours any more. Choose another, or none."
        assert [each.membership for each in Enrolment.objects.order_by("pk")] == [ended, None]

    def test_anothers_enrolment_or_membership_is_not_found(self, client, learner):
        own, foreign = EnrolmentFactory(learner=learner), EnrolmentFactory()

        assert self.count_for(client, foreign, None).status_code == 404
        assert self.count_for(client, own, MembershipFactory()).status_code == 404

    def test_the_choice_stands_on_the_course_page_and_on_my_institutions(self, client, learner):
        made = make_course(lessons=1)
        membership = MembershipFactory(learner=learner)
        enrolment = EnrolmentFactory(learner=learner, course=made.record, membership=membership)
        form = f'action="/en/enrol/enrolments/{enrolment.uuid}/institution/"'
        page = made.page.get_translation(made.page.locale.__class__.objects.get(language_code="en"))

        shown = [text_of(client.get(path)) for path in (page.get_url(), "/en/my/institutions/")]

        assert [form in each for each in shown] == [True, True]
        assert f'<option value="{membership.uuid}" selected>' in shown[0]

    @pytest.mark.parametrize("why", ["completed", "private"])
    def test_where_there_is_nothing_to_choose_there_is_no_form(self, client, learner, why):
        made = make_course(code="K3", lessons=1, private=why == "private")
        MembershipFactory(learner=learner)
        completed = NOON if why == "completed" else None
        EnrolmentFactory(learner=learner, course=made.record, enrolled_at=MORNING, completed_at=completed)

        pages = [text_of(client.get(path)) for path in (made.page.get_url(), "/lt/my/institutions/")]

        assert ["/institution/" in each.split("</header>")[-1] for each in pages] == [False, False]
