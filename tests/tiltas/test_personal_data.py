"""Each model says beside its fields what personal data it holds, why, on what basis and for how long."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from institutions.models import Institution, JoinCode
from learners.models import Learner
from progress.models import Completion
from quizzes.models import QuestionVersion

KEYS = {"purpose", "basis", "retention"}
# What a field that holds somebody's name or address is called, in any of our models.
TELLING = {
    "given_names",
    "surname",
    "first_name",
    "last_name",
    "email",
    "address",
    "phone",
    "signatory_name",
    "job_title",
}

OURS = [
    model
    for config in apps.get_app_configs()
    if config.label.startswith("tiltas_")
    for model in config.get_models()
    if not model._meta.auto_created
]


def points_at_people(model, seen=frozenset()):
    """Does a row of this model lead to a person, by itself or by what it points at?"""
    if model in {Learner, get_user_model()}:
        return True
    ahead = [
        field.related_model
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and not field.remote_field.parent_link
        and field.related_model not in seen
    ]
    return any(
        each in {Learner, get_user_model()} or (each in OURS and points_at_people(each, seen | {model}))
        for each in ahead
    )


def holds_names(model):
    return bool(TELLING & {field.name for field in model._meta.get_fields()})


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_the_declaration_is_none_or_complete(model):
    declared = model.personal_data

    if declared is not None:
        assert set(declared) == KEYS
        assert [name for name, words in declared.items() if not str(words).strip()] == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_what_leads_to_a_person_or_names_one_does_not_declare_none(model):
    if points_at_people(model) or holds_names(model):
        assert model.personal_data is not None


def test_the_rule_tells_people_from_things():
    assert [points_at_people(model) for model in (Learner, Completion, Institution, JoinCode, QuestionVersion)] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert (holds_names(Learner), holds_names(Institution)) == (True, False)
