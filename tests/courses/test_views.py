from uuid import uuid4

import pytest
from django.contrib.messages import get_messages

from courses.models import Enrolment
from tests.factories import NOON, EnrolmentFactory, LearnerFactory, MembershipFactory
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


def enrol_url(course, language="en"):
    return f"/{language}/enrol/{course.key}/enrol/"


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_enrolling_leads_back_to_the_course_with_a_word(client, learner, made):
    response = client.post(enrol_url(made.record))

    assert (response.status_code, response.url) == (302, "/en/courses/k1-en/")
    assert said(response) == ["You are enrolled. Start with the first lesson whenever it suits you."]
    assert [(each.learner, each.course) for each in Enrolment.objects.all()] == [(learner, made.record)]


def test_pressing_the_button_twice_enrols_once(client, learner, made):
    client.post(enrol_url(made.record))
    client.post(enrol_url(made.record))

    assert Enrolment.objects.count() == 1


def test_the_chosen_institution_is_noted(client, learner, made):
    membership = MembershipFactory(learner=learner)

    client.post(enrol_url(made.record), {"membership": str(membership.uuid)})

    assert Enrolment.objects.get().membership == membership


def test_on_my_own_is_a_choice_too(client, learner, made):
    MembershipFactory(learner=learner)

    client.post(enrol_url(made.record), {"membership": ""})

    assert Enrolment.objects.get().membership is None


def test_somebody_elses_institution_is_not_found(client, learner, made):
    foreign = MembershipFactory()

    response = client.post(enrol_url(made.record), {"membership": str(foreign.uuid)})

    assert response.status_code == 404
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("forged", ["1", "nonsense", "\x00", "{}"])
def test_a_forged_institution_is_not_found(client, learner, made, forged):
    MembershipFactory(learner=learner)

    assert client.post(enrol_url(made.record), {"membership": forged}).status_code == 404
    assert not Enrolment.objects.exists()


def test_an_institution_that_was_left_meanwhile_is_refused_with_a_sentence(client, learner, made):
    ended = MembershipFactory(learner=learner, ends_on=NOON.date())

    response = client.post(enrol_url(made.record), {"membership": str(ended.uuid)})

    assert said(response) == ["This institution is not among yours any more. Choose another, or none."]
    assert not Enrolment.objects.exists()


def test_a_private_course_takes_no_institution_even_if_one_is_posted(client, learner):
    made = make_course(code="K3", lessons=1, private=True)
    membership = MembershipFactory(learner=learner)

    client.post(enrol_url(made.record), {"membership": str(membership.uuid)})

    enrolment = Enrolment.objects.get()
    assert (enrolment.private, enrolment.membership) == (True, None)


def test_a_private_course_does_not_even_ask_for_an_institution(client, learner):
    made = make_course(code="K3", lessons=1, private=True)
    MembershipFactory(learner=learner)

    assert 'name="membership"' not in client.get(made.page.get_url()).content.decode()


def test_the_course_page_offers_ones_own_institutions_alone(client, learner, made):
    own, foreign = MembershipFactory(learner=learner), MembershipFactory()
    ended = MembershipFactory(learner=learner, ends_on=NOON.date())

    page = client.get(made.page.get_url()).content.decode()

    assert str(own.uuid) in page
    assert str(foreign.uuid) not in page
    assert str(ended.uuid) not in page


def test_a_course_that_is_not_released_says_so(client, learner):
    made = make_course(release=False, lessons=1)

    response = client.post(enrol_url(made.record))

    assert said(response) == ["This course is still being prepared. Come back later: it will be open to everyone."]
    assert not Enrolment.objects.exists()


def test_a_course_that_does_not_exist_is_not_found(client, learner):
    assert client.post(f"/en/enrol/{uuid4()}/enrol/").status_code == 404


def test_who_has_no_name_yet_is_asked_for_it_first_and_not_enrolled(client, made):
    nameless = LearnerFactory(given_names="", surname="")
    client.force_login(nameless.user)

    response = client.post(enrol_url(made.record))

    assert response.status_code == 302
    assert "name" in response.url
    assert not Enrolment.objects.exists()


def test_enrolling_asks_to_log_in(client, made):
    response = client.post(enrol_url(made.record))

    assert response.url.startswith("/en/account/login/")
    assert not Enrolment.objects.exists()


def test_a_link_enrols_nobody(client, learner, made):
    assert client.get(enrol_url(made.record)).status_code == 405
    assert not Enrolment.objects.exists()


