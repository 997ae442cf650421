"""
Pictures and files that a language has in place of the source's: where the source's became another one, somebody has to look
whether the language's own still shows the same. What the two were is kept as a CarriedText, like words.
"""

import json
import uuid

from django.db.models import Count, Exists, OuterRef, Subquery
from django.utils.translation import gettext as _
from wagtail_localize.models import OverridableSegment, SegmentOverride
from wagtail_localize.segments import OverridableSegmentValue
from wagtail_localize.segments.extract import extract_segments

from ..models import CarriedText
from .behind import Behind


def digest_of_file(value):
    """What a file of the source is known by here; a sentence's hash is another kind of UUID."""
    return uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(value))


def _is_file(path):
    return not path.endswith("'")  # the path of an address ends with the address itself


def behind_files(instance, locale):
    """The Behinds of this draft's pictures and files, by path. One query, and two more where the language has some of its own."""
    rows = SegmentOverride.objects.filter(locale=locale, context__object_id=instance.translation_key)
    own = {path: data for path, data in rows.values_list("context__path", "data_json") if _is_file(path)}
    if not own:
        return {}
    synced = dict(
        OverridableSegment.objects.filter(
            source__object_id=instance.translation_key, source__locale=instance.locale_id
        ).values_list("context__path", "data_json")
    )
    kept = {
        (row.path, row.digest): row
        for row in CarriedText.objects.filter(key=instance.translation_key, locale=locale, path__in=own)
    }
    found = {}
    for path, value in files_of(instance).items():
        if path in own:
            carried = kept.get((path, digest_of_file(value)))
            if carried is None and path in synced and json.loads(synced[path]) != value:
                found[path] = _behind(path, value, synced[path], own[path])
            elif carried is not None and carried.words == own[path]:
                found[path] = _behind(path, value, carried.was, own[path])
    return found


def files_of(instance):
    """Path → primary key of each picture or file of this instance that a language may have one of its own for."""
    return {
        segment.path: segment.data
        for segment in extract_segments(instance)
        if isinstance(segment, OverridableSegmentValue) and _is_file(segment.path)
    }


def _behind(path, value, was, own):
    said = _("another picture or file")
    return Behind(path, digest_of_file(value), json.dumps(value), was, own, said, _("the one before"), _("the own one"))


def count_behind_files(locale, keys=None):
    """Key → number of the synced sources' files that were changed under one of the language's own. One query."""
    own = SegmentOverride.objects.filter(context=OuterRef(OuterRef("context")), locale=locale)
    carried = CarriedText.objects.filter(
        key=OuterRef("source__object_id"),
        path=OuterRef("context__path"),
        locale=locale,
        words=Subquery(own.values("data_json")[:1]),
    )
    segments = OverridableSegment.objects.filter(Exists(carried))
    if keys is not None:
        segments = segments.filter(source__object_id__in=keys)
    return dict(segments.values_list("source__object_id").annotate(Count("pk")).order_by())
