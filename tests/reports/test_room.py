"""The coordinator's room: people, those who wait for a word, invitations; and nothing of another institution."""

import logging
from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from institutions.models import JoinCode, Membership
from tests.factories import (
    MORNING,
    NOON,
    CourseFactory,
    InstitutionFactory,
    JoinCodeFactory,
    LearnerFactory,
    MembershipFactory,
    MunicipalityCoordinatorFactory,
)
from tests.reports.test_screens import tables
from ui.templatetags.tiltas_ui import local_date


@pytest.fixture
def coordinator(client, institution, site):
    learner = LearnerFactory(given_names="Živilė", surname="Ąžuolienė")
    membership = MembershipFactory(learner=learner, institution=institution, role="coordinator")
    client.force_login(membership.learner.user)
    return membership


@pytest.fixture
def waiting(institution):
    learner = LearnerFactory(given_names="Ona", surname="Laukienė")
    return MembershipFactory(learner=learner, institution=institution, confirmed_at=None)


def url(name, institution, *places):
    with translation.override("en"):
        return reverse(f"tiltas_reports:{name}", args=[institution.uuid, *places])


def in_english(day):
    with translation.override("en"):
        return local_date(day)


def text_of(response):
    return response.content.decode()


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


# People


def test_people_stand_by_lithuanian_rules_with_those_who_wait_first(client, coordinator, institution, waiting):
    for surname in ("Žukas", "Zabiela", "Čepas"):
        MembershipFactory(
            learner=LearnerFactory(given_names="Jonas", surname=surname),
            institution=institution,
            job_title="slaugytojas",
        )
    MembershipFactory(institution=institution, ends_on=date(2026, 11, 5), learner__surname="Išėjęs")
    MembershipFactory(learner__surname="Svetimas")

    response = client.get(url("people", institution))

    (people,) = tables(response)
    assert [row[0] for row in people[1:]] == ["Ąžuolienė", "Čepas", "Zabiela", "Žukas"]
    assert people[2][:5] == ["Čepas", "Jonas", "slaugytojas", "2026-11-01", "By the institution's code"]
    page = text_of(response)
    assert ("Laukienė" in page, "Išėjęs" in page, "Svetimas" in page) == (True, False, False)


def test_the_first_screen_tells_how_many_wait(client, coordinator, institution, waiting):
    page = text_of(client.get(url("institution", institution)))

    assert "1 person waits for your word" in page
    assert url("people", institution) in page


def test_confirming_and_refusing(client, coordinator, institution, waiting):
    other = MembershipFactory(institution=institution, confirmed_at=None)

    confirmed = client.post(url("confirm", institution, waiting.uuid))
    refused = client.post(url("refuse", institution, other.uuid))

    waiting.refresh_from_db()
    other.refresh_from_db()
    assert (confirmed.url, refused.url) == (url("people", institution),) * 2
    assert (waiting.confirmation, other.confirmation, other.refused_at is not None) == ("coordinator", "", True)
    assert said(refused)[0] == "Confirmed: Ona Laukienė."


def test_two_coordinators_who_answer_at_cross_purposes_are_told(client, coordinator, institution, waiting):
    client.post(url("confirm", institution, waiting.uuid))
    refused = client.post(url("refuse", institution, waiting.uuid))

    waiting.refresh_from_db()
    assert (waiting.refused_at, said(refused)[-1]) == (
        None,
        "Confirmed before: Ona Laukienė. End the membership.",
    )


def test_ending_a_membership_with_a_day(client, coordinator, institution):
    member = MembershipFactory(institution=institution)

    client.post(url("end", institution, member.uuid), {"last_day": "2026-11-05"})

    member.refresh_from_db()
    assert member.ends_on == date(2026, 11, 5)


def test_a_last_day_before_the_first_is_refused_with_words_and_stays_in_the_form(client, coordinator, institution):
    member = MembershipFactory(institution=institution)

    response = client.post(url("end", institution, member.uuid), {"last_day": "2026-10-31"})

    member.refresh_from_db()
    assert member.ends_on is None
    assert "began on 2026-11-01" in response.context["form"].errors["last_day"][0]
    assert 'value="2026-10-31"' in text_of(response)


def test_the_list_says_nothing_of_scores_or_private_courses(client, coordinator, institution, enrol):
    enrol(CourseFactory(code="K3", private=True, titles={"lt": "Savipagalba", "en": "Self-help"}), surname="Slapta")
    member = MembershipFactory(institution=institution, learner__surname="Matoma")

    pages = [text_of(client.get(url(name, institution))) for name in ("institution", "people")]

    assert [("Self-help" in page, "Slapta" in page) for page in pages] == [(False, False)] * 2
    assert member.learner.surname in pages[1]


# Invitations


