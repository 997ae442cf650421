"""Finds English on a screen that is in Lithuanian: texts of the interface as the code says them, and words that only English has."""

import html
import re
from functools import cache
from pathlib import Path

import django
import polib
from django.conf import settings
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from quizzes.models import Question
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
    r"\b(the|this|that|and|you|your|with|has|have|are|was|were|will|been|of|for|not|from|translation)\b"
    r"|\b(January|February|April|May|June|July|August|September|October|November|December)\b",
    re.I,
)
OWN_NAMES = {name for _code, name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES}  # a language is offered by its own name
SHORT = 40  # letters; of a sentence that may be somebody's or the interface's
LONGEST = 120  # of a text with places in it that is taken for the interface's: "{} and {}" fits every long sentence
# What a reader sees or hears: the text, also what is hidden from the eye alone; the attributes that are read out; the choices of
# a closed list; the window's title; what a name or description is taken from, hidden or not. Not what was written or typed:
# contents of fields and frames, and whatever says itself that it is in English.
COLLECT = """() => {
    const found = new Set(), add = text => { text = (text || '').replace(/\\s+/g, ' ').trim(); if (text && text.length < 400) found.add(text); };
    const spoken = ['aria-label', 'aria-description', 'aria-placeholder', 'aria-roledescription', 'aria-valuetext', 'title', 'placeholder', 'alt', 'label'];
    const left = 'script, style, template, iframe, svg, textarea, [contenteditable=true], [lang=en]';
    const seen = element => element.closest('option, optgroup')
        ? element.closest('select').checkVisibility({checkVisibilityCSS: true})
        : element.checkVisibility({checkVisibilityCSS: true});
    add(document.title);
    for (const element of document.body.querySelectorAll('*')) {
        if (element.closest(left) || element.closest('[hidden]') || !seen(element)) continue;
        for (const name of spoken) add(element.getAttribute(name));
        if (element.matches('input[type=submit], input[type=button], input[type=reset]')) add(element.value);
        for (const id of ['aria-labelledby', 'aria-describedby'].flatMap(name => (element.getAttribute(name) || '').split(/\\s+/))) {
            const named = id && document.getElementById(id);
            if (named && !named.closest(left)) add(named.textContent);
        }
        for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) add(node.textContent);
        if (element.childElementCount && element.childElementCount < 4) add(element.innerText);
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
        if text in OWN_NAMES or any(each in text for each in except_for):
            continue
        is_said = text in whole or (len(text) < LONGEST and any(pattern.fullmatch(text) for pattern in patterns))
        if is_said or (words and ENGLISH_WORDS.search(text)):
            found.append(text)
    return sorted(found)


def content_in_english():
    """What somebody wrote in English, rightly so on any screen: titles, and sentences too long to be the interface's own words."""
    titles = [*Page.objects.filter(locale__language_code="en").values_list("title", flat=True)]
    questions = Question.objects.filter(locale__language_code="en").values_list("title", flat=True)
    written = StringTranslation.objects.filter(locale__language_code="en").values_list("data", flat=True)
    return [*titles, *questions, *(plain(text) for text in written if len(plain(text)) > SHORT)]
