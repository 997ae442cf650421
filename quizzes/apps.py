from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizzesConfig(AppConfig):
    name = "quizzes"
    label = "tiltas_quizzes"
    verbose_name = _("Quizzes")

    def ready(self):
        from . import receivers  # noqa: F401
        from .registry import discover

        discover()
