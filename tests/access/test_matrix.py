"""Each address × each person: the answer is the one that stands in matrix.yaml."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
import yaml
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from courses.releasing import plan_edition
from tests.access.addresses import addresses
from tests.factories.files import CONTENT

MATRIX = yaml.safe_load((Path(__file__).parent / "matrix.yaml").read_text())
PEOPLE = MATRIX["people"]
OUTSIDERS = ["anonymous", "learner"]
ROWS = MATRIX["ours"] | MATRIX["theirs"]


# Pages that answer to what is posted: what a person would send from the form.
def posted(name, world):
    option = world.question.options[0]
    question = {
        "title": "Klausimas",
        "kind": "single_choice",
        "points": "1",
        "prompt": "Kas teisinga?",
        "explanation": "",
        "options-count": "2",
        **{
            f"options-{place}-{field}": value
            for place, text in enumerate(("Taip", "Ne"))
            for field, value in {
                "deleted": "",
                "order": str(place),
                "type": "option",
                "id": option.id if place == 0 else str(uuid4()),
                "value-text": text,
                "value-feedback": "",
                **({"value-correct": "on"} if place == 0 else {}),
            }.items()
        },
    }
    lesson_file = {"title": "Lapas", "language": "lt", "file": ContentFile(CONTENT["pdf"], "lapas.pdf")}
    municipality = str(world.municipality.pk)
    return {
        "tiltas_learners:name": {"given_names": "Ona", "surname": "Petraitė"},
        "tiltas_learners:language": {"language": "en"},
        "tiltas_home:close_account": {"password": "slaptas-zodis"},
        "tiltas_home:join": {"code": world.join_code.code},
        "tiltas_home:join_with_code": {"code": world.join_code.code},
        "tiltas_lessons:place": {"block": str(uuid4())},
        "tiltas_quizzes:question": {"operation": str(uuid4()), "base": "0"},
        "tiltas_quizzes:save": {"operation": str(uuid4()), "base": "0"},
        "institution:add": {"name": "Nauja", "municipality": municipality, "kind": "other"},
        "institution:edit": {"name": "Pakeista", "municipality": municipality, "kind": "other"},
        "membership:add": {
            "email": world.completed.learner.user.email,
            "institution": str(world.elsewhere.pk),
            "role": "member",
            "starts_on": "2026-11-01",
        },
        "membership:edit": {
            "role": "member",
            "starts_on": "2026-11-01",
        },
        "municipalitycoordinator:add": {
            "email": world.completed.learner.user.email,
            "municipality": municipality,
            "starts_on": "2026-11-01",
        },
        "municipalitycoordinator:edit": {"starts_on": "2026-11-02"},
        "institutionrequest:edit": {"outcome": "made", "name": "Nauja", "municipality": municipality, "kind": "other"},
        "tiltas_home:choose_institution": {"institution": str(world.elsewhere.uuid)},
        "tiltas_home:missing_institution": {"name": "Nauja", "municipality": world.municipality.code},
        "tiltas_home:leave": {"last_day": "2026-11-10"},
        "tiltas_reports:end": {"last_day": "2026-11-10"},
        "tiltas_reports:make_code": {"last_day": "2099-12-31"},
        "joincode:add": {"code": "NAUJAS23", "institution": str(world.institution.pk)},
        "joincode:edit": {"code": "NAUJAS23", "institution": str(world.institution.pk)},
        "municipality:add": {"code": "99", "names": '{"lt": "Nauja"}', "cases": "{}", "county_names": "{}"},
        "municipality:edit": {"code": "68", "names": '{"lt": "Nauja"}', "cases": "{}", "county_names": "{}"},
        "issuer:add": {"prefix": "NA", "names": '{"lt": "Kitas"}', "signatory_position": "{}", "funding": "{}"},
        "issuer:edit": {"prefix": "KT", "names": '{"lt": "Tas"}', "signatory_position": "{}", "funding": "{}"},
        "extratime:add": {"email": world.completed.learner.user.email, "percent": "50"},
        "extratime:edit": {"percent": "100"},
        "tiltas_studio_care:release": {"academic_hours": "2", "digest": plan_edition(world.made.record).digest},
        "tiltas_studio_care:opening": {"opens_on": "2099-01-01"},
        "tiltas_studio_care:new_group": {"name": "Nauja", "starts_on": "2026-11-01"},
        "tiltas_studio_care:group": {"name": "Pakeista", "starts_on": "2026-11-01"},
        "tiltas_studio_care:copy": {"code": "K1-2027", "title_lt": "Naujas", "title_en": "New"},
        "certificate:edit": {"revocation_reason": "Išduotas per klaidą."},
        "certificate:replace": {"given_names": "Ona", "surname": "Kita", "reason": "Klaida varde."},
        "wagtailsnippets_tiltas_lessons_lessonfile:add": lesson_file,
        "wagtailsnippets_tiltas_lessons_lessonfile:edit": {"title": "Kitaip", "language": "lt"},
        "wagtailsnippetchoosers_tiltas_lessons_lessonfile:create": lesson_file,
        "wagtailsnippets_tiltas_quizzes_question:add": question,
        "wagtailsnippets_tiltas_quizzes_question:edit": question,
    }.get(name, {})


def places(name, people, world):
    """The values for the places in an address of this name: always the learner's own thing."""
    attempt = world.handed_in if name == "tiltas_quizzes:result" else world.attempt
    enrolment = world.completed if name == "tiltas_certificates:course_done" else world.enrolment
    quiz, lesson = world.made.quizzes[0], world.made.lessons[0]
    things = {
        "institution": world.institution,
        "membership": world.membership,
        "joincode": world.join_code,
        "institutionrequest": world.request,
        "municipalitycoordinator": world.municipality_role,
        "municipality": world.municipality,
        "certificate": world.certificate,
        "issuer": world.certificate.issuer,
        "exportlog": world.export_log,
        "extratime": world.extra_time,
        "wagtailusers_users": people["learner"],
        "wagtailsnippets_tiltas_lessons_lessonfile": world.file,
        "wagtailsnippetchoosers_tiltas_lessons_lessonfile": world.file,
    }
    thing = things.get(name.split(":")[0], world.question)
    return {
        "pk": thing.pk,
        "page_id": lesson.pk,
        "code": world.join_code.code if name.startswith(("tiltas_home", "tiltas_reports")) else world.certificate.code,
        "course_key": world.made.record.key,
        "enrolment_uuid": enrolment.uuid,
        "cohort_uuid": world.group.uuid,
        "group_uuid": world.group.uuid,
        "activity_key": (quiz if name.startswith("tiltas_quizzes") else lesson).translation_key,
        "key": lesson.translation_key,
        "attempt_uuid": attempt.uuid,
        "number": 1,
        "certificate_uuid": world.certificate.uuid,
        "institution_uuid": world.institution.uuid,
        "membership_uuid": world.membership.uuid,
        "file_uuid": world.file.uuid,
        "name": world.file.name,
        "revision_id": world.revision.pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "action_name": "approve",
    }


