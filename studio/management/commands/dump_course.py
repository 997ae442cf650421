from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from studio.dumping import NothingToDump, dump_course
from studio.files import ContentError


class Command(BaseCommand):
    help = "Write the pages and questions of a course back to content files."

    def add_arguments(self, parser):
        parser.add_argument("code", help="The course's code, such as K1.")
        parser.add_argument("folder", type=Path, help="The content folder: files keep their places in it.")
        parser.add_argument(
            "--drafts", action="store_true", help="Write drafts where there are some, not what is published."
        )

    def handle(self, *, code, folder, drafts, **options):
        try:
            written = dump_course(code, folder, drafts=drafts)
        except NothingToDump as refusal:
            raise CommandError(str(refusal)) from None
        except ContentError as error:
            raise CommandError(str(error)) from None
        self.stdout.write("\n".join([*written, f"Files written: {len(written)}"]))
