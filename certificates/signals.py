"""Notices of this room."""

from django.dispatch import Signal

# Sent once per certificate, inside the transaction in which it is issued. Arguments: certificate_id.
# A receiver may only enqueue a task.
certificate_issued = Signal()
