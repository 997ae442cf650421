from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """What every screen shares: tokens, base template, components. It has no models and knows no other app."""

    name = "ui"
    label = "tiltas_ui"
    verbose_name = _("Look and components")
