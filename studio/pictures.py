"""
Pictures that lessons name: files beside the content files, images in the database. English may name one of its own.

A file is named by its path below the content folder. What a load knows of it is kept in `ContentPicture`, so that a picture
that was changed in the admin is told from one whose file changed, as for texts.
"""

import hashlib
import re
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from wagtail.images import get_image_model

from lessons.svg import svg_problem

from . import grammar
from .models import ContentPicture
from .rules import Verdict, judge
from .values import Picture

_NAME = re.compile(r"(?!.*(?:^|/)\.)[A-Za-z0-9_./-]+\.(svg|png|jpg|jpeg|webp)")


def named_files(entries, form):
    """(document, field, line, path) of each file of this form that a content file names, in the order of the languages."""
    for entry in entries:
        for document in entry.documents.values():
            for block in document.blocks:
                for name, spec in grammar.fence(entry.kind.name, block.type).fields.items():
                    if isinstance(spec.form, form) and name in block.fields:
                        yield document, spec, block.fields[name].line, block.fields[name].text


def check_pictures(folder, entries):
    """Findings on the files of pictures: there, and fit to be shown."""
    problems = {}
    for document, spec, line, name in named_files(entries, Picture):
        if name not in problems:
            problems[name] = _problem(Path(folder), name)
        if problems[name]:
            yield document.finding(line, f"“{spec.name}”: {problems[name]}")


def _problem(folder, name):
    if not _NAME.fullmatch(name):
        return f"“{name}” is not the path of a picture below the content folder, such as k1/figures/tiltas.svg"
    file = folder / name
    if not file.is_file():
        return f"there is no file {name}"
    if file.suffix == ".svg":
        problem = svg_problem(file.read_bytes())
        return problem and f"{name}: {problem}"
    field = get_image_model()._meta.get_field("file").formfield()
    try:
        field.clean(ContentFile(file.read_bytes(), file.name))
    except ValidationError as refusal:
        return f"{name}: {refusal.messages[0]}"
    return None


def load_pictures(folder, entries):
    """
    Make or change the images of the pictures that these files name. One that was changed in the admin since its last load
    stays as it is, unless its file changed too.
    """
    rows = {row.path: row for row in ContentPicture.objects.select_related("image")}
    taken = {row.image_id for row in rows.values()}
    for name in dict.fromkeys(path for *_place, path in named_files(entries, Picture)):
        content = (Path(folder) / name).read_bytes()
        digest, row = hashlib.sha1(content).hexdigest(), rows.get(name)  # noqa: S324  Wagtail's own hash of an image
        if row is None:
            image = get_image_model().objects.filter(file_hash=digest).exclude(pk__in=taken).first()
            row = ContentPicture(path=name, image=image or _new_image(name, content))
            taken.add(row.image_id)
        verdict = judge(file=digest, base=row.digest or digest, page=row.image.get_file_hash())
        if verdict in (Verdict.LOAD, Verdict.CONFLICT):
            _replace(row.image, name, content)
        if row.digest != digest:
            row.digest = digest
            row.save()


def _new_image(name, content):
    image = get_image_model()(title=Path(name).stem)
    _replace(image, name, content)
    return image


def _replace(image, name, content):
    """Another file for this image; the one before goes only when the load is kept."""
    before = image.file.name if image.pk else ""
    image.file = ContentFile(content, Path(name).name)
    image.width = image.height = None
    image.file.field.update_dimension_fields(image, force=True)
    image._set_image_file_metadata()
    image.save()
    image.renditions.all().delete()
    if before:
        transaction.on_commit(lambda: image.file.storage.delete(before))


def dump_pictures(folder, images, names):
    """Write the files of these images that are not there, or are there with another content; returns their names."""
    written = []
    for image in images:
        name = names[image.pk]
        with image.open_file() as opened:
            content = opened.read()
        file = Path(folder) / name
        if not file.exists() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            written.append(name)
    return written


def new_name(image):
    """The path of an image that no file has named yet: it was uploaded in the admin."""
    return f"figures/{slugify(image.title) or 'picture'}-{image.pk}{Path(image.file.name).suffix.lower()}"
