"""A certificate on the screens: out of its snapshot alone, as its PDF is, but in the language of the reader."""

from datetime import date

from django.urls import reverse

from ui.templatetags.tiltas_ui import active_language, pick

from .services import verify_url


def shown(certificate):
    """What the templates of a certificate ask for: the certificate, its days as days, outcomes, addresses of its check."""
    checked_with_number = verify_url(certificate.code, certificate.full_number)
    return _certified(certificate) | {
        "check_url": checked_with_number,
        "check_path": f"{reverse('tiltas_verify', args=[certificate.code])}?{checked_with_number.partition('?')[2]}",
        "printed_url": verify_url(certificate.code),
    }


def shown_specimen(specimen):
    """The same of a specimen, of which there is nothing to check."""
    return _certified(specimen) | {"specimen": True}


def _certified(certificate):
    snapshot = certificate.snapshot
    language, outcomes = pick(snapshot["course"].get("outcomes"))
    return {
        "certificate": certificate,
        "issued_on": date.fromisoformat(snapshot["issued_on"]),
        "period": [date.fromisoformat(snapshot["period"][end]) for end in ("from", "to")],
        "outcomes": outcomes or [],
        "outcomes_language": "" if language == active_language() else language,
    }
