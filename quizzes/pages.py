"""Quizzes as trainers build them."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from courses.models import ActivityPage
from courses.pages import is_source

from .bank import shortages
from .fields import AskedField
from .rules import Terms


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
    tries = models.PositiveSmallIntegerField(
        _("attempts allowed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: as many as somebody needs. Who has used them all can't complete the course."),
    )
    pause_minutes = models.PositiveIntegerField(
        _("pause between attempts"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60 * 24 * 30)],
        help_text=_("Minutes. Empty: none."),
    )
    opens_on = models.DateField(_("opens on"), null=True, blank=True, help_text=_("Empty: open since it is published."))
    closes_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("An attempt that has begun may be finished later.")
    )
    time_limit = models.PositiveSmallIntegerField(
        _("time limit"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 60)],
        help_text=_("Minutes, from 1 to 1440. Empty: none. Who needs more time gets it from the administrator."),
    )
    shows = models.CharField(
        _("the result shows"),
        max_length=12,
        default="all",
        choices=[
            ("all", _("what was right and why, at once")),
            ("when_done", _("what was right and why, once it is passed or no attempt is left")),
            ("when_closed", _("what was right and why, after the last day")),
            ("score", _("the score alone")),
        ],
    )
    shuffled = models.BooleanField(
        _("questions in another order each time"),
        default=True,
        help_text=_("The order of the answers changes in any case, but for true or false."),
    )
    questions = AskedField(verbose_name=_("questions"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        *ActivityPage.activity_panels,
        MultiFieldPanel([FieldPanel("pass_mark"), FieldPanel("questions"), FieldPanel("shuffled")], heading=_("Test")),
        MultiFieldPanel(
            [
                FieldPanel("time_limit"),
                FieldPanel("tries"),
                FieldPanel("pause_minutes"),
                FieldPanel("opens_on"),
                FieldPanel("closes_on"),
                FieldPanel("shows"),
            ],
            heading=_("Attempts"),
            classname="collapsed",
        ),
    ]
    override_translatable_fields = [SynchronizedField("shows", overridable=False)]
    template = "tiltas_quizzes/quiz_page.html"

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def clean(self):
        super().clean()
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("The last day is before the first one. Change one of the two.")})
        if self.shows == "when_closed" and not self.closes_on:
            raise ValidationError(
                {"closes_on": _("What was right is to be shown after the last day: name that day, or show it earlier.")}
            )
        found = shortages(self) if is_source(self) else []
        if found:
            raise ValidationError({"questions": [lazystr(shortage) for shortage in found]})

    @property
    def terms(self):
        """When an attempt may begin; of the source-language page alone."""
        return Terms(self.tries, self.pause_minutes, self.opens_on, self.closes_on)

    def get_context(self, request):
        from .screens import quiz_context

        return super().get_context(request) | quiz_context(self, request)

    def question_keys(self):
        """Translation keys of the chosen questions that still exist, in order."""
        chosen = self.questions.blocks_by_name("question")
        return [block.value.translation_key for block in chosen if block.value is not None]

    @property
    def draws(self):
        """The draws from the bank, as the stream keeps them, in order. No query."""
        return [block for block in self.questions.raw_data if block["type"] == "draw"]
