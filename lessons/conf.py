"""Our settings that this room reads; a host may leave them out."""

from django.conf import settings


def most_document_megabytes():
    return settings.TILTAS_DOCUMENT_MB if hasattr(settings, "TILTAS_DOCUMENT_MB") else 20


def most_video_megabytes():
    """Sound has the same limit."""
    return settings.TILTAS_VIDEO_MB if hasattr(settings, "TILTAS_VIDEO_MB") else 150
