from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from . import office, question_doors
from .bank import shortages
from .bank_admin import LIST_DISPLAY, QuestionFilterSet, QuestionIndexView, refusal_to_delete
from .desk import ShortDrawsPanel
from .models import Question, QuizPage
from .permissions import may_see_quizzes


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


@hooks.register("register_admin_urls")
def going_urls():
    own = [
        path("", office.quizzes, name="index"),
        path("<uuid:activity_key>/", office.quiz, name="quiz"),
        path("<uuid:activity_key>/end/", office.end, name="end"),
    ]
    return [path("quizzes/", include((own, "tiltas_quizzes_going")))]


class GoingMenuItem(MenuItem):
    def is_shown(self, request):
        return may_see_quizzes(request.user)


@hooks.register("register_admin_menu_item")
def going_menu_item():
    return GoingMenuItem(_("How quizzes go"), reverse("tiltas_quizzes_going:index"), icon_name="tasks", order=310)


@hooks.register("register_admin_viewset")
def extra_time_viewset():
    return office.ExtraTimeViewSet()


@hooks.register("before_delete_snippet")
def refuse_to_delete_a_question_in_use(request, instances):
    """A test would ask one question fewer than its author chose. Asked before Wagtail shows its own question, one or many."""
    refusal = refusal_to_delete(instances)
    if refusal is not None:
        messages.error(request, refusal)
        return redirect(Question.snippet_viewset.get_url_name("list"))
    return question_doors.refuse_alone(request, [each for each in instances if isinstance(each, Question)])


hooks.register("before_unpublish", question_doors.unpublish)
hooks.register("before_create_snippet", question_doors.create)


@hooks.register("before_edit_page")
def warn_of_short_draws(request, page):
    """The bank may have shrunk since the test was published: learners are asked what there is, the author is told."""
    if request.method == "GET" and isinstance(page, QuizPage):
        for shortage in shortages(page):
            messages.warning(request, str(shortage))


@hooks.register("construct_homepage_panels")
def show_short_draws(request, panels):
    panels.append(ShortDrawsPanel())
