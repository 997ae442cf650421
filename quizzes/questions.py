"""Questions as trainers write them: translatable snippets with drafts, revisions and moderation."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, WorkflowMixin
from wagtail_localize.fields import SynchronizedField

from courses.models import AUTHORSHIP

from .fields import PartsField
from .registry import question_kinds, question_type


class Question(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, models.Model):
    """
    A question in one language. What a learner is asked and graded by is never this row but the QuestionVersion that
    publishing it writes, so editing or deleting a question changes no attempt.
    """

    personal_data = AUTHORSHIP

    title = models.CharField(_("title"), max_length=120, help_text=_("For the trainers' list; learners don't see it."))
    kind = models.CharField(_("kind"), max_length=40, choices=question_kinds, default="single_choice")
    prompt = models.TextField(_("question"))
    options = PartsField(verbose_name=_("options"), blank=True)
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
        problems = self.problems()
        if problems:
            raise ValidationError({"options": [str(problem) for problem in problems]})

    def problems(self):
        """Sentences on what is wrong with the parts; parts of another kind of question are named before anything else."""
        kind, parts = question_type(self.kind), self.parts()
        foreign = [block.block.label for block in self.options if block.block_type not in kind.blocks]
        if foreign:
            names = [
                str(block.label)
                for name, block in self.options.stream_block.child_blocks.items()
                if name in kind.blocks
            ]
            return [
                _(
                    "“%(part)s” is no part of this kind of question, which is made of: %(parts)s. Remove it, or change the kind."
                )
                % {"part": foreign[0], "parts": ", ".join(names)}
            ]
        return kind.problems(parts)

    def parts(self):
        """What the question is made of, as plain dicts: id, type, and the values of each block."""
        return [
            {"id": str(block.id), "type": block.block_type}
            | {name: value if value is not None else "" for name, value in block.value.items()}
            for block in self.options
        ]
