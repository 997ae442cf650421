"""Notices of this room."""

from django.dispatch import Signal

# Sent once per certificate, inside the transaction in which it is issued. Arguments: certificate_id.
# A receiver may only enqueue a task.
certificate_issued = Signal()

# Sent when somebody takes the register out of the site. Arguments: user, format_name, filters (a dict of texts), rows, at.
register_exported = Signal()
