"""
How far the translations are: complete, stale, missing and words left, by page, question, course and language. Reads alone.

*Stale*: the place had a translation for an earlier text of the source. *Missing*: it never had one. Counted is what the
translator's editor shows, which is the source as it was last published.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from courses.models import CoursePage
from quizzes.models import Question

from .glossary import plain_text

COMPLETE, STALE, MISSING = "complete", "stale", "missing"


@dataclass(frozen=True)
class Tally:
    """Sentences of a page, a question or a course in one language."""

    total: int = 0
    stale: int = 0
    missing: int = 0
    words: int = 0  # of the source, in what is stale or missing

    def __add__(self, other):
        return Tally(
            self.total + other.total, self.stale + other.stale, self.missing + other.missing, self.words + other.words
        )

    @property
    def done(self):
        return self.total - self.left

    @property
    def left(self):
        return self.stale + self.missing

    @property
    def states(self):
        """What may be said of it: complete, or stale, missing or both."""
        left = {STALE: self.stale, MISSING: self.missing}
        return {state for state, number in left.items() if number} or {COMPLETE}

    @property
    def percent(self):
        """Rounded down: a hundred is said of what is complete alone."""
        return 100 * self.done // self.total if self.total else 100


@dataclass(frozen=True)
class Entry:
    """One page or question of the source language, and the code of the course that it belongs to, "" for none."""

    key: object
    pk: int
    title: str
    course: str
    is_question: bool = False


@dataclass(frozen=True)
class Row:
    """An Entry in one language: `twin` is its page or question there, None before there is one."""

    entry: Entry
    locale: Locale
    tally: Tally
    twin: object = None


def tallies(locale):
    """Key → Tally in this language of each source that translators have begun with. Two queries."""
    segments = StringSegment.objects.annotate(is_done=_has_words(locale), was_done=_had_words(locale))
    found = {}
    counted = segments.values("source__object_id").annotate(
        total=Count("pk"),
        stale=Count("pk", filter=Q(is_done=False, was_done=True)),
        missing=Count("pk", filter=Q(is_done=False, was_done=False)),
    )
    words = defaultdict(int)
    for key, text in segments.filter(is_done=False).values_list("source__object_id", "string__data"):
        words[key] += count_words(text)
    for row in counted:
        key = row.pop("source__object_id")
        found[key] = Tally(**row, words=words[key])
    return found


def _words_in(locale):
    return StringTranslation.objects.filter(context=OuterRef("context"), locale=locale, has_error=False).exclude(
        data=""
    )


def _has_words(locale):
    return Exists(_words_in(locale).filter(translation_of=OuterRef("string")))


def _had_words(locale):
    """Words for a text that stands there no more."""
    still = StringSegment.objects.filter(context=OuterRef("context"), string=OuterRef("translation_of"))
    return Exists(_words_in(locale).exclude(Exists(still)))


def count_words(data):
    return len(plain_text(data).split())


def entries():
    """Every page and question of the source language: pages in the order of the tree, questions after those of their course."""
    source = Locale.get_default()
    courses = dict(CoursePage.objects.filter(locale=source).values_list("path", "code"))
    pages = Page.objects.filter(locale=source, depth__gt=1).order_by("path")
    found = [
        Entry(key, pk, title, _course_of(path, courses))
        for key, pk, title, path in pages.values_list("translation_key", "pk", "title", "path")
    ]
    questions = Question.objects.filter(locale=source).order_by(
        "module__course__code", "module__position", "title", "pk"
    )
    found += [
        Entry(key, pk, title, code or "", is_question=True)
        for key, pk, title, code in questions.values_list("translation_key", "pk", "title", "module__course__code")
    ]
    return sorted(found, key=lambda entry: (not entry.course, entry.course))


def _course_of(path, courses):
    steps = range(Page.steplen, len(path) + 1, Page.steplen)
    return next((courses[path[:end]] for end in steps if path[:end] in courses), "")


def rows():
    """Each entry in each language but its own."""
    known, found = entries(), []
    for locale in Locale.objects.exclude(pk=Locale.get_default().pk).order_by("language_code"):
        counted, twins = tallies(locale), _twins(locale)
        begun = counted | _not_begun([entry for entry in known if entry.key not in counted])
        found += [Row(entry, locale, begun[entry.key], twins.get(entry.key)) for entry in known]
    return found


def _twins(locale):
    pages = Page.objects.filter(locale=locale, depth__gt=1).select_related("locale")
    return {twin.translation_key: twin for twin in [*pages, *Question.objects.filter(locale=locale)]}


def _not_begun(entries):
    """Key → Tally of what no translator was given yet: all of it is missing. Read from the pages, for nothing is stored yet."""
    pages = [entry.pk for entry in entries if not entry.is_question]
    questions = [entry.pk for entry in entries if entry.is_question]
    instances = [*Page.objects.filter(pk__in=pages).specific()] if pages else []
    instances += [*Question.objects.filter(pk__in=questions)] if questions else []
    found = {}
    for instance in instances:
        texts = [each for each in extract_segments(instance) if isinstance(each, StringSegmentValue)]
        words = sum(count_words(each.string.data) for each in texts)
        found[instance.translation_key] = Tally(len(texts), missing=len(texts), words=words)
    return found


def by_course(rows):
    """(code of the course, locale, Tally) of these rows, in their order."""
    sums = {}
    for row in rows:
        place = row.entry.course, row.locale
        sums[place] = sums.get(place, Tally()) + row.tally
    return [(code, locale, tally) for (code, locale), tally in sums.items()]
