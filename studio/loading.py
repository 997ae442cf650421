"""Content files to pages: all files are read and paired before anything is written, then all is written or nothing."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override

from courses.records import Course
from courses.services import CannotComeBack, NothingRequired, release_edition
from courses.tree_rules import TreeRefused
from quizzes.questions import Question

from . import building, files, grammar, site, translations, tree
from .files import ContentError, Finding
from .library import Library, stamped_places
from .models import ContentStamp
from .pictures import check_pictures, load_pictures
from .present import Present
from .rules import Verdict, judge, judge_together
from .uploads import check_uploads, load_uploads
from .values import ValueRefused
from .writing import NoParent, NotFaithful, Writer

_REFUSALS = (
    ValidationError,
    ValueRefused,
    NothingRequired,
    CannotComeBack,
    NotFaithful,
    NoParent,
    TreeRefused,
    translations.NotTranslated,
    site.OtherHome,
)


@dataclass
class Report:
    """What a load did. `edited` and `conflicts` were left as they are."""

    made: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    edited: list = field(default_factory=list)
    conflicts: list = field(default_factory=list)
    titles: dict = field(default_factory=dict)  # key → how the page of a conflict is called now


def load_courses(folder, *, at, overwrite=()):
    """
    Bring the content files of this folder to pages, questions and records; returns a Report. Loading again changes nothing.

    What was edited in the admin since the last load is kept, unless its key is among `overwrite`. Raises ContentError with
    every finding, and then nothing is written.
    """
    entries, findings = tree.read_folder(folder)
    unknown = sorted({str(key) for key in overwrite} - {str(entry.key) for entry in entries})
    findings += [Finding(str(folder), 1, f"no file has the key {key}, which --overwrite names") for key in unknown]
    findings += [*check_pictures(folder, entries), *check_uploads(folder, entries)]
    if findings:
        raise ContentError(findings)
    with transaction.atomic():
        load_pictures(folder, entries)
        load_uploads(folder, entries)
        return _Load(entries, at, {str(key) for key in overwrite}).run()


class _Load:
    def __init__(self, entries, at, overwrite):
        self.entries, self.at, self.overwrite = entries, at, overwrite
        site.ensure_locales(tree.languages())
        named = {entry.key: entry.name for entry in entries if entry.kind.name == "question"}
        placed = {entry.key: (entry.path, building.anchors_of(entry.source)) for entry in entries}
        known, questions = stamped_places(), set(Question.objects.values_list("translation_key", flat=True))
        stamped = {key: path.rpartition("/")[2] for key, (path, _anchors) in known.items() if key in questions}
        self.present = Present([entry.key for entry in entries], Library(named | stamped, placed | known))
        self.writer = Writer(self.present, Library(stamped | named, known | placed), at)
        self.report = Report()

    def run(self):
        loaded = []
        for entry in self.entries:
            verdict = self.verdict(entry)
            if verdict in (Verdict.EDITED, Verdict.CONFLICT):
                listed = self.report.edited if verdict == Verdict.EDITED else self.report.conflicts
                listed.append(entry)
                self.report.titles[entry.key] = self.present.title(entry.key)
                continue
            if verdict != Verdict.SAME:
                self.guarded(entry, self.writer.write)
                loaded.append(entry)
            listed = {Verdict.NEW: self.report.made, Verdict.LOAD: self.report.changed}
            listed.get(verdict, self.report.unchanged).append(entry)
        self.writer.arrange(self.entries, loaded)
        for entry in loaded:
            self.guarded(entry, self.release)
        self.stamp([*self.report.made, *self.report.changed, *self.report.unchanged])
        return self.report

    def guarded(self, entry, do):
        """A refusal of the database's or a model's comes back with the file's name."""
        try:
            do(entry)
        except _REFUSALS as refusal:
            with override("en"):
                messages = getattr(refusal, "messages", None) or [str(refusal)]
                findings = [entry.source.finding(1, str(message)) for message in messages]
            raise ContentError(findings) from refusal

    def verdict(self, entry):
        """What to do with this entry, all its languages together."""
        stamp = self.present.stamps.get(entry.key)
        anchors = building.anchors_of(entry.source) | (stamp.anchors if stamp else {})
        verdicts = []
        for language, text in entry.texts().items():
            base = stamp.hashes.get(language) if stamp else None
            try:
                page = self.present.digest(entry.kind, entry.key, language, anchors, base)
            except grammar.NoForm:
                page = "no file can say it"
            verdicts.append(judge(file=files.digest(text), base=base, page=page))
        verdict = judge_together(verdicts + self.verdicts_on_place(entry, stamp))
        if str(entry.key) in self.overwrite and verdict in (Verdict.EDITED, Verdict.CONFLICT):
            return Verdict.LOAD
        return verdict

    def verdicts_on_place(self, entry, stamp):
        """Does the page hang where its file lies? A page that was moved in the admin stays there."""
        if entry.parent is None or self.present.parents.get(entry.key) in (None, entry.parent.key):
            return []
        moved_file = stamp is not None and stamp.path.rpartition("/")[0] != str(entry.folder)
        return [Verdict.LOAD if moved_file else Verdict.EDITED]

    def release(self, entry):
        wanted = int(entry.source.text_of("edition") or 0)
        course = Course.objects.filter(key=entry.key).first() if wanted else None
        for _number in range(course.edition if course else wanted, wanted):
            hours = int(entry.source.text_of("edition_academic_hours"))
            release_edition(course_id=course.pk, academic_hours=hours, at=self.at)

    def stamp(self, entries):
        """Remember the files as they are now; rows that say so already are not written."""
        made = []
        for entry in entries:
            said = {
                "path": entry.path,
                "hashes": {language: files.digest(text) for language, text in entry.texts().items()},
                "anchors": building.anchors_of(entry.source),
            }
            stamp = self.present.stamps.get(entry.key)
            if stamp is None:
                made.append(ContentStamp(key=entry.key, loaded_at=self.at, **said))
            elif any(getattr(stamp, name) != value for name, value in said.items()):
                for name, value in {**said, "loaded_at": self.at}.items():
                    setattr(stamp, name, value)
                stamp.save()
        ContentStamp.objects.bulk_create(made)
