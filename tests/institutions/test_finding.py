import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from institutions.finding import MOST, find_institutions
from institutions.job_titles import job_titles
from tests.factories import InstitutionFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed():
    rietavas = MunicipalityFactory(code="74", names={"lt": "Rietavo savivaldybė", "en": "Rietavas Municipality"})
    plunge = MunicipalityFactory()
    return [
        InstitutionFactory(name="Žlibinų seniūnija", municipality=plunge),
        InstitutionFactory(name="Šateikių „Ąžuolo“ globos namai", municipality=plunge, code="124110246"),
        InstitutionFactory(name="Rietavo socialinių paslaugų centras", municipality=rietavas),
    ]


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("žlibinų seniūnija", [0]),
        ("zlibinu seniunija", [0]),
        ("SENIUNIJA ZLIB", [0]),
        ("azuolo", [1]),
        ("„ąžuolo“ namai", [1]),
        ("124110246", [1]),
        ("rietavas", [2]),
        ("soc pasl centr", [2]),
        ("plunge", [1, 0]),
        ("", [2, 1, 0]),
        ("niunija", []),
        ("nera tokios", []),
    ],
)
def test_an_institution_is_found_as_people_type_it(listed, typed, places):
    assert find_institutions(typed) == ([listed[place] for place in places], len(places))


def test_a_municipality_narrows_what_is_found(listed):
    assert find_institutions("", listed[2].municipality) == ([listed[2]], 1)


def test_of_very_many_the_first_are_shown_and_all_are_counted_in_one_query():
    municipality = MunicipalityFactory()
    for number in range(MOST + 5):
        InstitutionFactory(name=f"Namai {number:03d}", municipality=municipality)

    with CaptureQueriesContext(connection) as asked:
        found, number = find_institutions("namai")

    assert (len(found), found[0].name, number, len(asked)) == (MOST, "Namai 000", MOST + 5, 1)


def test_job_titles_are_offered_in_both_forms_and_in_order():
    titles = job_titles("lt")

    assert {"socialinis darbuotojas", "socialinė darbuotoja"} <= set(titles)
    assert titles.index("atvejo vadybininkė") < titles.index("šeimos gydytoja")
    assert "social worker" in job_titles("en")
