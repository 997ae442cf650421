"""What others have submitted and this person may decide on."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import GroupApprovalTask, Page, Task, TaskState


@dataclass(frozen=True)
class ToDecide:
    """A page or question that is in moderation. `actions`: (address, what the button says, does it ask first?)."""

    title: str
    kind: str
    language: str
    edit_url: str
    by: str
    since: datetime
    actions: list = field(default_factory=list)


def rows_to_decide(user):
    """What waits longest first. A handful of queries, however many there are."""
    states = (
        TaskState.objects.reviewable_by(user)
        .select_related("task", "revision__user")
        .prefetch_related("revision__content_object__locale")
        .order_by("started_at")
    )
    finder, decisions, rows = AdminURLFinder(user), _Decisions(user), []
    for state in states:
        thing = state.revision.content_object
        if thing is not None:  # a page that was deleted meanwhile
            rows.append(_row(state, thing, finder.get_edit_url(thing), decisions.on(state, thing)))
    return rows


def _row(state, thing, url, actions):
    return ToDecide(
        title=state.revision.object_str,
        kind=str(type(thing)._meta.verbose_name),
        language=thing.locale.get_display_name(),
        edit_url=url or "",
        by=state.revision.user.get_full_name() or str(state.revision.user) if state.revision.user else "",
        since=state.started_at,
        actions=actions,
    )


class _Decisions:
    """What this person may do with each; a group's task says the same of all that wait for it, so it is asked once."""

    def __init__(self, user):
        self.user, self.tasks, self.known = user, {}, {}

    def on(self, state, thing):
        name = "wagtailadmin_pages:workflow_action"
        if not isinstance(thing, Page):
            name = thing.snippet_viewset.get_url_name("workflow_action")
        return [
            (reverse(name, args=[thing.pk, action, state.pk]), label, asks)
            for action, label, asks in self._allowed(state.task_id, thing)
        ]

    def _allowed(self, task_id, thing):
        if task_id in self.known:
            return self.known[task_id]
        if task_id not in self.tasks:
            self.tasks[task_id] = Task.objects.get(pk=task_id).specific
        allowed = self.tasks[task_id].get_actions(thing, self.user)
        if type(self.tasks[task_id]) is GroupApprovalTask:
            self.known[task_id] = allowed
        return allowed
