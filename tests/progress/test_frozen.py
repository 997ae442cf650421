"""What the database refuses to alter, on whichever database the tests run."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from certificates.models import Certificate
from certificates.services import issue_certificate
from progress.frozen import Frozen, refused_changes, write_triggers
from progress.models import Completion
from quizzes.models import Attempt, QuestionText, QuestionVersion, Response
from tests.factories import NOON, AttemptFactory, EnrolmentFactory, IssuerFactory, QuestionVersionFactory

pytestmark = pytest.mark.django_db

OTHER = {
    models.UUIDField: lambda value: uuid4(),
    models.JSONField: lambda value: {"another": "value"},
    models.DateTimeField: lambda value: value + timedelta(seconds=1),
    models.BooleanField: lambda value: not value,
    models.DecimalField: lambda value: 1 - value,
    models.TextField: lambda value: f"{value}ž",
    models.CharField: lambda value: f"{value[:-1]}ž",
}


def another(field, value):
    """A value that the field could hold, and does not."""
    for kind, change in OTHER.items():
        if isinstance(field, kind):
            return change(value)
    return value + 1


@pytest.fixture
def rows():
    """One row of each model that has something frozen."""
    attempt = AttemptFactory()
    version = QuestionVersionFactory()
    Response.objects.create(
        attempt=attempt, version_id=attempt.version_ids[0], operation_id=uuid4(), sequence=1, base=0, answer=["a"],
        accepted=True, saved_at=NOON,
    )  # fmt: skip
    Attempt.objects.update(
        time_limit=20, deadline_at=NOON + timedelta(minutes=20),
        submitted_at=NOON, score="0.2500", passed=False, ended_by="learner",
    )  # fmt: skip
    Completion.objects.create(enrolment=attempt.enrolment, activity=attempt.activity, completed_at=NOON)
    IssuerFactory()
    issue_certificate(enrolment_id=EnrolmentFactory(completed_at=NOON).pk, at=NOON)
    QuestionText.objects.create(version=version, language="lt", texts={"prompt": "Kas?"})
    return {model: model.objects.latest("pk") for model in refused_changes()}


def change(row, field):
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**{field.attname: another(field, getattr(row, field.attname))})


def test_these_facts_are_frozen():
    assert refused_changes() == {
        Completion: Frozen("enrolment", "activity", "completed_at"),
        QuestionVersion: Frozen(),
        QuestionText: Frozen(),
        Attempt: Frozen(after="submitted_at"),
        Response: Frozen(),
        Certificate: Frozen(
            "uuid", "enrolment", "issuer", "year", "number", "code", "snapshot", "search_text", "issued_at"
        ),
    }


def test_not_even_a_plain_update_alters_what_is_frozen(rows):
    for model, wish in refused_changes().items():
        kept = model.objects.filter(pk=rows[model].pk).values()
        before = kept.get()
        for field in [model._meta.get_field(name) for name in wish.fields] or model._meta.concrete_fields:
            with pytest.raises(IntegrityError, match=f"{model.__name__}: what was recorded is never altered"):
                change(rows[model], field)
        assert kept.get() == before


def test_writing_the_same_again_is_no_change(rows):
    for row in rows.values():
        row.save()


def test_what_is_not_frozen_may_change(rows):
    Completion.objects.update(score=1)
    Certificate.objects.update(revoked_at=NOON, revocation_reason="Klaida", file="x.pdf", file_sha256="0" * 64)

    assert Completion.objects.get().score == 1
    assert Certificate.objects.get().revocation_reason == "Klaida"


def test_an_attempt_is_frozen_only_from_its_hand_in_on():
    attempt = AttemptFactory()

    attempt.pass_mark = 90
    attempt.save()
    attempt.submitted_at, attempt.score, attempt.passed, attempt.ended_by = NOON, 1, True, "learner"
    attempt.save()
    attempt.submitted_at, attempt.score, attempt.passed = None, None, None
    with pytest.raises(IntegrityError, match="never altered"):
        attempt.save()


def standing():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'frozen_%' ORDER BY 1")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'frozen_%' ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def test_each_table_has_one_trigger_and_migrating_again_writes_none(django_assert_num_queries):
    before = standing()
    assert len(before) == len(refused_changes())

    with django_assert_num_queries(2):
        write_triggers(apps.get_app_config("tiltas_quizzes"), "default")
    assert standing() == before


def test_another_wish_takes_the_place_of_the_old_one(monkeypatch):
    attempt = AttemptFactory()
    monkeypatch.setattr(Attempt, "frozen", Frozen("number"))

    write_triggers(apps.get_app_config("tiltas_quizzes"), "default")

    assert len(standing()) == len(refused_changes())
    with pytest.raises(IntegrityError, match="never altered"):
        change(attempt, Attempt._meta.get_field("number"))
