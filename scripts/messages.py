"""
Collect the texts of Python and templates in one catalogue a language, those of the editor's scripts in another; compile them.

    messages.py [--into FOLDER] [--compile]

The Lithuanian catalogue holds every text; the English one only those that must read otherwise than the code says. A text
whose wording changed comes back empty instead of fuzzy, and one that is gone is dropped. Only file names are noted, no
line numbers, so that a change of code shows few changed lines here. Texts of other packages that our readers meet stand
in `borrowed.py`, those that scripts say (domain `djangojs`) in `borrowed_js.py`. Collecting needs xgettext (on Debian: apt install gettext); `--compile` does without it.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
FROM_SCRIPTS = Path("scripts", "borrowed_js.py")

NOT_OURS = {".venv", "var", "node_modules", "tests", "benchmarks", "openedx", "docs", "content", "locale", "static"}
NOT_TEXT = {"migrations", "__pycache__", "build", "dist", "site-packages"}
TEMPLATES = {".html", ".txt", ".svg"}
KEYWORDS = [
    *("gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "pgettext_lazy:1c,2"),
    *("npgettext:1c,2,3", "npgettext_lazy:1c,2,3"),
]

FOUR_FORMS = (
    "nplurals=4; plural=(n % 10 == 1 && (n % 100 > 19 || n % 100 < 11) ? 0 : "
    "(n % 10 >= 2 && n % 10 <=9) && (n % 100 > 19 || n % 100 < 11) ? 1 : n % 1 != 0 ? 2: 3);"
)
PLURALS = {"lt": FOUR_FORMS, "en": "nplurals=2; plural=(n != 1);"}
ONLY_OVERRIDES = {"en"}


def sources():
    """Paths of Python files and templates, relative to the project, in a stable order."""
    found = []
    for folder, folders, files in os.walk(ROOT):
        inside = Path(folder).relative_to(ROOT)
        skipped = NOT_TEXT | (NOT_OURS if inside == Path() else set())
        folders[:] = sorted(each for each in folders if each not in skipped and not each.startswith("."))
        for name in files:
            path = inside / name
            is_text = path.suffix == ".py" or ("templates" in path.parts and path.suffix in TEMPLATES)
            if is_text and path != FROM_SCRIPTS:
                found.append(path)
    return sorted(found)


# Domain → the files that its texts are collected from.
DOMAINS = {"django": sources, "djangojs": lambda: [FROM_SCRIPTS]}


def catalogue_of(folder, language, domain):
    return folder / language / "LC_MESSAGES" / f"{domain}.po"


def collect(paths):
    """Return what xgettext finds in these files as a PO file, sorted by text; `occurrences` are file names."""
    with TemporaryDirectory() as folder:
        names = []
        for path in paths:
            if path.suffix == ".py":
                names.append(path.as_posix())
                continue
            python = Path(folder, f"{path}.py")
            python.parent.mkdir(parents=True, exist_ok=True)
            python.write_text(templatize((ROOT / path).read_text(), origin=str(path)))
            names.append(f"{path.as_posix()}.py")
        command = [
            *("xgettext", "--language=Python", "--from-code=UTF-8", "--add-comments=Translators", "--output=-"),
            *(f"--keyword={keyword}" for keyword in KEYWORDS),
            *(f"--directory={ROOT}", f"--directory={folder}", "--files-from=-"),
        ]
        found = subprocess.run(command, input="\n".join(names), capture_output=True, text=True, check=False)  # noqa: S603
    if found.returncode:
        sys.exit(found.stderr)
    catalogue = polib.pofile(found.stdout)
    for entry in catalogue:
        entry.occurrences = sorted({(_real_name(name), "") for name, _line in entry.occurrences})
    return sorted(catalogue, key=lambda entry: (entry.msgid, entry.msgctxt or ""))


def _real_name(name):
    """A template went through xgettext as `page.html.py`."""
    name = name.removeprefix("./")
    return name if (ROOT / name).exists() else name.removesuffix(".py")


def _key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def merged(entries, language, old):
    """Return the language's catalogue with these entries; translations are kept where the text has not changed."""
    kept = {_key(entry): entry for entry in old}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "Tiltas",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    forms = int(PLURALS[language][len("nplurals=")])
    for entry in entries:
        before = kept.get(_key(entry))
        if language in ONLY_OVERRIDES and not (before and before.translated()):
            continue
        new = polib.POEntry(
            msgctxt=entry.msgctxt,
            msgid=entry.msgid,
            msgid_plural=entry.msgid_plural,
            comment=entry.comment,
            tcomment=before.tcomment if before else "",
            occurrences=entry.occurrences,
            flags=[flag for flag in entry.flags if flag != "fuzzy"],
        )
        if entry.msgid_plural:
            said = before.msgstr_plural if before else {}
            new.msgstr_plural = {form: said.get(form, "") for form in range(forms)}
        else:
            new.msgstr = before.msgstr if before else ""
        catalogue.append(new)
    return catalogue


def compile_catalogues(folder):
    for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        polib.pofile(str(path), wrapwidth=0).save_as_mofile(str(path.with_suffix(".mo")))


def write(entries, language, domain, into):
    """Write the catalogue of a language and domain, unless it would hold nothing."""
    path = catalogue_of(LOCALE, language, domain)
    old = polib.pofile(str(path)) if path.exists() else []
    new = merged(entries, language, old)
    if not new:
        return
    target = catalogue_of(into, language, domain)
    target.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(target))
    empty = sum(not entry.translated() for entry in new)
    sys.stdout.write(f"{language} {domain}: {len(new)} texts, {empty} not translated\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, default=LOCALE, help="write the catalogues here instead of locale/")
    parser.add_argument("--compile", action="store_true", help="only write the .mo files")
    options = parser.parse_args()
    if not options.compile:
        if shutil.which("xgettext") is None:
            sys.exit("xgettext is missing, so texts cannot be collected. Install gettext, or run with --compile.")
        for domain, files in DOMAINS.items():
            entries = collect(files())
            for language in PLURALS:
                write(entries, language, domain, options.into)
    compile_catalogues(options.into)


if __name__ == "__main__":
    main()
