"""The time that is up, the learner's hand-in and a trainer's end, all at the same moment: one end, one score, one completion."""

from datetime import timedelta

LIMIT = timedelta(minutes=10)
