"""
The one module that writes through wagtail-localize: it is the store and the engine of translations, our services are its only
writers. (`drafts.py` reads through it, for previews, and writes nothing.)

The source page owns structure and numbers; another language's page is always *built* from it, kept as an ordinary revision
and published. `Translation.save_target()` is never called: it writes drafts into the live row and publishes after commit.
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Locale, Page
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import (
    MissingRelatedObjectError,
    MissingTranslationError,
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments, quote_path_component
from wagtail_localize.strings import StringValue, validate_translation_links

from lessons.blocks import FileChooserBlock

_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
_LINK = re.compile(r'<a id="(a\d+)">')


class NotAPair(Exception):
    """Two texts that can't be each other's translation. `path` is the segment's, such as body.<block id>."""

    def __init__(self, path, message):
        super().__init__(message)
        self.path = path


class NotTranslated(Exception):
    """A page can't be built or published in another language; the message says which sentence is missing."""


@dataclass
class Pairs:
    """What the other language says: (path, source string, its translation) of each string, and addresses of its own."""

    strings: list = field(default_factory=list)
    overrides: dict = field(default_factory=dict)  # path → address or file (primary key), where it is not the source's

    def with_files(self, own):
        """These pairs with files of the language's own: path → primary key."""
        return Pairs(self.strings, self.overrides | own)


def translated_fields(model):
    """Names of the fields of this model whose words differ by language."""
    return {each.field_name for each in get_translatable_fields(model) if each.is_translated(model)}


def is_translated_block(block):
    """Do the words of this block differ by language? Numbers, days, choices and names do not."""
    if hasattr(block, "get_translatable_segments"):
        return bool(block.get_translatable_segments("x"))
    return isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.BlockQuoteBlock | blocks.RichTextBlock)


# ---- pairing


def pair(source, other):
    """The Pairs of two instances with the same block ids, saved or not. Raises NotAPair."""
    ours, theirs = _by_path(source), _by_path(other)
    pairs, addresses = Pairs(), {}
    for path in [*ours, *(path for path in theirs if path not in ours)]:
        templates, strings = ours.get(path, ([], []))
        other_templates, other_strings = theirs.get(path, ([], []))
        if templates != other_templates or len(strings) != len(other_strings):
            raise NotAPair(path, "the two languages differ in their paragraphs")
        said = {}
        for mine, yours in zip(strings, other_strings, strict=True):
            data = _translated(path, mine, yours, addresses)
            if said.setdefault(mine.string.data, data) != data:
                raise NotAPair(path, f"“{mine.render_text()[:40]}…” stands twice and is translated differently")
        pairs.strings += [(path, string, data) for string, data in said.items()]
    pairs.overrides = {path: theirs for path, (ours, theirs) in addresses.items() if theirs != ours}
    return pairs


def _by_path(instance):
    """Path → (templates, strings) in order: all paragraphs of a rich text share one path."""
    found = defaultdict(lambda: ([], []))
    for segment in extract_segments(instance):
        if isinstance(segment, TemplateSegmentValue):
            found[segment.path][0].append(_BLOCK_KEY.sub("", segment.template))
        elif isinstance(segment, StringSegmentValue):
            found[segment.path][1].append(segment)
    return found


def _translated(path, mine, yours, addresses):
    """The other language's string with its links numbered as ours are; its addresses are noted."""
    ours, theirs = mine.attrs or {}, yours.attrs or {}
    if len(ours) != len(theirs):
        raise NotAPair(path, f"{len(theirs)} links where the source has {len(ours)}")
    numbers = _matched_links(ours, theirs)
    for theirs_id, ours_id in numbers.items():
        _note_address(path, ours[ours_id], theirs[theirs_id], addresses)
    data = _LINK.sub(lambda found: f'<a id="{numbers[found[1]]}">', yours.string.data)
    StringValue.from_translated_html(data)
    validate_translation_links(mine.string.data, data)
    return data


def _matched_links(ours, theirs):
    """Their link → ours: equal addresses first, for word order is free; the rest in order."""
    free, numbers = list(ours), {}
    for number, attributes in theirs.items():
        same = next((each for each in free if ours[each] == attributes), None)
        if same:
            numbers[number] = same
            free.remove(same)
    return numbers | dict(zip([number for number in theirs if number not in numbers], free, strict=True))


