"""Pages of a course, or those beside the courses, back to their files: only what was touched in the admin differs."""

from pathlib import Path

from django.db.models import Q
from django.utils.text import slugify
from wagtail.models import Locale, Page

from courses.pages import CoursePage
from quizzes.questions import Question

from . import building, files, grammar
from .files import ContentError, Finding
from .library import Library, stamped_places
from .models import ContentStamp
from .pictures import dump_pictures
from .present import Present
from .tree import languages
from .uploads import dump_uploads

# Where a page beside the courses that no file knows gets its file.
_BESIDE = {
    "home": "home",
    "info": "pages/{0.slug}",
    "news_index": "news/index",
    "news": "news/{0.published_on}-{0.slug}",
    "catalogue": "catalogue",
}


class NothingToDump(Exception):
    """There is no such course; the message names those that are."""


def dump_course(code, folder, *, drafts=False):
    """
    Write the course with this code into the content folder; returns the paths of the files that changed.

    Published pages alone, or with `drafts` the newest state of each. A page that no file knows gets a new one, and its blocks
    their ids for anchors; loading the files then remembers both. Raises NothingToDump, ContentError.
    """
    course = CoursePage.objects.filter(code=code, locale=Locale.get_default()).first()
    if course is None:
        codes = ", ".join(CoursePage.objects.filter(locale=Locale.get_default()).values_list("code", flat=True))
        raise NothingToDump(f"There is no course {code}. There are: {codes or 'none'}.")
    return _dump(_instances(course), folder, drafts)


def dump_pages(folder, *, drafts=False):
    """Write what stands beside the courses, as `dump_course` does: the home page, info pages, news, the catalogue."""
    models = [grammar.KINDS[name].model for name in _BESIDE]
    pages = [page for model in models for page in model.objects.filter(locale=Locale.get_default()).order_by("path")]
    return _dump(pages, folder, drafts)


def _dump(instances, folder, drafts):
    paths = _paths(instances)
    known = stamped_places()
    places = known | {key: (path, known[key][1] if key in known else {}) for key, path in paths.items()}
    present = Present(list(paths), Library({key: path.rpartition("/")[2] for key, path in paths.items()}, places))
    texts, findings = {}, []
    for instance in instances:
        key = instance.translation_key
        for language in languages():
            path = f"{paths[key]}.{language}.md"
            try:
                text = _text(present, instance, language, drafts)
            except grammar.NoForm as error:
                findings.append(Finding(path, 1, str(error)))
                continue
            if text is not None:
                texts[path] = text
    if findings:
        raise ContentError(findings)
    written = [path for path, text in texts.items() if _write(Path(folder) / path, text)]
    library = present.library
    images, uploads = library.images.values(), library.files.values()
    written += dump_pictures(folder, images, {image.pk: library.picture_name(image) for image in images})
    return written + dump_uploads(folder, uploads, {file.pk: library.upload_name(file) for file in uploads})


def _text(present, instance, language, drafts):
    kind, key = grammar.kind_of(instance), instance.translation_key
    stamp = present.stamps.get(key)
    documents = present.documents(kind, key, language, stamp.anchors if stamp else {}, drafts=drafts)
    texts = [files.write(document) for document in documents]
    base = stamp.hashes.get(language) if stamp else None
    return next((text for text in texts if files.digest(text) != base), texts[0] if texts else None)


def _write(file, text):
    if file.exists() and file.read_bytes() == text.encode():
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return True


def _instances(course):
    """The course's pages in tree order, and the questions that they name, that are of its modules or whose files lie beside."""
    pages = Page.objects.descendant_of(course, inclusive=True).order_by("path").specific()
    pages = [page for page in pages if grammar.kind_of(page)]
    questions = {}
    for page in pages:
        for question in building.questions_of(grammar.kind_of(page), page.get_latest_revision_as_object()):
            questions[question.translation_key] = question
    stamps = ContentStamp.objects.all()
    folders = {stamp.path.partition("/")[0] for stamp in stamps if stamp.key == course.translation_key}
    beside = [stamp.key for stamp in stamps if stamp.path.partition("/")[0] in folders and stamp.key not in questions]
    own = Question.objects.filter(locale=course.locale).select_related("module")
    for question in own.filter(Q(translation_key__in=beside) | Q(module__course__key=course.translation_key)):
        questions[question.translation_key] = question
    return [*pages, *questions.values()]


def _paths(instances):
    """Key → path of the files, without language and ending; a page that no file knows gets a free name beside its like."""
    keys = [instance.translation_key for instance in instances]
    paths = dict(ContentStamp.objects.filter(key__in=keys).values_list("key", "path"))
    taken, folder, counts, folders = set(ContentStamp.objects.values_list("path", flat=True)), "", {}, {}
    for instance in instances:
        kind, key = grammar.kind_of(instance).name, instance.translation_key
        if kind == "module":
            counts["module"] = counts.get("module", 0) + 1
        if key not in paths:
            beside = folders.get(instance.module.key, folder) if kind == "question" and instance.module else folder
            paths[key] = _free(_new_path(kind, instance, beside, counts), taken)
        taken.add(paths[key])
        if kind in ("course", "module"):
            folder = folders[key] = paths[key].rpartition("/")[0]
    return paths


def _new_path(kind, instance, folder, counts):
    if kind in _BESIDE:
        return _BESIDE[kind].format(instance)
    if kind == "course":
        return f"{instance.code.lower()}/course"
    if kind == "module":
        return f"{folder.partition('/')[0]}/m{counts['module']}/module"
    if kind == "question":
        return f"{folder}/questions/{slugify(instance.title) or instance.translation_key}"
    return f"{folder}/{instance.slug}"


def _free(path, taken):
    name, number = path, 2
    while name in taken:
        name, number = f"{path}-{number}", number + 1
    return name
