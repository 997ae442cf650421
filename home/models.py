"""The screens that show several apps at once, as pages: so far the front page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from courses.models import AUTHORSHIP
from courses.screens import course_cards


class HomePage(Page):
    """The front page: for whom this is, the courses, how it works."""

    personal_data = AUTHORSHIP

    lead = models.TextField(_("lead"), blank=True, help_text=_("For whom this is, in a sentence or two."))

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    max_count_per_parent = 2  # one a language
    template = "tiltas_home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request):
        return super().get_context(request) | {"courses": course_cards(self.locale)}
