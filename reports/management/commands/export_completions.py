from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.exporters import EXPORTERS
from reports.forms import FiltersForm
from reports.services import export_statistics
from reports.statistics import CompletionStatistics


class Command(BaseCommand):
    help = "Write the completion statistics into a file: the same ones that the admin page exports."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=sorted(EXPORTERS), required=True)
        parser.add_argument("--output", type=Path, required=True)
        parser.add_argument("--course", default="", help="code of a course, such as K1")
        parser.add_argument("--municipality", default="", help="two-digit code of a municipality")
        parser.add_argument("--institution", type=UUID, help="uuid of an institution")
        parser.add_argument("--from", dest="since", type=date.fromisoformat, help="first local day, such as 2026-01-01")
        parser.add_argument("--to", dest="until", type=date.fromisoformat, help="last local day")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="lt")

    def handle(self, *, format, output, language, **options):
        statistics = CompletionStatistics(replace(self.filters(options), language=language))
        # Under another name until it is whole: a file that broke off never passes for the statistics.
        unfinished = output.with_name(f"{output.name}.unfinished")
        try:
            with unfinished.open("wb") as file:
                rows = export_statistics(statistics=statistics, format_name=format, file=file, at=timezone.now())
            unfinished.replace(output)
        except OSError as error:
            raise CommandError(f"Can't write {output}: {error.strerror}.") from error
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(f"{rows} rows are in {output}.")

    def filters(self, options):
        """The filters, held to the same rules as on the admin page: a mistyped code is no empty file."""
        names = ("course", "municipality", "institution", "since", "until")
        form = FiltersForm({name: options[name] for name in names})
        if form.is_valid():
            return form.filters()
        wrong = [f"{name} {options[name]}: {error}" for name, errors in form.errors.items() for error in errors]
        raise CommandError("\n".join(wrong))
