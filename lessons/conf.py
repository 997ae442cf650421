"""Our settings that this room reads; a host may leave them out."""

from django.conf import settings


def most_document_megabytes():
    return settings.TILTAS_DOCUMENT_MB if hasattr(settings, "TILTAS_DOCUMENT_MB") else 20


def most_video_megabytes():
    """Sound has the same limit."""
    return settings.TILTAS_VIDEO_MB if hasattr(settings, "TILTAS_VIDEO_MB") else 150


def legal_review_months():
    """After so many months a legal reference is to be checked again, whatever day its author wrote; 0 leaves it to the author."""
    return settings.TILTAS_LEGAL_REVIEW_MONTHS if hasattr(settings, "TILTAS_LEGAL_REVIEW_MONTHS") else 12
