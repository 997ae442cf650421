"""What closing an account deletes, what stays and why, in words: as the rooms and the models themselves declare."""

from django.utils.text import capfirst

from learners.models import Learner
from learners.registry import gone_at_erasure, kept_names

from .my_data import models_of_learning


def closing_context():
    return {"gone": gone_at_erasure(), "without_name": _without_name(), "with_name": _with_name()}


def _with_name():
    return [{"reason": each.reason, "retention": each.model.personal_data["retention"]} for each in kept_names()]


def _without_name():
    """One entry for models that declare the same."""
    bearing = {each.model for each in kept_names()} | {Learner}
    entries = {}
    for model in models_of_learning():
        declared = getattr(model, "personal_data", None)
        if declared and model not in bearing:
            entry = entries.setdefault(str(declared["purpose"]), declared | {"names": []})
            entry["names"].append(
                capfirst(model._meta.verbose_name_plural) if not entry["names"] else model._meta.verbose_name_plural
            )
    return [entry | {"what": ", ".join(map(str, entry["names"]))} for entry in entries.values()]
