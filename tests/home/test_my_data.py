"""Download my data: all that points at the person, whatever model it stands in, and nothing of anybody else."""

import io
import json
import zipfile
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from certificates.services import issue_certificate, render
from home.my_data import data_of, models_of_account, models_of_learning
from learners.models import Learner
from lessons.models import ReadingPlace
from quizzes.models import Attempt, ExtraTime
from quizzes.services import save_response
from reports.models import ExportLog
from tests.factories import (
    NOON,
    AttemptFactory,
    CompletionFactory,
    EnrolmentFactory,
    InstitutionRequestFactory,
    IssuerFactory,
    LearnerFactory,
    MembershipFactory,
    MunicipalityCoordinatorFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/lt/my/account/data/"


@pytest.fixture(autouse=True)
def _site(site):
    """The refusal of too many calls is a page."""


def person(given_names, surname, email):
    """Somebody of whom a row stands in every table of learning."""
    learner = LearnerFactory(given_names=given_names, surname=surname, user=UserFactory(email=email))
    membership = MembershipFactory(learner=learner, job_title=f"pareigos {surname}")
    enrolment = EnrolmentFactory(learner=learner, membership=membership, completed_at=NOON)
    CompletionFactory(enrolment=enrolment)
    attempt = AttemptFactory(enrolment=EnrolmentFactory(learner=learner))
    save_response(
        attempts=Attempt.objects.filter(pk=attempt.pk),
        number=1,
        operation_id="11111111-1111-4111-8111-111111111111",
        base=0,
        raw=["a"],
        at=NOON,
    )
    ExtraTime.objects.create(learner=learner, percent=50)
    ReadingPlace.objects.create(enrolment=attempt.enrolment, activity=attempt.activity, block_id=uuid4())
    InstitutionRequestFactory(learner=learner, job_title=f"pareigos {surname}")
    MunicipalityCoordinatorFactory(learner=learner)
    IssuerFactory()
    render(certificate_id=issue_certificate(enrolment_id=enrolment.pk, at=NOON).pk)
    ExportLog.objects.create(user=learner.user, exported_at=NOON, format="xlsx", rows=7)
    return learner


@pytest.fixture
def learner():
    return person("Ona", "Petraitė", "ona@tiltas.test")


@pytest.fixture
def other():
    return person("Rasa", "Kitokia", "rasa@tiltas.test")


def opened(client, learner, page=PAGE):
    client.force_login(learner.user)
    response = client.get(page)
    assert response.headers["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(response.getvalue()))


def pointing_at(target):
    """Every model with a pointer at this one."""
    return {
        model
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
        if field.is_relation and field.related_model is target and not getattr(field.remote_field, "parent_link", False)
    }


def test_the_walk_forgets_no_model_that_points_at_the_person():
    assert pointing_at(Learner) - set(models_of_learning()) == set()
    assert pointing_at(get_user_model()) - set(models_of_account()) - {Learner} == set()
    for model in models_of_learning():
        assert pointing_at(model) - set(models_of_learning()) == set()


def test_every_record_of_learning_is_in_it(learner):
    found = {part.model for part in data_of(learner)}

    assert set(models_of_learning()) - found == set()
    assert {get_user_model(), ExportLog} <= found


def test_json_html_and_the_certificate_itself_are_in_the_zip(client, learner):
    packed = opened(client, learner)

    names = packed.namelist()
    assert names[:2] == ["tiltas.json", "tiltas.html"]
    assert [name.rpartition(".")[2] for name in names[2:]] == ["pdf"]
    assert packed.read(names[2]).startswith(b"%PDF")
    parts = {part["model"]: part["rows"] for part in json.loads(packed.read("tiltas.json"))["parts"]}
    assert parts["tiltas_learners.Learner"][0]["surname"] == "Petraitė"
    assert parts["tiltas_institutions.Membership"][0]["job_title"] == "pareigos Petraitė"
    assert parts["account.EmailAddress"][0]["email"] == "ona@tiltas.test"
    assert parts["tiltas_quizzes.Response"][0]["answer"] == ["a"]
    assert parts["tiltas_certificates.Certificate"][0]["snapshot"]["learner"]["surname"] == "Petraitė"


def test_nothing_that_opens_the_account_is_in_it(client, learner):
    user = learner.user
    text = opened(client, learner).read("tiltas.json").decode()

    assert user.password not in text
    assert str(user.sessions_key) not in text


def test_nothing_of_other_people_is_in_it(client, learner, other):
    packed = opened(client, learner)
    everything = packed.read("tiltas.json").decode() + packed.read("tiltas.html").decode()

    for word in ("Rasa", "Kitokia", "rasa@tiltas.test", str(other.uuid), str(other.user.uuid)):
        assert word not in everything


def test_of_what_an_editor_did_to_others_only_the_moments_are_in_it(client, learner, other):
    from wagtail.log_actions import log

    log(instance=other.memberships.get(), action="wagtail.edit", user=learner.user)

    text = opened(client, learner).read("tiltas.json").decode()

    parts = {part["model"]: part["rows"] for part in json.loads(text)["parts"]}
    assert [list(row) for row in parts["wagtailcore.ModelLogEntry"]] == [["timestamp"]]
    assert "Kitokia" not in text


@pytest.mark.parametrize(("language", "words"), [("lt", "Užsiregistruota"), ("en", "Enrolled at")])
def test_the_readable_page_speaks_the_readers_language(client, learner, language, words):
    page = opened(client, learner, f"/{language}/my/account/data/").read("tiltas.html").decode()

    assert f'<html lang="{language}">' in page
    assert words in page
    if language == "lt":
        assert "Enrolled at" not in page
        assert "Saved at" not in page


def test_somebody_without_any_learning_gets_a_file_too(client):
    client.force_login(UserFactory())

    assert client.get(PAGE).status_code == 200


def test_it_is_not_asked_for_without_end(client, learner):
    client.force_login(learner.user)

    assert [client.get(PAGE).status_code for _time in range(6)] == [200] * 5 + [429]