def _note_address(path, ours, theirs, addresses):
    """An address of the other language's own is kept by block and source address, so one source address has one of them."""
    if ours != theirs and not (set(ours) == set(theirs) == {"href"}):
        raise NotAPair(path, "an internal link leads to another page than in the source")
    if "href" in ours:
        pair_ = ours["href"], theirs["href"]
        if addresses.setdefault(f"{path}.{quote_path_component(ours['href'])}", pair_) != pair_:
            raise NotAPair(path, f"the address {ours['href']} has two translations; split the block")


# ---- writing


def store(instance, locale, pairs, *, at):
    """Keep these translations of the saved source `instance`; other rows of it stay, as memory. Returns its source."""
    return store_words(sync(instance), instance, locale, pairs, at=at)


def store_words(source, instance, locale, pairs, *, at):
    """`store` for an instance whose source was synced just now."""
    known = StringSegment.objects.filter(source=source).values_list(
        "context__path", "string__data", "string_id", "context_id"
    )
    places = {(path, data): (string, context) for path, data, string, context in known}
    rows = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(locale=locale, context__object_id=instance.translation_key)
    }
    made, changed = [], []
    for path, string, data in pairs.strings:
        place = places[path, string]
        row = rows.get(place)
        if row is None:
            row = StringTranslation(translation_of_id=place[0], context_id=place[1], locale=locale, data=data)
            row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
            made.append(row)
        elif row.data != data or row.has_error:
            row.data, row.has_error, row.field_error, row.updated_at = data, False, "", at
            changed.append(row)
    StringTranslation.objects.bulk_create(made)
    StringTranslation.objects.bulk_update(changed, ["data", "has_error", "field_error", "updated_at"])
    _store_overrides(instance, locale, pairs.overrides)
    return source


def _store_overrides(instance, locale, wished):
    """Addresses and files of the other language's own: these and no others."""
    rows = SegmentOverride.objects.filter(locale=locale, context__object_id=instance.translation_key)
    known = {row.context.path: row for row in rows.select_related("context")}
    for path, row in known.items():
        if path not in wished:
            row.delete()
        elif row.data != wished[path]:
            row.data_json = json.dumps(wished[path])
            row.save(update_fields=["data_json", "updated_at"])
    missing = set(wished) - set(known)
    if missing:
        for context in TranslationContext.objects.filter(object_id=instance.translation_key, path__in=missing):
            SegmentOverride.objects.create(locale=locale, context=context, data_json=json.dumps(wished[context.path]))


def sync(instance):
    """Read the segments of this source instance, a live row or a draft, anew. Nothing syncs by itself."""
    return TranslationSource.update_or_create_from_instance(instance)[0]


def sources_of(keys, locale):
    """Key → TranslationSource of the instances with these keys in their source locale. One query."""
    sources = TranslationSource.objects.filter(object_id__in=keys, locale=locale)
    return {source.object_id: source for source in sources.select_related("specific_content_type")}


def own_files_of(keys, locale):
    """Key → {segment path: primary key} of the files that the language has in place of the source's. One query."""
    found = defaultdict(dict)
    for row in SegmentOverride.objects.filter(locale=locale, context__object_id__in=keys).select_related("context"):
        if not row.context.path.endswith("'"):  # the path of an address ends with the address itself
            found[row.context.object_id][row.context.path] = row.data
    return found


def build(source, locale):
    """The other language's instance with all its words, not saved. It must exist, at least as a draft. Raises NotTranslated."""
    try:
        return source.get_ephemeral_translated_instance(locale, fallback=False)
    except MissingTranslationError as error:
        sentence = StringValue(error.segment.string.data).render_text()
        raise NotTranslated(_("“%(text)s” has no translation yet.") % {"text": sentence[:80]}) from None
    except MissingRelatedObjectError as error:
        related = error.segment.get_source_instance()
        raise NotTranslated(_("“%(title)s” is not translated yet.") % {"title": related}) from None
    except ObjectDoesNotExist as error:
        if isinstance(error, source.specific_content_type.model_class().DoesNotExist):
            raise
        raise NotTranslated(
            _("A picture or file of this language's own was deleted. Choose another, or take it back.")
        ) from None


def publish(source, instance, locale, *, live=True, user=None):
    """Build the other language's page or question from its source, keep it as a revision, publish it if `live`; returns it."""
    Translation.objects.get_or_create(source=source, target_locale=locale)
    copy = None if instance.has_translation(locale) else _copy(instance, locale)
    built = build(source, locale)
    problem = _file_problem(built)
    if problem:
        raise NotTranslated(problem)
    if copy is not None and isinstance(copy, Page):
        _give_slug(copy, built.slug)
    revision = built.save_revision(user=user)
    if live:
        revision.publish(user=user)
    return built


