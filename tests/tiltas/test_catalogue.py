"""The catalogue is complete and up to date, and its Lithuanian keeps the rules of the language and of our glossary."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import django
import polib
import pytest
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

ROOT = Path(settings.BASE_DIR)
SITE_PACKAGES = Path(django.__file__).parent.parent
CATALOGUES = {
    language: ROOT / "locale" / language / "LC_MESSAGES" / "django.po" for language, _name in settings.LANGUAGES
}
# What the editor's scripts say; nothing of it reads otherwise in English.
FROM_SCRIPTS = ROOT / "locale" / "lt" / "LC_MESSAGES" / "djangojs.po"
LITHUANIAN, ENGLISH = (polib.pofile(str(CATALOGUES[language])) for language in ("lt", "en"))
SCRIPTS = polib.pofile(str(FROM_SCRIPTS))
FOUR_FORMS = (
    "nplurals=4; plural=(n % 10 == 1 && (n % 100 > 19 || n % 100 < 11) ? 0 : "
    "(n % 10 >= 2 && n % 10 <=9) && (n % 100 > 19 || n % 100 < 11) ? 1 : n % 1 != 0 ? 2: 3);"
)


def said(entry):
    """What an entry says in its language, in each of its forms."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def visible(text):
    """The text without its tags: quotes inside them are HTML's."""
    return re.sub(r"<[^>]+>", "", text)


LITHUANIAN_TEXTS = [visible(text) for entry in [*LITHUANIAN, *SCRIPTS] for text in said(entry)]


def lithuanian_with(pattern, texts=LITHUANIAN_TEXTS):
    return [text for text in texts if re.search(pattern, text)]


# Complete -------------------------------------------------------------------------------------------------------------


def test_every_text_is_in_lithuanian():
    unsaid = [
        entry.msgid for entry in [*LITHUANIAN, *SCRIPTS] if not entry.translated() or entry.fuzzy or entry.obsolete
    ]

    assert unsaid == []


def test_english_holds_only_what_reads_otherwise_than_the_code():
    same = [entry.msgid for entry in ENGLISH if not entry.translated() or entry.fuzzy or entry.msgid == entry.msgstr]

    assert same == []
    assert {entry.msgid for entry in ENGLISH} <= {entry.msgid for entry in LITHUANIAN}


