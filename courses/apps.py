from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    label = "tiltas_courses"
    verbose_name = _("Courses")

    def ready(self):
        from . import panels, previews, receivers  # noqa: F401

        panels.discover()
        previews.discover()
