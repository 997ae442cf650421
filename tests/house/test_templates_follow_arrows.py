"""
What import-linter can't see: templates, addresses, static files and models are named by strings, and these too look downward.
"""

import re

import pytest

from .rooms import ROOMS, ROOT, files_of, may_name

# `tiltas_<room>` is the room's label, template folder, static folder and URL namespace alike.
NAMED = re.compile(rf"\btiltas_({'|'.join(ROOMS)})\b")
# Addresses that stand outside the rooms' namespaces, and what belongs to accounts.
OUTSIDE = {
    "certificates": re.compile(r"\btiltas_verify(_form)?\b"),
    "tiltas": re.compile(r"\btiltas_health\b"),
    "accounts": re.compile(r"""["'](account|allauth)/|["']account_\w+["']|\ballauth\b"""),
}
# (file, room it names): each with its reason.
ALLOWED = {
    # The catalogue hangs below the home page: children name their parent (DESIGN, pages).
    ("courses/pages.py", "home"),
    # A folder of content files begins with the home page, the top of the tree that it makes.
    ("studio/grammar.py", "home"),
}


def named_in(path):
    """The rooms that this file names by a string."""
    text = path.read_text()
    return set(NAMED.findall(text)) | {room for room, pattern in OUTSIDE.items() if pattern.search(text)}


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "tiltas"])
def test_nothing_in_a_room_names_a_room_above_it_or_beside_it(room):
    upward = {
        (str(path.relative_to(ROOT)), name)
        for path in files_of(room, ".py", ".html", ".txt", ".js", ".css", ".svg")
        for name in named_in(path) - may_name(room)
    }
    assert sorted(upward - ALLOWED) == []


def test_each_exception_is_still_needed():
    assert [(path, name) for path, name in ALLOWED if name not in named_in(ROOT / path)] == []


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("folder", ["templates", "static"])
def test_templates_and_static_files_stand_in_a_folder_of_the_rooms_own_name(room, folder):
    """
    A host's files of the same name can't clash. `ui` has error pages, `accounts` what replaces allauth's templates, the shell
    (label `tiltas_shell`) what replaces parts of Wagtail's admin and of the translator's editor: neither of the last two is
    installed in a host.
    """
    by_name = {
        "tiltas": {"wagtailadmin", "wagtail_localize", "tiltas_shell"},
        "ui": {"403.html", "403_csrf.html", "404.html", "429.html", "500.html"},
        "accounts": {"account", "allauth"},
    }
    found = {path.name for path in (ROOT / room / folder).glob("*")}
    assert sorted(found - by_name.get(room, set()) - {f"tiltas_{room}"}) == []
