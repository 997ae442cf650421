#!/bin/sh
# Build a virtual environment from a lock file: bootstrap.sh VENV LOCK
# Looks for a Python of 3.12 or newer where people have one: on the PATH, or under pyenv.
set -eu
venv=$1
lock=$2

good() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; }

if [ ! -x "$venv/bin/python" ] || ! good "$venv/bin/python"; then
    found=""
    for candidate in python3.13 python3.12 python3.14 python3 python "$HOME"/.pyenv/versions/3.1[2-9]*/bin/python3; do
        if command -v "$candidate" >/dev/null 2>&1 && good "$candidate"; then found=$candidate; break; fi
    done
    if [ -z "$found" ]; then
        echo "Tiltas needs Python 3.12 or newer, and none was found. Install it (on Debian: apt install python3 python3-venv), then run this command again." >&2
        exit 1
    fi
    rm -rf "$venv"
    "$found" -m venv "$venv"
fi
echo "Installing what $lock names ..."
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$lock"
