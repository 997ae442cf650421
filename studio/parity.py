"""Are two files the same page in two languages? The source language's file says what has to be there."""

from collections import Counter
from itertools import zip_longest

from django.utils.translation import get_language_info

from . import grammar
from .files import Finding
from .richtext import Paragraph
from .runs import BREAK, nest
from .values import Rich, Table, parse_rich

_COUNTED = {"p": ("paragraph", "paragraphs"), "li": ("list item", "list items")}


def compare(kind, source, other):
    """Where these two canonical documents differ in what both must share. Raises nothing; returns findings."""
    comparison = _Comparison(kind, source, other)
    comparison.compare()
    return comparison.findings


class _Comparison:
    def __init__(self, kind, source, other):
        self.kind, self.source, self.other = kind, source, other
        self.findings = []
        self.name = get_language_info(source.language)["name"]

    def find(self, line, source_line, message):
        place = f"{self.source.language}:{source_line}"
        self.findings.append(Finding(self.other.path, line, message, place))

    def compare(self):
        if self.source.text_of("key") != self.other.text_of("key"):
            self.find(
                self.other.line_of("key"), self.source.line_of("key"), f"“key” is not that of the {self.name} file"
            )
        translated = {name for name, spec in grammar.fields_of(self.kind.name).items() if not spec.of_source}
        self.compare_fields(translated, self.source.fields, self.other.fields, 1, "field ")
        self.compare_blocks(self.source.blocks, self.other.blocks, 1, 1, "block", self.fence_of)

    def fence_of(self, block):
        return grammar.fence(self.kind.name, block.type)

    def compare_fields(self, names, ours, theirs, line, where):
        for name in sorted(names):
            if name in ours and name not in theirs:
                self.find(line, ours[name].line, f"{where}“{name}” is empty, {self.name} has it")
            elif name in theirs and name not in ours:
                self.find(theirs[name].line, 1, f"{where}“{name}” is filled, {self.name} leaves it out")

    def compare_blocks(self, ours, theirs, line, source_line, word, spec_of):
        """The same anchors and types in the same order; where they are, the insides."""
        known, given = {each.anchor: each for each in ours}, {each.anchor: each for each in theirs}
        for block in ours:
            if block.anchor not in given:
                self.find(line, block.line, f'{word} "{block.anchor}" is missing')
        for block in theirs:
            if block.anchor not in known:
                self.find(block.line, source_line, f'{word} "{block.anchor}" is not in the {self.name} file')
        common = [each.anchor for each in ours if each.anchor in given]
        order = [each.anchor for each in theirs if each.anchor in known]
        wrong = next((pair for pair in zip(common, order, strict=False) if pair[0] != pair[1]), None)
        if wrong:
            expected, found = wrong
            message = f'{word} "{found}" stands where {self.name} has "{expected}"'
            self.find(given[found].line, known[expected].line, message)
        for anchor in common:
            self.compare_block(known[anchor], given[anchor], word, spec_of)

    def compare_block(self, ours, theirs, word, spec_of):
        where = f'{word} "{theirs.anchor}": '
        if ours.type != theirs.type:
            self.find(theirs.line, ours.line, f"{where}type {theirs.type}, {self.name} has {ours.type}")
            return
        spec = spec_of(ours)
        names = {field.name for field in spec.fields.values() if not field.of_source}
        self.compare_fields(names, ours.fields, theirs.fields, theirs.line, where)
        for name in (field.name for field in spec.fields.values() if field.may_differ):
            if name in theirs.fields and name not in ours.fields:
                self.find(theirs.fields[name].line, ours.line, f"{where}“{name}” is filled, {self.name} leaves it out")
        if spec.text and not spec.text.of_source:
            self.compare_texts(spec.text, ours, theirs, where)
        self.compare_blocks(
            ours.items, theirs.items, theirs.line, ours.line, f"{where}item", lambda item: spec.items[item.type]
        )

    def compare_texts(self, spec, ours, theirs, where):
        if (ours.text is None) != (theirs.text is None):
            message = f"{where}the text is empty, {self.name} has one"
            if ours.text is None:
                message = f"{where}there is a text, {self.name} has none"
            self.find(theirs.line, ours.line, message)
        elif ours.text is not None and isinstance(spec.form, Rich):
            for message in differences(ours.text.text, theirs.text.text, self.name):
                self.find(theirs.line, ours.line, where + message)
        elif ours.text is not None and isinstance(spec.form, Table):
            for message in table_differences(spec.form, ours.text.text, theirs.text.text, self.name):
                self.find(theirs.text.line, ours.text.line, where + message)


