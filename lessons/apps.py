from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LessonsConfig(AppConfig):
    name = "lessons"
    label = "tiltas_lessons"
    verbose_name = _("Lessons")

    def ready(self):
        from . import receivers  # noqa: F401
