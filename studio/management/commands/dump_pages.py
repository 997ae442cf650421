from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from studio.dumping import dump_pages
from studio.files import ContentError


class Command(BaseCommand):
    help = "Write what stands beside the courses back to content files: the home page, info pages, news, the catalogue."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="The content folder: files keep their places in it.")
        parser.add_argument(
            "--drafts", action="store_true", help="Write drafts where there are some, not what is published."
        )

    def handle(self, *, folder, drafts, **options):
        try:
            written = dump_pages(folder, drafts=drafts)
        except ContentError as error:
            raise CommandError(str(error)) from None
        self.stdout.write("\n".join([*written, f"Files written: {len(written)}"]))
