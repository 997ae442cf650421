"""
The words of the house: which terms stand in a Lithuanian sentence, and whether its translation says them as agreed.

Pure functions over `content/glossary.csv`. Lithuanian words are known by their stem, whatever ending they have in the sentence;
English ones by their plural. A hint, never a refusal: a sentence may say a thing in another way.
"""

import csv
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from pathlib import Path

from django.conf import settings

REQUIRED, HINT, INTERFACE = "required", "hint", "interface"  # what the column `use` may say
COLUMNS = ["term_en", "term_lt", "note", "also_en", "use"]
# Endings of nouns, adjectives and participles, longest first, so that the most is taken off. A noun that ends in -uo
# grows in its other cases: asmuo, asmens.
_ENDINGS = sorted(
    [
        "as",
        "o",
        "ui",
        "ą",
        "u",
        "e",
        "ai",
        "ų",
        "ams",
        "us",
        "ais",
        "uose",
        "is",
        "io",
        "iui",
        "į",
        "iu",
        "yje",
        "iai",
        "ių",
        "iams",
        "ius",
        "iais",
        "iuose",
        "ys",
        "y",
        "a",
        "os",
        "ai",
        "oje",
        "ose",
        "oms",
        "omis",
        "omi",
        "ė",
        "ės",
        "ei",
        "ę",
        "ėje",
        "ės",
        "ių",
        "ėms",
        "es",
        "ėmis",
        "ėse",
        "ia",
        "ios",
        "ią",
        "ioje",
        "iose",
        "ioms",
        "iomis",
        "ies",
        "imi",
        "yse",
        "ims",
        "imis",
        "umi",
        "uje",
        "ūs",
        "ums",
        "umis",
        "am",
        "ame",
        "iame",
        "iam",
        "ieji",
        "iesiems",
        "uosius",
        "aisiais",
        "uosiuose",
        "asis",
        "ojo",
        "ajam",
        "ąjį",
        "uoju",
        "ajame",
        "oji",
        "osios",
        "ajai",
        "ąją",
        "ąja",
        "ojoje",
        "osioms",
        "ąsias",
        "osiomis",
        "osiose",
        "ųjų",
        "ysis",
        "iojo",
        "iajam",
        "įjį",
        "iuoju",
        "iajame",
        "ieji",
        "uo",
        "ens",
        "eniui",
        "enį",
        "eniu",
        "enyje",
        "enys",
        "enų",
        "enims",
        "enis",
        "enimis",
        "enyse",
        "i",
    ],
    key=lambda ending: (-len(ending), ending),
)
_ENDING = frozenset(_ENDINGS)
# A noun that stands alone is known by the endings of its own declension: „tikslas“ is not in „tikslios“.
_DECLENSIONS = {
    ending: frozenset(forms.split())
    for ending, forms in {
        "ojas": "as o ui ą u e ai ų ams us ais uose a os oje oms omis ose",  # and the woman who does it
        "ėjas": "as o ui ą u e ai ų ams us ais uose a os oje oms omis ose",
        "as": "as o ui ą u e ai ų ams us ais uose",
        "ius": "ius iaus iui ių iumi iuje iai iams iais iuose",
        "is": "is io iui į iu yje iai ių iams ius iais iuose ies imi ys ims imis yse",
        "ys": "ys io iui į iu yje iai ių iams ius iais iuose",
        "ia": "ia ios iai ią ioje ių ioms ias iomis iose",
        "a": "a os ai ą oje ų oms as omis ose",
        "ė": "ė ės ei ę e ėje ių ėms es ėmis ėse",
    }.items()
}
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TAG = re.compile(r"<(br)?[^>]*>")
# Before a soft ending t and d become č and dž: sutartis, sutarčių; žodis, žodžių.
_SOFTENED = {"t": "č", "d": "dž"}
_SHORTEST = 3


@dataclass(frozen=True)
class Term:
    """One line of the term base."""

    lt: str
    en: str
    note: str = ""
    also: tuple = ()
    use: str = HINT

    @cached_property
    def words(self):
        """Its Lithuanian words as (whole word, stem)."""
        return tuple((word, stem_of(word)) for word in words_of(_plain(self.lt)))

    @cached_property
    def endings(self):
        return endings_of(self.words[0][0]) if len(self.words) == 1 else _ENDING

    @cached_property
    def said(self):
        """What counts as having said it in English."""
        return tuple(each for text in (self.en, *self.also) for each in _alternatives(text))

    @cached_property
    def pattern(self):
        """A regular expression that finds it in English, in singular or plural. The editor's script uses the same one."""
        return "|".join(_english_pattern(each) for each in self.said)


