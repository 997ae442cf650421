"""Wagtail's command, which publishes what is due on its day: what is ours goes out in all languages, or not at all."""

from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from studio.publishing_doors import publish_what_is_due


class Command(WagtailCommand):
    def handle(self, *args, **options):
        if not options["dryrun"]:
            publish_what_is_due(at=timezone.now())
        super().handle(*args, **options)
