"""Notices that this room hears: the register of certificates was taken out of the site."""

from django.dispatch import receiver

from certificates.signals import register_exported

from .models import ExportLog


@receiver(register_exported, dispatch_uid="tiltas_reports_log_register")
def log_register(sender, user, format_name, filters, rows, at, **kwargs):
    ExportLog.objects.create(
        content=ExportLog.REGISTER, exported_at=at, user=user, format=format_name, filters=filters, rows=rows
    )
