"""The look keeps its promises: one dark set, contrast, and nothing inline that the policy of the site would refuse."""

import re
from pathlib import Path

import pytest

import ui

UI = Path(ui.__file__).parent
TOKENS = (UI / "static/tiltas_ui/css/tokens.css").read_text()


def tokens_after(selector):
    block = TOKENS.split(selector, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"(--[\w-]+): ([^;]+);", block))


LIGHT = tokens_after(":root, [data-theme=light] {")
DARK = tokens_after(":root:not([data-theme=light]) {")


def contrast(one, other):
    def luminance(colour):
        channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted([luminance(one), luminance(other)], reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_dark_by_system_and_dark_by_choice_are_the_same():
    assert tokens_after("\n[data-theme=dark] {") == DARK
    assert DARK.keys() == LIGHT.keys()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("--ink", ["--linen", "--paper", "--mist", "--amber-wash", "--moss-wash", "--rowan-wash"]),
        ("--muted", ["--linen", "--paper", "--mist"]),
        ("--fjord", ["--linen", "--paper", "--mist", "--rowan-wash", "--moss-wash"]),
        ("--amber-text", ["--linen", "--paper", "--amber-wash"]),
        ("--moss", ["--linen", "--paper", "--moss-wash"]),
        ("--rowan", ["--linen", "--paper", "--rowan-wash"]),
        ("--on-fjord", ["--fjord"]),
        ("--on-amber", ["--amber"]),
        ("--on-deep", ["--deep"]),
        ("--deep-muted", ["--deep"]),
    ],
)
def test_text_is_readable(theme, text, grounds):
    assert [ground for ground in grounds if contrast(theme[text], theme[ground]) < 5.5] == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_fields_can_be_seen(theme):
    grounds = ["--linen", "--paper", "--mist"]
    assert [ground for ground in grounds if contrast(theme["--line-strong"], theme[ground]) < 3] == []


# Mails are no pages: their programs know no style sheets.
@pytest.mark.parametrize(
    "path", sorted(path for path in UI.rglob("*.html") if path.parent.name != "mail"), ids=lambda path: path.name
)
def test_templates_hold_nothing_inline(path):
    html = path.read_text()
    assert re.findall(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*src=)|javascript:|[\"'(]data:", html) == []
