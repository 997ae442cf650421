"""The canonical form of content files: asked for, or written."""

from pathlib import Path

from . import files, tree
from .files import ContentError, Finding
from .pictures import check_pictures
from .uploads import check_uploads


def format_folder(folder):
    """Rewrite each file of this folder into its canonical form; returns the paths of those that changed. Raises ContentError."""
    found, findings = tree.read_documents(folder)
    if findings:
        raise ContentError(findings)
    documents = [document for languages in found.values() for document in languages.values()]
    rewritten = []
    for document in documents:
        file = Path(folder) / document.path
        text = files.write(document).encode()
        if file.read_bytes() != text:
            file.write_bytes(text)
            rewritten.append(document.path)
    return rewritten


def check_folder(folder):
    """All findings on this folder, in order: those of a load, and files that are not in their canonical form."""
    entries, findings = tree.read_folder(folder)
    findings += [*check_pictures(folder, entries), *check_uploads(folder, entries)]
    for entry in entries:
        for document in entry.documents.values():
            findings += _canonical_findings(Path(folder) / document.path, document)
    return sorted(set(findings))


def _canonical_findings(file, document):
    given, canonical = file.read_text(encoding="utf-8", newline="").split("\n"), files.write(document).split("\n")
    for number, (line, expected) in enumerate(zip(given, canonical, strict=False), start=1):
        if line != expected:
            return [Finding(document.path, number, f"not canonical, expected “{expected}”; run load_courses --format")]
    if len(given) != len(canonical):
        return [Finding(document.path, min(len(given), len(canonical)), "not canonical; run load_courses --format")]
    return []
