"""Templates of Wagtail that are ours for one word: if the rest of the original changes, ours has to follow."""

import re
from pathlib import Path

import pytest
import wagtail.admin
from django.conf import settings

ORIGINALS = Path(wagtail.admin.__file__).parent / "templates/wagtailadmin"
OURS = settings.BASE_DIR / "tiltas/templates/wagtailadmin"


def without_comments(template):
    template = re.sub(r"{% comment[^%]*%}.*?{% endcomment %}|{#.*?#}", "", template, flags=re.DOTALL)
    return re.sub(
        r"\s+", " ", template.replace("{% load i18n %}", "", 1) if "wagtailadmin_tags" not in template else template
    )


def content(template):
    """The block `content`, where a template has one."""
    found = re.search(r"{% block content %}.*?{% endblock %}(?= *({% block extra_js|$))", template)
    return found[0] if found else template.strip()


@pytest.mark.parametrize(
    ("name", "word"),
    [("shared/headers/_actions.html", "Actions"), ("shared/header.html", "Search"), ("home.html", "Search")],
)
def test_only_the_word_is_ours(name, word):
    original, ours = (content(without_comments((folder / name).read_text())) for folder in (ORIGINALS, OURS))

    assert original.count(f'"{word}"') == 1
    assert ours == original.replace(f'"{word}"', f"\"{{% trans '{word}' %}}\"")