def begin(source, instance, locale):
    """A draft in the other language for translators to go on with, where it can't be built whole yet; returns it."""
    Translation.objects.get_or_create(source=source, target_locale=locale)
    return instance.get_translation_or_none(locale) or _copy(instance, locale)


def _file_problem(built):
    """What is wrong with a file that a translator chose: wagtail-localize's editor offers every kind. None where all is well."""
    streams = [field.name for field in built._meta.get_fields() if isinstance(field, StreamField)]
    for child in (child for name in streams for child in getattr(built, name)):
        for name, block in getattr(child.block, "child_blocks", {}).items():
            problem = block.problem(child.value.get(name)) if isinstance(block, FileChooserBlock) else None
            if problem:
                return problem
    return None


def _copy(instance, locale):
    """A draft in the other language: what translations are put into."""
    copy = instance.copy_for_translation(locale)
    if not isinstance(instance, Page):
        copy.live = False
        copy.save()
    return copy


def _give_slug(page, slug):
    """Its slug for a page that nobody has seen: publishing would leave a redirect from the copy's Lithuanian one."""
    page.slug = slug
    page.set_url_path(page.get_parent())
    Page.objects.filter(pk=page.pk).update(slug=page.slug, url_path=page.url_path)


# ---- staleness


def stale_segments(instance, locale):
    """The strings of this source instance, a live row or a draft, that have no words in the language. One query."""
    rows = StringTranslation.objects.filter(
        locale=locale, context__object_id=instance.translation_key, has_error=False
    ).exclude(data="")
    known = set(rows.values_list("context__path", "translation_of__data_hash"))
    return [
        segment
        for segment in extract_segments(instance)
        if isinstance(segment, StringSegmentValue)
        and (segment.path, String._get_data_hash(segment.string.data)) not in known
    ]


def progress(locale, keys=None):
    """Key → (strings, translated strings) of the synced sources, all or these. One query."""
    translated = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=locale, has_error=False
    ).exclude(data="")
    segments = StringSegment.objects.annotate(is_done=Exists(translated))
    if keys is not None:
        segments = segments.filter(source__object_id__in=keys)
    counted = segments.values("source__object_id").annotate(all=Count("pk"), done=Count("pk", filter=Q(is_done=True)))
    return {row["source__object_id"]: (row["all"], row["done"]) for row in counted}


@transaction.atomic
def publish_pair(instance, *, user=None):
    """
    Publish the source instance's draft and all its translations, together or not at all.

    Raises NotTranslated when a sentence has no words in some language.
    """
    locked = type(instance).objects.select_for_update(of=("self",)).get(pk=instance.pk)
    draft = locked.get_latest_revision_as_object()
    source = sync(draft)
    others = list(Locale.objects.exclude(pk=locked.locale_id))
    for locale in others:
        stale = stale_segments(draft, locale)
        if stale:
            said = ngettext(
                "%(language)s: %(count)d sentence has no translation yet: “%(text)s”.",
                "%(language)s: %(count)d sentences have no translation yet, the first is “%(text)s”.",
                len(stale),
            )
            text = stale[0].render_text()[:80]
            raise NotTranslated(said % {"language": locale, "count": len(stale), "text": text})
    revision = locked.latest_revision if locked.has_unpublished_changes else draft.save_revision(user=user)
    revision.publish(user=user)
    source.update_from_db()
    return [publish(source, locked, locale, user=user) for locale in others]


# ---- the translator's editor


def source_of(translated):
    """The TranslationSource that wagtail-localize's editor works on for this page or question, or None: not a translation."""
    translation = (
        Translation.objects.filter(
            source__object_id=translated.translation_key, target_locale=translated.locale, enabled=True
        )
        .select_related("source")
        .first()
    )
    return translation and translation.source


def publish_translation(translated, *, user=None):
    """
    Publish what the translator has written: built whole, kept as a revision, published; never `save_target`, which shows
    Lithuanian where English is missing. Raises NotTranslated, and the last good text stays up.
    """
    source = source_of(translated)
    return publish(source, source.get_source_instance(), translated.locale, user=user)


def sync_if_known(instance):
    """Let the translator's editor see what was published just now. Nothing happens for what was never translated."""
    if TranslationSource.objects.filter(object_id=instance.translation_key, locale_id=instance.locale_id).exists():
        sync(instance)
