#!/bin/sh
# Install what the tests use of the machine itself, where the machine lets us: system.sh [--all]
# Only what is missing, quietly. Nothing here fails a run: a test that needs a missing part is reported as skipped by name.
# `--all` adds the two servers that `make test-all` promises to test with, and the Nu HTML checker (from npm, run by Java).
set -u
venv=${VENV:-.venv}

has() { command -v "$1" >/dev/null 2>&1; }

missing=""
want() { # want COMMAND PACKAGE: the Debian package that brings the command
    has "$1" || missing="$missing $2"
}

has chromium-browser || has google-chrome || want chromium chromium
want pdftotext poppler-utils
want zbarimg zbar-tools
want soffice libreoffice-calc-nogui
want msgfmt gettext
if [ "${1:-}" = "--all" ]; then
    want redis-server redis-server
    want java default-jre-headless
    want npm npm
    has initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
fi

if [ -n "$missing" ] && has apt-get && [ "$(id -u)" = 0 ]; then
    echo "Installing for the tests:$missing ..."
    export DEBIAN_FRONTEND=noninteractive
    quiet() { timeout 300 "$@" >/dev/null 2>&1 </dev/null; }
    quiet apt-get update -qq
    # shellcheck disable=SC2086  (a list of words)
    if ! quiet apt-get install -qq -y --no-install-recommends $missing; then
        for package in $missing; do # one that can't be had does not keep the others away
            quiet apt-get install -qq -y --no-install-recommends "$package" || echo "  could not be installed: $package"
        done
    fi
fi

# The lock file names the checker's version and hash. Its install script would fetch a Java of its own: it is left out.
checker=tests/journeys/node_modules/vnu-jar/build/dist/vnu.jar
if [ "${1:-}" = "--all" ] && [ ! -f "$checker" ] && has npm; then
    echo "Installing the HTML checker for the tests ..."
    timeout 300 npm ci --prefix tests/journeys --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 </dev/null
    [ -f "$checker" ] || echo "  it could not be had: the test of the HTML is skipped."
fi

# Without a browser of the system, Playwright's own will do. The tests look for one on the PATH, where `.venv/bin` comes first.
browser_works() {
    for name in chromium chromium-browser google-chrome; do "$name" --version >/dev/null 2>&1 && return 0; done
    return 1
}
PATH="$(pwd)/$venv/bin:$PATH"
if ! browser_works && [ -x "$venv/bin/playwright" ]; then
    echo "Installing a browser for the tests ..."
    timeout 300 "$venv/bin/playwright" install chromium >/dev/null 2>&1 </dev/null
    program=$("$venv/bin/python" -c 'from playwright.sync_api import sync_playwright as start
with start() as playwright: print(playwright.chromium.executable_path)' 2>/dev/null)
    if [ -x "$program" ]; then ln -sf "$program" "$venv/bin/chromium"; fi
    browser_works || { rm -f "$venv/bin/chromium"; echo "  none could be had: tests in a browser are skipped."; }
fi
exit 0
