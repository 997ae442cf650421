from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    label = "tiltas_accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from . import receivers  # noqa: F401  (registers itself)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's pages of users, with our limits on who may make whom a superuser."""

    user_viewset = "accounts.viewsets.UserViewSet"
