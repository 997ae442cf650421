"""Closing an account: what is said beforehand, who may, and what of the person is left in the database afterwards."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth import get_user, get_user_model
from django.utils import timezone
from wagtail.log_actions import log

from certificates.models import Certificate
from certificates.services import issue_certificate, render
from home.my_data import models_of_account, models_of_learning
from institutions.models import InstitutionRequest, Membership, MunicipalityCoordinator
from learners.models import Learner
from learners.registry import gone_at_erasure, kept_names
from lessons.models import ReadingPlace
from reports.models import ExportLog
from tests.factories import (
    NOON,
    ActivityFactory,
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
PAGE = "/lt/my/account/close/"
GIVEN, SURNAME, JOB, ADDRESS = "Žydrūnė", "Nepakartojamaitė", "vienintelė pareigybė", "zydrune@tiltas.test"


@pytest.fixture(autouse=True)
def _site(site):
    """The base template asks for the catalogue."""


@pytest.fixture
def learner(client):
    """Somebody of whom a row stands in every table of learning."""
    user = UserFactory(email=ADDRESS, first_name=GIVEN, last_name=SURNAME)
    learner = LearnerFactory(user=user, given_names=GIVEN, surname=SURNAME)
    membership = MembershipFactory(learner=learner, job_title=JOB)
    IssuerFactory()
    enrolment = EnrolmentFactory(learner=learner, membership=membership, completed_at=NOON)
    CompletionFactory(enrolment=enrolment)
    AttemptFactory(enrolment=enrolment)
    render(certificate_id=issue_certificate(enrolment_id=enrolment.pk, at=NOON).pk)
    ReadingPlace.objects.create(enrolment=enrolment, activity=ActivityFactory(), block_id=uuid4())
    InstitutionRequestFactory(learner=learner, job_title=JOB)
    InstitutionRequestFactory(learner=learner, name="Kitas", job_title=JOB, answered_at=NOON, outcome="declined")
    MunicipalityCoordinatorFactory(learner=learner)
    ExportLog.objects.create(user=user, exported_at=NOON, format="csv", rows=1)
    log(instance=membership, action="wagtail.edit", user=user)
    client.force_login(user)
    return learner


def close(client, password="slaptas-zodis"):
    return client.post(PAGE, {"password": password})


def places_of(*words):
    """(model, field) of every column of every table in which one of these words stands."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values_list(*names):
            found |= {
                (model._meta.label, name)
                for name, value in zip(names, row, strict=True)
                if any(word in str(value) for word in words)
            }
    return found


def test_it_says_in_words_what_goes_and_what_stays_and_why(client, learner):
    page = client.get(PAGE).content.decode()

    for sentence in (*gone_at_erasure(), *(each.reason for each in kept_names())):
        assert str(sentence) in page
    for model in models_of_learning():
        if model not in (Learner, Certificate):
            assert str(model.personal_data["retention"]) in page


def test_every_record_of_learning_declares_why_and_how_long_it_is_kept():
    assert [model for model in models_of_learning() if not getattr(model, "personal_data", None)] == []


def test_the_right_password_closes_the_account_and_logs_out(client, learner):
    response = close(client)

    assert response.url == "/"
    assert not get_user(client).is_authenticated
    assert not get_user_model().objects.filter(email=ADDRESS).exists()
    learner.refresh_from_db()
    assert learner.erased_at is not None


@pytest.mark.parametrize("password", ["", "ne-tas-zodis"])
def test_without_the_password_nothing_is_deleted(client, learner, password):
    response = close(client, password)

    assert list(response.context["form"].errors) == ["password"]
    learner.refresh_from_db()
    assert learner.full_name == f"{GIVEN} {SURNAME}"


def test_the_password_is_not_guessed_at_the_open_computer_of_another(client, learner):
    assert [close(client, "spejimas").status_code for _time in range(6)] == [200] * 5 + [429]


class TestWithoutAPassword:
    @pytest.fixture(autouse=True)
    def _no_password(self, client, learner):
        learner.user.set_unusable_password()
        learner.user.save()
        client.force_login(learner.user)

    def test_who_has_just_logged_in_may_close(self, client, learner):
        assert client.post(PAGE).url == "/"

    def test_who_logged_in_long_ago_is_asked_to_do_it_again(self, client, learner):
        get_user_model().objects.filter(pk=learner.user_id).update(last_login=timezone.now() - timedelta(minutes=11))

        response = client.post(PAGE)

        assert response.status_code == 200
        assert f"/lt/account/login/?next={PAGE}" in response.content.decode()
        learner.refresh_from_db()
        assert learner.erased_at is None


def test_afterwards_nobody_finds_the_person_but_on_the_certificate(client, learner):
    before = places_of(GIVEN, SURNAME, JOB, ADDRESS)
    assert ("tiltas_institutions.Membership", "job_title") in before
    assert ("wagtailcore.ModelLogEntry", "label") in before

    close(client)

    assert places_of(GIVEN, SURNAME, JOB, ADDRESS) == {("tiltas_certificates.Certificate", "snapshot")}


def test_the_records_stay_and_are_counted(client, learner):
    InstitutionRequest.objects.waiting().delete()
    models = [model for model in models_of_learning() if model not in (Learner, ReadingPlace)]
    before = {model: model._base_manager.count() for model in models}

    close(client)

    assert {model: model._base_manager.count() for model in models} == before
    assert [
        model
        for model in models_of_account()
        if model._base_manager.filter(pk__gt=0).exists() and _points_at_somebody(model)
    ] == []


def _points_at_somebody(model):
    """Rows that still name a user that is gone."""
    user = get_user_model()
    pointers = [field for field in model._meta.concrete_fields if field.is_relation and field.related_model is user]
    gone = {
        field.attname
        for field in pointers
        for value in model._base_manager.values_list(field.attname, flat=True)
        if value and not user.objects.filter(pk=value).exists() and field.db_constraint
    }
    return bool(gone)


def test_what_was_only_for_the_person_is_gone_and_roles_end(client, learner):
    close(client)

    assert not ReadingPlace.objects.exists()
    assert not InstitutionRequest.objects.waiting().exists()
    assert not Membership.objects.filter(ends_on=None).exists()
    assert not MunicipalityCoordinator.objects.filter(ends_on=None).exists()


def test_the_certificate_is_still_verified(client, learner):
    certificate = Certificate.objects.get()

    close(client)

    page = client.get(f"/verify/{certificate.code}/?nr={certificate.full_number}&lang=en").content.decode()
    assert "Valid" in page
    assert f"{GIVEN} {SURNAME}" in page


def test_the_same_address_may_begin_anew(client, learner):
    close(client)

    assert UserFactory(email=ADDRESS).pk is not None
