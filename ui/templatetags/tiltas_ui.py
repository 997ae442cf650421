"""Small helpers of templates: dates, numbers and texts in the reader's language, and the bridge."""

import re
from decimal import Decimal

from django import template
from django.conf import settings
from django.utils import formats
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"
DAY_FORMATS = {"lt": r"Y \m. E j \d.", "en": "j F Y"}
MONTH_FORMATS = {"lt": r"Y \m. F", "en": "F Y"}


def active_language():
    """Return the short code of the language on the screen: "lt", not "lt-lt"."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


def pick(texts):
    """Return (language code, text) of a dict of texts: the reader's language, else the site's, else any."""
    for code in (active_language(), settings.LANGUAGE_CODE.split("-")[0], *(texts or {})):
        if (texts or {}).get(code):
            return code, texts[code]
    return active_language(), ""


@register.filter(expects_localtime=True)
def local_date(day):
    """Write a day in words: „2026 m. lapkričio 21 d.“, never broken across lines; "21 November 2026"."""
    if not day:
        return ""
    return formats.date_format(day, DAY_FORMATS.get(active_language(), "DATE_FORMAT")).replace(" ", NBSP)


@register.filter(expects_localtime=True)
def iso_day(day):
    """Write a day as 2026-11-22, marked up as a day and never broken at its hyphens: for chips and tables, where words are too long."""
    if not day:
        return ""
    return format_html('<time class="nowrap" datetime="{0}">{0}</time>', formats.date_format(day, "Y-m-d"))


@register.filter
def unbroken(text):
    """Keep a number on one line, whatever hyphens and spaces it has: a certificate's, a telephone's, a code."""
    return format_html('<span class="nowrap">{}</span>', text) if text else ""


@register.filter
def local_month(day):
    """Write a day's month: „2026 m. lapkritis“; "November 2026"."""
    return formats.date_format(day, MONTH_FORMATS.get(active_language(), "YEAR_MONTH_FORMAT")).replace(" ", NBSP)


@register.filter(expects_localtime=True)
def local_datetime(moment):
    """Write a moment: the day in words, then hours and minutes."""
    return f"{local_date(moment)}, {formats.date_format(moment, 'H:i')}" if moment else ""


@register.filter
def local_number(value):
    """Write a number with the language's decimal mark and no-break spaces by thousands; 16.0 becomes 16."""
    if value in (None, ""):
        return ""
    whole, _, fraction = f"{Decimal(str(value)):,f}".partition(".")
    fraction = fraction.rstrip("0")
    mark = formats.get_format("DECIMAL_SEPARATOR")
    return whole.replace(",", NBSP).replace("-", "\N{MINUS SIGN}") + (f"{mark}{fraction}" if fraction else "")


@register.filter
def percent_of(value, maximum):
    """Return value as a whole number of hundredths of maximum, 0 to 100: safe inside an SVG attribute."""
    if not value or not maximum:
        return 0
    return max(0, min(100, round(100 * float(value) / float(maximum))))


@register.filter
def language_name(code):
    """Return the name of a language in the reader's, such as „lietuvių“."""
    return get_language_info(code)["name_translated"]


@register.filter
def phone_number(number):
    """Return a number as `tel:` takes it: 0 800 28888 becomes +37080028888, a short one such as 116 123 stays as it is."""
    text = str(number).strip()
    digits = re.sub(r"\D", "", text)
    if text.startswith("+"):
        return f"+{digits}"
    return f"+370{digits[1:]}" if digits.startswith("0") else digits


@register.filter
def in_language(texts):
    """Pick the text of a dict like {"lt": …, "en": …}; for attributes and titles, which cannot carry `lang`."""
    return pick(texts)[1]


@register.simple_tag
def text_in(texts):
    """Pick the text as `in_language` does, and mark a text of another language with `lang` for screen readers."""
    code, text = pick(texts)
    return text if code == active_language() else format_html('<span lang="{}">{}</span>', code, text)


@register.simple_tag
def planks(here, total):
    """Return the planks of a walk of `total` steps with the learner on step `here` (counted from 1)."""
    states = {True: "done", False: "todo"}
    return [
        {"state": "here" if step == here else states[step < here], "starts_module": False}
        for step in range(1, total + 1)
    ]


@register.filter
def zipped(first, second):
    """Pair two lists, for a table's columns and the cells of a row."""
    return list(zip(first, second, strict=False))
