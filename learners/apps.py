from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearnersConfig(AppConfig):
    name = "learners"
    label = "tiltas_learners"
    verbose_name = _("Learners")

    def ready(self):
        from .registry import discover

        discover()