def test_the_codes_that_are_good_stand_with_link_and_sheets(client, coordinator, institution):
    JoinCodeFactory(institution=institution, code="GERAS234")
    JoinCodeFactory(institution=institution, code="BAIGTAS2", expires_at=MORNING)
    JoinCodeFactory(institution=institution, code="ISNAUDOT", max_uses=1, uses=1)
    JoinCodeFactory(code="SVETIMAS")

    page = text_of(client.get(url("invitations", institution)))

    assert 'value="http://testserver/en/join/GERAS234/"' in page
    assert [code in page for code in ("BAIGTAS2", "ISNAUDOT", "SVETIMAS")] == [False] * 3
    assert [
        f"/{language}/institution/{institution.uuid}/invitations/GERAS234/sheet/" in page for language in ("lt", "en")
    ] == [
        True,
        True,
    ]


def test_a_new_code_is_made_and_an_old_one_ended(client, coordinator, institution):
    old = JoinCodeFactory(institution=institution)

    client.post(url("make_code", institution), {"last_day": timezone.localdate().isoformat()})
    client.post(url("end_code", institution, old.code))

    (good,) = JoinCode.objects.usable(timezone.now())
    assert (good.institution, good == old) == (institution, False)


def test_a_new_code_has_its_last_day_and_its_number_of_people_and_says_so(client, coordinator, institution):
    day = timezone.localdate() + timedelta(days=10)

    client.post(url("make_code", institution), {"last_day": day.isoformat(), "max_uses": "30"})

    code = JoinCode.objects.get()
    assert (timezone.localtime(code.expires_at).isoformat()[:16], code.max_uses) == (f"{day}T23:59", 30)
    page = text_of(client.get(url("invitations", institution)))
    assert (f"good until {in_english(day)}, 23:59" in page, "30 at most" in page) == (True, True)
    sheet = text_of(client.get(url("sheet", institution, code.code)))
    assert (f"Good until {in_english(day)}." in sheet, "How many may join: 30." in sheet) == (True, True)


def test_the_form_proposes_ninety_days_and_no_limit(client, coordinator, institution):
    form = client.get(url("invitations", institution)).context["form"]

    proposed = (form["last_day"].value(), form["max_uses"].value())
    assert proposed == (timezone.localdate() + timedelta(days=90), None)


REFUSED_CODES = [
    (
        {"last_day": "2026-01-31"},
        "last_day",
        {
            "lt": "2026-01-31 jau praėjo, tad niekas nebegalėtų prisijungti: nurodykite šią arba vėlesnę dieną.",
            "en": "2026-01-31 is over, so nobody could join: put today or a later day.",
        },
    ),
    (
        {"last_day": ""},
        "last_day",
        {"lt": "Nurodykite, iki kurios dienos kodas galioja.", "en": "Say until which day the code is good."},
    ),
    (
        {"last_day": "rytoj"},
        "last_day",
        {
            "lt": "Tokios datos nėra. Rašykite metus, mėnesį ir dieną, pavyzdžiui, 2026-01-31.",
            "en": "This is no day. Write it as year-month-day, such as 2026-01-31.",
        },
    ),
    (
        {"max_uses": "0"},
        "max_uses",
        {
            "lt": "Su kodu turi galėti prisijungti bent vienas žmogus: įrašykite 1 ar daugiau arba palikite tuščią.",
            "en": "At least one person is to join with it: put 1 or more, or leave it empty.",
        },
    ),
    (
        {"max_uses": "10001"},
        "max_uses",
        {
            "lt": "Tai daugiau, nei įstaigoje būna darbuotojų: įrašykite 10\xa0000 ar mažiau.",
            "en": "That is more than an institution has staff: put 10,000 or less.",
        },
    ),
    (
        {"max_uses": "daug"},
        "max_uses",
        {
            "lt": "Įrašykite sveikąjį skaičių, pavyzdžiui, 30, arba palikite tuščią.",
            "en": "Write a whole number, such as 30, or leave it empty.",
        },
    ),
]


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize(("wrong", "field", "sentences"), REFUSED_CODES)
def test_a_code_that_can_not_be_is_refused_at_its_field(
    client, coordinator, institution, wrong, field, sentences, language
):
    JoinCodeFactory(institution=institution, code="GERAS234")
    typed = {"last_day": "2099-01-31", "max_uses": "7"} | wrong

    response = client.post(f"/{language}/institution/{institution.uuid}/invitations/new/", typed)

    page = text_of(response)
    assert response.context["form"].errors == {field: [sentences[language]]}
    assert ("GERA S234" in page, JoinCode.objects.count()) == (True, 1)
    assert [f'value="{value}"' in page for value in typed.values() if value] == [True] * sum(map(bool, typed.values()))


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_sheet_stands_in_its_language_with_the_square_and_three_steps(client, coordinator, institution, language):
    code = JoinCodeFactory(institution=institution, code="GERAS234")

    page = text_of(client.get(f"/{language}/institution/{institution.uuid}/invitations/GERAS234/sheet/"))

    assert f"http://testserver/{language}/join/GERAS234/" in page
    assert f"/{language}/institution/{institution.uuid}/invitations/{code.code}/qr.svg" in page
    assert (institution.name in page, "GERA S234" in page, page.count("<li><h2>")) == (True, True, 3)
    assert ("Mokykitės, kai jums patogu" in page) is (language == "lt")


