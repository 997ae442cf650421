"""From a document to a page or question that is not saved yet, and back."""

import uuid

from . import grammar
from .files import Block, Document, Value
from .references import Asked, Name


def block_id(key, anchor):
    """The id of the block with this anchor. A block made in the admin has its own id for an anchor."""
    try:
        return str(uuid.UUID(anchor))
    except ValueError:
        return str(uuid.uuid5(uuid.UUID(str(key)), anchor))


def anchors_of(document):
    """Block id → anchor, of all blocks and items of this document."""
    return dict(_anchors(document.text_of("key"), document.blocks, ""))


def _anchors(key, blocks, path):
    for block in blocks:
        yield block_id(key, path + block.anchor), block.anchor
        yield from _anchors(key, block.items, f"{path}{block.anchor}/")


def build(kind, document, *, source=None, library=None, instance=None):
    """
    The page or question of this document, not saved: a new one, or `instance` with these values.

    What stands in the source language's file alone is taken from `source`. Without a `library` nothing is looked up: names
    of questions are left out and internal links stay as they are written.
    """
    key = document.text_of("key")
    instance = instance or kind.model(translation_key=uuid.UUID(key))
    for name, spec in grammar.fields_of(kind.name).items():
        if name in kind.facts:
            continue
        text = (source if source and spec.of_source else document).text_of(name)
        value = spec.form.read(text, library) if text else spec.form.empty
        if isinstance(spec.form, Asked):
            asked = [{"type": type_, "value": raw, "id": block_id(key, each)} for each, type_, raw in value]
            _set_stream(instance, name, asked)
        else:
            setattr(instance, name, value)
    for stream in kind.streams:
        _set_stream(instance, stream, _stream_blocks(kind, stream, document, source, library))
    return instance


def _set_stream(instance, name, raw):
    setattr(instance, name, instance._meta.get_field(name).stream_block.to_python(raw))


def _stream_blocks(kind, stream, document, source, library):
    key = document.text_of("key")
    sources = {block.anchor: block for block in source.blocks} if source else {}
    return [
        {
            "type": block.type,
            "value": _raw(grammar.fence(kind.name, block.type), block, sources.get(block.anchor), library, key, ""),
            "id": block_id(key, block.anchor),
        }
        for block in document.blocks
        if grammar.fences_of(kind.name)[block.type][0] == stream
    ]


def _raw(spec, block, source, library, key, path):
    """The JSON of a block's value."""

    def read(field, get):
        value = get(block)
        if source and field.of_source:
            value = (field.may_differ and value) or get(source)
        return field.form.read(value.text, library) if value and value.text else field.form.empty

    path += f"{block.anchor}/"
    if spec.is_value:
        return read(spec.text, lambda each: each.text)
    if spec.is_list:
        return _raw_items("item", spec.items["item"], block, source, library, key, path)
    values = {name: read(field, lambda each, name=name: each.fields.get(name)) for name, field in spec.fields.items()}
    if spec.text:
        values[spec.text.name] = read(spec.text, lambda each: each.text)
    for name, item in spec.items.items():
        values[name] = _raw_items(name, item, block, source, library, key, path)
    return values


def _raw_items(name, spec, block, source, library, key, path):
    sources = {item.anchor: item for item in source.items if item.type == name} if source else {}
    return [
        {
            "type": "item",
            "value": _raw(spec, item, sources.get(item.anchor), library, key, path),
            "id": block_id(key, path + item.anchor),
        }
        for item in block.items
        if item.type == name
    ]


def own_files(kind, document, library):
    """The files that a document of another language has in place of the source's: segment path → primary key."""
    key, found = document.text_of("key"), {}
    for block in document.blocks:
        stream, _definition = grammar.fences_of(kind.name)[block.type]
        for name, spec in grammar.fence(kind.name, block.type).fields.items():
            if spec.may_differ and name in block.fields:
                path = f"{stream}.{block_id(key, block.anchor)}.{name}"
                found[path] = spec.form.read(block.fields[name].text, library)
    return found


def dump(kind, instance, *, language, is_source, path="", anchors=None, facts=None, library=None, own=None):
    """
    The document of this page or question. `anchors` (block id → anchor) names its blocks, a block without one is named by its
    id; `facts` are the values that its type keeps elsewhere: position, edition; `own` are the `own_files` of the language.
    Raises grammar.NoForm.
    """
    writer = _Writer(kind, is_source, anchors or {}, library, own or {})
    values = {"type": kind.name, "key": str(instance.translation_key)}
    for name, spec in grammar.fields_of(kind.name).items():
        if is_source or not spec.of_source:
            value = (facts or {}).get(name) if name in kind.facts else getattr(instance, name)
            values[name] = spec.form.write(value, library)
    blocks = [writer.block(child) for stream in kind.streams for child in getattr(instance, stream)]
    return Document(path, language, {name: Value(text) for name, text in values.items() if text}, blocks)


def questions_of(kind, instance):
    """The questions that this page names in its fields and blocks, in order; those that are gone are left out."""
    found = []
    for name, spec in grammar.fields_of(kind.name).items():
        if isinstance(spec.form, Asked):
            found += [child.value for child in getattr(instance, name) if child.block_type == "question"]
    for child in (child for stream in kind.streams for child in getattr(instance, stream)):
        fields = grammar.fence(kind.name, child.block_type).fields.values()
        found += [child.value.get(field.name) for field in fields if isinstance(field.form, Name)]
    return [question for question in found if question is not None]


class _Writer:
    def __init__(self, kind, is_source, anchors, library, own):
        self.kind, self.is_source, self.anchors, self.library = kind, is_source, anchors, library
        self.own = {(path.partition(".")[2], str(pk)) for path, pk in own.items()}

    def block(self, child):
        return self.fence(grammar.fence(self.kind.name, child.block_type), child.block_type, child)

    def fence(self, spec, name, child):
        block, value = Block(name, self.anchors.get(str(child.id), str(child.id))), child.value
        if spec.is_value:
            block.text = self.value(spec.text, value)
        elif spec.is_list:
            block.items = [self.fence(spec.items["item"], "item", each) for each in value.bound_blocks]
        else:
            written = {
                field.name: self.value(field, value.get(field.name), f"{child.id}.{field.name}")
                for field in spec.fields.values()
            }
            block.fields = {name: text for name, text in written.items() if text}
            block.text = self.value(spec.text, value.get(spec.text.name)) if spec.text else None
            for item_name, item in spec.items.items():
                block.items += [self.fence(item, item_name, each) for each in value[item_name].bound_blocks]
        return block

    def value(self, spec, value, place=""):
        if spec.of_source and not self.is_source and not self.is_own(spec, value, place):
            return None
        text = spec.form.write(value, self.library)
        return Value(text) if text else None

    def is_own(self, spec, value, place):
        """Is this file the language's own? One that was taken back, but not built into the page yet, still shows there."""
        return spec.may_differ and value is not None and (place, str(value.pk)) in self.own
