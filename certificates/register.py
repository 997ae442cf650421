"""The register of certificates as an office keeps it: its columns, for the screen and the files."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import in_reader_language
from ui.sheets import Column


def note(certificate):
    """What became of the certificate, in a sentence; nothing while it is valid and replaces none."""
    notes = []
    if certificate.snapshot["replaces"]:
        notes.append(_("Replaces No. %(number)s.") % {"number": certificate.snapshot["replaces"]})
    if certificate.revoked_at:
        day = timezone.localdate(certificate.revoked_at).isoformat()
        notes.append(_("Revoked on %(day)s: %(reason)s") % {"day": day, "reason": certificate.revocation_reason})
    if certificate.replaced_by:
        notes.append(_("Replaced by No. %(number)s.") % {"number": certificate.replaced_by.full_number})
    return " ".join(str(each) for each in notes)


REGISTER_COLUMNS = [
    Column("number", _("Number"), _("Registration number; never given twice."), lambda each: each.full_number),
    Column(
        "issued_on", _("Issued on"), _("Local day (Europe/Vilnius)."), lambda each: timezone.localdate(each.issued_at)
    ),
    Column("given_names", _("Given names"), _("As printed."), lambda each: each.snapshot["learner"]["given_names"]),
    Column("surname", _("Surname"), _("As printed."), lambda each: each.snapshot["learner"]["surname"]),
    Column("course_code", _("Course code"), _("As printed."), lambda each: each.snapshot["course"]["code"]),
    Column(
        "course_title",
        _("Programme"),
        _("As printed, in the language of this file."),
        lambda each: in_reader_language(each.snapshot["course"]["titles"]),
    ),
    Column(
        "academic_hours",
        _("Academic hours"),
        _("As printed; one academic hour is 45 minutes."),
        lambda each: each.snapshot["course"]["academic_hours"],
    ),
    Column(
        "state",
        _("State"),
        _("Valid, revoked or replaced, on the day of this file."),
        lambda each: str(each.state_label),
    ),
    Column("note", _("Notes"), _("What it replaces, when and why it was revoked, what replaced it."), note),
]
