"""Words of the catalogue are found whatever their capitals, diacritics and endings."""

import pytest

from courses.searching import folded, matches, stems


def test_folding_leaves_small_letters_without_accents():
    assert folded("ĄČĘĖĮŠŲŪŽ ąčęėįšųūž Straße") == "aceeisuuz aceeisuuz strasse"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("savipagalba", "Savipagalba ir atsparumas"),
        ("Savipagalba", "Mano savipagalbos planas"),
        ("SAVIPAGALBA", "greitoji savipagalba"),
        ("istaiga", "Įstaiga"),
        ("įstaiga", "geriau savo įstaigoje"),
        ("istaigu", "parama įstaigoms"),
        ("darbuotojas", "darbuotojams"),
        ("kokybė", "paslaugų kokybės vadyba"),
        ("pagalba", "Savipagalba"),
        ("vadyba kokybes", "Kokybės vadyba"),
        ("EQUASS", "EQUASS: dešimt principų"),
        ("services", "Quality of service"),
        ("  kokybė,  vadyba!  ", "Kokybės vadyba"),
        ("", "viskas"),
        ("!?", "viskas"),
    ],
)
def test_found(typed, text):
    assert matches(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("kokybė lyderystė", "Kokybės vadyba"), ("lyderystė", "Kokybės vadyba"), ("rytas", "vakaras"), ("oje", "istaiga")],
)
def test_not_found(typed, text):
    assert not matches(typed, text)


def test_each_word_may_stand_in_another_text_but_in_none_across_two():
    assert matches("kokybė savipagalba", "Kokybė", "Savipagalba")
    assert not matches("viršum", "vir", "šum")


def test_a_short_word_keeps_its_ending():
    assert stems("ir aš oro EU") == ["ir", "as", "oro", "eu"]
