"""Notices of this room."""

from django.dispatch import Signal

# Sent once, inside the transaction in which an enrolment is completed. Arguments: enrolment_id.
# A receiver may only enqueue a task: the task table is the outbox, committed or rolled back with the completion.
course_completed = Signal()
