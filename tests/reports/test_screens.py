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
    return Tables(response.content.decode()).tables


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
    """The row of totals of the administrator's page."""
    return next(rows[1] for rows in tables(page) if rows[0][0] == lt("Enrolments"))


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

    totals, institutions = tables(statistics_page(client))[-2:]

    assert totals[1] == ["3", "1", "2", "0", "0", "16", "1", "33,3"]
    assert institutions[1:] == [
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
    ],
)
@pytest.mark.parametrize("format_name", ["", "csv"])
def test_a_filter_that_can_not_be_is_told_and_nothing_is_exported(client, administrator, query, field, format_name):
    response = statistics_page(client, **query, format=format_name)

    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert [*response.context["form"].errors] == [field]
    assert ExportLog.objects.count() == 0


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

    assert queries_of(ask) == of_one
    assert len(tables(ask())[-1]) == 301


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
