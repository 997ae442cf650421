from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

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
