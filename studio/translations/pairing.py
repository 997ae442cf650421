"""Two languages of one text, side by side: which string is which one's translation, and what can't be a pair."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from wagtail import blocks
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments, quote_path_component
from wagtail_localize.strings import StringValue, validate_translation_links

_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
_LINK = re.compile(r'<a id="(a\d+)">')


class NotAPair(Exception):
    """Two texts that can't be each other's translation. `path` is the segment's, such as body.<block id>."""

    def __init__(self, path, message):
        super().__init__(message)
        self.path = path


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
