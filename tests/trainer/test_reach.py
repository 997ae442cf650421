"""What a trainer does not reach, and what the menu therefore does not offer."""

import pytest
from django.urls import reverse

from tests.factories import InstitutionFactory, UserFactory
from tests.trainer.conftest import sentences

CLOSED = [
    ("institution:index", []),
    ("institution:add", []),
    ("membership:index", []),
    ("joincode:index", []),
    ("municipality:index", []),
    ("certificate:index", []),
    ("issuer:index", []),
    ("tiltas_statistics", []),
    ("wagtailusers_users:index", []),
    ("wagtailusers_users:add", []),
    ("wagtailusers_groups:index", []),
    ("wagtailsites:index", []),
    ("wagtaillocales:index", []),
]


@pytest.mark.parametrize(("name", "places"), CLOSED)
def test_a_trainer_is_led_home_with_a_sentence(client, trainer, name, places):
    response = client.get(reverse(name, args=places))

    assert (response.status_code, response.headers["Location"]) == (302, reverse("wagtailadmin_home"))
    assert len(sentences(response)) == 1


def test_the_menu_offers_a_trainer_nothing_that_is_closed(client, trainer):
    menu = client.get(reverse("wagtailadmin_home")).content.decode()

    assert [name for name, places in CLOSED if f'"{reverse(name, args=places)}"' in menu] == []
    assert reverse("wagtailsnippets_tiltas_quizzes_question:list") in menu


def test_the_menu_offers_an_administrator_the_office(client, administrator):
    menu = client.get(reverse("wagtailadmin_home")).content.decode()

    office = ["institution:index", "membership:index", "joincode:index", "certificate:index", "tiltas_statistics"]
    assert [name for name in office if reverse(name) not in menu] == []


def test_a_trainer_changes_no_institution_or_account_by_sending_a_form(client, trainer):
    institution, user = InstitutionFactory(name="Sena"), UserFactory(email="senas@tiltas.test")

    client.post(
        reverse("institution:edit", args=[institution.pk]),
        {"name": "Nauja", "municipality": institution.municipality_id, "kind": "other"},
    )
    client.post(
        reverse("wagtailusers_users:edit", args=[user.pk]),
        {"email": "mano@tiltas.test", "first_name": "V", "last_name": "P", "is_active": "on"},
    )

    institution.refresh_from_db()
    user.refresh_from_db()
    assert (institution.name, user.email) == ("Sena", "senas@tiltas.test")