@dataclass(frozen=True)
class Found:
    """What stands in a sentence: the words as they stand there, and the terms that they may be."""

    words: str
    terms: tuple

    @property
    def is_required(self):
        return all(term.use == REQUIRED for term in self.terms)

    @property
    def pattern(self):
        return "|".join(term.pattern for term in self.terms)

    @property
    def english(self):
        """What to write, shortest way of saying it: “case manager”, or “boundaries / limits”."""
        return " / ".join(dict.fromkeys(_plain(term.en) for term in self.terms))

    def is_said_in(self, text):
        return re.search(self.pattern, plain_text(text), re.IGNORECASE) is not None


def words_of(text):
    return [word.lower() for word in _LETTERS.findall(text)]


def plain_text(data):
    """What a reader reads of a segment: without its tags."""
    return unescape(_TAG.sub(lambda tag: " " if tag[1] else "", data))


def stem_of(word):
    """The word without its ending; a short one keeps at least three letters."""
    word = word.lower()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


def is_form_of(word, known, stem, endings=_ENDING):
    """May `word` be the word `known`, whose stem is this, in another case or number?"""
    if word == known:
        return True
    softened = stem[:-1] + _SOFTENED[stem[-1]] if stem[-1] in _SOFTENED else stem
    return any(word.startswith(each) and word[len(each) :] in endings for each in (stem, softened))


def endings_of(word):
    """What a noun that stands alone may end in; of other words any ending."""
    return next((forms for ending, forms in _DECLENSIONS.items() if word.endswith(ending)), _ENDING)


def find_terms(sentence, terms):
    """The Found of this Lithuanian sentence, in order; where a longer term stands, the shorter ones in it are passed over."""
    text = plain_text(sentence)
    places = list(_places(text))
    found, at = [], 0
    while at < len(places):
        here = [term for term in terms if term.use != INTERFACE and _stands_at(term, places, at)]
        longest = max((len(term.words) for term in here), default=0)
        if longest:
            words = text[places[at].start : places[at + longest - 1].end]
            found.append(Found(words, tuple(term for term in here if len(term.words) == longest)))
        at += longest or 1
    return _once(found)


def missing_terms(sentence, translation, terms):
    """The Found of the sentence that its translation should say as agreed, and does not."""
    return [each for each in find_terms(sentence, terms) if each.is_required and not each.is_said_in(translation)]


@dataclass(frozen=True)
class _Place:
    """One word of a sentence; `follows`: nothing but a space (or the point of „el. paštas“) stands before it."""

    word: str
    start: int
    end: int
    follows: bool


def _places(text):
    end = 0
    for found in _LETTERS.finditer(text):
        yield _Place(found[0].lower(), found.start(), found.end(), not text[end : found.start()].strip(". \xa0"))
        end = found.end()


def _once(found):
    return list({each.terms: each for each in reversed(found)}.values())[::-1]


def _stands_at(term, places, at):
    here = places[at : at + len(term.words)]
    if not here or len(here) != len(term.words):
        return False
    return all(
        is_form_of(place.word, known, stem, term.endings) and (place is here[0] or place.follows)
        for place, (known, stem) in zip(here, term.words, strict=True)
    )


def _plain(term):
    """Without what stands in brackets: “certificate (of training)” is a certificate."""
    return re.sub(r"\s*\([^)]*\)", "", term).strip()


def _alternatives(text):
    return [each.strip() for each in _plain(text).split(" / ") if each.strip()]


def _english_pattern(text):
    *before, last = re.split(r"[\s-]+", text)
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        last = f"{re.escape(last[:-1])}(?:y|ies)"
    elif last.endswith("s"):
        last = re.escape(last[:-1]) + "s?"
    else:
        last = re.escape(last) + "(?:e?s)?"
    return r"\b" + r"[\s-]+".join([*map(re.escape, before), last]) + r"\b"


# ---- the term base


def read_glossary(path):
    """The Terms of this file, in its order. Raises ValueError that names the line."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != COLUMNS:
            raise ValueError(f"{path}:1: the columns are {', '.join(COLUMNS)}")
        return tuple(_term(path, rows.line_num, row) for row in rows)


def _term(path, line, row):
    if None in row or None in row.values() or not row["term_en"] or not row["term_lt"]:
        raise ValueError(f"{path}:{line}: both terms stand in a line, and five columns in all")
    if row["use"] not in {REQUIRED, HINT, INTERFACE}:
        raise ValueError(f"{path}:{line}: “use” is {REQUIRED}, {HINT} or {INTERFACE}")
    also = tuple(each.strip() for each in row["also_en"].split(";") if each.strip())
    return Term(row["term_lt"], row["term_en"], row["note"], also, row["use"])


def terms():
    """The term base of the site's content; none where a host's content has no such file."""
    path = Path(settings.TILTAS_CONTENT) / "glossary.csv"
    return _read_once(path, path.stat().st_mtime_ns) if path.is_file() else ()


@lru_cache(maxsize=4)
def _read_once(path, _changed_at):
    return read_glossary(path)
