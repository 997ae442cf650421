"""What this room does when an account is closed."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from institutions.models import Membership
from learners.models import Learner
from learners.registry import register_eraser


def blank_the_history_of_edits(*, learner_id, at):
    """Wagtail's history writes down what a thing was called: for a person and their memberships that is a name."""
    learner = Learner.objects.select_related("user").get(pk=learner_id)
    things = [learner, *Membership.objects.filter(learner=learner), *([learner.user] if learner.user else [])]
    for thing in things:
        kind = ContentType.objects.get_for_model(thing)
        ModelLogEntry.objects.filter(content_type=kind, object_id=str(thing.pk)).update(label="–", data={})


register_eraser(blank_the_history_of_edits)
