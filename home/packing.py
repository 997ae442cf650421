"""A person's data as one ZIP: JSON for machines, HTML for people, and the files themselves."""

import io
import json
import zipfile
from pathlib import PurePosixPath

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

# Fields that have no words of their own on the model, for no form ever shows them.
WORDS = {
    "accepted": _("counts"),
    "activity": _("activity"),
    "answer": _("answer"),
    "base": _("the answer that it followed"),
    "certificate": _("certificate"),
    "code": _("code"),
    "cohort": _("group"),
    "completed_at": _("completed at"),
    "course": _("course"),
    "created_at": _("created at"),
    "edition": _("edition"),
    "enrolled_at": _("enrolled at"),
    "enrolment": _("enrolment"),
    "erased_at": _("erased at"),
    "exported_at": _("exported at"),
    "file": _("file"),
    "filters": _("filters"),
    "format": _("file format"),
    "group": _("role"),
    "issuer": _("issuer"),
    "learner": _("learner"),
    "mailed_at": _("e-mail sent at"),
    "membership": _("membership"),
    "number": _("number"),
    "operation_id": _("mark of the browser"),
    "attempt": _("attempt"),
    "pass_mark": _("pass mark, per cent"),
    "passed": _("passed"),
    "permission": _("permission"),
    "private": _("private course"),
    "questions": _("questions drawn"),
    "rows": _("rows"),
    "saved_at": _("saved at"),
    "score": _("score, from 0 to 1"),
    "sequence": _("order of saving"),
    "shared_at": _("shared at"),
    "started_at": _("started at"),
    "submitted_at": _("handed in at"),
    "trial": _("trial"),
    "user": _("user"),
    "uuid": _("identifier"),
    "verified": _("confirmed"),
    "version": _("question"),
    "withdrawn_at": _("withdrawn at"),
    "year": _("year"),
}


def pack(parts, *, at):
    """The bytes of the ZIP."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tiltas.json", _as_json(parts, at))
        archive.writestr("tiltas.html", _as_html(parts, at))
        for part in parts:
            for file in part.files:
                with file.open("rb") as opened:
                    archive.writestr(f"files/{PurePosixPath(file.name).name}", opened.read())
    return packed.getvalue()


def _as_json(parts, at):
    body = {
        "made_at": at,
        "parts": [{"model": part.model._meta.label, "rows": part.rows} for part in parts],
    }
    return json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _as_html(parts, at):
    shown = [
        {
            "title": capfirst(part.model._meta.verbose_name_plural),
            "purpose": (getattr(part.model, "personal_data", None) or {}).get("purpose", ""),
            "rows": [[(label(part.model, name), _shown(value)) for name, value in row.items()] for row in part.rows],
        }
        for part in parts
    ]
    return render_to_string("tiltas_home/my_data.html", {"parts": shown, "at": at})


def label(model, name):
    """The field's words in the reader's language."""
    found = model._meta.get_field(name)
    own = isinstance(found, models.Field) and found._verbose_name
    return capfirst(own or WORDS.get(name, found.verbose_name))


def _shown(value):
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if hasattr(value, "tzinfo"):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=1)
    return str(value)
