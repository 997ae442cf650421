"""
Documents, videos, sound and captions that lessons name: files beside the content files, lessons' files in the database. What
holds of pictures (`pictures.py`) holds of them: a file is named by its path, and `ContentUpload` keeps what a load knew of it.
"""

import hashlib
import re
import shutil
from pathlib import Path

from django.core.files import File
from django.utils.text import slugify
from django.utils.translation import override

from lessons.file_types import TYPES, ending, file_problem
from lessons.models import LessonFile

from .models import ContentUpload
from .pictures import named_files
from .rules import Verdict, judge
from .values import Upload

_NAME = re.compile(rf"(?!.*(?:^|/)\.)[A-Za-z0-9_./-]+\.({'|'.join(TYPES)})")


def check_uploads(folder, entries):
    """Findings on these files: there, of the kind that the block needs, and what their endings say."""
    problems = {}
    for document, spec, line, path in named_files(entries, Upload):
        place = path, spec.form.kind
        if place not in problems:
            problems[place] = _problem(Path(folder), *place)
        if problems[place]:
            yield document.finding(line, f"“{spec.name}”: {problems[place]}")


def _problem(folder, path, kind):
    if not _NAME.fullmatch(path):
        return f"“{path}” is not the path of a file below the content folder, such as k1/files/lapas.pdf"
    if not (folder / path).is_file():
        return f"there is no file {path}"
    with (folder / path).open("rb") as opened, override("en"):
        return file_problem(File(opened, name=path), kind)


def load_uploads(folder, entries):
    """
    Make or change the lessons' files that these content files name. One that was changed in the admin since its last load
    stays as it is, unless its file changed too.
    """
    rows = {row.path: row for row in ContentUpload.objects.select_related("file")}
    taken = {row.file_id for row in rows.values()}
    languages = {}
    for document, _spec, _line, path in named_files(entries, Upload):
        languages.setdefault(path, document.language)
    for path, language in languages.items():
        source = Path(folder) / path
        digest, row = _digest(source), rows.get(path)
        if row is None:
            known = LessonFile.objects.filter(digest=digest).exclude(pk__in=taken).first()
            row = ContentUpload(path=path, file=known or _new_file(source, language))
            taken.add(row.file_id)
        verdict = judge(file=digest, base=row.digest or digest, page=row.file.digest)
        if verdict in (Verdict.LOAD, Verdict.CONFLICT):
            _replace(row.file, source)
        if row.digest != digest:
            row.digest = digest
            row.save()


def _digest(path):
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _new_file(source, language):
    file = LessonFile(title=source.stem, language=language)
    _replace(file, source)
    return file


def _replace(file, source):
    with source.open("rb") as opened:
        file.file = File(opened, name=source.name)
        file.save()


def dump_uploads(folder, files, names):
    """Write the files that are not there, or are there with another content; returns their names."""
    written = []
    for file in files:
        target = Path(folder) / names[file.pk]
        if not target.exists() or _digest(target) != file.digest:
            target.parent.mkdir(parents=True, exist_ok=True)
            with file.file.open("rb") as opened, target.open("wb") as written_to:
                shutil.copyfileobj(opened, written_to)
            written.append(names[file.pk])
    return written


def new_name(file):
    """The path of a lesson's file that no content file has named yet: it was uploaded in the admin."""
    return f"files/{slugify(file.title) or 'file'}-{file.pk}.{ending(file.name)}"
