from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .bank import shortages
from .bank_admin import LIST_DISPLAY, QuestionFilterSet, QuestionIndexView, refusal_to_delete
from .desk import ShortDrawsPanel
from .models import Question, QuizPage


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    menu_order = 300
    add_to_admin_menu = True
    index_view_class = QuestionIndexView
    filterset_class = QuestionFilterSet
    list_display = LIST_DISPLAY
    search_fields = ["title", "prompt", "tags"]


register_snippet(QuestionViewSet)


@hooks.register("before_delete_snippet")
def refuse_to_delete_a_question_in_use(request, instances):
    """A test would ask one question fewer than its author chose. Asked before Wagtail shows its own question, one or many."""
    refusal = refusal_to_delete(instances)
    if refusal is None:
        return None
    messages.error(request, refusal)
    return redirect(Question.snippet_viewset.get_url_name("list"))


@hooks.register("before_edit_page")
def warn_of_short_draws(request, page):
    """The bank may have shrunk since the test was published: learners are asked what there is, the author is told."""
    if request.method == "GET" and isinstance(page, QuizPage):
        for shortage in shortages(page):
            messages.warning(request, str(shortage))


@hooks.register("construct_homepage_panels")
def show_short_draws(request, panels):
    panels.append(ShortDrawsPanel())
