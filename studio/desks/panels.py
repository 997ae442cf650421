"""The panels of the first screen. Each is empty where nothing of its kind waits; where nothing at all does, one sentence says so."""

from functools import reduce
from operator import add

from django.forms import Media
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from .drafts import draft_rows
from .missing import missing_rows
from .moderating import rows_to_decide
from .references import reference_rows
from .waivers import waiver_rows

MOST_ROWS = 10  # of a kind; the rest is a number
FIRST_THAT_WAITS_FOR_NOBODY = 50  # the order of the panel of courses: what stands above it waits for somebody
# Wagtail's own that say the same, once more and with a query for each row.
SAID_BY_OURS = (RecentEditsPanel, UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)


class WaitingPanel(Component):
    """Rows of one kind."""

    class Media:
        css = {"all": ["tiltas_studio/desk.css"]}

    def rows(self, user):
        raise NotImplementedError

    def get_context_data(self, parent_context):
        rows = self.rows(parent_context["request"].user)
        return {"rows": rows[:MOST_ROWS], "more": len(rows) - MOST_ROWS}


class MissingPanel(WaitingPanel):
    template_name = "tiltas_studio/missing_panel.html"
    order = 10

    def rows(self, user):
        return missing_rows(user)


class ModeratingPanel(WaitingPanel):
    template_name = "tiltas_studio/moderating_panel.html"
    order = 20

    def rows(self, user):
        return rows_to_decide(user)


class DraftsPanel(WaitingPanel):
    template_name = "tiltas_studio/drafts_panel.html"
    order = 30

    def rows(self, user):
        return draft_rows(user)


class ReferencesPanel(WaitingPanel):
    template_name = "tiltas_studio/references_panel.html"
    order = 46

    def rows(self, user):
        return reference_rows(user, on=timezone.localdate())


class WaiversPanel(WaitingPanel):
    template_name = "tiltas_studio/waivers_panel.html"
    order = 40

    def rows(self, user):
        return waiver_rows(user, at=timezone.now())


class Waiting(Component):
    """All that waits for this person, whichever room knows of it; or a kind word."""

    order = 1

    def __init__(self, panels):
        self.panels = sorted(panels, key=lambda panel: panel.order)

    @property
    def media(self):
        return reduce(add, (panel.media for panel in self.panels), Media())

    def render_html(self, parent_context=None):
        shown = [html for panel in self.panels if (html := panel.render_html(parent_context)).strip()]
        return render_to_string("tiltas_studio/waiting.html", {"panels": shown})


def arrange(panels):
    """The panels of the first screen in our order, without those of Wagtail that ours replace."""
    own = [MissingPanel(), ModeratingPanel(), DraftsPanel(), WaiversPanel(), ReferencesPanel()]
    all_ = [*own, *(panel for panel in panels if not isinstance(panel, SAID_BY_OURS))]
    waits = [panel for panel in all_ if panel.order < FIRST_THAT_WAITS_FOR_NOBODY]
    return [Waiting(waits), *(panel for panel in all_ if panel not in waits)]
