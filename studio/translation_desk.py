"""What „Vertimai“ shows of the rows of `translation_progress.py`: filtered, ordered, with the way to the editor."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder

from quizzes.models import Question

from .translation_progress import COMPLETE, MISSING, STALE, by_course

TO_DO, ALL = "todo", "all"
IN_ORDER, MOST_FIRST = "tree", "most"
STATES = {
    TO_DO: _("To be done"),
    STALE: pgettext_lazy("sentences of a translation", "Stale"),
    MISSING: pgettext_lazy("sentences of a translation", "Missing"),
    COMPLETE: pgettext_lazy("a translation", "Complete"),
    ALL: _("All"),
}
ORDERS = {IN_ORDER: _("As in the course"), MOST_FIRST: _("Most to do first")}
ELSEWHERE = "other"  # in addresses, what belongs to no course


class Filters:
    """What somebody chose to see; whatever is not offered counts as not chosen."""

    def __init__(self, query):
        self.course = query.get("course", "")
        self.language = query.get("language", "")
        self.state = query.get("state") if query.get("state") in STATES else TO_DO
        self.order = query.get("order") if query.get("order") in ORDERS else IN_ORDER

    def take(self, row):
        if self.course and (row.entry.course or ELSEWHERE) != self.course:
            return False
        if self.language and row.locale.language_code != self.language:
            return False
        if self.state == ALL:
            return True
        return bool(row.tally.left) if self.state == TO_DO else self.state in row.tally.states

    def choices(self, rows):
        """Name of the field → (value, label) of what may be chosen."""
        courses = dict.fromkeys(row.entry.course for row in rows)
        languages = {row.locale.language_code: row.locale.get_display_name() for row in rows}
        return {
            "course": [("", _("All courses")), *((code or ELSEWHERE, code or _("Other pages")) for code in courses)],
            "language": list(languages.items()),
            "state": list(STATES.items()),
            "order": list(ORDERS.items()),
        }


@dataclass(frozen=True)
class Share:
    """A course in one language, and the address of its files."""

    code: str
    title: str  # of the course
    place: str
    locale: object
    tally: object

    @property
    def after_done(self):
        """Where in the bar the stale part ends."""
        return self.tally.done + self.tally.stale


def overview(rows):
    """The Shares of all courses, by code; what belongs to none last."""
    titles = {
        row.entry.course: row.entry.title for row in reversed(rows) if row.entry.course
    }  # the first is the course's own page
    return [
        Share(code, titles.get(code, ""), code or ELSEWHERE, locale, tally) for code, locale, tally in by_course(rows)
    ]


def desk_rows(rows, filters):
    """The rows that these filters take, in the order that they name."""
    chosen = [row for row in rows if filters.take(row)]
    if filters.order == MOST_FIRST:
        chosen.sort(key=lambda row: -row.tally.words)
    return chosen


def with_addresses(rows, user):
    """(row, address of the translator's editor, or where a translation is begun; "" where this person may do neither)."""
    finder = AdminURLFinder(user)
    may_begin = user.has_perm("wagtail_localize.submit_translation")
    return [(row, (finder.get_edit_url(row.twin) if row.twin else may_begin and _beginning(row)) or "") for row in rows]


def _beginning(row):
    if not row.entry.is_question:
        return reverse("wagtail_localize:submit_page_translation", args=[row.entry.pk])
    meta = Question._meta
    return reverse("wagtail_localize:submit_snippet_translation", args=[meta.app_label, meta.model_name, row.entry.pk])
