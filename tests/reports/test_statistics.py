"""What is counted, for whom, and in which order."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.services import revoke_certificate
from courses.services import share_private_enrolment
from institutions.models import Institution
from reports.exporters import check_totals
from reports.statistics import CompletionStatistics, Filters, Totals
from tests.factories import (
    MORNING,
    NOON,
    CourseFactory,
    EnrolmentFactory,
    InstitutionFactory,
    MembershipFactory,
    MunicipalityFactory,
)

DAY = date(2026, 11, 21)


def rows(**filters):
    return CompletionStatistics(Filters(**filters)).rows()


def totals(**filters):
    return CompletionStatistics(Filters(**filters)).totals()


def by_month(**filters):
    return CompletionStatistics(Filters(**filters)).by_month()


def surnames(**filters):
    return [row.surname for row in rows(**filters)]


def test_nothing_is_counted_where_nobody_is_enrolled(db):
    statistics = CompletionStatistics(Filters())

    assert (statistics.rows(), statistics.totals(), statistics.by_institution()) == ([], Totals(), [])
    assert statistics.totals().share_completed is None


def test_a_row_holds_who_completed_what_for_whom_and_when(enrol, institution):
    course = CourseFactory(code="K1", academic_hours=16)
    enrol(course, institution, job_title="slaugytoja", completed_at=NOON, certified=True)

    (row,) = rows()

    assert vars(row) == {
        "municipality": "Plungės rajono savivaldybė",
        "institution": "Plungės socialinių paslaugų centras",
        "attribution": "confirmed",
        "surname": "Petraitė",
        "given_names": "Ona",
        "job_title": "slaugytoja",
        "course_code": "K1",
        "course_title": "Kursas K1",
        "edition": 1,
        "academic_hours": 16,
        "status": "completed",
        "enrolled_on": DAY,
        "completed_on": DAY,
        "certificate": "KT-2026-000001",
    }


def test_titles_and_municipalities_are_in_the_language_asked_for(enrol, institution):
    enrol(CourseFactory(code="K1"), institution)

    (row,) = rows(language="en")

    assert (row.course_title, row.municipality) == ("Course K1", "Plungė District Municipality")


def test_a_title_that_has_no_english_yet_stays_lithuanian(enrol):
    enrol(CourseFactory(titles={"lt": "Tik lietuviškai"}))

    assert rows(language="en")[0].course_title == "Tik lietuviškai"


def test_totals_tell_completed_from_in_progress_and_withdrawn(enrol, institution):
    course = CourseFactory(academic_hours=16)
    enrol(course, institution, completed_at=NOON, certified=True)
    enrol(course, institution, completed_at=NOON)
    enrol(course, institution)
    enrol(course, institution, withdrawn_at=NOON)

    assert totals() == Totals(
        enrolled=4, completed=2, in_progress=1, withdrawn=1, unconfirmed=0, academic_hours=32, certificates=1
    )
    assert totals().share_completed == 50.0
    assert sorted(row.status for row in rows()) == ["completed", "completed", "in_progress", "withdrawn"]


def test_hours_are_those_of_the_edition_that_was_completed(enrol):
    course = CourseFactory(academic_hours=16, edition=1)
    course.editions.create(number=2, academic_hours=20, released_at=NOON)
    enrol(course, completed_at=NOON)
    enrol(course, completed_at=NOON, edition=2)

    assert sorted((row.edition, row.academic_hours) for row in rows()) == [(1, 16), (2, 20)]
    assert totals().academic_hours == 36


def test_a_retake_is_another_enrolment(enrol):
    first = enrol(CourseFactory(), completed_at=NOON)
    EnrolmentFactory(learner=first.learner, course=first.course)

    assert (totals().enrolled, totals().completed) == (2, 1)


def test_a_trial_is_left_out_of_everything(enrol, institution):
    enrol(CourseFactory(), institution, trial=True, completed_at=NOON)

    statistics = CompletionStatistics(Filters())
    assert (statistics.rows(), statistics.totals(), statistics.by_institution()) == ([], Totals(), [])


def test_who_only_chose_the_institution_is_counted_apart(enrol, institution):
    course = CourseFactory()
    enrol(course, institution)
    enrol(course, institution, confirmed=False)
    enrol(course)

    assert (totals().enrolled, totals().unconfirmed) == (3, 1)
    assert sorted(row.attribution for row in rows()) == ["confirmed", "none", "unconfirmed"]


def test_a_revoked_certificate_is_neither_counted_nor_named(enrol):
    enrolment = enrol(CourseFactory(), completed_at=NOON, certified=True)
    revoke_certificate(certificate_id=enrolment.certificates.get().pk, reason="Klaida.", at=NOON)

    assert (totals().certificates, totals().completed, rows()[0].certificate) == (0, 1, "")


def test_an_erased_learner_stays_a_count_without_a_name(enrol, institution):
    enrolment = enrol(CourseFactory(), institution, completed_at=NOON)
    enrolment.learner.given_names = enrolment.learner.surname = ""
    enrolment.learner.erased_at = NOON
    enrolment.learner.save()

    assert [(row.surname, row.institution) for row in rows()] == [("", institution.name)]
    assert totals().completed == 1


# Private courses


def test_a_private_course_counts_without_name_institution_or_certificate(enrol):
    enrol(CourseFactory(code="K3", private=True), surname="Slaptaitė", completed_at=NOON, certified=True)

    (row,) = rows()

    assert (row.surname, row.given_names, row.job_title, row.institution, row.municipality, row.certificate) == (
        "",
    ) * 6
    assert (row.attribution, row.status) == ("none", "completed")
    assert (totals().completed, totals().certificates) == (1, 1)
    assert [each.institution for each in CompletionStatistics(Filters()).by_institution()] == [None]


def test_a_shared_private_course_is_attributed_until_it_is_taken_back(enrol, institution):
    enrolment = enrol(CourseFactory(private=True), surname="Slaptaitė", completed_at=NOON)
    membership = MembershipFactory(learner=enrolment.learner, institution=institution)

    share_private_enrolment(enrolment_id=enrolment.pk, membership_id=membership.pk, at=NOON)
    assert [(row.surname, row.institution) for row in rows()] == [("Slaptaitė", institution.name)]

    share_private_enrolment(enrolment_id=enrolment.pk, membership_id=None, at=NOON)
    assert [(row.surname, row.institution) for row in rows()] == [("", "")]


# Filters


def test_a_course_filter_leaves_the_others_out(enrol):
    enrol(CourseFactory(code="K1"), surname="Pirmoji")
    enrol(CourseFactory(code="K2"), surname="Antroji")

    assert surnames(course="K2") == ["Antroji"]
    assert totals(course="K2").enrolled == 1


def test_municipality_and_institution_filters_leave_out_what_is_attributed_to_none(enrol, institution, rietavas):
    course = CourseFactory()
    neighbour = InstitutionFactory(name="Rietavo globos namai", municipality=rietavas)
    second = InstitutionFactory(name="Antrasis centras", municipality=institution.municipality)
    for surname, where in {"Plungė": institution, "Antra": second, "Rietavas": neighbour, "Niekur": None}.items():
        enrol(course, where, surname=surname)

    assert surnames(municipality="68") == ["Antra", "Plungė"]
    assert surnames(municipality="74") == ["Rietavas"]
    assert surnames(institution=institution.uuid) == ["Plungė"]
    assert surnames(municipality="74", institution=institution.uuid) == []
    assert [totals(**each).enrolled for each in ({}, {"municipality": "68"}, {"institution": neighbour.uuid})] == [
        4,
        2,
        1,
    ]


def vilnius(text):
    """A moment by the clock of Vilnius in winter."""
    return datetime.fromisoformat(f"{text}+02:00")


@pytest.mark.parametrize(
    ("day", "inside", "outside"),
    [
        (date(2026, 11, 21), "2026-11-21T00:00:00", "2026-11-20T23:59:59.999999"),
        (date(2026, 11, 21), "2026-11-21T23:59:59.999999", "2026-11-22T00:00:00"),
        (date(2026, 12, 31), "2026-12-31T23:59:59.999999", "2027-01-01T00:00:00"),
        (date(2027, 1, 1), "2027-01-01T00:00:00", "2026-12-31T23:59:59.999999"),
    ],
)
def test_a_day_begins_and_ends_at_midnight_in_vilnius(enrol, day, inside, outside):
    course = CourseFactory()
    for surname, moment in {"Viduje": inside, "Lauke": outside}.items():
        enrol(course, surname=surname, enrolled_at=vilnius("2026-01-02T12:00:00"), completed_at=vilnius(moment))

    (row,) = rows(since=day, until=day)

    assert (row.surname, row.completed_on) == ("Viduje", day)
    assert totals(since=day, until=day).completed == 1


def test_in_summer_the_day_begins_an_hour_earlier_in_utc(enrol):
    enrol(CourseFactory(), surname="Vasara", completed_at=datetime(2027, 7, 1, 21, 0, tzinfo=UTC))

    assert [(row.surname, row.completed_on) for row in rows(since=date(2027, 7, 2))] == [("Vasara", date(2027, 7, 2))]


def test_in_a_period_a_completed_course_counts_by_its_completion_and_any_other_by_its_beginning(enrol):
    course = CourseFactory()
    before, within, after = vilnius("2026-10-15T12:00"), vilnius("2026-11-15T12:00"), vilnius("2026-12-15T12:00")
    enrol(course, surname="Baigė laikotarpiu", enrolled_at=before, completed_at=within)
    enrol(course, surname="Baigė vėliau", enrolled_at=within, completed_at=after)
    enrol(course, surname="Pradėjo laikotarpiu", enrolled_at=within)
    enrol(course, surname="Pradėjo anksčiau", enrolled_at=before)
    enrol(course, surname="Pasitraukė", enrolled_at=within, withdrawn_at=after)
    november = {"since": date(2026, 11, 1), "until": date(2026, 11, 30)}

    assert surnames(**november) == ["Baigė laikotarpiu", "Pasitraukė", "Pradėjo laikotarpiu"]
    assert totals(**november) == Totals(enrolled=3, completed=1, in_progress=1, withdrawn=1, academic_hours=16)


def test_periods_side_by_side_add_up_to_the_whole(enrol):
    course = CourseFactory()
    for hours in range(0, 240, 7):
        enrol(course, enrolled_at=MORNING, completed_at=NOON + timedelta(hours=hours))
    days = [DAY + timedelta(days=number) for number in range(12)]

    parts = [totals(since=day, until=day) for day in days]

    assert sum(parts, start=Totals()) == totals()


# Order


def test_people_stand_by_lithuanian_rules(enrol, institution):
    course = CourseFactory()
    for surname in [
        "Žukas",
        "Zykas",
        "Šimkus",
        "Simas",
        "Čapas",
        "Cukas",
        "Ydas",
        "Įlanka",
        "Ivanauskas",
        "Ąžuolas",
        "Azuolas",
        "Adomas",
    ]:
        enrol(course, institution, surname=surname)

    assert surnames() == [
        "Adomas",
        "Azuolas",
        "Ąžuolas",
        "Cukas",
        "Čapas",
        "Ydas",
        "Įlanka",
        "Ivanauskas",
        "Simas",
        "Šimkus",
        "Zykas",
        "Žukas",
    ]


def test_institutions_stand_by_lithuanian_rules_and_what_belongs_to_none_comes_last(enrol, plunge):
    course = CourseFactory()
    enrol(course)
    for name in ["Žiburys", "Zarasai", "Čiobreliai", "Centras", "Šaltinis"]:
        enrol(course, InstitutionFactory(name=name, municipality=plunge))

    groups = CompletionStatistics(Filters()).by_institution()

    in_order = ["Centras", "Čiobreliai", "Šaltinis", "Zarasai", "Žiburys"]
    assert [each.institution and each.institution.name for each in groups] == [*in_order, None]
    assert [row.institution for row in rows()] == [*in_order, ""]


def test_rows_go_by_municipality_first(enrol, institution, rietavas):
    course = CourseFactory()
    enrol(course, InstitutionFactory(name="Aukštaičiai", municipality=rietavas), surname="Adomas")
    enrol(course, institution, surname="Žukas")

    assert surnames() == ["Žukas", "Adomas"]


# The same number of queries however much there is


@pytest.mark.parametrize("number", [1, 3])
def test_rows_totals_institutions_and_months_are_read_in_five_queries(enrol, plunge, number, django_assert_num_queries):
    course = CourseFactory()
    for _number in range(number):
        enrol(course, InstitutionFactory(municipality=plunge), completed_at=NOON, certified=True)
    statistics = CompletionStatistics(Filters())

    with django_assert_num_queries(1):
        statistics.rows()
    with django_assert_num_queries(1):
        statistics.totals()
    with django_assert_num_queries(2):
        statistics.by_institution()
    with django_assert_num_queries(1):
        statistics.by_month()


# Months


def test_a_month_begins_at_midnight_in_vilnius(enrol):
    course = CourseFactory(academic_hours=16)
    for moment in ("2026-10-31T23:59:59", "2026-11-01T00:00:00", "2026-11-30T23:59:59", "2026-12-01T00:00:00"):
        enrol(course, enrolled_at=vilnius("2026-01-02T12:00:00"), completed_at=vilnius(moment))

    assert [(f"{each.month:%Y-%m-%d}", each.completed, each.academic_hours) for each in by_month()] == [
        ("2026-10-01", 1, 16),
        ("2026-11-01", 2, 32),
        ("2026-12-01", 1, 16),
    ]


def test_months_without_any_stand_between_with_zero_also_over_a_new_year(enrol):
    course = CourseFactory()
    enrol(course, completed_at=NOON)
    enrol(course, completed_at=datetime(2027, 2, 1, 12, 0, tzinfo=UTC))
    enrol(course)

    assert [(f"{each.month:%Y-%m}", each.completed) for each in by_month()] == [
        ("2026-11", 1),
        ("2026-12", 0),
        ("2027-01", 0),
        ("2027-02", 1),
    ]
    assert by_month(until=date(2026, 10, 31)) == []


# Scope


def test_a_scope_leaves_every_other_institution_and_what_belongs_to_none_out(enrol, institution, rietavas):
    course = CourseFactory()
    other = InstitutionFactory(municipality=rietavas)
    for where, surname in ((institution, "Sava"), (other, "Svetima"), (None, "Niekieno")):
        enrol(course, where, surname=surname, completed_at=NOON)

    def counted(scope, **filters):
        statistics = CompletionStatistics(Filters(**filters), scope=scope)
        check_totals(*counts(statistics))
        return [row.surname for row in statistics.rows()]

    own = Institution.objects.filter(pk=institution.pk)
    assert counted(own) == ["Sava"]
    assert counted(Institution.objects.filter(municipality=rietavas)) == ["Svetima"]
    assert counted(own, institution=other.uuid) == []
    assert counted(Institution.objects.none()) == []
    assert counted(None) == ["Sava", "Svetima", "Niekieno"]


def counts(statistics):
    return statistics.rows(), statistics.totals(), statistics.by_institution(), statistics.by_month()


# Whatever comes, the three counts agree with each other and with a plain count of what was put in

ENROLMENT = st.fixed_dictionaries(
    {
        "course": st.integers(0, 2),  # the last one is private
        "institution": st.none() | st.integers(0, 2),
        "confirmed": st.booleans(),
        "status": st.sampled_from(["in_progress", "completed", "withdrawn"]),
        "trial": st.booleans(),
        "day": st.integers(0, 5),
        "took": st.integers(0, 5),
    }
)
FILTERS = st.fixed_dictionaries(
    {
        "course": st.none() | st.integers(0, 2),
        "municipality": st.none() | st.integers(0, 1),
        "institution": st.none() | st.integers(0, 2),
        "since": st.none() | st.integers(0, 8),
        "until": st.none() | st.integers(0, 8),
    }
)
HOURS = [16, 8, 4]
MUNICIPALITY_OF = [0, 0, 1]


def is_counted(drawn, filters):
    """The rule in plain words: no trials; each filter that is set holds; a period looks at one day."""
    day = drawn["day"] + (drawn["took"] if drawn["status"] == "completed" else 0)
    place = drawn["institution"]
    return (
        not drawn["trial"]
        and filters["course"] in (None, drawn["course"])
        and (
            filters["municipality"] is None or (place is not None and MUNICIPALITY_OF[place] == filters["municipality"])
        )
        and filters["institution"] in (None, place)
        and (filters["since"] is None or day >= filters["since"])
        and (filters["until"] is None or day <= filters["until"])
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(drawn=st.lists(ENROLMENT, max_size=9), filters=FILTERS)
def test_rows_totals_and_institutions_agree_with_each_other_and_with_a_plain_count(enrol, drawn, filters):
    with transaction.atomic():
        courses = [
            CourseFactory(code=f"H{number}", academic_hours=hours, private=number == 2)
            for number, hours in enumerate(HOURS)
        ]
        municipalities = [MunicipalityFactory(code=code) for code in ("68", "74")]
        places = [InstitutionFactory(municipality=municipalities[number]) for number in MUNICIPALITY_OF]
        for each in drawn:
            began = MORNING + timedelta(days=each["day"])
            shared = each["course"] == 2 and each["institution"] is not None
            enrol(
                courses[each["course"]],
                None if each["institution"] is None else places[each["institution"]],
                confirmed=each["confirmed"],
                trial=each["trial"],
                enrolled_at=began,
                shared_at=began if shared else None,
                completed_at=began + timedelta(days=each["took"]) if each["status"] == "completed" else None,
                withdrawn_at=began if each["status"] == "withdrawn" else None,
            )
        chosen = Filters(
            course="" if filters["course"] is None else f"H{filters['course']}",
            municipality="" if filters["municipality"] is None else municipalities[filters["municipality"]].code,
            institution=None if filters["institution"] is None else places[filters["institution"]].uuid,
            since=None if filters["since"] is None else DAY + timedelta(days=filters["since"]),
            until=None if filters["until"] is None else DAY + timedelta(days=filters["until"]),
        )
        statistics = CompletionStatistics(chosen)
        counted_rows, counted_totals, groups = statistics.rows(), statistics.totals(), statistics.by_institution()
        months = statistics.by_month()
        transaction.set_rollback(True)

    expected = [each for each in drawn if is_counted(each, filters)]
    done = [each for each in expected if each["status"] == "completed"]
    assert counted_totals == Totals(
        enrolled=len(expected),
        completed=len(done),
        in_progress=sum(each["status"] == "in_progress" for each in expected),
        withdrawn=sum(each["status"] == "withdrawn" for each in expected),
        unconfirmed=sum(each["institution"] is not None and not each["confirmed"] for each in expected),
        academic_hours=sum(HOURS[each["course"]] for each in done),
        certificates=0,
    )
    assert sum((each.totals for each in groups), start=Totals()) == counted_totals
    assert len(groups) == len({each["institution"] for each in expected})
    assert sorted(row.status for row in counted_rows) == sorted(each["status"] for each in expected)
    assert sum(row.academic_hours for row in counted_rows if row.completed_on) == counted_totals.academic_hours
    check_totals(counted_rows, counted_totals, groups, months)
