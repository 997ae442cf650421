"""
Completion statistics: the one query object behind the screen, the coordinator's list and every file.

Rows come from the enrolments one by one; totals are counted by the database in a query of their own, so that the two can be
held against each other.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from courses.models import CourseEdition, Enrolment
from institutions.models import Institution
from ui.collation import lithuanian_key

COMPLETED, IN_PROGRESS, WITHDRAWN = "completed", "in_progress", "withdrawn"
STATUS_LABELS = {COMPLETED: _("Completed"), IN_PROGRESS: _("In progress"), WITHDRAWN: _("Withdrawn")}


@dataclass(frozen=True)
class Filters:
    """What to count. `since` and `until` are local days, both included; None or empty means everything."""

    course: str = ""
    municipality: str = ""
    institution: UUID | None = None
    since: date | None = None
    until: date | None = None
    language: str = "lt"

    def as_json(self):
        """The filters that are set, as plain strings."""
        return {name: str(value) for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Row:
    """One enrolment. Names are empty for a private course that its learner has not shared."""

    municipality: str
    institution: str
    attribution: str
    surname: str
    given_names: str
    job_title: str
    course_code: str
    course_title: str
    edition: int
    academic_hours: int
    status: str
    enrolled_on: date
    completed_on: date | None
    certificate: str


@dataclass(frozen=True)
class Totals:
    enrolled: int = 0
    completed: int = 0
    in_progress: int = 0
    withdrawn: int = 0
    unconfirmed: int = 0
    academic_hours: int = 0
    certificates: int = 0

    def __add__(self, other):
        return Totals(
            *(own + others for own, others in zip(asdict(self).values(), asdict(other).values(), strict=True))
        )

    @property
    def share_completed(self):
        """Per cent of the enrolments that were completed, one decimal; None where there are none."""
        return round(100 * self.completed / self.enrolled, 1) if self.enrolled else None


@dataclass(frozen=True)
class InstitutionTotals:
    """The totals of one institution, or of what is attributed to none (`institution` None)."""

    institution: Institution | None
    totals: Totals


@dataclass(frozen=True)
class MonthTotals:
    """What was completed in one local month; `month` is its first day."""

    month: date
    completed: int = 0
    academic_hours: int = 0


class CompletionStatistics:
    """
    Enrolments and completions under these filters, trials left out.

    In a period an enrolment counts by the day on which it was completed, and where it was not, by the day of enrolling.
    `scope` is a QuerySet of the institutions that the asker may see; None means everything, also what is attributed to none.
    """

    def __init__(self, filters, scope=None):
        self.filters = filters
        self.scope = scope

    def described(self):
        """What was asked for, as plain strings for the log: the filters that are set, and the scope where there is one."""
        asked = self.filters.as_json()
        if self.scope is not None:
            asked["scope"] = ", ".join(sorted(str(uuid) for uuid in self.scope.values_list("uuid", flat=True)))
        return asked

    @property
    def enrolments(self):
        chosen = Enrolment.objects.counted()
        if self.scope is not None:
            chosen = chosen.filter(_NOT_REFUSED, membership__institution__in=self.scope)
        if self.filters.course:
            chosen = chosen.filter(course__code=self.filters.course)
        if self.filters.municipality:
            chosen = chosen.filter(_NOT_REFUSED, membership__institution__municipality__code=self.filters.municipality)
        if self.filters.institution:
            chosen = chosen.filter(_NOT_REFUSED, membership__institution__uuid=self.filters.institution)
        moment = Coalesce("completed_at", "enrolled_at")
        if self.filters.since:
            chosen = chosen.annotate(counted_at=moment).filter(counted_at__gte=_start(self.filters.since))
        if self.filters.until:
            after = _start(self.filters.until + timedelta(days=1))
            chosen = chosen.annotate(counted_at=moment).filter(counted_at__lt=after)
        editions = CourseEdition.objects.filter(course=OuterRef("course"), number=OuterRef("edition"))
        valid = Certificate.objects.valid().filter(enrolment=OuterRef("pk"))  # at most one, the database promises
        return chosen.annotate(hours=Subquery(editions.values("academic_hours")[:1]), certified=Exists(valid))

    def rows(self):
        """Each enrolment as a Row, sorted by Lithuanian rules: municipality, institution, person, course. One query."""
        certificates = Certificate.objects.valid().filter(enrolment=OuterRef("pk"))
        chosen = self.enrolments.annotate(certificate_snapshot=Subquery(certificates.values("snapshot__number")[:1]))
        chosen = chosen.select_related("learner", "course", "membership__institution__municipality")
        rows = [self._row(enrolment) for enrolment in chosen]
        return sorted(rows, key=_row_key)

    def _row(self, enrolment):
        membership = enrolment.membership
        if membership is not None and membership.refused_at:
            membership = None
        hidden = enrolment.private and enrolment.shared_at is None
        language = self.filters.language
        return Row(
            municipality=_in(membership.institution.municipality.names, language) if membership else "",
            institution=membership.institution.name if membership else "",
            attribution=_attribution(membership),
            surname="" if hidden else enrolment.learner.surname,
            given_names="" if hidden else enrolment.learner.given_names,
            job_title=membership.job_title if membership else "",
            course_code=enrolment.course.code,
            course_title=_in(enrolment.course.titles, language),
            edition=enrolment.edition,
            academic_hours=enrolment.hours or 0,
            status=_status(enrolment),
            enrolled_on=timezone.localdate(enrolment.enrolled_at),
            completed_on=enrolment.completed_at and timezone.localdate(enrolment.completed_at),
            certificate="" if hidden else (enrolment.certificate_snapshot or ""),
        )

    def totals(self):
        """Totals over everything under the filters. One query."""
        return _totals(self.enrolments.aggregate(**_SUMS))

    def by_institution(self):
        """Totals of each institution that has any, by Lithuanian rules, then of what is attributed to none. Two queries."""
        groups = self.enrolments.order_by().values(counted_for=COUNTED_FOR).annotate(**_SUMS)
        sums = {group.pop("counted_for"): group for group in groups}
        institutions = Institution.objects.select_related("municipality").in_bulk([pk for pk in sums if pk])
        named = [InstitutionTotals(institution, _totals(sums[pk])) for pk, institution in institutions.items()]
        named.sort(key=lambda each: lithuanian_key(each.institution.name))
        if None in sums:
            named.append(InstitutionTotals(None, _totals(sums[None])))
        return named

    def by_month(self):
        """
        What was completed in each local month, from the first to the last with any; the months between stand there with
        zero. One query.
        """
        groups = (
            self.enrolments.completed()
            .order_by()
            .values(month=TruncMonth("completed_at"))
            .annotate(completed=Count("pk"), academic_hours=Sum("hours"))
        )
        found = {
            timezone.localdate(group["month"]): MonthTotals(
                timezone.localdate(group["month"]), group["completed"], group["academic_hours"] or 0
            )
            for group in groups
        }
        return [found.get(month) or MonthTotals(month) for month in _months(min(found), max(found))] if found else []


# An institution that answered that the person does not work there is counted for none of the courses.
_NOT_REFUSED = Q(membership__refused_at__isnull=True)


COUNTED_FOR = Case(When(_NOT_REFUSED, then=F("membership__institution")))

_SUMS = {
    "enrolled": Count("pk"),
    "completed": Count("pk", filter=Q(completed_at__isnull=False)),
    "withdrawn": Count("pk", filter=Q(withdrawn_at__isnull=False)),
    "unconfirmed": Count(
        "pk", filter=_NOT_REFUSED & Q(membership__isnull=False, membership__confirmed_at__isnull=True)
    ),
    "academic_hours": Sum("hours", filter=Q(completed_at__isnull=False)),
    "certificates": Count("pk", filter=Q(certified=True)),
}


def _totals(sums):
    return Totals(
        enrolled=sums["enrolled"],
        completed=sums["completed"],
        in_progress=sums["enrolled"] - sums["completed"] - sums["withdrawn"],
        withdrawn=sums["withdrawn"],
        unconfirmed=sums["unconfirmed"],
        academic_hours=sums["academic_hours"] or 0,
        certificates=sums["certificates"],
    )


def _start(day):
    """The first moment of a local day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _months(first, last):
    """The first day of each month from one to the other, both included."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in months]


def _status(enrolment):
    if enrolment.completed_at:
        return COMPLETED
    return WITHDRAWN if enrolment.withdrawn_at else IN_PROGRESS


def _attribution(membership):
    if membership is None:
        return "none"
    return "confirmed" if membership.confirmed_at else "unconfirmed"


def _in(texts, language):
    return texts.get(language) or texts.get("lt", "")


def _row_key(row):
    parts = (row.municipality, row.institution, row.surname, row.given_names, row.course_code)
    # What is attributed to none comes last.
    return (not row.institution, *(lithuanian_key(part) for part in parts), row.enrolled_on)
