from django.core.management.base import BaseCommand
from django.utils import timezone

from tiltas.clock import tick


class Command(BaseCommand):
    help = "Run what is due by the clock, once, under a lock. Call it every minute."

    def handle(self, **options):
        done = tick(at=timezone.now())
        if done is None:
            self.stdout.write("Another tick is running; nothing was done.")
            return
        for name, answer in done.items():
            self.stdout.write(f"{name}: {answer}")
