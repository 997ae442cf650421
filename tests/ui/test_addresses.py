"""The same place in another language."""

import pytest

from tests.factories.pages import make_course
from ui.addresses import front_page, in_language

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(site):
    return make_course(lessons=1)


def test_a_page_becomes_its_translation_wherever_one_starts_from(made):
    lithuanian, english = "/lt/kursai/k1/m1/p1-1/", "/en/courses/k1-en/m1-en/p1-1-en/"

    assert in_language(lithuanian, "en") == english
    assert in_language(english, "lt") == lithuanian
    assert in_language(lithuanian, "lt") == lithuanian
    assert in_language("/lt/", "en") == "/en/"


def test_query_and_fragment_go_along(made):
    assert in_language("/lt/kursai/?q=a%20b#b-1", "en") == "/en/courses/?q=a%20b#b-1"


def test_what_comes_next_is_in_the_language_too(made):
    address = "/lt/account/login/?next=%2Flt%2Fkursai%2Fk1%2F%23m-1&email=ona"

    assert in_language(address, "en") == "/en/account/login/?next=%2Fen%2Fcourses%2Fk1-en%2F%23m-1&email=ona"
    assert in_language(in_language(address, "en"), "lt") == address


def test_a_page_that_is_not_published_in_the_language_stays(made):
    made.lessons[0].get_translations().get().unpublish()

    assert in_language("/lt/kursai/k1/m1/p1-1/", "en") == "/lt/kursai/k1/m1/p1-1/"


@pytest.mark.parametrize("place", ["/nothing-here/", "/kursai/nothing.here", "/account/nothing/"])
def test_nothing_is_nothing_in_the_other_language_too(site, place):
    assert in_language(f"/lt{place}", "en") == f"/en{place}"


@pytest.mark.parametrize("address", ["/verify/ABCD/", "https://elsewhere.test/lt/", "//elsewhere.test/lt/", "", "lt/"])
def test_what_has_no_language_of_ours_stays(site, address):
    assert in_language(address, "en") == address


def test_the_front_page_of_each_language():
    assert [front_page(language) for language in ("lt", "en")] == ["/lt/", "/en/"]
