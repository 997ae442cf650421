"""
Looking at a record in the editor's pages. What is empty is a dash, and a word for who listens, never Python's "None"; a moment is
told in the site's own time, which Wagtail's page forgets.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import InspectView as WagtailInspectView

from ui.templatetags.tiltas_ui import local_datetime


class InspectView(WagtailInspectView):
    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, datetime):
            return local_datetime(timezone.localtime(value))
        return nothing() if value is None or value == "" else value


def nothing():
    """What stands in the place of a value that is not there."""
    return format_html('<span aria-hidden="true">—</span><span class="w-sr-only">{}</span>', _("not filled in"))