@pytest.mark.parametrize("path", [*CATALOGUES.values(), FROM_SCRIPTS], ids=lambda path: f"{path.parts[-3]} {path.stem}")
def test_what_is_compiled_is_what_is_written(path):
    assert path.with_suffix(".mo").read_bytes() == polib.pofile(str(path)).to_binary()


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="collecting texts needs xgettext (gettext)")
def test_collecting_the_texts_again_finds_nothing_new(tmp_path):
    subprocess.run(
        ["sh", "scripts/messages.sh", sys.executable, "--into", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )

    for catalogue in [*CATALOGUES.values(), FROM_SCRIPTS]:
        collected = tmp_path / catalogue.relative_to(ROOT / "locale")
        assert collected.read_text() == catalogue.read_text(), "run `make messages` and translate what is empty"


@pytest.mark.parametrize(
    ("domain", "catalogue", "file"), [("django", LITHUANIAN, "borrowed.py"), ("djangojs", SCRIPTS, "borrowed_js.py")]
)
def test_texts_of_other_packages_stand_there_word_for_word_and_are_missing_or_wrong_there(domain, catalogue, file):
    ours = {entry.msgid: said(entry) for entry in catalogue}
    overridden = {entry.msgid for entry in ENGLISH}
    gone, needless = [], []
    for package, texts in borrowed(file):
        theirs = texts_of(package, domain)
        for singular, plural in texts:
            if (singular, plural) not in theirs:
                gone.append((package, singular))
            elif theirs[singular, plural] == ours[singular] and singular not in overridden:
                needless.append((package, singular))

    assert gone == []
    assert needless == []


def borrowed(file):
    """Yield each package of this file with the (singular, plural) texts that we take from it."""
    for function in ast.parse((ROOT / "scripts" / file).read_text()).body:
        if isinstance(function, ast.FunctionDef):
            calls = [statement.value.args for statement in function.body]
            yield function.name, [(call[0].value, call[1].value if len(call) == 3 else "") for call in calls]


def texts_of(package, domain):
    """The texts of an installed package: (singular, plural) to what its own Lithuanian catalogue says."""
    folder = {"django": "django/conf", "wagtail_localize": "wagtail_localize"}.get(package, package.replace("_", "/"))
    catalogues = [
        SITE_PACKAGES / folder / "locale" / language / "LC_MESSAGES" / f"{domain}.po" for language in ("en", "lt")
    ]
    theirs = {(entry.msgid, entry.msgid_plural): None for entry in polib.pofile(str(catalogues[0]))}
    return theirs | {(entry.msgid, entry.msgid_plural): said(entry) for entry in polib.pofile(str(catalogues[1]))}


def test_templates_hold_no_text_outside_translation():
    found = {}
    for template in set(ROOT.glob("*/templates/**/*.html")) - IN_BOTH_LANGUAGES_AT_ONCE:
        words = untranslated_words(template.read_text())
        if words:
            found[str(template.relative_to(ROOT))] = words

    assert found == {}


IN_BOTH_LANGUAGES_AT_ONCE = {ROOT / "ui" / "templates" / "500.html"}
UNSPOKEN = {"Tiltas", "PDF", "CSV", "XLSX", "XML", "DOCTYPE", "nbsp", "amp", "K1", "K2", "K3"}


def untranslated_words(source):
    for hidden in (
        r"{% comment.*?{% endcomment %}",
        r"{% block body_class %}.*?{% endblock %}",
        r"{% blocktranslate.*?{% endblocktranslate %}",
        r"(?s)<(script|style|svg)\b.*?</\1>",
    ):
        source = re.sub(hidden, " ", source, flags=re.DOTALL)
    source = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", source, flags=re.DOTALL)
    attributes = re.findall(r'\b(?:title|alt|placeholder|aria-label)="([^"]*)"', source)
    shown = re.sub(r"<[^<>]*>", " ", source.replace("->", "- "))  # Stimulus' arrows stand in attributes
    return [word for word in re.findall(r"[^\W\d_]\w+", " ".join([shown, *attributes])) if word not in UNSPOKEN]


# Numbers --------------------------------------------------------------------------------------------------------------


def test_plurals_have_the_four_lithuanian_forms():
    assert LITHUANIAN.metadata["Plural-Forms"] == FOUR_FORMS
    assert [e.msgid for e in LITHUANIAN if e.msgid_plural and sorted(e.msgstr_plural) != [0, 1, 2, 3]] == []


MODULE = ("%(number)s module", "%(number)s modules")
COURSE = ("completed course", "completed courses")
ACTIVITY = (
    "%(number)s required activity can't be opened right now. What you have done is kept; come back a little later.",
    "%(number)s required activities can't be opened right now. What you have done is kept; come back a little later.",
)
QUESTION = (
    "%(number)s question has no answer yet. You can hand in all the same; it will earn no points.",
    "%(number)s questions have no answer yet. You can hand in all the same; they will earn no points.",
)
ONE, FEW, MANY = (1, 21, 101), (2, 9, 22), (0, 10, 11, 12, 19, 20, 111, 112)


@pytest.mark.parametrize(
    ("texts", "numbers", "words"),
    [
        (MODULE, ONE, "{} modulis"),
        (MODULE, FEW, "{} moduliai"),
        (MODULE, MANY, "{} modulių"),
        (COURSE, ONE, "baigtas kursas"),
        (COURSE, FEW, "baigti kursai"),
        (COURSE, MANY, "baigtų kursų"),
        (ACTIVITY, ONE, "Šiuo metu neatsiveria {} privaloma veikla."),
        (ACTIVITY, FEW, "Šiuo metu neatsiveria {} privalomos veiklos."),
        (ACTIVITY, MANY, "Šiuo metu neatsiveria {} privalomų veiklų."),
        (QUESTION, ONE, "Į {} klausimą dar neatsakyta."),
        (QUESTION, FEW, "Į {} klausimus dar neatsakyta."),
        (QUESTION, MANY, "Į {} klausimų dar neatsakyta."),
    ],
)
def test_a_number_takes_the_right_form_of_its_noun(texts, numbers, words):
    with override("lt"):
        spoken = [ngettext(*texts, number) % {"number": number} for number in numbers]

    assert [sentence[: len(words.format(number))] for sentence, number in zip(spoken, numbers, strict=True)] == [
        words.format(number) for number in numbers
    ]


PLACE = re.compile(r"%\(\w+\)[sdr]|%[sdr]|%%|\{\w*\}")


def test_places_for_data_are_the_same_in_both_languages():
    differing = []
    for entry in [*LITHUANIAN, *SCRIPTS, *ENGLISH]:
        forms = [set(PLACE.findall(form)) for form in (entry.msgid, entry.msgid_plural or entry.msgid)]
        needed, allowed = forms[0] & forms[1], forms[0] | forms[1]  # "1 page" may leave its number out
        differing += [text for text in said(entry) if not needed <= set(PLACE.findall(text)) <= allowed]

    assert differing == []


def test_tags_are_the_same_in_both_languages():
    def tags(text):
        return sorted(re.findall(r"</?\w+|href=\"[^\"]*\"", text))

    assert [e.msgid for e in LITHUANIAN if any(tags(text) != tags(e.msgid) for text in said(e))] == []


# Typography and manner ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "rule"),
    [
        (r"[\"”]", "„double quotes“ are Lithuanian"),
        (r"'", "‚single quotes‘ too"),
        (r"„[^“]*$", "a quote is closed"),
        (r"\.\.\.", "an ellipsis is one character: …"),
        (r" - |--", "a dash between words is –"),
        (r"  | $|\n$", "no space is left over"),
        (r"\bNr\. ", "no-break space after Nr."),
        (r"\bakad\. ", "no-break space inside akad. val."),
        (
            r"(\d|\)[sd]) (akad|val|min|GB|KB|MB|€|%%|proc)\b|\d (minu|met[aųu]|ženkl|000\b)",
            "no-break space between number and unit",
        ),
        (r"(\d|\)[sd])%%", "per cent stands apart from its number"),
    ],
)
def test_typography_is_lithuanian(pattern, rule):
    entries = [entry for entry in [*LITHUANIAN, *SCRIPTS] if entry.msgid not in {", ", *KEEPS_ITS_SPACE}]
    texts = [text for entry in entries for text in said(entry)]

    assert lithuanian_with(pattern, [visible(text) for text in texts]) == [], rule


