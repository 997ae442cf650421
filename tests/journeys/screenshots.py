"""
`make screenshots`: a picture of each screen of `screens.py`, on a phone and on a desk, in both languages, some in the dark.

    python -m tests.journeys.screenshots [--into FOLDER] [NAME …]

Starts a site of its own on demo data in a temporary folder. Days, numbers and codes are always the same, so that a picture
changes only when its screen does; in the editor Wagtail's "5 minutes ago" may differ. With names, only those screens.
"""

import io
import os
import random
import sys
import tempfile
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.faults.site import ROOT, RunningSite

FOLDER = ROOT / "docs" / "screenshots"
LANGUAGES = ("lt", "en")
# Width → the most of a long screen that is pictured.
HEIGHTS = {390: 1150, 1280: 880}
QUALITY = 24
NARROWED = 0.75  # a desk's picture is read for its whole, not its letters
NOON = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


class Fixed(random.Random):
    """What services take from `secrets`, the same in each run."""

    randbits = random.Random.getrandbits


def make_world():
    """The demo site and its walk, in the database that the environment names."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from .world import load_demo, walk

    fixed = Fixed(2026)
    call_command("migrate", verbosity=0)
    with patch("quizzes.services.secrets", fixed), patch("certificates.services.secrets", fixed):
        load_demo(at=NOON, learners=12)
        world = walk(at=NOON)
    call_command("db_worker", batch=True, queue_name="*", startup_delay=False, verbosity=0)
    connections.close_all()
    return world


def variants(screen):
    """(width, scheme) of each picture of a screen. The editor is pictured as it stands on a desk."""
    widths = [1280] if screen.name.startswith("desk") else list(HEIGHTS)
    return [(width, scheme) for scheme in ("light", "dark") for width in widths if scheme == "light" or screen.dark]


def take_all(site, world, folder, names):
    """Take the pictures; returns their paths."""
    from .browsing import launch, take_steps
    from .screens import DESK, SCREENS, by_person

    chosen = [screen for screen in [*SCREENS, *DESK] if not names or screen.name in names]
    taken = []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for language in LANGUAGES:
            for who, screens in by_person(chosen):
                page = opened(browser, site, who, language)
                for screen in screens:
                    take_steps(page, screen, language)
                    taken += take(page, screen, screen.address(world, language), folder, language)
                page.context.close()
        browser.close()
    return taken


def opened(browser, site, who, language):
    from .browsing import log_in, window

    page = window(browser, site.url, language=language, reduced_motion="reduce").new_page()
    page.set_default_timeout(15_000)
    if who:
        log_in(page, who)
    return page


def take(page, screen, address, folder, language):
    """Each variant of a screen in this language; the page is opened anew for each width, as on another device."""
    taken = []
    for width, scheme in variants(screen):
        page.set_viewport_size({"width": width, "height": 844 if width < 600 else 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(address, wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        if screen.name.startswith("desk"):  # the editor's menu is drawn by its script
            page.locator(".sidebar-main-menu").first.wait_for(state="attached")
        # The window grows to the picture, so that what sticks to its lower edge stands there and not across the text.
        height = min(page.evaluate("document.documentElement.scrollHeight"), HEIGHTS[width])
        page.set_viewport_size({"width": width, "height": height})
        png = page.screenshot(animations="disabled", caret="hide")
        dark = "-dark" if scheme == "dark" else ""
        path = folder / f"{screen.name}-{language}-{width}{dark}.webp"
        picture = Image.open(io.BytesIO(png)).convert("RGB")
        if width > 600:
            picture = picture.resize((round(width * NARROWED), round(height * NARROWED)))
        picture.save(path, quality=QUALITY, method=6)
        taken.append(path)
    return taken


def main():
    parser = ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--into", type=Path, default=FOLDER)
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tiltas-screenshots-") as folder:
        site = RunningSite(folder)
        site.environment["TILTAS_URL"] = "http://127.0.0.1:8000"  # it stands on certificates; our own port changes
        os.environ |= site.environment
        for name in ("DATABASE_URL", "REDIS_URL", "TILTAS_PRODUCTION"):
            os.environ.pop(name, None)
        world = make_world()
        site.start(worker=False)
        # Playwright's own loop runs in this thread; the database is asked between its steps, never during one.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        try:
            taken = take_all(site, world, options.into, options.names)
        finally:
            site.kill()
    if not options.names:  # what is in the folder besides shows screens that are no more
        for path in set(options.into.glob("*.webp")) - set(taken):
            path.unlink()
    size = sum(path.stat().st_size for path in taken)
    print(f"{len(taken)} pictures, {size / 1e6:.1f} MB, in {options.into}")


if __name__ == "__main__":
    sys.exit(main())
