from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from . import office
from .models import Question
from .permissions import may_see_quizzes


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