def ask(user, method, url, data=None):
    """The class of the answer, as matrix.yaml names it. Nothing that was asked stays in the database."""
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        if user is not None:
            client.force_login(user)
        response = client.generic(method, url) if data is None else client.post(url, data)
        answer = answer_class(client, response)
        transaction.set_rollback(True)
    return answer


def answer_class(client, response):
    if response.status_code in (301, 302, 303, 307, 308):
        target = response.headers["Location"].split("?")[0]
        if target.removesuffix("/") == f"/lt{response.wsgi_request.path}".removesuffix("/"):
            # An address that was not found is looked for once more under the visitor's language.
            return answer_class(client, client.get(target))
        if target == reverse("account_login"):
            return "login"
        if target == reverse("tiltas_editor_login"):
            return answer_class(client, client.get(response.headers["Location"]))
        if target == reverse("wagtailadmin_home") and sentences_of_refusal(response):
            return "forbidden"
        return "redirect"
    names = {200: "ok", 204: "ok", 401: "unauthorised", 403: "forbidden", 404: "not_found", 405: "method"}
    return names.get(response.status_code, str(response.status_code))


def sentences_of_refusal(response):
    """What the editor's home will tell whoever was led back there."""
    return [str(message) for message in response.wsgi_request._messages if message.level_tag == "error"]


def differences(people, world, rows, person):
    """Every answer to this person that is not the one of the matrix, as sentences."""
    wrong = []
    known = addresses()
    for name, methods in rows.items():
        for method, answers in methods.items():
            expected = answers[PEOPLE.index(person)]
            if expected == "-":
                continue
            url = known[name].url(**places(name, people, world))
            data = posted(name, world) if method == "POST" else None
            answer = ask(people[person], method, url, data)
            if answer not in expected.split("|"):
                wrong.append(f"{method} {name} ({url}): {answer} instead of {expected}")
    return wrong


def test_each_row_has_an_answer_for_each_person():
    assert {len(answers) for methods in ROWS.values() for answers in methods.values()} == {len(PEOPLE)}
    assert {len(rule["answers"]) for rule in MATRIX["prefixes"]} == {len(OUTSIDERS)}


def test_each_address_of_ours_has_a_row_and_each_row_an_address():
    ours = {name for name, address in addresses().items() if address.is_ours}

    assert ours == set(MATRIX["ours"])
    assert set(MATRIX["theirs"]) - set(addresses()) == set()


def test_each_address_of_others_falls_under_a_rule():
    assert [name for name, address in addresses().items() if not address.is_ours and rule_for(address) is None] == []


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_gets_the_answer_of_the_matrix(people, world, person):
    wrong = differences(people, world, ROWS, person)

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("person", OUTSIDERS)
def test_who_is_no_editor_gets_what_the_rules_say_at_others_addresses(people, world, person):
    wrong = []
    for name, address in addresses().items():
        if address.is_ours:
            continue
        expected = rule_for(address)["answers"][OUTSIDERS.index(person)]
        for method in ("GET", "POST"):
            answer = ask(people[person], method, address.url())
            if answer not in expected.split("|"):
                wrong.append(f"{method} {name} ({address.url()}): {answer} instead of {expected}")

    assert not wrong, "\n".join(wrong)


def test_an_address_of_the_editors_pages_that_does_not_exist_is_closed_too(people):
    assert ask(None, "GET", "/admin/nothing-here/") == "login"
    assert ask(people["learner"], "GET", "/admin/nothing-here/") == "forbidden"
    assert ask(people["trainer"], "GET", "/admin/nothing-here/") == "not_found"


def rule_for(address):
    """The first rule whose path fits this address, or None."""
    path = address.url().removeprefix("/").removeprefix("lt/")
    return next((rule for rule in MATRIX["prefixes"] if re.search(rule["path"], path)), None)
