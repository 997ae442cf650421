"""What the screens of course care show: a course's editions in numbers, and what releasing the next one would mean."""

from dataclasses import dataclass

from django.db.models import Count, Q
from wagtail.models import Page

from courses.copying import pages_to_copy
from courses.models import Activity, Cohort, CourseEdition, Enrolment
from courses.releasing import EditionPlan, plan_edition, without_translation
from progress.rules import academic_hours
from progress.services import would_complete
from quizzes.copying import questions_of, quizzes_of


@dataclass(frozen=True)
class EditionRow:
    """One edition in numbers, without names; trials are left out."""

    edition: CourseEdition
    required: int
    learning: int
    completed: int


def edition_rows(course):
    """The editions of this course, the newest first. Three queries, however many there are."""
    activities = list(Activity.objects.filter(module__course=course))
    counted = Enrolment.objects.filter(course=course).counted().values("edition")
    numbers = {
        row["edition"]: row
        for row in counted.annotate(
            learning=Count("pk", filter=Q(completed_at=None, withdrawn_at=None)),
            completed=Count("pk", filter=Q(completed_at__isnull=False)),
        )
    }
    return [
        EditionRow(
            edition,
            required=sum(activity.is_required_in(edition.number) for activity in activities),
            learning=numbers.get(edition.number, {}).get("learning", 0),
            completed=numbers.get(edition.number, {}).get("completed", 0),
        )
        for edition in CourseEdition.objects.filter(course=course).order_by("-number")
    ]


@dataclass(frozen=True)
class ReleasePreview:
    """What somebody looks at before an edition is released."""

    plan: EditionPlan
    editions: list
    completing: int
    untranslated: list

    @property
    def learning(self):
        """The editions in which somebody is learning now."""
        return [row for row in self.editions if row.learning]

    @property
    def suggested_hours(self):
        """Whole academic hours in the minutes of what would be required, at least one."""
        return max(academic_hours(self.plan.minutes), 1)


def release_preview(course):
    """The same number of queries however many lessons and learners the course has."""
    plan = plan_edition(course)
    return ReleasePreview(plan, edition_rows(course), len(would_complete(course)), without_translation(plan.required))


@dataclass(frozen=True)
class CopyPreview:
    """What a copy of a course would have: so many pages and questions; and what it would not."""

    pages: int
    questions: int
    left_out: int
    changed: int


def copy_preview(page):
    pages, left_out = pages_to_copy(page)
    keys = {each.translation_key for each in pages}
    changed = sum(each.has_unpublished_changes for each in pages)
    return CopyPreview(len(pages), len(questions_of(quizzes_of(pages), keys)), left_out, changed)


def pages_waiting(page):
    """How many source-language pages of this course wait to be published. One query."""
    pages = Page.objects.descendant_of(page, inclusive=True)
    return pages.filter(Q(live=False) | Q(has_unpublished_changes=True)).count()


def group_rows(course):
    """The groups of this course by their first day, each with how many enrolled in it (`enrolled`). One query."""
    enrolled = Count("enrolments", filter=Q(enrolments__trial=False))
    return Cohort.objects.filter(course=course).annotate(enrolled=enrolled).order_by("-starts_on", "name")
