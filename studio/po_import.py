"""
PO files that come back: what they would change, what is refused and why; then all of it in one transaction.

A file is taken whole or not at all. One with a fault, or made for another text than the source has now, changes nothing; its
neighbours in the same ZIP may go in without it. What is marked as unsure (fuzzy) or left empty is passed over: it is not
finished, and no fault.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationContext

from .glossary import missing_terms, terms
from .permissions import can_submit_translation
from .po_files import BadFile, read_po, units_of, unpack, version_of
from .words import BadWords, clean_words, keep_words


@dataclass(frozen=True)
class Note:
    """Something to be told about a line of a file; `line` is None where it is about the file."""

    line: int | None
    text: str
    reason: str


@dataclass(frozen=True)
class Change:
    """What an entry would change."""

    line: int
    unit: object
    words: str


@dataclass
class FileReport:
    """One file: what it would change, what was passed over, what was refused, and terms that are said otherwise."""

    name: str
    title: str = ""
    edit_url: str = ""
    translation: Translation | None = None
    same: int = 0
    changes: list = field(default_factory=list)
    skipped: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    warnings: list = field(default_factory=list)

    @property
    def is_applicable(self):
        return bool(self.changes) and not self.refused

    def refuse(self, reason, *, line=None, text=""):
        self.refused.append(Note(line, text, reason))


@dataclass
class Plan:
    """The reports of all files that were uploaded together."""

    files: list

    @property
    def applicable(self):
        return [each for each in self.files if each.is_applicable]

    @property
    def refused(self):
        return [each for each in self.files if each.refused]

    @property
    def unchanged(self):
        """Files in which there is nothing new, though perhaps something that was passed over."""
        return [each for each in self.files if not each.changes and not each.refused]

    @property
    def changes(self):
        return sum(len(each.changes) for each in self.applicable)

    @property
    def digest(self):
        """What somebody agrees to who has read the report."""
        facts = [
            (each.name, change.unit.context_id, change.unit.string_id, change.unit.words, change.words)
            for each in self.applicable
            for change in each.changes
        ]
        return hashlib.sha256(repr(facts).encode()).hexdigest()


def plan_import(*, name, data, user, only=None):
    """The Plan of what was uploaded. `only` is the Translation of the editor that it came from. Writes nothing."""
    try:
        files = unpack(name, data)
    except BadFile as error:
        report = FileReport(name)
        report.refuse(str(error))
        return Plan([report])
    reports, seen = [], set()
    for each, content in files:
        report = _report(each, content, user, only)
        if report.translation is not None:
            if report.translation.pk in seen:
                report.refuse(_("Another file of the same upload is for this page too. Send one of them."))
            seen.add(report.translation.pk)
        reports.append(report)
    return Plan(reports)


@transaction.atomic
def apply_import(*, name, data, user, agreed, only=None):
    """
    Do what the report said that somebody agreed to: `agreed` is the digest of its Plan. Returns (plan, whether it was done):
    where something changed meanwhile nothing is done, and the plan is a new one to be read.
    """
    plan = plan_import(name=name, data=data, user=user, only=only)
    contexts = [change.unit.context_id for each in plan.applicable for change in each.changes]
    list(TranslationContext.objects.select_for_update().filter(pk__in=contexts).order_by("pk"))
    plan = plan_import(name=name, data=data, user=user, only=only)  # as it is now that nobody else writes
    if plan.digest != agreed or not plan.changes:
        return plan, False
    for each in plan.applicable:
        for change in each.changes:
            keep_words(
                string_id=change.unit.string_id,
                context_id=change.unit.context_id,
                locale=each.translation.target_locale,
                words=change.words,
                user=user,
                tool="PO",
            )
    return plan, True


def _report(name, data, user, only):
    report = FileReport(name)
    try:
        file = read_po(name, data)
    except BadFile as error:
        report.refuse(str(error))
        return report
    translation = _translation_of(file)
    if translation is None or not _may_write(user, translation, report):
        report.refuse(_("The page of this file is not here, or you may not translate it."))
    elif only is not None and translation.pk != only.pk:
        reason = _("This file is for another page or language: “%(title)s”, %(language)s. Upload it there.")
        report.refuse(
            reason % {"title": translation.source.object_repr, "language": translation.target_locale.get_display_name()}
        )
    else:
        report.translation, report.title = translation, translation.source.object_repr
        _compare(report, file, units_of([translation.source], translation.target_locale)[translation.source_id])
    return report


def _translation_of(file):
    try:
        return Translation.objects.select_related("source", "target_locale").get(
            source__object_id=file.key,
            source__locale=Locale.get_default(),
            target_locale__language_code=file.language,
            enabled=True,
        )
    except (Translation.DoesNotExist, ValidationError, ValueError):
        return None


def _may_write(user, translation, report):
    try:
        twin = translation.get_target_instance()
    except ObjectDoesNotExist:
        return False
    report.edit_url = translation.get_target_instance_edit_url()
    return can_submit_translation(user, twin)


def _compare(report, file, units):
    key = report.translation.source.object_id
    known = {(unit.context(key), unit.text): unit for unit in units}
    if file.version != version_of(units):
        _tell_what_changed(report, file, units, known)
        return
    times = Counter((entry.msgctxt, entry.msgid) for entry in file.entries)
    for entry in file.entries:
        unit = known.get((entry.msgctxt, entry.msgid))
        if unit is None or entry.msgid_plural:
            report.refuse(_("This sentence is not one of the page."), line=entry.linenum, text=entry.msgid)
        elif times[entry.msgctxt, entry.msgid] > 1:
            report.refuse(_("This sentence stands in the file more than once."), line=entry.linenum, text=entry.msgid)
        else:
            _take(report, entry, unit)


def _tell_what_changed(report, file, units, known):
    """A file of an earlier version is refused whole: beside sentences that moved even the right ones might be out of place."""
    report.refuse(
        _("The source text changed after this file was downloaded. Download it anew; what changed is listed here.")
    )
    for entry in file.entries:
        if (entry.msgctxt, entry.msgid) not in known:
            reason = _("The source says this no more.")
            report.refuse(reason, line=entry.linenum, text=entry.msgid)
    there = {(entry.msgctxt, entry.msgid) for entry in file.entries}
    new = [unit for place, unit in known.items() if place not in there]
    if new:
        said = ngettext(
            "%(count)d sentence of the source is not in the file.",
            "%(count)d sentences of the source are not in the file.",
            len(new),
        )
        report.refuse(said % {"count": len(new)}, text=new[0].text)


def _take(report, entry, unit):
    if entry.fuzzy:
        report.skipped.append(Note(entry.linenum, unit.text, _("Marked as unsure (fuzzy).")))
    elif not entry.msgstr.strip():
        if unit.words:
            report.skipped.append(Note(entry.linenum, unit.text, _("Left empty: the translation that is there stays.")))
        else:
            report.skipped.append(Note(entry.linenum, unit.text, _("Not translated yet.")))
    else:
        try:
            words = clean_words(unit.text, entry.msgstr, path=unit.path)
        except BadWords as error:
            report.refuse(str(error), line=entry.linenum, text=unit.text)
            return
        if words == unit.words:
            report.same += 1
        else:
            report.changes.append(Change(entry.linenum, unit, words))
            _check_terms(report, entry.linenum, unit, words)


def _check_terms(report, line, unit, words):
    if report.translation.target_locale.language_code != "en":
        return
    for found in missing_terms(unit.text, words, terms()):
        report.warnings.append(Note(line, found.words, found.english))