def table_differences(form, source, other, name):
    """How this table differs from the source's in what both must share: rows, columns, which cells are empty."""
    ours, theirs = form.read(source, None), form.read(other, None)
    for words, expected, count in (
        (("row", "rows"), len(ours), len(theirs)),
        (("column", "columns"), len(ours[0]), len(theirs[0])),
    ):
        if expected != count:
            return [f"{count} {words[count != 1]}, {name} has {expected}"]
    found, meanings = [], {}
    for number, (mine, yours) in enumerate(zip(ours, theirs, strict=True), start=1):
        for column, (cell, word) in enumerate(zip(mine, yours, strict=True), start=1):
            if bool(cell) != bool(word):
                state = "is empty, {} has it" if cell else "is filled, {} leaves it empty"
                found.append(f"row {number}, cell {column} {state.format(name)}")
            elif meanings.setdefault(cell, word) != word:
                found.append(f"“{cell[:40]}” stands twice in {name} and is translated differently; use the same words")
    return found


def differences(source, other, name):
    """How the shape of this Markdown differs from the source's: sentences for the author."""
    ours, theirs = _pieces(parse_rich(source)), _pieces(parse_rich(other))
    found = []
    for tag, words in _COUNTED.items():
        expected, count = (sum(place[-1] == tag for place, _runs in pieces) for pieces in (ours, theirs))
        if expected != count:
            found.append(f"{count} {words[count != 1]}, {name} has {expected}")
    if found:
        return found
    if [place for place, _runs in ours] != [place for place, _runs in theirs]:
        return [f"paragraphs and lists stand in another order or depth than in {name}"]
    for number, ((_place, mine), (_same, yours)) in enumerate(zip(ours, theirs, strict=True), start=1):
        found += [f"piece {number}: {message}" for message in _run_differences(mine, yours, name)]
    return found + _repeated(ours, theirs, name)


def _pieces(blocks, above=()):
    """(place, runs) of each paragraph and list item in order, a place being such as ("ul", "li")."""
    pieces = []
    for block in blocks:
        if isinstance(block, Paragraph):
            pieces.append(((*above, "p"), block.runs))
            continue
        for number, item in enumerate(block.items):
            here = (*above, f"{'ol' if block.ordered else 'ul'}{'' if number else ' begins'}", "li")
            pieces.append((here, item.runs))
            pieces += _pieces(item.lists, here)
    return pieces


def _run_differences(mine, yours, name):
    for word, count in (("link", _links), ("line break", lambda runs: sum(run.text == BREAK for run in runs))):
        expected, found = count(mine), count(yours)
        if expected != found:
            yield f"{found} {word}{'s' if found != 1 else ''}, {name} has {expected}"
    if _outer_marks(mine) != _outer_marks(yours):
        yield "wholly bold or italic in one language only"


def _links(runs):
    links = [run.link for run in runs]
    return sum(bool(link) and link != before for before, link in zip([(), *links], links, strict=False))


def _outer_marks(runs):
    """The marks that hold the whole piece: they belong to its template, not to its words."""
    marks, tree = [], nest(runs)
    while len(tree) == 1 and not isinstance(tree[0], str) and tree[0][0] != "link":
        marks.append(tree[0][0])
        tree = tree[0][2]
    return marks


def _repeated(ours, theirs, name):
    """A sentence that stands twice has one translation: both times the same, or it belongs into another block."""
    meanings = {}
    for (_place, mine), (_same, yours) in zip_longest(ours, theirs):
        meanings.setdefault(tuple(mine), []).append(tuple(yours))
    twice = [words for words, said in meanings.items() if Counter(said).total() > 1 and len(set(said)) > 1]
    sentences = ["".join(run.text for run in words)[:40] for words in twice]
    return [f"“{each}…” stands twice in {name} and is translated differently; split the block" for each in sentences]
