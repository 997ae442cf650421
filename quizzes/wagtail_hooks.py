from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Question


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["title", "kind", "points"]
    list_filter = ["kind"]
    search_fields = ["title", "prompt"]


register_snippet(QuestionViewSet)
