"""What files name by name, path or anchor has to be among the files."""

import uuid

from . import grammar
from .references import Asked, LessonBlock, ModulePath, Name, draw_in


def check_names(entries, complete):
    """Each question is named once and every name is that of a question."""
    findings, known = [], {}
    for entry in entries:
        if entry.kind.name == "question":
            first = known.setdefault(entry.name, entry)
            if first is not entry:
                message = f"the file name {entry.name} is also that of {first.source.path}"
                findings.append(entry.source.finding(1, message))
    for entry in entries if complete else []:
        for name, line in _named_questions(entry.kind, entry.source):
            if name not in known:
                findings.append(entry.source.finding(line, f"there is no question file named “{name}”"))
        twice = [name for name, _line in _named_questions(entry.kind, entry.source)]
        twice += [text for text, _module, _line in _draws(entry)]
        if len(set(twice)) < len(twice):
            findings.append(
                entry.source.finding(entry.source.line_of("questions"), "a question or draw is named twice")
            )
    return findings


def check_places(entries):
    """Each module, lesson and anchor that a question or a draw names is there. One that no file knows is named by its key."""
    by_path, findings = {entry.path: entry for entry in entries}, []
    for entry in entries:
        for text, kind, line in _named_places(entry):
            path, _sign, anchor = text.partition("#")
            named = by_path.get(path)
            if named is None and _is_key(path):
                continue
            if named is None or named.kind.name != kind:
                findings.append(entry.source.finding(line, f"there is no {kind} file “{path}”"))
            elif anchor and anchor not in {block.anchor for block in named.source.blocks}:
                findings.append(entry.source.finding(line, f"“{path}” has no block with the anchor “{anchor}”"))
    return findings


def _named_places(entry):
    """(path, with `#` and an anchor if it is of a block; type of file; line) of each page that this entry names by its path."""
    for name, spec in grammar.fields_of(entry.kind.name).items():
        if name in entry.source.fields and isinstance(spec.form, ModulePath | LessonBlock):
            value = entry.source.fields[name]
            yield value.text, "module" if isinstance(spec.form, ModulePath) else "lesson", value.line
    yield from ((module, "module", line) for _text, module, line in _draws(entry) if module)


def _draws(entry):
    """(the draw as it is written, path of its module or "", line) of each draw of this quiz."""
    for name, spec in grammar.fields_of(entry.kind.name).items():
        if isinstance(spec.form, Asked) and name in entry.source.fields:
            value = entry.source.fields[name]
            for text in value.text.split(", "):
                draw = draw_in(text)
                if draw:
                    yield text, draw[1], value.line


def _is_key(text):
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


def _named_questions(kind, document):
    """(name, line) of each question that this document names."""
    for name, spec in grammar.fields_of(kind.name).items():
        if isinstance(spec.form, Asked) and name in document.fields:
            value = document.fields[name]
            yield from ((each, value.line) for each in value.text.split(", ") if draw_in(each) is None)
    for block in document.blocks:
        spec = grammar.fence(kind.name, block.type)
        for name, value in block.fields.items():
            if isinstance(spec.fields[name].form, Name):
                yield value.text, value.line
