"""What this room forgets by itself once the time that it declares is over. The clock asks."""

from institutions.retention import years_before

from .models import ExportLog

EXPORT_YEARS = 2


def forget_old_exports(*, at):
    """Delete lines of the log of exports that are over; returns how many."""
    _all, by_model = ExportLog.objects.filter(exported_at__lt=years_before(at, EXPORT_YEARS)).delete()
    return by_model.get(ExportLog._meta.label, 0)
