"""What the models declare of personal data, as a privacy policy shows it."""

from dataclasses import dataclass

from django.apps import apps


@dataclass
class Declaration:
    """Models that say the same of themselves, by their names in the reader's language, and what they say."""

    names: list
    purpose: str
    basis: str
    retention: str


def declarations():
    """One Declaration for each `personal_data` of the installed models, from the lowest room up: what is about learners first."""
    found = {}
    for model in reversed(apps.get_models()):
        declared = getattr(model, "personal_data", None)
        if declared:
            each = found.setdefault(id(declared), Declaration([], **declared))
            each.names.append(model._meta.verbose_name_plural)
    return list(found.values())
