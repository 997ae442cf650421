"""
A person with two jobs joins late, is attributed, changes institution: after each step the statistics are what stands in a
table made by hand.
"""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from courses.services import choose_membership, enrol
from institutions.models import Membership
from institutions.services import (
    choose_institution,
    confirm_membership,
    end_membership,
    join_by_code,
    refuse_membership,
)
from progress.services import record_completion
from reports.statistics import CompletionStatistics, Filters, Totals
from tests.factories import ActivityFactory, CourseFactory, InstitutionFactory, JoinCodeFactory, LearnerFactory

NOBODY = "–"


def at(month, day, hour=9, minute=0):
    """A moment in UTC; Vilnius is three hours ahead in summer, two in winter."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def story(plunge, rietavas):
    """Ona, two courses of one lesson each, and three institutions in two municipalities."""
    places = {
        "A": InstitutionFactory(name="A centras", municipality=plunge),
        "B": InstitutionFactory(name="B namai", municipality=plunge),
        "C": InstitutionFactory(name="C biuras", municipality=rietavas),
    }
    courses = {code: CourseFactory(code=code, academic_hours=hours) for code, hours in {"K1": 16, "K2": 8}.items()}
    lessons = {code: ActivityFactory(module__course=course) for code, course in courses.items()}
    return SimpleNamespace(
        ona=LearnerFactory(), places=places, courses=courses, lessons=lessons, enrolments={}, memberships={}
    )


def joins(story, place, moment):
    code = JoinCodeFactory(institution=story.places[place])
    story.memberships[place] = join_by_code(
        learner_id=story.ona.pk, code=code.code, at=moment, on=timezone.localdate(moment)
    )


def chooses(story, place, moment):
    story.memberships[place] = choose_institution(
        learner_id=story.ona.pk, institution_id=story.places[place].pk, on=timezone.localdate(moment)
    )


def is_confirmed(story, place, moment):
    confirm_membership(membership_id=story.memberships[place].pk, at=moment)


def is_refused(story, place, moment):
    refuse_membership(membership_id=story.memberships[place].pk, at=moment, on=timezone.localdate(moment))


def leaves(story, place, moment):
    end_membership(membership_id=story.memberships[place].pk, on=timezone.localdate(moment))


def enrols(story, code, place, moment):
    membership = story.memberships.get(place)
    story.enrolments[code] = enrol(
        learner_id=story.ona.pk,
        course_id=story.courses[code].pk,
        membership_id=membership and membership.pk,
        at=moment,
    )


def attributes(story, code, place):
    choose_membership(enrolment_id=story.enrolments[code].pk, membership_id=story.memberships[place].pk)


def completes(story, code, moment):
    record_completion(enrolment_id=story.enrolments[code].pk, activity_id=story.lessons[code].pk, at=moment)


def counted(**filters):
    """Place → (enrolments, completed, unconfirmed, hours), as the administrator's table has them."""
    statistics = CompletionStatistics(Filters(**filters))
    by_institution = statistics.by_institution()
    assert sum((each.totals for each in by_institution), Totals()) == statistics.totals()
    return {
        each.institution.name[0] if each.institution else NOBODY: (
            each.totals.enrolled,
            each.totals.completed,
            each.totals.unconfirmed,
            each.totals.academic_hours,
        )
        for each in by_institution
    }


def belongs(day):
    """Where Ona belongs on this local day; a small letter where the institution has not confirmed it."""
    held = Membership.objects.on(day).select_related("institution").order_by("institution__sort_key")
    names = (each.institution.name[0] if each.confirmed_at else each.institution.name[0].lower() for each in held)
    return "".join(names)


