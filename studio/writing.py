"""One entry at a time: its source-language page or question, then the other languages built from it."""

from itertools import zip_longest

from courses.tree import arrange_pages, move_page

from . import building, files, site, translations
from .tree import languages


class NotFaithful(Exception):
    """A page that does not say what its file says. It would be edited by the next load for no reason an author could see."""


class NoParent(Exception):
    """The page above is gone."""


class Writer:
    def __init__(self, present, library, at):
        self.present, self.library, self.at = present, library, at
        self.pages = {}

    def write(self, entry):
        """Make or change this page or question in all its languages, and publish them; one that was unpublished stays a draft."""
        instance = self.write_source(entry)
        self.prove(entry, instance, languages()[0])
        for language, pairs in entry.pairs.items():
            locale = self.present.locales[language]
            own = building.own_files(entry.kind, entry.documents[language], self.library)
            source = translations.store(instance, locale, pairs.with_files(own), at=self.at)
            self.prove(entry, translations.publish(source, instance, locale, live=instance.live), language)

    def write_source(self, entry):
        model, source = entry.kind.model, languages()[0]
        row = self.present.rows.get((entry.key, source))
        if row is not None:
            self.move(entry)
            row = model.objects.get(pk=row.pk)
        instance = building.build(entry.kind, entry.source, library=self.library, instance=row)
        if row is None:
            self.add(entry, instance)
        revision = instance.save_revision()
        if row is None or row.live:
            revision.publish()
            instance = model.objects.get(pk=instance.pk)
        if entry.kind.is_page:
            self.pages[entry.key] = instance
        if entry.kind.name == "home":
            site.settle(instance)
        return instance

    def add(self, entry, instance):
        instance.locale = self.present.source_locale
        instance.live, instance.has_unpublished_changes = False, True
        if not entry.kind.is_page:
            instance.save()
            return
        self.parent(entry).add_child(instance=instance)

    def parent(self, entry):
        """The page below which this entry hangs."""
        if entry.kind.name == "home":
            return site.root()
        if entry.parent is None:
            return site.parent_of(entry.kind.name)
        if entry.parent.key not in self.pages:
            row = self.present.rows.get((entry.parent.key, languages()[0]))
            if row is None:
                raise NoParent(
                    f"its parent was deleted in the admin: remove this file, or --overwrite {entry.parent.key}"
                )
            self.pages[entry.parent.key] = _fresh(row)
        return self.pages[entry.parent.key]

    def move(self, entry):
        """Hang the page below the parent that its folder says, in each language."""
        if entry.parent is None or self.present.parents.get(entry.key) == entry.parent.key:
            return
        move_page(page_id=self.source_row(entry).pk, parent_id=self.source_row(entry.parent).pk)
        self.pages.clear()

    def prove(self, entry, instance, language):
        """What was written says, word for word, what the file says."""
        document = entry.documents[language]
        written = building.dump(
            entry.kind,
            instance,
            language=language,
            is_source=language == languages()[0],
            anchors=building.anchors_of(entry.source),
            facts={name: document.text_of(name) or None for name in entry.kind.facts},
            library=self.library,
            own=building.own_files(entry.kind, document, self.library),
        )
        lines = zip_longest(files.write(document).split("\n"), files.write(written).split("\n"), fillvalue="")
        different = next(((expected, found) for expected, found in lines if expected != found), None)
        if different:
            raise NotFaithful(f"the page would say “{different[1]}” for “{different[0]}” ({language})")

    def arrange(self, entries, loaded):
        """Put siblings into the order of their files, where it is another; pages that no file knows stay beside theirs."""
        parents = {entry.parent.key: entry.parent for entry in loaded if "position" in entry.kind.facts}
        for parent in parents.values():
            keys = [entry.key for entry in entries if entry.parent is parent]
            arrange_pages(parent_id=self.source_row(parent).pk, keys=keys)

    def source_row(self, entry):
        """The page of this entry in the source language as it is now."""
        return entry.kind.model.objects.get(translation_key=entry.key, locale=self.present.source_locale)


def _fresh(page):
    return type(page).objects.get(pk=page.pk)
