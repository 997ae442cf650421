"""Lessons: pages to read, done by the learner's own click, and the place where reading stopped."""

from django.db import models
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from courses.models import Activity, ActivityPage, Enrolment

from .fields import LessonStreamField
from .files import LessonFile, LessonFileUse

__all__ = ["LessonFile", "LessonFileUse", "LessonPage", "ReadingPlace", "ReadingPlaceQuerySet"]


class LessonPage(ActivityPage):
    """One lesson of a module."""

    kind = "lesson"

    body = LessonStreamField(verbose_name=_("body"), blank=True)

    content_panels = [*Page.content_panels, *ActivityPage.activity_panels, FieldPanel("body")]
    template = "tiltas_lessons/lesson_page.html"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def serve(self, request, *args, **kwargs):
        """`?continue` leads to the block where reading stopped, or to the top where none is remembered."""
        from .screens import address_of_place

        address = address_of_place(self, request) if "continue" in request.GET else None
        return redirect(address) if address else super().serve(request, *args, **kwargs)

    def get_context(self, request):
        from .screens import lesson_context

        return super().get_context(request) | lesson_context(self, request)


class ReadingPlaceQuerySet(models.QuerySet):
    def for_user(self, user):
        """A person's own places in courses that are still open; nobody else's is ever found."""
        return self.filter(enrolment__in=Enrolment.objects.for_user(user).open())


class ReadingPlace(models.Model):
    """
    The block at which an enrolment stopped reading a lesson that is not done yet.

    Where, never when or for how long: a place is overwritten by the next one, and forgotten when the lesson is done.
    """

    personal_data = {
        "purpose": _("To lead a learner back to the place where reading stopped."),
        "basis": _("Contract: learning and its certificate."),
        "retention": _("Until the lesson is done; no moments are kept."),
    }

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="reading_places")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="reading_places")
    block_id = models.UUIDField()

    objects = ReadingPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading place")
        verbose_name_plural = _("reading places")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "activity"], name="one_reading_place_per_enrolment_and_activity"
            ),
        ]

    def __str__(self):
        return f"{self.enrolment}: {self.activity}"
