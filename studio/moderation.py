"""What a translator who may not publish does with a finished translation: asks those who may to approve it."""

from django.db import transaction
from django.utils.translation import gettext as _

from .translations import publish, source_of


class NotSubmitted(Exception):
    """A translation can't be submitted now; the message says why."""


@transaction.atomic
def submit_for_moderation(translated, *, user):
    """
    Build the page whole, keep it as a revision and start Wagtail's workflow on it. What readers see stays as it was.

    Raises NotTranslated where a sentence has no words, NotSubmitted where nobody moderates it or somebody does already.
    """
    locked = type(translated).objects.select_for_update(of=("self",)).get(pk=translated.pk)
    workflow = locked.get_workflow()
    if workflow is None:
        raise NotSubmitted(_("Nobody is named to moderate this. Ask a trainer to publish it."))
    state = locked.current_workflow_state
    if state is not None and state.status == state.STATUS_IN_PROGRESS:
        raise NotSubmitted(_("It is being moderated already."))
    source = source_of(locked)
    publish(source, source.get_source_instance(), locked.locale, live=False, user=user)
    locked.refresh_from_db()
    if state is not None and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        workflow.start(locked, user)
