"""What the register shows of one certificate: what was certified, in words instead of the snapshot's JSON."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from courses.models import in_reader_language
from institutions.inspecting import InspectView, nothing


class CertificateInspectView(InspectView):
    def get_snapshot_display_value(self):
        """The day's own values, whatever became of names, courses and institutions since."""
        told = format_html_join("", "<dt>{}</dt><dd>{}</dd>", certified(self.object.snapshot))
        return format_html("<dl>{}</dl>", told)


def certified(snapshot):
    """(heading, value) of what stands on the certificate beside number, name and programme."""
    course, institution, issuer = snapshot["course"], snapshot["institution"] or {}, snapshot["issuer"]
    period = f"{snapshot['period']['from']} – {snapshot['period']['to']}"
    topics = [in_reader_language(module["titles"]) for module in snapshot["modules"]]
    place = ", ".join(filter(None, [institution.get("name"), in_reader_language(institution.get("municipality", {}))]))
    return [
        (_("Issued on"), snapshot["issued_on"]),
        (_("Course code"), course["code"] or nothing()),
        (_("Academic hours"), course["academic_hours"]),
        (_("Period"), period),
        (_("Topics of the programme"), format_html_join("", "<div>{}</div>", zip(topics)) or nothing()),
        (_("Institution"), place or nothing()),
        (_("Job title"), institution.get("job_title") or nothing()),
        (_("Issuer"), in_reader_language(issuer["names"]) or nothing()),
        (_("Signatory"), issuer["signatory_name"] or nothing()),
        (_("In place of"), snapshot["replaces"] or nothing()),
    ]
