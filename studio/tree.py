"""A folder of content files, read as a whole: every finding is known before anything is written."""

import re
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.conf import settings

from . import building, files, grammar, parity, translations
from .checking import check_document, check_values
from .files import Finding
from .naming import check_names, check_places

# These may be missing among the files: a site may have made them by hand.
_OPTIONAL = ("home", "news_index", "catalogue")
_SINGLE = ("home", "news_index", "catalogue", "course", "module")
_ORDER = {
    "home": 1,
    "catalogue": 2,
    "info": 3,
    "news_index": 3,
    "news": 4,
    "course": 5,
    "module": 6,
    "question": 7,
    "lesson": 8,
    "quiz": 8,
}


def languages():
    """Codes of the languages that every page has, the source first."""
    source = settings.LANGUAGE_CODE
    return [source, *(code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES if code != source)]


@dataclass
class Entry:
    """A page or question with its files. `path` is theirs without language and ending."""

    path: str
    kind: grammar.Kind = None
    documents: dict = field(default_factory=dict)
    parent: "Entry" = None
    pairs: dict = field(default_factory=dict)

    @property
    def source(self):
        return self.documents[languages()[0]]

    @property
    def key(self):
        return uuid.UUID(self.source.text_of("key"))

    @property
    def name(self):
        return PurePosixPath(self.path).name

    @property
    def folder(self):
        return PurePosixPath(self.path).parent

    @property
    def position(self):
        return int(self.source.text_of("position") or 0)

    def texts(self):
        return {language: files.write(document) for language, document in self.documents.items()}


def read_documents(folder):
    """({path: {language: Document}}, findings) of all content files of this folder, each checked on its own."""
    found, findings = defaultdict(dict), []
    endings = "|".join(re.escape(code) for code in languages())
    for file in sorted(Path(folder).rglob("*.md")):
        path = file.relative_to(folder).as_posix()
        name = re.fullmatch(rf"(.+)\.({endings})\.md", path)
        if name is None:
            if file.name != "README.md":
                findings.append(Finding(path, 1, "not named as a content file: name.language.md"))
            continue
        document, problems = files.read(file, path, name[2])
        found[name[1]][name[2]] = document
        findings += problems
        if document is not None:
            findings += _check(document)
    return dict(found), findings


def _check(document):
    kind = grammar.KINDS.get(document.text_of("type"))
    if kind is None:
        known = ", ".join(grammar.KINDS)
        return [document.finding(document.line_of("type"), f"“type” is none of: {known}")]
    return check_document(kind, document, languages()[0])


def read_folder(folder):
    """(entries in the order in which they are written, findings) of this folder."""
    folder = Path(folder)
    if not folder.is_dir():
        return [], [Finding(str(folder), 1, "there is no such folder")]
    found, findings = read_documents(folder)
    wrong = {finding.path for finding in findings}
    entries = []
    for path, documents in found.items():
        findings += _missing_languages(path, documents)
        if set(documents) == set(languages()) and None not in documents.values():
            entry = Entry(path, grammar.KINDS.get(documents[languages()[0]].text_of("type")), documents)
            if entry.kind and not wrong & {document.path for document in documents.values()}:
                findings += _compare_languages(entry)
                entries.append(entry)
    # What is missing for a file that can't be read is no finding of its own.
    complete = len(entries) == len(found)
    findings += _place(entries, complete)
    findings += _check_together(entries, complete)
    return sorted(entries, key=_order), findings


def _order(entry):
    """From the home page down, siblings by position; questions after the modules that they name, before what names them."""
    above = entry.parent.path if entry.parent else ""
    return _ORDER[entry.kind.name], above, entry.position, entry.path


def _missing_languages(path, documents):
    there = next(iter(documents))
    return [
        Finding(f"{path}.{code}.md", 1, f"there is no such file, but {path}.{there}.md")
        for code in languages()
        if code not in documents
    ]


