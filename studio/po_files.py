"""
Translations as PO files, for translators who work in Poedit, OmegaT or the like: one file a page or question, a ZIP a course.

A file of its own for each page, because each has its version: when one lesson changes, the files of the others still fit, and
several translators can share a course. What an import does with them is in `po_import.py`.
"""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass, field

import polib
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation

from .glossary import find_terms, terms

KEY, LOCALE, VERSION = "X-Tiltas-Key", "X-Tiltas-Language", "X-Tiltas-Source-Version"
MOST_BYTES = 1_000_000  # of one file, and of what is uploaded
MOST_UNPACKED = 10_000_000
MOST_FILES = 1_000


class BadFile(Exception):
    """This is no PO file that can be read; the message says why."""


@dataclass(frozen=True)
class Unit:
    """A sentence of the source and what is said for it now, "" where nothing is."""

    path: str
    text: str
    words: str
    string_id: int
    context_id: int

    def context(self, key):
        """What tells it from the same sentence elsewhere, in any file."""
        return f"{self.path}@{key}"


@dataclass
class ReadFile:
    """A PO file as it was read: what its header says, and its entries."""

    name: str
    key: str = ""
    language: str = ""
    version: str = ""
    entries: list = field(default_factory=list)


# ---- export


def units_of(sources, locale):
    """TranslationSource's pk → its Units in order, each place and sentence once. Two queries."""
    keys = [source.object_id for source in sources]
    said = StringTranslation.objects.filter(locale=locale, context__object_id__in=keys, has_error=False)
    words = {(context, string): data for context, string, data in said.values_list("context", "translation_of", "data")}
    found = {source.pk: {} for source in sources}
    segments = StringSegment.objects.filter(source__in=found).order_by("source", "order")
    columns = ("source", "context", "string", "context__path", "string__data")
    for source, context, string, path, text in segments.values_list(*columns):
        unit = Unit(path, text, words.get((context, string), ""), string, context)
        found[source].setdefault((path, text), unit)
    return {source: list(units.values()) for source, units in found.items()}


def version_of(units):
    """A digest of the sentences and their places: it changes with any of them."""
    text = json.dumps([[unit.path, unit.text] for unit in units], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write_po(source, locale, units):
    """The PO file of this source in this language, as text."""
    po = polib.POFile(wrapwidth=0)
    po.header = source.object_repr
    po.metadata = {
        "Project-Id-Version": "Tiltas",
        "Language": locale.language_code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        KEY: str(source.object_id),
        LOCALE: locale.language_code,
        VERSION: version_of(units),
    }
    known = terms() if locale.language_code == "en" else ()
    for unit in units:
        hints = "; ".join(f"{found.words} → {found.english}" for found in find_terms(unit.text, known))
        context = unit.context(source.object_id)
        po.append(polib.POEntry(msgctxt=context, msgid=unit.text, msgstr=unit.words, comment=hints))
    return str(po)


def name_of(source, locale):
    """A name for the file that says which page it is, the same each time."""
    title = slugify(source.object_repr)[:50].strip("-") or "page"
    return f"{title}-{str(source.object_id)[:8]}.{locale.language_code}.po"


def write_zip(sources, locale):
    """The PO files of these sources in a ZIP, byte by byte the same as long as nothing changes."""
    units, packed = units_of(sources, locale), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for source in sources:
            place = zipfile.ZipInfo(name_of(source, locale), (2026, 1, 1, 0, 0, 0))
            place.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(place, write_po(source, locale, units[source.pk]))
    return packed.getvalue()


# ---- reading what comes back


def unpack(name, data):
    """(name, bytes) of each file in what was uploaded: the file itself, or those in the ZIP. Raises BadFile."""
    if len(data) > MOST_BYTES:
        raise BadFile(_("The file is larger than 1 MB. Send the files of a course in parts."))
    if not data.startswith(b"PK"):
        return [(name, data)]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            if len(members) > MOST_FILES or sum(each.file_size for each in members) > MOST_UNPACKED:
                raise BadFile(_("The ZIP file holds more than any course does. Send its files in parts."))
            return [(each.filename, archive.read(each)) for each in members]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise BadFile(_("The ZIP file can't be read. Pack it anew.")) from None


def read_po(name, data):
    """The ReadFile of these bytes. Raises BadFile."""
    if len(data) > MOST_BYTES:
        raise BadFile(_("The file is larger than 1 MB. Send the files of a course in parts."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(_("The file is not in UTF-8. Save it anew in that encoding.")) from None
    try:
        # polib opens a file whose path it is given in place of a text; no path ends with a new line.
        po = polib.pofile(text + "\n")
    except (OSError, UnicodeError, ValueError, IndexError, AttributeError) as error:
        raise BadFile(_("This is no PO file, or a damaged one: %(reason)s.") % {"reason": _place_of(error)}) from None
    if not po.metadata and not len(po):
        raise BadFile(_("This is no PO file: there is nothing in it that one would have."))
    facts = {key: po.metadata.get(key, "").strip() for key in (KEY, LOCALE, VERSION)}
    if not all(facts.values()):
        raise BadFile(
            _(
                "This PO file was not downloaded here: its header does not name the page. Download it anew and translate that one."
            )
        )
    entries = [entry for entry in po if not entry.obsolete]
    return ReadFile(name, facts[KEY], facts[LOCALE], facts[VERSION], entries)


def _place_of(error):
    """The line where polib stopped."""
    line = "".join(filter(str.isdigit, str(error).rpartition("line")[2]))
    return _("line %(number)s can't be understood") % {"number": line} if line else _("it can't be understood")
