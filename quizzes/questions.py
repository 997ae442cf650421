"""Questions as trainers write them: translatable snippets with drafts, revisions and moderation."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, WorkflowMixin
from wagtail_localize.fields import SynchronizedField

from courses.models import AUTHORSHIP, Module

from .bank_panel import UsedPanel
from .fields import PartsField
from .previews import PreviewedAsAsked
from .question_form import QuestionForm
from .registry import question_kinds, question_type
from .tagging import TagRefused, tags_from, written

_PLACE = RegexValidator(r"^[0-9a-f-]{36}#[0-9a-f-]{36}\Z", _("Choose a block of a lesson from the list."))


class Question(
    PreviewedAsAsked, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, models.Model
):
    """
    A question in one language. What a learner is asked and graded by is never this row but the QuestionVersion that
    publishing it writes, so editing or deleting a question changes no attempt.
    """

    personal_data = AUTHORSHIP
    languages_follow = True

    title = models.CharField(_("title"), max_length=120, help_text=_("For the trainers' list; learners don't see it."))
    kind = models.CharField(_("kind"), max_length=40, choices=question_kinds, default="single_choice")
    prompt = models.TextField(_("question"))
    options = PartsField(verbose_name=_("options"), blank=True)
    explanation = models.TextField(_("explanation"), blank=True, help_text=_("Shown after hand-in."))
    points = models.PositiveSmallIntegerField(
        _("points"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    module = models.ForeignKey(
        Module,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("module"),
        help_text=_("A test may draw its questions from a module."),
    )
    tags = models.CharField(
        _("tags"),
        max_length=400,
        blank=True,
        help_text=_(
            "Words with commas between, such as k1-2, taikymas: an outcome, a topic, a level. A test may draw by them."
        ),
    )
    teaches = models.CharField(
        _("taught by"),
        max_length=73,
        blank=True,
        validators=[_PLACE],
        help_text=_("The part of a lesson to read again. The result of a test leads there."),
    )

    base_form_class = QuestionForm
    panels = [
        FieldPanel("title"),
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("points")], heading=_("Facts of the question")),
        FieldPanel("prompt"),
        FieldPanel("options"),
        FieldPanel("explanation"),
        MultiFieldPanel([FieldPanel("module"), FieldPanel("tags"), FieldPanel("teaches")], heading=_("In the bank")),
        UsedPanel(heading=_("Where it is used, and its versions")),
    ]
    override_translatable_fields = [
        SynchronizedField(name, overridable=False) for name in ("kind", "module", "tags", "teaches")
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return self.title

    @property
    def taught_at(self):
        """(the lesson's key, the block's id) of what teaches this question; None where nothing is said."""
        lesson, _sign, block = self.teaches.partition("#")
        return (UUID(lesson), UUID(block)) if block else None

    def clean(self):
        super().clean()
        try:
            self.tags = written(tags_from(self.tags))
        except TagRefused as refusal:
            raise ValidationError({"tags": str(refusal)}) from None
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
