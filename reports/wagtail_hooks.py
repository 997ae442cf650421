from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from institutions.inspecting import InspectView

from .models import ExportLog
from .permissions import can_see_statistics
from .views import statistics


class StatisticsMenuItem(MenuItem):
    def is_shown(self, request):
        return can_see_statistics(request.user)


@hooks.register("register_admin_urls")
def statistics_url():
    return [path("statistics/", statistics, name="tiltas_statistics")]


@hooks.register("register_admin_menu_item")
def statistics_menu_item():
    return StatisticsMenuItem(_("Statistics"), reverse("tiltas_statistics"), icon_name="history", order=900)


class LogPolicy(ModelPermissionPolicy):
    """The log is read; nobody writes it by hand."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, action)


register_permission_policy(ExportLog, LogPolicy(ExportLog))


class ExportLogViewSet(ModelViewSet):
    """Reached from the statistics page: who took what out of the site, newest first."""

    model = ExportLog
    icon = "history"
    form_fields = ["content"]
    list_display = ["exported_at", "user", "get_content_display", "format", "rows", "filter_words"]
    list_filter = ["content", "format"]
    list_per_page = 50
    inspect_view_enabled = True
    inspect_view_class = InspectView
    inspect_view_fields = ["exported_at", "user", "content", "format", "rows", "filter_words"]
    copy_view_enabled = False


@hooks.register("register_admin_viewset")
def export_log_viewset():
    return ExportLogViewSet()
