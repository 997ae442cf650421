"""Records of courses: one row each whatever the language, written by services from the source-locale page alone."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from institutions.models import Membership
from learners.models import Learner


def in_reader_language(texts):
    """The text in the reader's language out of `texts` (language code → text), else in the source language."""
    return texts.get(get_language() or "") or texts.get(settings.LANGUAGE_CODE, "")


class Titled(models.Model):
    """A record with an identity that no language changes and titles copied from the pages for history and reports."""

    key = models.UUIDField(_("key"), unique=True, help_text=_("The pages' translation key."))
    titles = models.JSONField(_("titles"), default=dict)

    class Meta:
        abstract = True

    def __str__(self):
        return self.title

    @property
    def title(self):
        return in_reader_language(self.titles)


class Course(Titled):
    """A course as it is counted. `edition` 0 means that nothing was released yet."""

    personal_data = None

    code = models.CharField(_("code"), max_length=12, unique=True)
    edition = models.PositiveIntegerField(_("edition"), default=0)
    academic_hours = models.PositiveSmallIntegerField(_("academic hours"))
    topics = models.JSONField(_("topics"), default=dict)
    outcomes = models.JSONField(_("learning outcomes"), default=dict)
    private = models.BooleanField(_("private course"), default=False)
    opens_on = models.DateField(_("opens to everyone on"), null=True, blank=True)

    class Meta:
        verbose_name = _("course record")
        verbose_name_plural = _("course records")
        ordering = ["code"]

    def opens_later(self, day):
        """The day from which everybody may enrol, where that is after this one; None where it is open. Private: always open."""
        return self.opens_on if self.opens_on and not self.private and day < self.opens_on else None


class CourseEdition(models.Model):
    """
    A release of a course: from here on this is required, and the certificate states these hours. Never changed.
    (Decision 0002: hours belong to the edition, or a learner of an earlier one would be certified with a later one's.)
    """

    personal_data = None

    course = models.ForeignKey(Course, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    academic_hours = models.PositiveSmallIntegerField()
    released_at = models.DateTimeField()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["course", "number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="one_edition_of_a_number_per_course"),
            models.CheckConstraint(condition=Q(number__gte=1), name="editions_count_from_one"),
        ]

    def __str__(self):
        return f"{self.course.code} / {self.number}"


class Module(Titled):
    personal_data = None

    course = models.ForeignKey(Course, models.PROTECT, related_name="modules")
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("module record")
        verbose_name_plural = _("module records")
        ordering = ["position"]


class ActivityQuerySet(models.QuerySet):
    def required_in(self, edition):
        """The activities that an enrolment of this edition has to complete."""
        return self.filter(Q(required_until__isnull=True) | Q(required_until__gt=edition), required_since__lte=edition)

    def in_order(self):
        return self.order_by("module__position", "position", "pk")

    def open_to_everyone(self):
        """
        The first activity of each course whose page is published and that new learners are offered: anybody may read it, as
        `Outline.first` says.
        """
        present = F("module__course__edition")
        offered = Activity.objects.filter(Q(retired_at=None) | Q(pk__in=Activity.objects.required_in(present)))
        page = Page.objects.filter(translation_key=OuterRef("key"), live=True)
        published = offered.filter(Exists(page.filter(locale__language_code=settings.LANGUAGE_CODE)))
        first = published.filter(module__course=OuterRef("module__course")).in_order()
        return self.filter(pk=Subquery(first.values("pk")[:1]))


class Activity(Titled):
    """
    Something to complete. It is required in the editions from `required_since` up to, and without, `required_until`.
    A row outlives its page: unpublishing or deleting the page changes nothing here. A retired one is not required in any
    edition that is released later, whatever its page says.
    """

    personal_data = None

    module = models.ForeignKey(Module, models.PROTECT, related_name="activities")
    kind = models.CharField(_("kind"), max_length=24)
    position = models.PositiveIntegerField(_("position"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    required_since = models.PositiveIntegerField(_("required since edition"), null=True, blank=True)
    required_until = models.PositiveIntegerField(_("required until edition"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity record")
        verbose_name_plural = _("activity records")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(required_until__isnull=True) | Q(required_until__gt=F("required_since")),
                name="activity_editions_in_order",
            ),
            models.CheckConstraint(
                condition=Q(required_since__isnull=True) | Q(required_since__gte=1),
                name="activity_required_since_an_edition",
            ),
        ]

    def is_offered_in(self, edition):
        """Is there a place for it in an outline of this edition? What is retired is shown to whom it is required alone."""
        return self.retired_at is None or self.is_required_in(edition)

    def is_required_in(self, edition):
        """`ActivityQuerySet.required_in`, for a row that is in memory already."""
        since, until = self.required_since, self.required_until
        return since is not None and since <= edition and (until is None or until > edition)


class Cohort(models.Model):
    """
    A training stream: learners who take a course in the same weeks. Its link lets them enrol on these days, also before the
    course opens to everyone. A private course has none.
    """

    personal_data = None

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="cohorts", verbose_name=_("course"))
    name = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.UniqueConstraint(fields=["course", "name"], name="one_cohort_of_a_name_per_course"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="cohort_days_in_order"
            ),
        ]

    def __str__(self):
        return self.name


class EnrolmentQuerySet(models.QuerySet):
    def open(self):
        return self.filter(completed_at__isnull=True, withdrawn_at__isnull=True)

    def completed(self):
        return self.filter(completed_at__isnull=False)

    def counted(self):
        """What reports may count: no trials."""
        return self.filter(trial=False)

    def for_user(self, user):
        """A person's own enrolments; nobody else's is ever found."""
        return self.filter(learner__user=user) if user.is_authenticated else self.none()


class Enrolment(models.Model):
    """One learner's walk through one edition of a course. Taking it again after completion is a new enrolment."""

    personal_data = {
        "purpose": _("To know who takes which course, since when, and whether it is completed."),
        "basis": _("Contract: learning and its certificate; statistics are a public task."),
        "retention": _("5 years after completion or withdrawal."),
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="enrolments")
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments")
    edition = models.PositiveIntegerField()
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, blank=True, related_name="enrolments")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="enrolments")
    private = models.BooleanField(default=False, help_text=_("Copied from the course when the learner enrols."))
    shared_at = models.DateTimeField(null=True, blank=True)
    trial = models.BooleanField(default=False)
    enrolled_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course"],
                condition=Q(completed_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_enrolment_per_learner_and_course",
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="a_completed_enrolment_is_never_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(completed_at__gte=F("enrolled_at")),
                name="enrolment_moments_in_order",
            ),
            models.CheckConstraint(condition=Q(edition__gte=1), name="an_enrolment_has_a_released_edition"),
            models.CheckConstraint(
                condition=Q(private=False)
                | Q(membership__isnull=True, shared_at__isnull=True)
                | Q(membership__isnull=False, shared_at__isnull=False),
                name="a_private_enrolment_has_an_institution_only_while_shared",
            ),
            models.CheckConstraint(
                condition=Q(private=True) | Q(shared_at__isnull=True), name="only_a_private_enrolment_is_shared"
            ),
        ]

    def __str__(self):
        return f"{self.learner} – {self.course.code}"

    @property
    def is_open(self):
        return self.completed_at is None and self.withdrawn_at is None
