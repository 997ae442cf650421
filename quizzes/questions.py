"""Questions as trainers write them: translatable snippets with drafts, revisions and moderation."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, WorkflowMixin
from wagtail_localize.fields import SynchronizedField

from courses.models import AUTHORSHIP

from .registry import question_kinds, question_type


class OptionBlock(blocks.StructBlock):
    """An option with the feedback that teaches whoever chose it."""

    correct = blocks.BooleanBlock(label=_("Right"), required=False)
    text = blocks.CharBlock(label=_("Option"), max_length=400)
    feedback = blocks.CharBlock(label=_("Feedback"), max_length=600, required=False)

    class Meta:
        label = _("Option")
        icon = "list-ul"


class Question(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, models.Model):
    """
    A question in one language. What a learner is asked and graded by is never this row but the QuestionVersion that
    publishing it writes, so editing or deleting a question changes no attempt.
    """

    personal_data = AUTHORSHIP

    title = models.CharField(_("title"), max_length=120, help_text=_("For the trainers' list; learners don't see it."))
    kind = models.CharField(_("kind"), max_length=40, choices=question_kinds, default="single_choice")
    prompt = models.TextField(_("question"))
    options = StreamField([("option", OptionBlock())], verbose_name=_("options"), blank=True)
    explanation = models.TextField(_("explanation"), blank=True, help_text=_("Shown after hand-in."))
    points = models.PositiveSmallIntegerField(
        _("points"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    panels = [
        FieldPanel("title"),
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("points")], heading=_("Facts of the question")),
        FieldPanel("prompt"),
        FieldPanel("options"),
        FieldPanel("explanation"),
    ]
    override_translatable_fields = [SynchronizedField("kind", overridable=False)]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if self.kind not in dict(question_kinds()):
            return  # the field says so itself
        problems = question_type(self.kind).problems(self.option_values())
        if problems:
            raise ValidationError({"options": [str(problem) for problem in problems]})

    def option_values(self):
        """The options as plain dicts: id, text, correct, feedback."""
        return [
            {
                "id": str(block.id),
                "text": block.value["text"],
                "correct": bool(block.value["correct"]),
                "feedback": block.value["feedback"] or "",
            }
            for block in self.options
        ]
