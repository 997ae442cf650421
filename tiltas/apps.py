from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TiltasConfig(AppConfig):
    name = "tiltas"
    label = "tiltas_shell"
    verbose_name = _("Tiltas")

    def ready(self):
        from . import checks  # noqa: F401  (registers itself)
