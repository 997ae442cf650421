from django.core.management.base import BaseCommand

from institutions.services import load_municipalities


class Command(BaseCommand):
    help = "Bring the 60 municipalities of Lithuania from the project's file. Running it again changes nothing."

    def handle(self, **options):
        self.stdout.write(f"{load_municipalities()} municipalities are in the database.")
