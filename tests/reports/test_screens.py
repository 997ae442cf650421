"""The administrator's page and the coordinator's list."""

from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learners.models import Learner
from reports.models import ExportLog
from tests.factories import (
    NOON,
    CourseFactory,
    EnrolmentFactory,
    InstitutionFactory,
    MembershipFactory,
    UserFactory,
)
from tests.reports.test_exports import lt
from tiltas.roles import ADMINISTRATOR, sync_groups


class Tables(HTMLParser):
    """The tables of a page as lists of rows of cell texts."""

    def __init__(self, html):
        super().__init__()
        self.tables, self.cell = [], None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.tables:
            self.cell = []

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag):
        if tag in {"td", "th"} and self.cell is not None:
            self.tables[-1][-1].append(" ".join("".join(self.cell).split()))
            self.cell = None


def tables(response):
    """The tables of our own part of the page: Wagtail has one of keyboard shortcuts around it."""
    html = response.content.decode()
    return Tables(html[html.find("<main") :].partition("keyboard-shortcuts")[0]).tables


@pytest.fixture
def administrator(client, site):
    sync_groups()
    user = UserFactory()
    user.groups.add(Group.objects.get(name=ADMINISTRATOR))
    client.force_login(user)
    return user


@pytest.fixture
def coordinator(client, institution, site):
    membership = MembershipFactory(institution=institution, role="coordinator")
    client.force_login(membership.learner.user)
    return membership.learner.user


def totals_of(page):
    """The last row of the table by institution, without its heading; zeros where nothing is counted."""
    shown = tables(page)
    return shown[-1][-1][1:] if shown else ["0"] * 7 + ["–"]


def statistics_page(client, **query):
    return client.get(reverse("tiltas_statistics"), query)


def institution_page(client, institution, **query):
    return client.get(reverse("tiltas_reports:institution", args=[institution.uuid]), query)


# The administrator's page


def test_the_page_shows_totals_and_each_institution(client, administrator, enrol, institution):
    course = CourseFactory(academic_hours=16)
    enrol(course, institution, completed_at=NOON, certified=True)
    enrol(course, institution)
    enrol(course)

    page = statistics_page(client)

    assert totals_of(page) == ["3", "1", "2", "0", "0", "16", "1", "33,3"]
    assert tables(page)[-1][1:-1] == [
        ["Plungės socialinių paslaugų centras", "2", "1", "1", "0", "0", "16", "1", "50"],
        [lt("Not attributed"), "1", "0", "1", "0", "0", "0", "0", "0"],
    ]


def test_the_filters_of_the_page_leave_others_out(client, administrator, enrol, institution):
    enrol(CourseFactory(code="K1"), institution, completed_at=NOON)
    enrol(CourseFactory(code="K2"))
    first_cell = {
        "": "2",
        "course=K1": "1",
        "municipality=68": "1",
        f"institution={institution.uuid}": "1",
        "since=2026-11-22": "0",
        "until=2026-11-20": "0",
        "since=2026-11-21&until=2026-11-21": "2",
    }

    pages = {query: client.get(f"{reverse('tiltas_statistics')}?{query}") for query in first_cell}
    shown = {query: totals_of(page)[0] for query, page in pages.items()}

    assert shown == first_cell


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"course": "NERA"}, "course"),
        ({"municipality": "999"}, "municipality"),
        ({"institution": "ne-uuid"}, "institution"),
        ({"since": "vakar"}, "since"),
        ({"since": "2026-12-01", "until": "2026-01-01"}, "until"),
        ({"since": "2026-02-30"}, "since"),
        ({"since": "0001-01-01"}, "since"),
        ({"until": "9999-12-31"}, "until"),
    ],
)
@pytest.mark.parametrize("format_name", ["", "csv"])
def test_a_filter_that_can_not_be_is_told_and_nothing_is_exported(client, administrator, query, field, format_name):
    response = statistics_page(client, **query, format=format_name)

    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert [*response.context["form"].errors] == [field]
    assert ExportLog.objects.count() == 0


def test_what_was_typed_survives_a_refusal(client, administrator, enrol, institution, rietavas):
    enrol(CourseFactory(code="K1"), institution)
    InstitutionFactory(municipality=rietavas)
    asked = {"course": "K1", "municipality": "74", "since": "2026-12-01", "until": "2026-01-01"}

    page = statistics_page(client, **asked, institution=institution.uuid)

    form = page.context["form"]
    assert sorted(form.errors) == ["institution", "until"]
    assert {name: form[name].value() for name in asked} == asked
    html = page.content.decode()
    for kept in ('value="2026-12-01"', 'value="2026-01-01"', 'value="K1" selected', 'value="74" selected'):
        assert kept in html
    assert tables(page) == []


