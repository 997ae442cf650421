from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from studio.formatting import check_folder


class Command(BaseCommand):
    help = "Say what is wrong with content files, a line each. Changes nothing."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, help="Default: the setting TILTAS_CONTENT.")

    def handle(self, *, folder, **options):
        try:
            findings = check_folder(folder or Path(settings.TILTAS_CONTENT))
        except DatabaseError as error:  # files are compared as the pages they would become
            raise CommandError(f"The database is not ready ({error}). Run `manage.py migrate` first.") from None
        if findings:
            raise CommandError("\n".join(str(finding) for finding in findings))
        self.stdout.write("All content files are in order.")
