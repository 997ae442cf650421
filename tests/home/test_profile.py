"""„Mano paskyra“: what it shows, what it links to, and that what was typed survives an error."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.services import issue_certificate
from courses.models import Enrolment
from learners.models import Learner
from tests.factories import (
    NOON,
    CompletionFactory,
    EnrolmentFactory,
    IssuerFactory,
    LearnerFactory,
    MembershipFactory,
    UserFactory,
)
from tests.factories.pages import make_course

pytestmark = pytest.mark.django_db
PAGE = "/lt/my/account/"


@pytest.fixture(autouse=True)
def _site(site):
    """The base template asks for the catalogue."""


@pytest.fixture
def learner(client):
    learner = LearnerFactory(given_names="Ona", surname="Petraitė")
    client.force_login(learner.user)
    return learner


def shown(client, page=PAGE):
    return client.get(page).content.decode()


def test_it_shows_the_person_and_every_way_on(client, learner):
    membership = MembershipFactory(learner=learner)
    enrolment = EnrolmentFactory(learner=learner)

    page = shown(client)

    for words in (
        "Ona Petraitė",
        "Lietuviškai",
        learner.user.email,
        membership.institution.name,
        enrolment.course.title,
    ):
        assert words in page
    for way in (
        "/lt/learner/name/?next=", "/lt/learner/language/?next=", "/lt/account/email/", "/lt/account/password/change/",
        "/lt/account/elsewhere/", f"/lt/enrol/enrolments/{enrolment.uuid}/withdraw/", "/lt/my/account/data/",
        "/lt/my/account/close/", "/lt/account/logout/",
    ):  # fmt: skip
        assert way in page


def test_the_header_leads_to_it(client, learner):
    assert f'href="{PAGE}"' in shown(client, "/lt/my/")


def test_a_completed_course_offers_no_withdrawing(client, learner):
    enrolment = EnrolmentFactory(learner=learner, completed_at=NOON)

    assert f"{enrolment.uuid}/withdraw/" not in shown(client)


def test_withdrawing_is_undone_by_enrolling_again_with_what_was_done(client, learner):
    enrolment = EnrolmentFactory(learner=learner, course=make_course(lessons=1).record)
    done = CompletionFactory(enrolment=enrolment)
    again = f'action="/lt/enrol/{enrolment.course.key}/enrol/"'

    client.post(f"/lt/enrol/enrolments/{enrolment.uuid}/withdraw/")
    offered = again in client.get(PAGE).content.decode()
    client.post(f"/lt/enrol/{enrolment.course.key}/enrol/")

    [opened] = Enrolment.objects.all()
    assert (offered, opened.pk, opened.withdrawn_at) == (True, enrolment.pk, None)
    assert list(opened.completions.all()) == [done]
    assert again not in client.get(PAGE).content.decode()


def test_a_name_on_a_certificate_is_shown_with_the_reason_and_without_a_way_to_change_it(client, learner):
    IssuerFactory()
    certificate = issue_certificate(enrolment_id=EnrolmentFactory(learner=learner, completed_at=NOON).pk, at=NOON)

    page = shown(client)

    assert certificate.full_number in page
    assert "/lt/learner/name/" not in page
    asked = client.get("/lt/learner/name/?next=/lt/my/account/")
    assert certificate.full_number in asked.content.decode()
    assert 'name="given_names"' not in asked.content.decode()


def test_a_name_forced_past_the_screen_is_refused_in_words_and_stays_in_the_form(client, learner):
    IssuerFactory()
    issue_certificate(enrolment_id=EnrolmentFactory(learner=learner, completed_at=NOON).pk, at=NOON)

    response = client.post("/lt/learner/name/", {"given_names": "Ona", "surname": "Žemaitė"})

    assert response.status_code == 200
    assert "KT-2026-000001" in response.context["form"].non_field_errors()[0]
    assert 'value="Žemaitė"' in response.content.decode()
    assert Learner.objects.get().surname == "Petraitė"


NO_NAME = {
    "lt": "Vardą ir pavardę sudaro raidės, tarpai, brūkšneliai ir apostrofai. Rašykite taip, kaip turi būti pažymėjime.",
    "en": "A name holds letters, spaces, hyphens and apostrophes. Write it as it should stand on the certificate.",
}
TOO_LONG = {
    "lt": "Pažymėjime telpa ne daugiau kaip 100 raidžių, o čia jų 150. Parašykite trumpiau.",
    "en": "At most 100 letters fit on the certificate, and here there are 150. Write it shorter.",
}


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("O" * 150, TOO_LONG),
        ("Ona 😀", NO_NAME),
        ("Ona2", NO_NAME),
        ("O\x07na", NO_NAME),
        ("O\u202ena", NO_NAME),
        ("O\u200bna", NO_NAME),
    ],
)
def test_a_name_too_long_or_with_signs_is_refused_and_nothing_typed_is_lost(client, learner, language, name, sentences):
    response = client.post(f"/{language}/learner/name/", {"given_names": name, "surname": "Žemaitė", "next": PAGE})

    assert response.context["form"].errors == {"given_names": [sentences[language]]}
    page = response.content.decode()
    assert f'value="{name}"' in page
    assert 'value="Žemaitė"' in page


def test_letters_and_marks_sent_apart_become_letters(client, learner):
    client.post("/lt/learner/name/", {"given_names": "Z\u030civile\u0307", "surname": "Žemaitė"})

    assert Learner.objects.get().given_names == "Živilė"


def test_changing_the_name_leads_back_and_leaves_the_language_of_mails(client, learner):
    response = client.post("/en/learner/name/", {"given_names": "Ona", "surname": "Žemaitė", "next": PAGE})

    learner.refresh_from_db()
    assert (response.url, learner.surname, learner.language) == (PAGE, "Žemaitė", "lt")


def test_the_language_of_mails_is_chosen_and_another_is_refused(client, learner):
    refused = client.post("/lt/learner/language/", {"language": "de", "next": PAGE})
    taken = client.post("/lt/learner/language/", {"language": "en", "next": PAGE})

    learner.refresh_from_db()
    assert (refused.status_code, taken.url, learner.language) == (200, PAGE, "en")


def test_who_has_not_given_a_name_sees_the_page_all_the_same(client):
    client.force_login(UserFactory())

    assert client.get(PAGE).status_code == 200


def test_one_course_and_three_ask_as_many_queries(client, learner):
    counts = []
    for number in (1, 2):
        for _course in range(number):
            EnrolmentFactory(learner=learner)
            MembershipFactory(learner=learner)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 15
