from django.core.management.base import BaseCommand

from tiltas.roles import PERMISSIONS, sync_groups


class Command(BaseCommand):
    help = "Bring the groups of trainers, translators and administrators to what the project says they may do."

    def handle(self, **options):
        sync_groups()
        self.stdout.write(f"In step: {', '.join(PERMISSIONS)}.")
