from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudioConfig(AppConfig):
    name = "studio"
    label = "tiltas_studio"
    verbose_name = _("Authors' workshop")

    def ready(self):
        from . import receivers  # noqa: F401
