"""Finds English on a screen that is in Lithuanian: texts of the interface as the code says them, and words that only English has."""

import html
import re
from functools import cache
from pathlib import Path

import django
import polib

from tests.house.rooms import ROOT

SITE_PACKAGES = Path(django.__file__).parent.parent
PACKAGES = [
    "django/conf",
    "django/contrib/auth",
    "wagtail",
    "wagtail/admin",
    "wagtail/documents",
    "wagtail/embeds",
    "wagtail/images",
    "wagtail/locales",
    "wagtail/sites",
    "wagtail/snippets",
    "wagtail/users",
    "wagtail/contrib/redirects",
    "wagtail_localize",
    "taggit",
]
PLACE = re.compile(r"%\(\w+\)[sdr]|%[sdr]|\{\w*\}")
ENGLISH_WORDS = re.compile(
    r"\b(the|this|that|and|you|your|with|has|have|are|was|were|will|been|of|for|not|from|translation)\b", re.I
)
# English that stands in others' code outside gettext, where no catalogue reaches it: (pattern, where).
HARD_CODED = [
    ("Actions", "wagtailadmin/shared/headers/_actions.html, for screen readers alone"),
    ("Search", "wagtailadmin/home.html and shared/header.html, a hidden button"),
    ("More actions", "wagtail-localize's script, for screen readers alone"),
    (r"\w+ to \w+ translation", "wagtail-localize's script"),
]
BETWEEN_LANGUAGES = re.compile(HARD_CODED[-1][0])
LONGEST = 120  # of a text with places in it that is taken for the interface's: "{} and {}" fits every long sentence
# What a reader sees or hears: text, and the attributes that are read out. Not what was written or typed: contents of fields and
# frames, and whatever says itself that it is in English.
COLLECT = """() => {
    const found = new Set(), add = text => { text = text.replace(/\\s+/g, ' ').trim(); if (text && text.length < 400) found.add(text); };
    const hidden = 'script, style, template, iframe, svg, textarea, [contenteditable=true], [hidden], [lang=en]';
    for (const element of document.body.querySelectorAll('*')) {
        if (element.closest(hidden) || !element.checkVisibility({checkVisibilityCSS: true})) continue;
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) if (element.getAttribute(name)) add(element.getAttribute(name));
        if (element.matches('input[type=submit], input[type=button]')) add(element.value);
        for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) add(node.textContent);
        if (element.childElementCount && element.childElementCount < 4) add(element.innerText || '');
    }
    return [...found];
}"""


def catalogue(folder, language, domain):
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    return polib.pofile(str(path)) if path.exists() else []


@cache
def english_texts():
    """(whole texts, patterns of those with places in them) that should read otherwise in Lithuanian."""
    said, texts = {}, set()
    for domain in ("django", "djangojs"):
        for folder in [*(SITE_PACKAGES / name / "locale" for name in PACKAGES), ROOT / "locale"]:
            for entry in catalogue(folder, "lt", domain):
                if entry.translated():
                    said[entry.msgid] = entry.msgstr or entry.msgstr_plural[0]
            for entry in [
                *catalogue(folder, "en", domain),
                *(catalogue(folder, "lt", domain) if folder.parent == ROOT else []),
            ]:
                texts |= {entry.msgid, entry.msgid_plural}
    english = {plain(text) for text in texts if said.get(text) != text}
    with_places = {text for text in english if PLACE.search(text)}
    patterns = []
    for text in with_places:
        words = PLACE.sub("", text)
        if len(re.findall(r"[A-Za-z]{2,}", words)) >= 2:
            patterns.append(re.compile(".+".join(re.escape(part) for part in PLACE.split(text))))
    return english - with_places - {""}, patterns


def plain(text):
    """A text as it is seen: without tags, entities and spaces at its ends."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def english_on(page, *, except_for=(), words=True):
    """
    The English texts that a reader of this screen meets, in order. `except_for`: what is rightly English there; without `words`
    only texts of the interface count, not content that somebody wrote.
    """
    whole, patterns = english_texts()
    found = []
    for text in page.evaluate(COLLECT):
        if any(each in text for each in except_for) or any(re.fullmatch(each, text) for each, _where in HARD_CODED):
            continue
        is_said = text in whole or (len(text) < LONGEST and any(pattern.fullmatch(text) for pattern in patterns))
        if is_said or (words and ENGLISH_WORDS.search(BETWEEN_LANGUAGES.sub("", text))):
            found.append(text)
    return sorted(found)
