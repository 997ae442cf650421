"""Quizzes as trainers build them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.models import ActivityPage


class QuizPage(ActivityPage):
    """A graded quiz. Its questions and pass mark are read from the source-language page when an attempt begins."""

    kind = "quiz"

    intro = models.TextField(_("introduction"), blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"),
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Per cent of the points, from 1 to 100."),
    )
    questions = StreamField(
        [("question", SnippetChooserBlock("tiltas_quizzes.Question", label=_("Question")))],
        verbose_name=_("questions"),
        blank=True,
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        *ActivityPage.activity_panels,
        MultiFieldPanel([FieldPanel("pass_mark"), FieldPanel("questions")], heading=_("Test")),
    ]
    template = "tiltas_quizzes/quiz_page.html"

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def get_context(self, request):
        from .screens import quiz_context

        return super().get_context(request) | quiz_context(self, request)

    def question_keys(self):
        """Translation keys of the questions that still exist, in order."""
        return [block.value.translation_key for block in self.questions if block.value is not None]
