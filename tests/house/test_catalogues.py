"""The gettext catalogues: whole, compiled, and the compiled files are those of the sources."""

import polib
import pytest

from .rooms import ROOT

CATALOGUES = sorted((ROOT / "locale").rglob("*.po"))


def title(path):
    return str(path.relative_to(ROOT))


def said(entries):
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural): entry.msgstr_plural or entry.msgstr for entry in entries}


def test_there_is_a_catalogue_of_each_language():
    assert [title(path) for path in CATALOGUES] == [
        "locale/en/LC_MESSAGES/django.po",
        "locale/lt/LC_MESSAGES/django.po",
        "locale/lt/LC_MESSAGES/djangojs.po",
    ]


@pytest.mark.parametrize("path", CATALOGUES, ids=title)
def test_a_catalogue_is_compiled_and_the_compiled_file_says_the_same(path):
    source, compiled = polib.pofile(str(path)), polib.mofile(str(path.with_suffix(".mo")))
    assert said(compiled) == said(source.translated_entries())
    assert compiled.metadata["Plural-Forms"] == source.metadata["Plural-Forms"]


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_lithuanian_says_everything_in_all_its_plural_forms(domain):
    catalogue = polib.pofile(str(ROOT / f"locale/lt/LC_MESSAGES/{domain}.po"))
    assert [entry.msgid for entry in [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]] == []
    assert [
        entry.msgid for entry in catalogue if entry.msgid_plural and sorted(entry.msgstr_plural) != [0, 1, 2, 3]
    ] == []
