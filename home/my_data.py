"""
All that the site keeps of one person, found by walking the models: what points at the Learner, what points at that, and what
points at the user. A new model is found by itself. Nothing of anybody else is in it.
"""

from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db import models

from learners.models import Learner

SECRETS = {"password", "sessions_key"}  # what would let somebody in
NEVER = {"id", "seed"}


@dataclass
class Part:
    """What is kept of the person in one model; each row is {field: value}. `files` are those that the rows name."""

    model: type
    rows: list = field(default_factory=list)
    files: list = field(default_factory=list)


def incoming(model):
    """The relations by which other models point at this one, hidden ones too."""
    return [
        each
        for each in model._meta.get_fields(include_hidden=True)
        if each.auto_created and not each.concrete and (each.one_to_many or each.one_to_one)
        if not (each.one_to_one and each.field.remote_field.parent_link)
    ]


def models_of_learning():
    """Every model whose rows belong to a learner, straight or through another, the Learner first."""
    found = [Learner]
    for model in found:  # it grows while we walk
        for relation in incoming(model):
            if relation.related_model not in found:
                found.append(relation.related_model)
    return found


def models_of_account():
    """Every model that points at the user."""
    return [each.related_model for each in incoming(get_user_model()) if each.related_model is not Learner]


def data_of(learner):
    """The Parts, in the order of the walk; models without rows of this person are left out."""
    user, gathered = learner.user, {}
    _gather(Learner, [learner], gathered, learner)
    parts = [_part(model, rows.values(), learner) for model, rows in gathered.items()]
    if user is not None:
        parts.insert(0, _part(get_user_model(), [user], learner))
        parts += _account_parts(user, learner, done=set(gathered))
    return [part for part in parts if part.rows]


def _gather(model, rows, gathered, learner):
    """Add these rows and, below them, all that point at them; rows about another learner are not followed."""
    known = gathered.setdefault(model, {})
    new = [row for row in rows if row.pk not in known]
    known.update({row.pk: row for row in new})
    own = [row for row in new if not _about_another(row, learner)]
    if not own:
        return
    for relation in incoming(model):
        _gather(relation.related_model, _rows(relation, own), gathered, learner)


def _rows(relation, targets):
    ahead = [each.name for each in _foreign_keys(relation.related_model)]
    pointing = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": targets})
    return pointing.select_related(*ahead).order_by("pk") if ahead else pointing.order_by("pk")


def _account_parts(user, learner, done):
    """What points at the user: one step, for a text's owner does not own what others wrote below it."""
    parts = {}
    for relation in incoming(get_user_model()):
        if relation.related_model not in done and relation.related_model is not Learner:
            part = parts.setdefault(relation.related_model, Part(relation.related_model))
            part.rows += _part(relation.related_model, _rows(relation, [user]), learner).rows
    return list(parts.values())


def _part(model, rows, learner):
    part = Part(model)
    whole = _tells_of_its_owner_alone(model)
    for row in rows:
        if whole and not _about_another(row, learner):
            part.rows.append(_values(row, learner, part.files))
        else:
            part.rows.append(_moments(row))
    return part


def _tells_of_its_owner_alone(model):
    """Our own learners' records, the account itself and its addresses; of an editor's work others' words may be part."""
    if model in models_of_learning() or model is get_user_model() or model._meta.auto_created:
        return True
    if model._meta.app_label == "account":  # the addresses of the login
        return True
    return model._meta.app_label.startswith("tiltas_") and not any(
        each.related_model in models_of_learning() for each in _foreign_keys(model)
    )


def _about_another(row, learner):
    pointers = [each for each in _foreign_keys(row) if each.related_model is Learner]
    return any(getattr(row, each.attname) not in (None, learner.pk) for each in pointers)


def _foreign_keys(thing):
    return [each for each in thing._meta.concrete_fields if isinstance(each, models.ForeignKey)]


def _moments(row):
    """When something was done, and no more."""
    return {
        each.name: each.value_from_object(row)
        for each in row._meta.concrete_fields
        if isinstance(each, models.DateField)
    }


def _values(row, learner, files):
    values = {}
    for each in row._meta.concrete_fields:
        if each.name in SECRETS | NEVER or each.primary_key:
            continue
        value = each.value_from_object(row)
        if isinstance(each, models.FileField):
            if value:
                files.append(value)
            value = value.name if value else ""
        elif isinstance(each, models.ForeignKey) and value is not None:
            value = _name_of(each, row, learner)
        elif each.choices:
            value = dict(each.flatchoices).get(value, value)
        values[each.name] = value
    return values


def _name_of(foreign_key, row, learner):
    """What a pointer leads to, in words; another person is not named."""
    if foreign_key.related_model in {Learner, get_user_model()}:
        own = learner.pk if foreign_key.related_model is Learner else learner.user_id
        return str(learner.uuid) if getattr(row, foreign_key.attname) == own else "–"
    aim = getattr(row, foreign_key.name)
    return str(getattr(aim, "uuid", aim)) if foreign_key.related_model in models_of_learning() else str(aim)
