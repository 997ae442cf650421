import logging
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from studio.files import ContentError
from studio.formatting import format_folder
from studio.loading import load_courses


@contextmanager
def _quiet(name):
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


class Command(BaseCommand):
    help = "Bring content files to pages, questions and records. Loading again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, help="Default: the setting TILTAS_CONTENT.")
        parser.add_argument("--format", action="store_true", help="Only rewrite the files into their canonical form.")
        parser.add_argument(
            "--overwrite",
            action="append",
            default=[],
            metavar="KEY",
            help="Take the files of the page with this key, whatever was edited in the admin. May be given several times.",
        )

    def handle(self, *, folder, overwrite, **options):
        started = time.monotonic()
        folder = folder or Path(settings.TILTAS_CONTENT)
        try:
            if options["format"]:
                rewritten = format_folder(folder)
                self.stdout.write("\n".join([*rewritten, f"Files rewritten: {len(rewritten)}"]))
                return
            with _quiet("wagtail"):  # which would say each revision of each page
                report = load_courses(folder, at=timezone.now(), overwrite=overwrite)
        except ContentError as error:
            raise CommandError(str(error)) from None
        for entry in report.edited:
            self.stdout.write(f"{entry.source.path}: edited in the admin since the last load, kept ({entry.key})")
        for entry in report.conflicts:
            self.stdout.write(
                f"{entry.source.path}: conflict, kept. Both the file and {report.titles[entry.key]} in the admin changed since "
                f"the last load; --overwrite {entry.key} takes the file"
            )
        counts = {
            "made": report.made,
            "changed": report.changed,
            "unchanged": report.unchanged,
            "edited in the admin": report.edited,
            "in conflict": report.conflicts,
        }
        said = ", ".join(f"{len(entries)} {word}" for word, entries in counts.items())
        self.stdout.write(f"Pages and questions: {said}; {time.monotonic() - started:.1f} s")
