"""What this person changed last and nobody can read yet."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Locale, Page, WorkflowState

from quizzes.models import Question


@dataclass(frozen=True)
class DraftRow:
    """A page or question with changes that are not published. `language` is empty for the source language."""

    title: str
    kind: str
    language: str
    edit_url: str
    changed_at: datetime
    is_new: bool  # readers have never seen it
    waits: bool  # for somebody to approve it
    came_back: bool  # with changes asked for


def draft_rows(user):
    """The newest first. A handful of queries, however many there are."""
    finder, source, rows = AdminURLFinder(user), Locale.get_default(), []
    for drafts in (_drafts(Page, user), _drafts(Question, user)):
        states = _states(drafts)
        for draft in drafts:
            url = finder.get_edit_url(draft)
            if url:
                rows.append(_row(draft, url, states.get(str(draft.pk)), source))
    return sorted(rows, key=lambda row: row.changed_at, reverse=True)


def _drafts(model, user):
    rows = model.objects.filter(latest_revision__user=user, has_unpublished_changes=True)
    return list(rows.select_related("latest_revision", "locale").order_by("-latest_revision__created_at"))


def _states(drafts):
    """Primary key → the status of its workflow, of those that are in one. One query."""
    kinds = {ContentType.objects.get_for_model(type(draft)) for draft in drafts}
    found = WorkflowState.objects.active().filter(
        base_content_type__in=kinds, object_id__in=[str(draft.pk) for draft in drafts]
    )
    return dict(found.values_list("object_id", "status"))


def _row(draft, url, status, source):
    return DraftRow(
        title=draft.latest_revision.object_str,
        kind=str((draft.specific_class if isinstance(draft, Page) else type(draft))._meta.verbose_name),
        language="" if draft.locale_id == source.pk else draft.locale.get_display_name(),
        edit_url=url,
        changed_at=draft.latest_revision.created_at,
        is_new=not draft.live,
        waits=status == WorkflowState.STATUS_IN_PROGRESS,
        came_back=status == WorkflowState.STATUS_NEEDS_CHANGES,
    )
