"""Exporting, with its log."""

from .exporters import export
from .models import ExportLog


def export_statistics(*, statistics, format_name, file, user=None, at):
    """Write the file and note who took what out; returns the number of rows. Raises ControlTotalsDiffer."""
    rows = export(statistics, format_name, file)
    ExportLog.objects.create(exported_at=at, user=user, format=format_name, filters=statistics.described(), rows=rows)
    return rows
