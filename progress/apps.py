from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ProgressConfig(AppConfig):
    name = "progress"
    label = "tiltas_progress"
    verbose_name = _("Progress")

    def ready(self):
        from .frozen import write_triggers

        # Without a sender: the models of upper rooms keep their facts by the same promise.
        post_migrate.connect(write_triggers, dispatch_uid="tiltas_progress.frozen")
