from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    label = "tiltas_courses"
    verbose_name = _("Courses")

    def ready(self):
        from . import receivers  # noqa: F401
        from .panels import discover

        discover()