KEEPS_ITS_SPACE = {
    *("Cancel workflow ", "Restart workflow ", "Locale: ", "Locking: ", "Page visibility: ", "Status: ", "Publish in "),
}


@pytest.mark.parametrize(
    "pattern",
    [
        r"\(-\w+\)",  # prisijungęs (-usi)
        r"\b\w{3,}ęs\b",
        r"\b\w{2,}(?<!a)(usi|usios|usią|usį|usiam|usiems)\b",  # naujausi is a superlative
        r"\b\w{2,}(ęsis|usisi|damasis|damiesi)\b",
        r"\b\w{2,}dami\b",
        r"\b(norė|baig|užsiregistrav|prisijung|pateik|perskait|gav)ę\b",
    ],
)
def test_nobody_is_called_a_man_or_a_woman(pattern):
    assert lithuanian_with(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (r"(?i)vartotoj", "naudotojas"),
        (r"(?i)parsisiųs|parsiųs", "atsisiųsti"),
        (r"(?i)išsaug", "įrašyti"),
        (r"(?i)sertifikat", "pažymėjimas"),
        (r"(?i)nustatym", "nuostatos"),
        (r"(?i)\bklient", "paslaugų gavėjas"),
        (r"(?i)onlain|online", "nuotolinis"),
        (r"(?i)išsiregistr", "atsisakyti kurso"),
        (r"(?i)užsiregistruoti prie|registruotis prie", "registruotis į kursą"),
        (r"(?i)pasibandym|mėginim", "bandymas"),
        (r"(?i)slenkst", "išlaikymo riba"),
        (r"(?i)\bbyl(a|os|ą|oje|ų)\b", "failas"),
        (r"(?i)paveiksliuk", "paveikslėlis"),
        (r"(?i)\blokal", "kalba"),
        (r"(?i)\bprašome\b", "the imperative alone: Patikrinkite …"),
        (r"(?i)\bsėkmingai\b", "the fact alone: Įrašyta"),
        (r"[a-ząčęėįšųūž,;–] Jū(s|sų|ms)\b", "jūs in lower case"),
    ],
)
def test_words_are_those_of_the_glossary(pattern, instead):
    assert lithuanian_with(pattern) == [], instead


@pytest.mark.parametrize(
    ("text", "lithuanian"),
    [
        ("Read, next", "Perskaityta, toliau"),
        ("My learning", "Mano mokymasis"),
        ("Enrol in the course", "Registruotis į kursą"),
        ("Hand in the answers", "Pateikti atsakymus"),
        ("Pass mark", "Išlaikymo riba"),
        ("Download the certificate", "Atsisiųsti pažymėjimą"),
        ("Save", "Įrašyti"),
        ("Hello,", "Laba diena,"),
        ("Email", "El. pašto adresas"),
    ],
)
def test_what_everybody_reads_is_worded_as_agreed(text, lithuanian):
    with override("lt"):
        assert gettext(text) == lithuanian


def test_english_writes_e_mail_with_a_hyphen_whoever_wrote_the_form():
    with override("en"):
        assert gettext("Email") == "E-mail address"

    assert [entry.msgid for entry in ENGLISH if re.search(r"(?i)\bemail", entry.msgstr)] == []