def test_the_square_is_a_drawing_of_the_link(client, coordinator, institution):
    JoinCodeFactory(institution=institution, code="GERAS234")

    response = client.get(url("qr", institution, "GERAS234"))

    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert b"style=" not in response.content


@pytest.mark.parametrize("name", ["sheet", "qr"])
def test_an_ended_code_has_no_sheet(client, coordinator, institution, name):
    JoinCodeFactory(institution=institution, code="BAIGTAS2", expires_at=MORNING)

    assert client.get(url(name, institution, "BAIGTAS2")).status_code == 404


# Another institution


READING = ["institution", "people", "invitations", "sheet", "qr"]
WRITING = ["make_code", "end_code", "confirm", "refuse", "end"]


def places_in(institution, name):
    """What the address of this name needs besides the institution: a code of it, or a member."""
    if name in ("sheet", "qr", "end_code"):
        return [JoinCodeFactory(institution=institution).code]
    if name in ("confirm", "refuse", "end"):
        return [MembershipFactory(institution=institution, confirmed_at=None).uuid]
    return []


@pytest.mark.parametrize("name", [*READING, *WRITING])
def test_another_institution_is_not_found_and_leaves_a_line_without_the_person(client, coordinator, caplog, name):
    other = InstitutionFactory()
    address = url(name, other, *places_in(other, name))
    ask = client.post if name in WRITING else client.get

    with caplog.at_level(logging.WARNING, logger="institutions.permissions"):
        status = ask(address).status_code

    lines = [record.getMessage() for record in caplog.records if record.name == "institutions.permissions"]
    assert (status, len(lines)) == (404, 1)
    assert str(other.uuid) in lines[0]
    personal = (coordinator.learner.user.email, coordinator.learner.surname, str(coordinator.learner.uuid))
    assert [each for each in personal if each in lines[0]] == []


def test_an_institution_that_is_not_there_leaves_no_line(client, coordinator, caplog):
    gone = InstitutionFactory()
    address = url("people", gone)
    gone.delete()

    with caplog.at_level(logging.WARNING, logger="institutions.permissions"):
        assert client.get(address).status_code == 404

    assert [record for record in caplog.records if record.name == "institutions.permissions"] == []


@pytest.mark.parametrize("name", ["confirm", "refuse", "end"])
def test_a_member_of_another_institution_is_not_found_under_the_own_one(client, coordinator, institution, name):
    foreign = MembershipFactory(confirmed_at=None)

    assert client.post(url(name, institution, foreign.uuid), {"last_day": "2026-11-05"}).status_code == 404

    foreign.refresh_from_db()
    assert (foreign.confirmed_at, foreign.refused_at, foreign.ends_on) == (None, None, None)


@pytest.mark.parametrize("name", ["end_code", "sheet", "qr"])
def test_a_code_of_another_institution_is_not_found_under_the_own_one(client, coordinator, institution, name):
    foreign = JoinCodeFactory()
    ask = client.post if name == "end_code" else client.get

    assert ask(url(name, institution, foreign.code)).status_code == 404
    foreign.refresh_from_db()
    assert foreign.expires_at is None


def test_a_past_coordinator_is_out(client, coordinator, institution):
    Membership.objects.filter(pk=coordinator.pk).update(ends_on=timezone.localdate() - timedelta(days=1))

    assert client.get(url("people", institution)).status_code == 404


def test_a_municipality_coordinator_reads_the_list_and_manages_nothing(client, institution, enrol, site):
    role = MunicipalityCoordinatorFactory(municipality=institution.municipality)
    client.force_login(role.learner.user)
    enrol(CourseFactory(code="K1"), institution, surname="Matoma", completed_at=NOON)

    page = text_of(client.get(url("institution", institution)))

    assert ("Matoma" in page, url("people", institution) in page) == (True, False)
    assert [client.get(url(name, institution)).status_code for name in ("people", "invitations")] == [404, 404]
    assert client.post(url("make_code", institution)).status_code == 404


# However many there are, the same number of queries


@pytest.mark.parametrize("name", ["institution", "people", "invitations"])
def test_three_take_as_many_queries_as_one(client, coordinator, institution, name):
    counts = []
    for _number in range(3):
        MembershipFactory(institution=institution)
        MembershipFactory(institution=institution, confirmed_at=None)
        JoinCodeFactory(institution=institution)
        client.get(url(name, institution))
        with CaptureQueriesContext(connection) as asked:
            client.get(url(name, institution))
        counts.append(len(asked))

    assert (counts[0] == counts[2], counts[0] <= 15) == (True, True)
