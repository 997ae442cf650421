"""
Reading a source anew, as wagtail-localize's own `refresh_segments` does, but for what is unchanged: that costs some queries for
each segment there, and none here. Saving a long lesson is a matter of a blink.
"""

import json
from collections import defaultdict

from django.core.serializers.json import DjangoJSONEncoder
from wagtail_localize.models import OverridableSegment, RelatedObjectSegment, StringSegment, TemplateSegment
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from .segments import digest_of


def read_segments(source, instance):
    """Let the rows of this source say what the instance says: new ones are made, those that are gone deleted, the rest is kept."""
    values = defaultdict(list)
    for value in extract_segments(instance):
        values[_model_of(value)].append(value)
    for model, known in _KNOWN_BY.items():
        _read(source, instance, model, values[model], known)


def _model_of(value):
    kinds = {
        TemplateSegmentValue: TemplateSegment,
        RelatedObjectSegmentValue: RelatedObjectSegment,
        OverridableSegmentValue: OverridableSegment,
    }
    return next((model for kind, model in kinds.items() if isinstance(value, kind)), StringSegment)


def _read(source, instance, model, values, known):
    """`known` are what to read with a row, the columns by which it is found again, and what a value says in them."""
    related, columns, of_value = known
    rows = defaultdict(list)
    for row in model.objects.filter(source=source).select_related("context", related).order_by("order"):
        rows[row.context.path, *(_column(row, name) for name in columns)].append(row)
    moved = []
    for value in values:
        found = rows[value.path, *of_value(value)]
        if found:
            row = found.pop(0)
            if row.order != value.order or _attrs_differ(row, value):
                row.order = value.order
                moved.append(row)
        else:
            made = model.from_value(source, *((source.locale,) if model is StringSegment else ()), value)
            made.context.get_field_path(instance)
    fields = ["order", "attrs"] if model is StringSegment else ["order"]
    model.objects.bulk_update(moved, fields)
    model.objects.filter(pk__in=[row.pk for left in rows.values() for row in left]).delete()


def _column(row, name):
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _attrs_differ(row, value):
    """A link that leads elsewhere; the row takes it over."""
    if not isinstance(row, StringSegment):
        return False
    attrs = json.dumps(value.attrs, cls=DjangoJSONEncoder)
    if row.attrs == attrs:
        return False
    row.attrs = attrs
    return True


_KNOWN_BY = {
    StringSegment: ("string", ("string__data_hash",), lambda value: (digest_of(value),)),
    TemplateSegment: (
        "template",
        ("template__template", "template__template_format"),
        lambda value: (value.template, value.format),
    ),
    RelatedObjectSegment: ("object", ("object__translation_key",), lambda value: (value.translation_key,)),
    OverridableSegment: ("source", ("data_json",), lambda value: (json.dumps(value.data, cls=DjangoJSONEncoder),)),
}
