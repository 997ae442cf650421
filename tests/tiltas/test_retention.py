"""The clock deletes what is over, as the models declare it, and never a record of learning."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.utils import translation

from institutions.models import InstitutionRequest
from institutions.retention import REQUEST_YEARS, years_before
from reports.models import ExportLog
from reports.retention import EXPORT_YEARS
from tests.factories import CompletionFactory, InstitutionRequestFactory, MembershipFactory
from tiltas.clock import tick
from tiltas.retention import RULES, delete_what_is_over

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 3, 1, 12, 0, tzinfo=UTC)
TWO_YEARS_AGO = NOW.replace(year=2028)
SECOND = timedelta(seconds=1)


def declared_years(model):
    """The years that the declaration names, in English."""
    with translation.override("en"):
        return {int(number) for number in re.findall(r"(\d+) years", str(model.personal_data["retention"]))}


def session(key, expires):
    return Session.objects.create(session_key=key, session_data="", expire_date=expires)


def export(at):
    return ExportLog.objects.create(exported_at=at, format="csv", rows=1)


def test_the_years_are_those_that_the_models_declare():
    assert (declared_years(InstitutionRequest), declared_years(ExportLog)) == ({REQUEST_YEARS}, {EXPORT_YEARS})


def test_what_is_over_goes_and_what_is_not_stays_to_the_second():
    kept = [
        session("galioja", NOW),
        InstitutionRequestFactory(name="Ką tik", created_at=TWO_YEARS_AGO),
        InstitutionRequestFactory(
            name="Atsakyta vėliau",
            created_at=TWO_YEARS_AGO - timedelta(days=99),
            answered_at=TWO_YEARS_AGO,
            outcome="declined",
        ),
        export(TWO_YEARS_AGO),
    ]
    session("pasibaigė", NOW - SECOND)
    InstitutionRequestFactory(name="Neatsakyta", created_at=TWO_YEARS_AGO - SECOND)
    answered = TWO_YEARS_AGO - SECOND
    InstitutionRequestFactory(name="Atsakyta", created_at=answered, answered_at=answered, outcome="declined")
    export(TWO_YEARS_AGO - SECOND)

    assert (delete_what_is_over(at=NOW), delete_what_is_over(at=NOW)) == (4, 0)
    left = [*Session.objects.all(), *InstitutionRequest.objects.order_by("pk"), *ExportLog.objects.all()]
    assert left == kept


def test_the_clock_does_it():
    export(TWO_YEARS_AGO - SECOND)

    assert tick(at=NOW)["delete_what_is_over"] == 1


def test_records_of_learning_stay_however_old():
    CompletionFactory(enrolment__completed_at=datetime(2026, 11, 21, 11, tzinfo=UTC))
    MembershipFactory()
    learning = [model for model in apps.get_models() if model._meta.app_label.startswith("tiltas_")]
    before = {model: model.objects.count() for model in learning if model not in RULES and hasattr(model, "objects")}

    delete_what_is_over(at=NOW.replace(year=2090))

    assert {model: model.objects.count() for model in before} == before


def test_a_leap_day_has_a_day_before_it():
    leap = datetime(2028, 2, 29, 12, 0, tzinfo=UTC)

    assert years_before(leap, 2) == datetime(2026, 2, 28, 12, 0, tzinfo=UTC)
