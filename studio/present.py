"""What the site says now about pages and questions, as the texts that files are compared with. Nothing here writes."""

from collections import defaultdict
from contextlib import suppress

from wagtail.models import Locale, Page

from courses.records import Course, CourseEdition

from . import building, files, grammar, translations
from .models import ContentStamp
from .tree import languages


class Present:
    """Read once, with a few queries for all pages; a draft and a translation cost some more each."""

    def __init__(self, keys, library):
        self.library = library
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.source_locale = self.locales.get(languages()[0])
        self.stamps = {stamp.key: stamp for stamp in ContentStamp.objects.filter(key__in=keys)}
        self.rows = self._rows(keys)
        self.sources = translations.sources_of(keys, self.source_locale)
        self.own = {
            code: translations.own_files_of(keys, self.locales[code])
            for code in languages()[1:]
            if code in self.locales
        }
        self.parents, self.positions = self._places()
        self.editions = self._editions()

    def _rows(self, keys):
        rows = {}
        for kind in grammar.KINDS.values():
            for row in kind.model.objects.filter(translation_key__in=keys).select_related("locale"):
                rows[row.translation_key, row.locale.language_code] = row
        return rows

    def _places(self):
        """Key → key of the parent, key → place among the siblings, of all source-language pages."""
        keys, parents, positions, counts = {}, {}, {}, defaultdict(int)
        pages = Page.objects.filter(locale=self.source_locale).order_by("path")
        for path, key in pages.values_list("path", "translation_key"):
            above = path[: -Page.steplen]
            counts[above] += 1
            keys[path], parents[key], positions[key] = key, keys.get(above), counts[above]
        return parents, positions

    def _editions(self):
        hours = {(edition.course_id, edition.number): edition.academic_hours for edition in CourseEdition.objects.all()}
        return {
            course.key: {"edition": course.edition, "edition_academic_hours": hours.get((course.pk, course.edition))}
            for course in Course.objects.filter(edition__gt=0)
        }

    def facts(self, kind, key):
        """The values of this page that its model does not keep."""
        values = {"position": self.positions.get(key)} | self.editions.get(key, {})
        return {name: values.get(name) for name in kind.facts}

    def digest(self, kind, key, language, anchors, base=None):
        """The digest of what the page says in the language, its draft where it has one; None without a page."""
        texts = [files.digest(files.write(each)) for each in self.documents(kind, key, language, anchors)]
        # Either the draft or the translated strings may have been edited: the one that was counts.
        return next((text for text in texts if text != base), texts[0] if texts else None)

    def documents(self, kind, key, language, anchors, *, drafts=True):
        """The page in the language; with drafts, what its translated strings would make of it comes first."""
        row = self.rows.get((key, language))
        if row is None:
            return []
        if not drafts:
            return [self.document(kind, row, language, anchors)] if row.live else []
        found = [row.get_latest_revision_as_object()]
        source = self.sources.get(key)
        if language != languages()[0] and source is not None:
            # Where a sentence is missing, Lithuanian in between would be no English: the last good page speaks.
            with suppress(translations.NotTranslated):
                found.insert(0, translations.build(source, self.locales[language]))
        return [self.document(kind, each, language, anchors) for each in found]

    def title(self, key):
        """How a person finds the page or question in the admin."""
        row = self.rows.get((key, languages()[0]))
        return f"“{row}”" if row is not None else "its page, which is deleted,"

    def document(self, kind, instance, language, anchors):
        is_source = language == languages()[0]
        return building.dump(
            kind,
            instance,
            language=language,
            is_source=is_source,
            anchors=anchors,
            facts=self.facts(kind, instance.translation_key),
            library=self.library,
            own=self.own.get(language, {}).get(instance.translation_key),
        )
