"""One file against its grammar: unknown and missing things are found, values are brought to their one form."""

import uuid

from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail.blocks import StreamBlockValidationError

from . import grammar
from .files import Value
from .references import Name
from .values import NamedFile, Plain, ValueRefused

_HEAD = ("type", "key")


def check_document(kind, document, source_language):
    """What is wrong with this document of this kind. Its values and their order become canonical."""
    checker = _Checker(document, source_language)
    fields = checker.checked_fields(document.fields, grammar.fields_of(kind.name), 1, head=_HEAD)
    checker.check_key()
    document.fields = {name: document.fields[name] for name in _HEAD if name in document.fields} | fields
    checker.check_anchors(document.blocks, {})
    kept = [(block, checker.check_block(kind, block)) for block in document.blocks]
    streams = list(kind.streams)
    kept = [(streams.index(grammar.fences_of(kind.name)[block.type][0]), block) for block, is_known in kept if is_known]
    document.blocks = [block for _stream, block in sorted(kept, key=lambda pair: pair[0])]
    return checker.findings


class _Checker:
    def __init__(self, document, source_language):
        self.document = document
        self.is_source = document.language == source_language
        self.findings = []

    def find(self, line, message):
        self.findings.append(self.document.finding(line, message))

    def check_key(self):
        value = self.document.fields.get("key")
        if value is None or not value.text:
            self.find(1, "field “key” is missing")
            return
        try:
            value.text = str(uuid.UUID(value.text))
        except ValueError:
            self.find(value.line, f"“{value.text}” is not a UUID")

    def checked_fields(self, fields, specs, line, head=(), where=""):
        """The canonical fields, in the order of the grammar."""
        for name, value in fields.items():
            if name not in specs and name not in head:
                self.find(value.line, f"{where}unknown field “{name}”")
            elif name in specs and self.refuses(specs[name]):
                self.find(value.line, f"{where}“{name}” stands in the source language's file alone")
        checked = {}
        for name, spec in specs.items():
            value = fields.get(name)
            if self.refuses(spec):
                continue
            text = self.canonical(spec, value, where)
            if text:
                checked[name] = Value(text, value.line)
            elif spec.required and self.is_source and (value is None or not value.text):
                self.find(value.line if value else line, f"{where}field “{name}” is missing")
        return checked

    def refuses(self, spec):
        return spec.of_source and not self.is_source and not spec.may_differ

    def canonical(self, spec, value, where):
        if value is None or not value.text:
            return ""
        try:
            return spec.form.canonical(value.text)
        except ValueRefused as error:
            name = f"“{spec.name}”: " if spec.name else ""
            self.find(value.line + error.line, f"{where}{name}{error}")
            return ""

    def check_anchors(self, blocks, known):
        for block in blocks:
            if block.anchor in known:
                self.find(block.line, f'anchor "{block.anchor}" stands twice, first in line {known[block.anchor]}')
            known.setdefault(block.anchor, block.line)
            self.check_anchors(block.items, {})

    def check_block(self, kind, block):
        """Bring the block to its canonical form; False where the kind has no such block."""
        try:
            spec = grammar.fence(kind.name, block.type)
        except KeyError:
            known = ", ".join(grammar.fences_of(kind.name)) or "none"
            self.find(block.line, f"unknown block “{block.type}”; a {kind.name} may have: {known}")
            return False
        except grammar.NoForm as error:
            self.find(block.line, str(error))
            return False
        self.check_fence(spec, block, f'block "{block.anchor}": ')
        return True

    def check_fence(self, spec, block, where):
        block.fields = self.checked_fields(block.fields, spec.fields, block.line, where=where)
        block.text = self.checked_text(spec, block, where)
        for item in block.items:
            if item.type in spec.items:
                self.check_fence(spec.items[item.type], item, f'{where}item "{item.anchor}": ')
            else:
                self.find(item.line, f"{where}unknown item “{item.type}”")
        block.items = [item for name in spec.items for item in block.items if item.type == name]

    def checked_text(self, spec, block, where):
        value = block.text
        if spec.text is None:
            if value is not None and value.text:
                self.find(value.line, f"{where}this block has fields alone, no text")
            return None
        if value is not None and isinstance(spec.text.form, Plain) and "\n" in value.text:
            self.find(value.line + 1, f"{where}one line is expected")
            return None
        text = "" if self.refuses(spec.text) else self.canonical(spec.text, value, where)
        if text:
            return Value(text, value.line)
        if spec.text.required and self.is_source and (value is None or not value.text):
            self.find(block.line, f"{where}the text is missing")
        return None


def check_values(kind, document, instance, *, is_source):
    """What the model itself refuses in this instance built from the document: too long, out of range, no right option."""
    with override("en"):
        found = _field_findings(kind, document, instance, is_source)
        return found + _stream_findings(kind, document, instance, is_source)


def _field_findings(kind, document, instance, is_source):
    ours = {
        name
        for name, spec in grammar.fields_of(kind.name).items()
        if name not in kind.facts and not isinstance(spec.form, Name) and (is_source or not spec.of_source)
    }
    try:
        instance.clean_fields(exclude={field.name for field in instance._meta.get_fields()} - ours)
    except ValidationError as errors:
        return [
            document.finding(document.line_of(name), f"“{name}”: {message}")
            for name, messages in errors.message_dict.items()
            for message in messages
        ]
    return []


def _stream_findings(kind, document, instance, is_source):
    findings, blocks = [], list(document.blocks)
    for stream in kind.streams:
        value = getattr(instance, stream)
        ours, blocks = blocks[: len(value)], blocks[len(value) :]
        try:
            value.stream_block.clean(value)
        except StreamBlockValidationError as errors:
            for index, error in errors.block_errors.items():
                where, spec = ours[index], grammar.fence(kind.name, ours[index].type)
                findings += [
                    document.finding(where.line, f'block "{where.anchor}": {message}')
                    for message in _messages(error, skip=_unresolved(spec))
                ]
    if kind.name == "question" and is_source and not findings:
        try:
            instance.clean()
        except ValidationError as errors:
            findings += _rule_findings(document, errors)
    return findings


def _unresolved(spec):
    """Fields that name a question or a file: whether it exists is asked of all files together."""
    return {field.name for field in spec.fields.values() if isinstance(field.form, Name | NamedFile)}


def _messages(error, skip=()):
    """The sentences of a block's error, however deep it is."""
    inner = getattr(error, "block_errors", None)
    if inner is None:
        return error.messages
    whole = list(error.non_block_errors)
    return whole + [f"“{name}”: {each}" for name, deep in inner.items() if name not in skip for each in _messages(deep)]


def _rule_findings(document, errors):
    places = {"options": document.blocks[0].line if document.blocks else 1}
    return [
        document.finding(places.get(name, document.line_of(name)), message)
        for name, messages in errors.message_dict.items()
        for message in messages
    ]
