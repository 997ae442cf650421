from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tiltas.demo import PASSWORD, PEOPLE, make_demo


class Command(BaseCommand):
    help = "Load the courses and demo people. Running it again changes nothing. Refuses production settings."

    def add_arguments(self, parser):
        parser.add_argument("--learners", type=int, default=0, help="so many more learners, some of them done")

    def handle(self, *, learners, **options):
        if getattr(settings, "PRODUCTION", False):
            raise CommandError("Demo people have published passwords: they don't belong on a public site.")
        call_command("load_courses", stdout=self.stdout)
        make_demo(learners=learners, at=timezone.now())
        self.stdout.write(f"Demo logins (password {PASSWORD}): {', '.join(row[0] for row in PEOPLE)}")
