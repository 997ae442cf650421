from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

NBSP = "\N{NO-BREAK SPACE}"


def render(source, language, **context):
    with translation.override(language), timezone.override("Europe/Vilnius"):
        return Template("{% load tiltas_ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "words"),
    [("lt", f"2026{NBSP}m.{NBSP}lapkričio{NBSP}21{NBSP}d."), ("en", f"21{NBSP}November{NBSP}2026")],
)
def test_a_day_is_written_in_the_words_of_the_language(language, words):
    assert render("{{ day|local_date }}", language, day=date(2026, 11, 21)) == words


def test_a_moment_late_in_the_evening_belongs_to_the_next_local_day():
    moment = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
    assert render("{{ moment|local_datetime }}", "en", moment=moment) == f"21{NBSP}November{NBSP}2026, 00:30"


def test_no_day_is_no_words():
    assert render("{{ day|local_date }}", "lt", day=None) == ""


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        (1234.5, "lt", f"1{NBSP}234,5"),
        (1234.5, "en", f"1{NBSP}234.5"),
        (Decimal("16.00"), "lt", "16"),
        (0, "lt", "0"),
        (-3, "lt", "−3"),
        (None, "lt", ""),
    ],
)
def test_a_number_keeps_the_marks_of_the_language(value, language, words):
    assert render("{{ value|local_number }}", language, value=value) == words


@pytest.mark.parametrize(
    ("value", "maximum", "percent"),
    [(1, 3, 33), (0, 3, 0), (4, 3, 100), (1, 0, 0), (None, 3, 0), (Decimal("0.5"), 1, 50)],
)
def test_a_share_is_whole_and_never_above_the_whole(value, maximum, percent):
    assert render("{{ value|percent_of:maximum }}", "lt", value=value, maximum=maximum) == str(percent)


def test_a_text_in_the_readers_language_stands_as_it_is():
    titles = {"lt": "Kokybė & tvarka", "en": "Quality"}
    assert render("{% text_in titles %}", "lt", titles=titles) == "Kokybė &amp; tvarka"
    assert render("{{ titles|in_language }}", "en", titles=titles) == "Quality"


def test_a_missing_translation_is_lithuanian_and_says_so_to_screen_readers():
    titles = {"lt": "<b>Kokybė</b>", "en": ""}
    assert render("{% text_in titles %}", "en", titles=titles) == '<span lang="lt">&lt;b&gt;Kokybė&lt;/b&gt;</span>'


@pytest.mark.parametrize("titles", [None, {}])
def test_no_text_is_nothing(titles):
    assert render("{% text_in titles %}{{ titles|in_language }}", "lt", titles=titles) == ""


def test_planks_show_where_one_stands():
    source = "{% planks 2 3 as steps %}{% for plank in steps %}{{ plank.state }} {% endfor %}"
    assert render(source, "lt") == "done here todo "


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("0 800 28888", "+37080028888"),
        (f"116{NBSP}123", "116123"),
        ("112", "112"),
        ("+370 (800) 28-888", "+37080028888"),
    ],
)
def test_a_number_can_be_called(written, dialled):
    assert render("{{ number|phone_number }}", "lt", number=written) == dialled


@pytest.mark.parametrize(("language", "name"), [("lt", "lietuvių"), ("en", "Lithuanian")])
def test_a_language_is_named_in_the_readers(language, name):
    assert render("{{ 'lt'|language_name }}", language) == name


def test_a_short_day_and_a_number_are_never_broken_across_lines():
    moment = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)

    assert render("{{ moment|iso_day }}", "lt", moment=moment) == (
        '<time class="nowrap" datetime="2026-11-22">2026-11-22</time>'
    )
    assert (
        render("{{ number|unbroken }}", "lt", number="KT-2026-<1>") == '<span class="nowrap">KT-2026-&lt;1&gt;</span>'
    )
    assert render("{{ day|iso_day }}{{ number|unbroken }}", "lt", day=None, number="") == ""
