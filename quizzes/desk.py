"""On the editor's first screen: tests whose draws the bank can't fill any more. Nothing where all is well."""

from dataclasses import dataclass

from wagtail.admin.ui.components import Component
from wagtail.models import Locale

from .bank import shortages
from .pages import QuizPage


@dataclass(frozen=True)
class ShortRow:
    page: QuizPage
    sentences: list


def short_rows(user):
    """The published tests that this person may edit and whose draws go short. Few queries for each test that draws."""
    quizzes = QuizPage.objects.filter(locale=Locale.get_default(), live=True).order_by("path")
    drawing = [page for page in quizzes if page.draws and page.permissions_for_user(user).can_edit()]
    rows = [ShortRow(page, [str(shortage) for shortage in shortages(page)]) for page in drawing]
    return [row for row in rows if row.sentences]


class ShortDrawsPanel(Component):
    template_name = "tiltas_quizzes/short_draws_panel.html"
    order = 47

    def get_context_data(self, parent_context):
        return {"rows": short_rows(parent_context["request"].user)}
