"""Legal references that are due, with the way to the block in the editor."""

from dataclasses import dataclass

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Locale

from lessons.conf import legal_review_months
from lessons.models import LessonPage
from lessons.references import DueReference, due_references


@dataclass(frozen=True)
class ReferenceRow:
    due: DueReference
    edit_url: str


def reference_rows(user, *, on):
    """Those in published lessons of the source language that this person may publish. One query."""
    lessons = LessonPage.objects.filter(locale=Locale.get_default(), live=True).order_by("path")
    mine = [page for page in lessons if page.permissions_for_user(user).can_publish()]
    finder = AdminURLFinder(user)
    return [
        ReferenceRow(due, f"{finder.get_edit_url(due.page)}#block-{due.block_id}-section")
        for due in due_references(mine, on=on, months=legal_review_months())
    ]
