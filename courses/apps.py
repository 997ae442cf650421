from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    label = "tiltas_courses"
    verbose_name = _("Courses")

    def ready(self):
        from . import newer_source, panels, previews, receivers  # noqa: F401

        newer_source.discover()
        panels.discover()
        previews.discover()