def test_withdrawing_says_that_all_is_kept(client, learner, made):
    enrolment = EnrolmentFactory(learner=learner, course=made.record)

    response = client.post(f"/en/enrol/enrolments/{enrolment.uuid}/withdraw/")

    enrolment.refresh_from_db()
    assert enrolment.withdrawn_at is not None
    assert said(response) == ["You have withdrawn from the course. What you did is kept: enrol again to go on."]


def test_a_completed_course_is_not_withdrawn(client, learner, made):
    enrolment = EnrolmentFactory(learner=learner, course=made.record, completed_at=NOON)

    response = client.post(f"/en/enrol/enrolments/{enrolment.uuid}/withdraw/")

    assert said(response) == ["This course is completed; a completed course stays on your record."]


def test_nobody_withdraws_somebody_else(client, learner, made):
    foreign = EnrolmentFactory(course=made.record)

    assert client.post(f"/en/enrol/enrolments/{foreign.uuid}/withdraw/").status_code == 404
    foreign.refresh_from_db()
    assert foreign.is_open


class TestCoursePage:
    """What it offers to whom."""

    def test_a_stranger_may_read_the_first_lesson_and_log_in(self, client, made):
        page = client.get(made.page.get_url()).content.decode()

        assert made.lessons[0].get_url() in page
        assert enrol_url(made.record, "lt") in page
        assert "/lt/account/login/?next=" in page

    def test_a_learner_sees_the_next_step_and_may_withdraw(self, client, learner, made):
        enrolment = EnrolmentFactory(learner=learner, course=made.record)

        response = client.get(made.page.get_url())

        assert response.context["enrolment"] == enrolment
        assert f"/lt/enrol/enrolments/{enrolment.uuid}/withdraw/" in response.content.decode()

    def test_a_completed_course_leads_to_the_certificate_and_offers_a_retake(self, client, learner, made):
        enrolment = EnrolmentFactory(learner=learner, course=made.record, completed_at=NOON)

        page = client.get(made.page.get_url()).content.decode()

        assert f"/lt/certificates/courses/{enrolment.uuid}/" in page
        assert enrol_url(made.record, "lt") in page
        assert "/withdraw/" not in page

    def test_somebody_elses_enrolment_is_not_shown(self, client, learner, made):
        EnrolmentFactory(course=made.record)

        assert client.get(made.page.get_url()).context["enrolment"] is None

    def test_hours_come_from_the_record_and_not_from_the_translated_page(self, client, learner, made):
        from wagtail.models import Locale

        english = made.page.get_translation(Locale.objects.get(language_code="en"))
        english.academic_hours = 400
        english.save_revision().publish()

        page = client.get(english.get_url()).content.decode()

        assert "16 academic hours" in page
        assert "400 academic hours" not in page

    def test_a_module_has_no_screen_of_its_own(self, client, made):
        response = client.get(made.modules[0].get_url())

        assert response.url == f"{made.page.get_url()}#m-{made.modules[0].translation_key}"

    def test_a_course_in_preview_before_its_first_publication_answers(self, rf, made):
        from courses.models import CoursePage

        page = CoursePage(title="Juodraštis", slug="j", code="J1", academic_hours=8)
        assert page.get_context(rf.get("/"))["academic_hours"] == 8


class TestDeletingInTheEditor:
    """A course in which people learn is not deleted by a click."""

    @pytest.fixture
    def editor(self, client):
        from django.contrib.auth import get_user_model

        client.force_login(get_user_model().objects.create_superuser("red@tiltas.test", "slaptas-zodis"))

    @pytest.mark.parametrize("above", [False, True])
    def test_its_page_stays_and_a_sentence_says_why(self, client, editor, made, above):
        EnrolmentFactory(course=made.record)
        page = made.page.get_parent() if above else made.page

        response = client.post(f"/admin/pages/{page.pk}/delete/")

        assert response.status_code == 302
        assert type(made.page).objects.filter(pk=made.page.pk).exists()

    def test_neither_in_bulk(self, client, editor, made):
        EnrolmentFactory(course=made.record)

        client.post(f"/admin/bulk/wagtailcore/page/delete/?id={made.page.pk}&next=/admin/")

        assert type(made.page).objects.filter(pk=made.page.pk).exists()

    def test_one_that_nobody_takes_may_go(self, client, editor, made):
        EnrolmentFactory()

        client.post(f"/admin/pages/{made.page.pk}/delete/")

        assert not type(made.page).objects.filter(pk=made.page.pk).exists()
