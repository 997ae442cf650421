"""
Translations: wagtail-localize is their store and engine, and our services are its only writers. All calls to it stand in this
package, and in `studio.drafts`, which reads for previews and writes nothing.

The source page owns structure and numbers; another language's page is always *built* from it, kept as an ordinary revision
and published. `Translation.save_target()` is never called: it writes drafts into the live row and publishes after commit.
"""

from .behind import Behind, Counted
from .building import NotTranslated, begin, build, build_as_it_is, publish, publish_built
from .pairing import NotAPair, Pairs, is_translated_block, pair, translated_fields
from .pairs import LeftBehind, StillBehind, publish_pair, publish_translation
from .places import place_of
from .segments import behind_segments, counts, progress, stale_segments
from .storing import (
    has_translation_source,
    keep_carried,
    own_files_of,
    source_of,
    sources_of,
    start,
    store,
    store_words,
    sync,
    sync_if_known,
)

__all__ = [
    "Behind",
    "Counted",
    "LeftBehind",
    "NotAPair",
    "NotTranslated",
    "Pairs",
    "StillBehind",
    "begin",
    "behind_segments",
    "build",
    "build_as_it_is",
    "counts",
    "has_translation_source",
    "is_translated_block",
    "keep_carried",
    "own_files_of",
    "pair",
    "place_of",
    "progress",
    "publish",
    "publish_built",
    "publish_pair",
    "publish_translation",
    "source_of",
    "sources_of",
    "stale_segments",
    "start",
    "store",
    "store_words",
    "sync",
    "sync_if_known",
    "translated_fields",
]