def test_after_each_step_the_table_is_the_one_made_by_hand(story):
    steps = [
        # She is at A since 1 September and takes the first course on her own.
        (lambda: joins(story, "A", at(9, 1)), {}),
        (lambda: enrols(story, "K1", None, at(9, 10)), {NOBODY: (1, 0, 0, 0)}),
        # The second job: she finds B on the list, and takes the second course for it.
        (lambda: chooses(story, "B", at(10, 15)), {NOBODY: (1, 0, 0, 0)}),
        (lambda: enrols(story, "K2", "B", at(10, 16)), {"B": (1, 0, 1, 0), NOBODY: (1, 0, 0, 0)}),
        # Late, the first course is attributed to A.
        (lambda: attributes(story, "K1", "A"), {"A": (1, 0, 0, 0), "B": (1, 0, 1, 0)}),
        # Half past midnight in Vilnius on 1 November; in UTC it is still October.
        (lambda: completes(story, "K1", at(10, 31, 22, 30)), {"A": (1, 1, 0, 16), "B": (1, 0, 1, 0)}),
        (lambda: is_confirmed(story, "B", at(11, 5)), {"A": (1, 1, 0, 16), "B": (1, 0, 0, 0)}),
        # She changes from A to C. What is completed stays with A; the other course goes on at C.
        (lambda: leaves(story, "A", at(11, 10)), {"A": (1, 1, 0, 16), "B": (1, 0, 0, 0)}),
        (lambda: joins(story, "C", at(11, 11)), {"A": (1, 1, 0, 16), "B": (1, 0, 0, 0)}),
        (lambda: attributes(story, "K2", "C"), {"A": (1, 1, 0, 16), "C": (1, 0, 0, 0)}),
        (lambda: completes(story, "K2", at(11, 15)), {"A": (1, 1, 0, 16), "C": (1, 1, 0, 8)}),
        (lambda: leaves(story, "C", at(11, 20)), {"A": (1, 1, 0, 16), "C": (1, 1, 0, 8)}),
    ]

    seen = []
    for step, _expected in steps:
        step()
        seen.append(counted())

    assert seen == [expected for _step, expected in steps]

    # Who counts where, and when: local days of completing, both ends included.
    periods = {
        (date(2026, 9, 1), date(2026, 10, 31)): {},
        (date(2026, 11, 1), date(2026, 11, 1)): {"A": (1, 1, 0, 16)},
        (date(2026, 11, 2), date(2026, 11, 14)): {},
        (date(2026, 11, 2), date(2026, 11, 15)): {"C": (1, 1, 0, 8)},
        (date(2026, 9, 1), date(2026, 11, 30)): {"A": (1, 1, 0, 16), "C": (1, 1, 0, 8)},
    }
    assert {days: counted(since=days[0], until=days[1]) for days in periods} == periods
    assert counted(municipality="68") == {"A": (1, 1, 0, 16)}
    assert counted(municipality="74") == {"C": (1, 1, 0, 8)}
    assert counted(institution=story.places["B"].uuid) == {}


def test_each_day_she_belongs_where_the_table_says(story):
    joins(story, "A", at(8, 31, 21, 30))  # half past midnight on 1 September
    chooses(story, "B", at(10, 15))
    leaves(story, "A", at(11, 10))
    joins(story, "C", at(11, 11))
    before = {day: belongs(day) for day in (date(2026, 11, 4), date(2026, 11, 12))}
    is_confirmed(story, "B", at(11, 12))
    table = {
        date(2026, 8, 31): "",
        date(2026, 9, 1): "A",
        date(2026, 10, 14): "A",
        date(2026, 10, 15): "AB",
        date(2026, 11, 10): "AB",
        date(2026, 11, 11): "BC",
        date(2026, 11, 30): "BC",
    }

    assert before == {date(2026, 11, 4): "Ab", date(2026, 11, 12): "bC"}
    assert {day: belongs(day) for day in table} == table


def test_what_an_institution_refused_is_attributed_to_none(story):
    chooses(story, "B", at(10, 15))
    enrols(story, "K1", "B", at(10, 16))
    enrols(story, "K2", "B", at(10, 16))
    completes(story, "K1", at(10, 20))
    assert counted() == {"B": (2, 1, 2, 16)}

    is_refused(story, "B", at(10, 21))

    assert counted() == {NOBODY: (2, 1, 0, 16)}
    assert counted(institution=story.places["B"].uuid) == counted(municipality="68") == {}
    rows = CompletionStatistics(Filters()).rows()
    assert [(row.institution, row.municipality, row.attribution, row.job_title) for row in rows] == [
        ("", "", "none", "")
    ] * 2
