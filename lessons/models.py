"""Lessons: pages to read, done by the learner's own click."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from courses.models import ActivityPage

from .fields import LessonStreamField


class LessonPage(ActivityPage):
    """One lesson of a module."""

    kind = "lesson"

    body = LessonStreamField(verbose_name=_("body"), blank=True)

    content_panels = [*Page.content_panels, *ActivityPage.activity_panels, FieldPanel("body")]
    template = "tiltas_lessons/lesson_page.html"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def get_context(self, request):
        from .screens import lesson_context

        return super().get_context(request) | lesson_context(self, request)
