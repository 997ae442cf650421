"""
The grammar of a content file: front matter, then fences. Nothing here knows what a lesson is.

    ---
    title: …
    ---

    ::: text t1
    ---
    Markdown
    :::
"""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

_FIELD = re.compile(r"([a-z][a-z0-9_]*):(?: (.*)|)$")
_FENCE = re.compile(r"::: ([a-z][a-z0-9_]*) ([A-Za-z0-9][A-Za-z0-9-]*)$")
_ITEM = re.compile(r":: ([a-z][a-z0-9_]*) ([A-Za-z0-9][A-Za-z0-9-]*)$")


@dataclass(frozen=True, order=True)
class Finding:
    """Something wrong, and where. `other` names the place in the other language's file, such as `lt:28`."""

    path: str
    line: int
    message: str
    other: str = ""

    def __str__(self):
        other = f" ({self.other})" if self.other else ""
        return f"{self.path}:{self.line}{other} {self.message}"


class ContentError(Exception):
    """Content files that can't be taken as they are. `findings` says what and where, in order."""

    def __init__(self, findings):
        self.findings = sorted(set(findings))
        super().__init__("\n".join(str(finding) for finding in self.findings))


@dataclass
class Value:
    text: str
    line: int = 0


@dataclass
class Block:
    """A fence, or an item inside of one. `text` is None where the fence ends after its fields."""

    type: str
    anchor: str
    line: int = 0
    fields: dict = field(default_factory=dict)
    text: Value | None = None
    items: list = field(default_factory=list)


@dataclass
class Document:
    """One file: a page or question in one language."""

    path: str
    language: str
    fields: dict = field(default_factory=dict)
    blocks: list = field(default_factory=list)

    def text_of(self, name):
        return self.fields[name].text if name in self.fields else ""

    def line_of(self, name):
        return self.fields[name].line if name in self.fields else 1

    def finding(self, line, message):
        return Finding(self.path, line, message)


def digest(text):
    """What a stamp keeps of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def write(document):
    """The text of this document, whose values are canonical already."""
    lines = ["---", *_written_fields(document.fields), "---"]
    for block in document.blocks:
        lines += ["", f"::: {block.type} {block.anchor}", *_written_block(block), ":::"]
    return "\n".join(lines) + "\n"


def _written_fields(fields):
    return [f"{name}: {value.text}" for name, value in fields.items()]


def _written_block(block):
    lines = _written_fields(block.fields)
    if block.text is not None:
        lines += ["---", block.text.text]
    for item in block.items:
        lines += [f":: {item.type} {item.anchor}", *_written_block(item)]
    return lines


def read(file, path, language):
    """(document, findings) of this file; `path` is how findings name it. The document is None where nothing can be read."""
    try:
        text = Path(file).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None, [Finding(path, 1, "not UTF-8 text")]
    return parse(text, path, language)


def parse(text, path, language):
    """(document, findings) of this text."""
    reader = _Reader(text, path, language)
    reader.read()
    return (None if reader.broken else reader.document), reader.findings


class _Reader:
    """Reads line by line; `place` is the index of the line in hand."""

    def __init__(self, text, path, language):
        self.lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
        self.place = 0
        self.document = Document(path, language)
        self.findings = []
        self.broken = False

    @property
    def line(self):
        return self.lines[self.place].rstrip() if self.place < len(self.lines) else None

    def find(self, message, line=None):
        self.findings.append(self.document.finding(line or self.place + 1, message))

    def read(self):
        if self.line != "---":
            self.find("a file begins with a line --- and its fields")
            self.broken = True
            return
        self.place += 1
        self.document.fields = self.read_fields(("---",))
        if self.line is None:
            self.find("the fields have no second line ---", 1)
            self.broken = True
            return
        self.place += 1
        while self.line is not None:
            if self.line.startswith(":::"):
                self.read_fence()
            elif self.line.strip():
                self.find("text outside of a block; open one with ::: type anchor")
                self.skip_to_fence()
            else:
                self.place += 1

    def skip_to_fence(self):
        while self.line is not None and not self.line.startswith(":::"):
            self.place += 1

    def read_fields(self, ends):
        """Fields up to a line that begins with one of these."""
        fields = {}
        while self.line is not None and not self.line.startswith(ends):
            found = _FIELD.match(self.line)
            if found is None:
                if self.line.strip():
                    self.find(f"neither a field nor {' nor '.join(ends)}: “{self.line[:60]}”")
            elif found[1] in fields:
                self.find(f"field “{found[1]}” stands twice, first in line {fields[found[1]].line}")
            else:
                fields[found[1]] = Value((found[2] or "").strip(" "), self.place + 1)
            self.place += 1
        return fields

    def read_fence(self):
        opened = _FENCE.match(self.line)
        start = self.place + 1
        if opened is None:
            self.find(f"not the start of a block (::: type anchor): “{self.line[:60]}”")
            self.place += 1
            self.skip_to_fence()
            if self.line == ":::":
                self.place += 1
            return
        self.place += 1
        block = self.read_block(Block(opened[1], opened[2], start))
        while self.line is not None and self.line.startswith(":: "):
            found = _ITEM.match(self.line)
            if found is None:
                self.find(f"not the start of an item (:: name anchor): “{self.line[:60]}”")
            item = Block(found[1] if found else "", found[2] if found else "", self.place + 1)
            self.place += 1
            self.read_block(item)
            if found:
                block.items.append(item)
        self.document.blocks.append(block)
        if self.line == ":::":
            self.place += 1
        else:
            self.find(f'block "{block.anchor}" is not closed with :::', start)

    def read_block(self, block):
        """The fields and the text of a fence or item, up to the line that ends it."""
        block.fields = self.read_fields(("---", ":::", ":: "))
        if self.line is None or not self.line.startswith("---"):
            return block
        self.place += 1
        start = self.place
        while self.line is not None and not self.line.startswith((":::", ":: ")):
            self.place += 1
        block.text = _stripped(self.lines[start : self.place], start + 1)
        return block


def _stripped(lines, first):
    """The text of these lines without empty ones around it, and the line on which it begins."""
    while lines and not lines[0].strip():
        lines, first = lines[1:], first + 1
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return Value("\n".join(lines), first)
