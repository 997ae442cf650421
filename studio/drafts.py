"""
A draft in another language, built from the translations that there are now and never kept: what a preview shows.

`translations` builds what is stored and synced, whole or not at all; this builds from an instance that may not be saved
yet, gaps and all. It calls wagtail-localize too, and stands apart because nothing here writes.
"""

import copy
import json
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import SegmentOverride, String, StringTranslation, Translation
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

# Around a sentence that has no words in the language; private-use characters, which nobody types.
MISSING, END = "\ue000", "\ue001"
_ADDRESSES = {"slug"}  # shown to nobody as text


@dataclass(frozen=True)
class Built:
    """An unsaved instance, and the paths of its sentences that stand in the source's language, one for each sentence."""

    instance: object
    gaps: tuple

    @property
    def missing(self):
        return len(self.gaps)


def build_draft(draft, locale, *, otherwise=None):
    """
    The Built of this source draft, saved or not, in the locale. A few queries, however long it is; nothing is written.

    A sentence without words stands between MISSING and END. With `otherwise`, (path, digest) → words, it says those, or stands
    without marks.
    """
    draft = _with_block_ids(draft)
    twin = _twin(draft, locale)
    words = _Words(draft, locale, otherwise, twin)
    read = list(extract_segments(draft))
    segments = [words.of(segment) for segment in read]
    if otherwise is not None:
        segments = words.whole_blocks(read, segments)
    copy_synchronised_fields(draft, twin)
    ingest_segments(draft, twin, draft.locale, locale, [segment for segment in segments if segment is not None])
    return Built(twin, tuple(words.gaps))


def _with_block_ids(draft):
    """A copy whose blocks all have ids, as if it had been saved: what was typed a moment ago has none."""
    draft = copy.copy(draft)
    for field in draft._meta.get_fields():
        if isinstance(field, StreamField):
            value = getattr(draft, field.name)
            setattr(draft, field.name, field.stream_block.to_python(value.get_prep_value()))
    return draft


class _Words:
    """What the language says for each segment of a draft."""

    def __init__(self, draft, locale, otherwise, twin):
        self.locale, self.otherwise, self.twin = locale, otherwise, twin
        self.gaps = []
        rows = StringTranslation.objects.filter(
            locale=locale, context__object_id=draft.translation_key, has_error=False
        ).exclude(data="")
        self.strings = {
            (path, digest): data
            for path, digest, data in rows.values_list("context__path", "translation_of__data_hash", "data")
        }
        rows = SegmentOverride.objects.filter(locale=locale, context__object_id=draft.translation_key)
        self.overrides = {path: json.loads(data) for path, data in rows.values_list("context__path", "data_json")}

    def of(self, segment):
        """The segment in the language; None for one that keeps what the source has."""
        if isinstance(segment, StringSegmentValue):
            return self._said(segment)
        if isinstance(segment, OverridableSegmentValue):
            if segment.path not in self.overrides:
                return None
            return OverridableSegmentValue(segment.path, self.overrides[segment.path], order=segment.order)
        if isinstance(segment, RelatedObjectSegmentValue):
            return segment if self._has_twin(segment) else None
        return segment

    def _said(self, segment):
        place = segment.path, String._get_data_hash(segment.string.data)
        data = self.strings.get(place) or (self.otherwise or {}).get(place)
        if data is None and segment.path in _ADDRESSES:
            # An address is no text: it stays what it is, and before it is anything it is the source's.
            data = getattr(self.twin, segment.path) or segment.string.data
        elif data is None:
            self.gaps.append(segment.path)
            data = segment.string.data if self.otherwise is not None else f"{MISSING}{segment.string.data}{END}"
        return StringSegmentValue(segment.path, StringValue(data), attrs=segment.attrs, order=segment.order)

    def whole_blocks(self, read, segments):
        """A block with a gap stands in the source's language as a whole, so that its mark is true of each word."""
        blocks = {_block(path) for path in self.gaps}
        return [
            source if isinstance(source, StringSegmentValue) and _block(source.path) in blocks else said
            for source, said in zip(read, segments, strict=True)
        ]

    def _has_twin(self, segment):
        try:
            return segment.get_instance(self.locale) is not None
        except ObjectDoesNotExist:
            return False


def _block(path):
    """The field and, in a StreamField, the block at its top."""
    return tuple(path.split(".")[:2])


def _twin(draft, locale):
    """The row of the other language; before it exists a copy of the draft that stands at the place it will have."""
    twin = type(draft).objects.filter(translation_key=draft.translation_key, locale=locale).first()
    if twin is not None:
        return twin
    twin = copy.copy(draft)
    twin.locale = locale
    if isinstance(twin, Page):
        parent = draft.get_parent().get_translation_or_none(locale)
        if parent is not None:
            twin.set_url_path(parent)
    return twin


def worked_on(translation_id):
    """
    What the translator's editor with this id works on: (the translated row, its source as it was last synced). Raises
    ObjectDoesNotExist.
    """
    translation = Translation.objects.select_related("source", "target_locale").get(pk=translation_id)
    return translation.get_target_instance(), translation.source.as_instance()