def test_months_stand_in_a_chart_and_in_a_table_with_the_same_numbers(client, administrator, enrol, institution):
    course = CourseFactory(academic_hours=16)
    for moment in (NOON, NOON, NOON.replace(month=8), NOON.replace(month=9, day=30, hour=22)):
        enrol(course, institution, enrolled_at=NOON.replace(month=1), completed_at=moment)

    page = statistics_page(client)

    months = tables(page)[0]
    assert [row[1:] for row in months[1:]] == [["1", "16"], ["0", "0"], ["1", "16"], ["2", "32"], ["4", "64"]]
    assert [(column["value"], column["height"]) for column in page.context["month_columns"]] == [
        (1, 50), (0, 0), (1, 50), (2, 100),
    ]  # fmt: skip
    assert "2026\xa0m.\xa0rugpjūtis" in page.content.decode()


def test_the_chart_of_months_shows_the_last_twelve_and_the_table_has_them_all(client, administrator, enrol):
    course = CourseFactory()
    for moment in (NOON.replace(year=2025, month=6), NOON):
        enrol(course, enrolled_at=NOON.replace(year=2025, month=1), completed_at=moment)

    page = statistics_page(client)

    assert [column["value"] for column in page.context["month_columns"]] == [0] * 11 + [1]
    assert [column["year"] for column in page.context["month_columns"]] == ["", 2026] + [""] * 10
    assert len(tables(page)[0]) == 18 + 2


def test_the_chart_of_institutions_shows_the_largest_and_adds_the_rest_up(client, administrator, plunge):
    course = CourseFactory()
    for number in range(1, 15):
        many(number, course, plunge, institutions=InstitutionFactory(name=f"Įstaiga {number:02d}", municipality=plunge))

    bars = statistics_page(client).context["institution_bars"]

    assert [bar["value"] for bar in bars] == [14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2 + 1]
    assert {bar["max"] for bar in bars} == {14}


def test_an_unknown_format_shows_the_page(client, administrator):
    assert statistics_page(client, format="exe").headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("format_name", "content_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("json", "application/json"),
    ],
)
def test_an_export_is_a_file_and_leaves_its_line_in_the_log(client, administrator, enrol, format_name, content_type):
    enrol(CourseFactory(code="K1"))
    enrol(CourseFactory(code="K2"))

    response = statistics_page(client, course="K1", since="2026-01-01", format=format_name)

    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"].startswith('attachment; filename="baigusieji-')
    log = ExportLog.objects.get()
    assert (log.user, log.format, log.rows, log.filters) == (
        administrator,
        format_name,
        1,
        {"course": "K1", "since": "2026-01-01", "language": "lt"},
    )


def test_closing_the_account_keeps_the_line_of_the_log(client, administrator, enrol):
    statistics_page(client, format="csv")

    administrator.delete()

    assert ExportLog.objects.get().user is None


def test_the_log_is_read_by_the_administrator(client, administrator, enrol):
    enrol(CourseFactory(code="K1"))
    statistics_page(client, course="K1", format="csv")

    page = client.get(reverse("exportlog:index")).content.decode()

    assert ("course: K1" in page, "csv" in page, lt("Statistics") in page) == (True, True, True)


# The coordinator's statistics


def own_statistics(client, **query):
    return client.get(reverse("tiltas_reports:statistics"), query)


def test_a_coordinator_counts_the_own_institutions_alone(client, coordinator, enrol, institution, rietavas):
    course = CourseFactory(academic_hours=16)
    enrol(course, institution, completed_at=NOON, certified=True)
    enrol(course, InstitutionFactory(name="Svetima įstaiga", municipality=rietavas), completed_at=NOON)
    enrol(course, completed_at=NOON)

    page = own_statistics(client)

    assert totals_of(page) == ["1", "1", "0", "0", "0", "16", "1", "100"]
    assert "Svetima" not in page.content.decode()
    assert [*page.context["form"].fields] == ["course", "since", "until"]


@pytest.mark.parametrize("format_name", ["", "json"])
def test_a_coordinator_of_two_chooses_between_them_and_never_another(
    client, coordinator, enrol, institution, rietavas, format_name
):
    second = InstitutionFactory(name="Antroji", municipality=rietavas)
    foreign = InstitutionFactory(name="Svetima įstaiga", municipality=rietavas)
    MembershipFactory(learner=coordinator.learner, institution=second, role="coordinator")
    course = CourseFactory()
    for where, surname in ((institution, "Pirma"), (second, "Antra"), (foreign, "Svetima")):
        enrol(course, where, surname=surname)

    assert totals_of(own_statistics(client))[0] == "2"
    assert totals_of(own_statistics(client, institution=second.uuid))[0] == "1"
    assert totals_of(own_statistics(client, municipality="68"))[0] == "1"
    refused = own_statistics(client, institution=foreign.uuid, format=format_name)
    assert [*refused.context["form"].errors] == ["institution"]
    assert ExportLog.objects.count() == 0
    body = own_statistics(client, format="json").json()
    assert sorted(row["surname"] for row in body["rows"]) == ["Antra", "Pirma"]
    scope = ", ".join(sorted([str(institution.uuid), str(second.uuid)]))
    assert ExportLog.objects.get().filters == {"language": "lt", "scope": scope}