def _compare_languages(entry):
    """Parity of the languages; then what the models refuse; then the pairs of segments."""
    source, findings = entry.source, []
    ours = building.build(entry.kind, source)
    findings += check_values(entry.kind, source, ours, is_source=True)
    for language in languages()[1:]:
        other = entry.documents[language]
        if source.text_of("type") != other.text_of("type"):
            findings.append(other.finding(other.line_of("type"), f"“type” is not that of {source.path}"))
            continue
        problems = parity.compare(entry.kind, source, other)
        if not problems:
            theirs = building.build(entry.kind, other, source=source)
            problems = check_values(entry.kind, other, theirs, is_source=False)
        if not problems:
            problems = _pair(entry, language, ours, theirs)
        findings += problems
    return findings


def _pair(entry, language, ours, theirs):
    document = entry.documents[language]
    try:
        entry.pairs[language] = translations.pair(ours, theirs)
    except translations.NotAPair as error:
        ids = {building.block_id(entry.key, block.anchor): block for block in document.blocks}
        block = next((ids[part] for part in error.path.split(".") if part in ids), None)
        where = f'block "{block.anchor}": ' if block else f"“{error.path}”: "
        return [document.finding(block.line if block else document.line_of(error.path), f"{where}{error}")]
    return []


def _place(entries, complete):
    """Tie each page to its parent by the folder it lies in."""
    findings, places = [], {}
    for entry in entries:
        if entry.kind.name not in _SINGLE:
            continue
        first = places.setdefault((entry.folder, entry.kind.name), entry)
        if first is not entry:
            message = f"a second {entry.kind.name} in this folder; the first is {first.source.path}"
            findings.append(entry.source.finding(entry.source.line_of("type"), message))
    for entry in entries:
        wanted = grammar.PARENTS.get(entry.kind.name)
        if wanted is None:
            continue
        folders = [entry.folder, *entry.folder.parents]
        entry.parent = next((places[folder, wanted] for folder in folders if (folder, wanted) in places), None)
        if entry.parent is None and wanted not in _OPTIONAL and complete:
            message = f"a {entry.kind.name} needs a file of type {wanted} in its folder or above"
            findings.append(entry.source.finding(entry.source.line_of("type"), message))
    return findings


def _check_together(entries, complete):
    findings = _twice(entries, lambda entry: [("key", "key", entry.source)])
    findings += _twice(entries, lambda entry: [("code", "code", entry.source)] if entry.kind.name == "course" else [])
    findings += _twice(
        entries,
        lambda entry: [
            (f"slug in {language} below {entry.parent.path if entry.parent else ''}", "slug", document)
            for language, document in entry.documents.items()
            if entry.kind.is_page
        ],
    )
    findings += check_names(entries, complete) + _check_editions(entries)
    findings += check_places(entries) if complete else []
    return findings + (_check_positions(entries) if complete else [])


def _twice(entries, values):
    """A value that may stand once: both places are named."""
    findings, known = [], {}
    for entry in entries:
        for scope, name, document in values(entry):
            value = document.text_of(name)
            first = known.setdefault((scope, value), document)
            if first is not document:
                message = f"“{name}” {value} is also that of {first.path}:{first.line_of(name)}"
                findings.append(document.finding(document.line_of(name), message))
    return findings


def _check_positions(entries):
    """Siblings are numbered 1, 2, 3: a gap would make the order in the tree differ from the files."""
    siblings = defaultdict(list)
    for entry in entries:
        if "position" in entry.kind.facts:
            siblings[entry.parent.path if entry.parent else ""].append(entry)
    findings = []
    for group in siblings.values():
        group.sort(key=lambda entry: (entry.position, entry.path))
        for expected, entry in enumerate(group, start=1):
            if entry.position != expected:
                line = entry.source.line_of("position")
                findings.append(
                    entry.source.finding(line, f"“position” {entry.position}, expected {expected} of {len(group)}")
                )
                break
    return findings


def _check_editions(entries):
    findings = []
    for entry in entries:
        source = entry.source
        if source.text_of("edition") and not source.text_of("edition_academic_hours"):
            findings.append(source.finding(source.line_of("edition"), "“edition_academic_hours” is missing"))
    return findings
