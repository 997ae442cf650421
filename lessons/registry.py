"""
Which blocks a lesson may hold.

An app puts its blocks into a file `lesson_blocks.py` that names them in `LESSON_BLOCKS`, a list of (name, block): Tiltas' own
come through the same door. The files are read when the lesson's model is made, before the apps are ready, so they may import
blocks but no models.
"""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings

from .blocks import OWN_BLOCKS


def _package(entry):
    """The package of an entry of INSTALLED_APPS, which is its name or the path of its AppConfig."""
    return entry.rsplit(".apps.", 1)[0]


def lesson_block_types():
    """All blocks of lessons: ours, then each installed app's, in the order of INSTALLED_APPS. Raises ValueError on a name twice."""
    blocks = list(OWN_BLOCKS)
    for entry in settings.INSTALLED_APPS:
        name = f"{_package(entry)}.lesson_blocks"
        if find_spec(_package(entry)) and find_spec(name):
            blocks += import_module(name).LESSON_BLOCKS
    names = [name for name, _block in blocks]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"Two apps register the lesson block {', '.join(sorted(twice))}: rename one of them.")
    return blocks
