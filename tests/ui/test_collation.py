"""Lithuanian order, and the same of it in a column that any database sorts."""

import pytest

from ui.collation import lithuanian_key, sortable, without_accents

NAMES = [
    "Žukas",
    "Zabiela",
    "Čepas",
    "Cibulskis",
    "Ąžuolas",
    "Azuolas",
    "Adomas",
    "Yla",
    "Ivanauskas",
    "Įlanka",
    "",
    "𐍈",
    "a" * 200,
]


def test_a_column_of_sort_keys_is_in_the_order_of_the_keys():
    assert sorted(NAMES, key=sortable) == sorted(NAMES, key=lithuanian_key)


@pytest.mark.parametrize("name", [*NAMES, "\ud800"])
def test_a_sort_key_holds_what_every_collation_orders_alike(name):
    assert set(sortable(name)) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Žlibinų SENIŪNIJA", "zlibinu seniunija"), ("Ąčęėįšųūž", "aceeisuuz"), ("", ""), ("Ž", "z")],
)
def test_without_accents_is_what_tired_fingers_type(text, plain):
    assert without_accents(text) == plain
