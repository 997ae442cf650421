"""The rooms of the house and which way is down, read from where they are written: pyproject.toml."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
_LAYERS = next(
    contract["layers"] for contract in PYPROJECT["tool"]["importlinter"]["contracts"] if contract["type"] == "layers"
)
LAYERS = [[name.strip() for name in layer.split("|")] for layer in _LAYERS]  # the highest first
ROOMS = [name for layer in LAYERS for name in layer]


def may_name(room):
    """The rooms that this one may name: itself and those below it."""
    place = next(number for number, layer in enumerate(LAYERS) if room in layer)
    return {room} | {name for layer in LAYERS[place + 1 :] for name in layer}


def files_of(room, *suffixes):
    """The room's own files with these endings, without migrations."""
    return sorted(
        path
        for path in (ROOT / room).rglob("*")
        if path.suffix in suffixes and not {"migrations", "__pycache__"} & set(path.parts)
    )


def long_files(limit):
    """Path → number of lines, of the project's Python files that are longer than this."""
    everything = [*ROOMS, "tests", "benchmarks", "scripts"]
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for folder in everything
        for path in files_of(folder, ".py")
    }
    return {path: length for path, length in lengths.items() if length > limit}