def test_a_private_course_that_is_not_shared_is_not_in_the_coordinators_numbers(client, coordinator, enrol):
    enrol(CourseFactory(private=True), completed_at=NOON)

    assert (tables(own_statistics(client)), own_statistics(client).context["totals"].enrolled) == ([], 0)


def test_who_coordinates_none_is_led_to_where_that_is_said(client, site):
    client.force_login(UserFactory())

    assert own_statistics(client).headers["Location"] == reverse("tiltas_reports:my_institutions")


# The coordinator's list


def test_the_list_shows_who_completed_what(client, coordinator, enrol, institution):
    enrol(
        CourseFactory(code="K1", academic_hours=16), institution, surname="Čepaitė", completed_at=NOON, certified=True
    )
    enrol(CourseFactory(code="K2", academic_hours=8), institution, surname="Ąžuolas")

    (people,) = tables(institution_page(client, institution))

    assert people[1:] == [
        ["Ąžuolas", "Ona", "Kursas K2", lt("In progress"), "8", "–", "–"],
        ["Čepaitė", "Ona", "Kursas K1", lt("Completed"), "16", "2026-11-21", "KT-2026-000001"],
    ]


def test_the_list_of_nobody_says_what_to_do(client, coordinator, institution):
    response = institution_page(client, institution)

    assert (response.status_code, tables(response)) == (200, [])


def test_a_coordinator_exports_the_own_institution_alone(client, coordinator, enrol, institution):
    course = CourseFactory()
    enrol(course, institution, surname="Sava")
    enrol(course, InstitutionFactory(), surname="Svetima")

    address = reverse("tiltas_reports:institution", args=[institution.uuid])
    body = client.get(address, {"format": "json", "institution": "", "municipality": ""}).json()

    assert [row["surname"] for row in body["rows"]] == ["Sava"]
    assert ExportLog.objects.get().filters == {"institution": str(institution.uuid), "language": "lt"}
    assert ExportLog.objects.get().user == coordinator


def test_a_coordinator_of_two_chooses_and_of_one_is_led_there(client, coordinator, institution):
    overview = reverse("tiltas_reports:my_institutions")
    assert client.get(overview).headers["Location"] == reverse("tiltas_reports:institution", args=[institution.uuid])

    second = InstitutionFactory(name="Antroji įstaiga", municipality=institution.municipality)
    MembershipFactory(learner=coordinator.learner, institution=second, role="coordinator")

    shown = client.get(overview).content.decode()
    assert (institution.name in shown, second.name in shown) == (True, True)


# However many there are, the same number of queries


def many(number, course, municipality, *, institutions):
    """This many completed enrolments, each in an institution of its own or all in the one given."""
    for place in range(number):
        learner = Learner.objects.create(given_names="Ona", surname=f"Nr{place}")
        where = institutions or InstitutionFactory(municipality=municipality)
        membership = MembershipFactory(learner=learner, institution=where)
        EnrolmentFactory(learner=learner, course=course, membership=membership, completed_at=NOON)


def queries_of(ask):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert ask().status_code == 200
    return len(captured)


def test_the_statistics_of_300_institutions_take_as_many_queries_as_of_one(client, administrator, plunge):
    course = CourseFactory()
    ask = lambda: statistics_page(client)  # noqa: E731
    many(1, course, plunge, institutions=None)
    ask()  # once for what is kept in memory afterwards
    of_one = queries_of(ask)

    many(299, course, plunge, institutions=None)

    assert queries_of(ask) == of_one <= 15
    assert len(tables(ask())[-1]) == 302  # with headings and total


def test_the_coordinators_statistics_take_as_many_queries_for_300_people_as_for_one(client, coordinator, institution):
    course = CourseFactory()
    ask = lambda: own_statistics(client)  # noqa: E731
    many(1, course, None, institutions=institution)
    ask()
    of_one = queries_of(ask)

    many(299, course, None, institutions=institution)

    assert queries_of(ask) == of_one <= 15


@pytest.mark.parametrize("format_name", ["", "csv", "xlsx", "json"])
def test_the_list_of_300_people_takes_as_many_queries_as_of_one(client, coordinator, institution, format_name):
    course = CourseFactory()
    ask = lambda: institution_page(client, institution, format=format_name)  # noqa: E731
    many(1, course, None, institutions=institution)
    ask()
    of_one = queries_of(ask)

    many(299, course, None, institutions=institution)

    assert queries_of(ask) == of_one
    assert EnrolmentFactory._meta.model.objects.count() == 300


def test_a_coordinator_of_many_institutions_lists_them_in_as_many_queries_as_of_three(client, coordinator, institution):
    def add(number):
        for _place in range(number):
            where = InstitutionFactory(municipality=institution.municipality)
            MembershipFactory(learner=coordinator.learner, institution=where, role="coordinator")

    ask = lambda: client.get(reverse("tiltas_reports:my_institutions"))  # noqa: E731
    add(2)
    ask()
    of_three = queries_of(ask)

    add(20)

    assert queries_of(ask) == of_three
