"""Pages of the catalogue. Editors write them; what learners achieve stands on the records of `records.py`."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import CharBlock
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.fields import SynchronizedField

from .previews import PreviewedInLanguages
from .records import Activity, Course, Module

# Wagtail names the owner, the editors and who locked a text beside each page and draft.
AUTHORSHIP = {
    "purpose": _("To know who wrote, changed and published a text."),
    "basis": _("Legitimate interest: responsibility for what is taught."),
    "retention": _("As long as the text and its history are kept; without the person once the account is deleted."),
}


def is_source(page):
    """Does this page own structure and numbers? Records follow the source-locale page alone."""
    return page.locale_id == Locale.get_default().pk


def _view_restrictions(self):
    """As Wagtail finds them, but one query tells where there are none: neither on this line of pages nor behind an alias."""
    line = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
    possible = PageViewRestriction.objects.filter(Q(page__path__in=line) | Q(page__aliases__isnull=False))
    return Page.get_view_restrictions(self) if possible.exists() else PageViewRestriction.objects.none()


class CourseIndexPage(PreviewedInLanguages, Page):
    """The catalogue."""

    personal_data = AUTHORSHIP
    languages_follow = True
    get_view_restrictions = _view_restrictions

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["tiltas_home.HomePage"]
    subpage_types = ["tiltas_courses.CoursePage"]
    template = "tiltas_courses/course_index_page.html"

    class Meta:
        verbose_name = _("course catalogue")
        verbose_name_plural = _("course catalogues")

    def get_context(self, request):
        from .screens import catalogue_context

        return super().get_context(request) | catalogue_context(self, request)


class CoursePage(PreviewedInLanguages, Page):
    """What a course is about, for whom, and how it is completed."""

    personal_data = AUTHORSHIP
    languages_follow = True
    get_view_restrictions = _view_restrictions

    code = models.CharField(
        _("code"),
        max_length=12,
        validators=[
            RegexValidator(r"^[A-Z0-9][A-Z0-9\-]*$", _("Capital letters, digits and hyphens only, such as K1."))
        ],
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("One or two sentences for the catalogue."))
    audience = models.TextField(_("for whom"), blank=True)
    aim = models.TextField(_("aim"), blank=True)
    completion_rule = models.TextField(_("completion criteria in words"), blank=True)
    academic_hours = models.PositiveSmallIntegerField(
        _("academic hours"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(400)],
        help_text=_("Of the whole programme; one academic hour is 45 minutes."),
    )
    private = models.BooleanField(
        _("private course"),
        default=False,
        help_text=_(
            "No institution sees who takes it until the learner shares it; only the register of certificates names them."
        ),
    )
    outcomes = StreamField(
        [("outcome", CharBlock(label=_("Learning outcome"), max_length=400))],
        verbose_name=_("learning outcomes"),
        blank=True,
    )
    topics = StreamField([("topic", CharBlock(label=_("Topic"), max_length=200))], verbose_name=_("topics"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("code"), FieldPanel("academic_hours"), FieldPanel("private")], heading=_("Facts of the course")
        ),
        FieldPanel("aim"),
        FieldPanel("audience"),
        FieldPanel("outcomes"),
        FieldPanel("topics"),
        FieldPanel("completion_rule"),
    ]
    override_translatable_fields = [SynchronizedField("code", overridable=False)]
    parent_page_types = ["tiltas_courses.CourseIndexPage"]
    subpage_types = ["tiltas_courses.ModulePage"]
    template = "tiltas_courses/course_page.html"

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def clean(self):
        super().clean()
        course = Course.objects.filter(code=self.code).exclude(key=self.translation_key).first()
        if course is not None:
            raise ValidationError(
                {"code": _("The code %(code)s belongs to another course: choose a free one.") % {"code": self.code}}
            )

    @property
    def record(self):
        """The Course of this page, or None before its first publication."""
        return Course.objects.filter(key=self.translation_key).first()

    def get_context(self, request):
        from .screens import course_context

        return super().get_context(request) | course_context(self, request)


class ModulePage(Page):
    """A part of a course; its children are the activities."""

    personal_data = AUTHORSHIP
    languages_follow = True

    parent_page_types = ["tiltas_courses.CoursePage"]
    # No subpage_types: each subclass of ActivityPage names this page as its parent.
    template = "tiltas_courses/module_page.html"
    preview_modes = []  # it has no screen of its own

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    @property
    def record(self):
        return Module.objects.filter(key=self.translation_key).first()

    def get_context(self, request):
        return super().get_context(request) | {"course_page": self.get_parent().specific}

    def serve(self, request, *args, **kwargs):
        """A module has no screen of its own: the course's outline shows it."""
        from django.http import HttpResponseRedirect

        return HttpResponseRedirect(f"{self.get_parent().get_url(request)}#m-{self.translation_key}")


class ActivityPage(PreviewedInLanguages, Page):
    """Something that a learner completes: a lesson, a quiz. Other apps make the pages."""

    personal_data = AUTHORSHIP
    languages_follow = True
    get_view_restrictions = _view_restrictions

    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=25, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    required = models.BooleanField(
        _("required for completion"),
        default=True,
        help_text=_("Counts from the next edition of the course on; learners of an earlier edition keep its rule."),
    )

    # What kind of activity the record is told to be.
    kind = ""

    activity_panels = [
        MultiFieldPanel([FieldPanel("minutes"), FieldPanel("required")], heading=_("Facts of the activity"))
    ]
    parent_page_types = ["tiltas_courses.ModulePage"]
    subpage_types = []

    class Meta:
        abstract = True

    @property
    def record(self):
        """The Activity of this page, or None before its first publication."""
        return Activity.objects.filter(key=self.translation_key).select_related("module__course").first()
