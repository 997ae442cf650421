#!/bin/sh
# Bring the gettext catalogue up to date with the code, and compile it: messages.sh [PYTHON]
set -eu
python=${1:-.venv/bin/python}
if [ $# -gt 0 ]; then shift; fi
cd "$(dirname "$0")/.."
exec "$python" scripts/messages.py "$@"
