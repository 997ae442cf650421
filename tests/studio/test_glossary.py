"""Terms of the house: found in any ending, asked for in English, and the file that lists them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from wagtail_localize.models import StringTranslation

from studio.glossary import (
    INTERFACE,
    REQUIRED,
    Term,
    find_terms,
    is_form_of,
    missing_terms,
    read_glossary,
    stem_of,
    terms,
)

GLOSSARY = Path(settings.TILTAS_CONTENT) / "glossary.csv"
LESSON = Term("pamoka", "lesson", use=REQUIRED)
MANAGER = Term("atvejo vadybininkas", "case manager", use=REQUIRED)
MANAGEMENT = Term("vadyba", "management")
PERSON = Term("asmuo su negalia", "person with disability", also=("people with disabilities",), use=REQUIRED)
CARE = Term("socialinė globa", "social care", use=REQUIRED)


def found(sentence, *known):
    return [(each.words, each.english) for each in find_terms(sentence, known)]


@pytest.mark.parametrize(
    ("nominative", "form"),
    [
        ("pamoka", "pamokų"),
        ("pamoka", "pamokose"),
        ("darbuotojas", "darbuotojui"),
        ("darbuotojas", "darbuotojoms"),
        ("lektorius", "lektorių"),
        ("savivaldybė", "savivaldybių"),
        ("licencija", "licencijų"),
        ("rodiklis", "rodiklių"),
        ("krizė", "krizėse"),
        ("sutartis", "sutarčių"),
        ("žodis", "žodžių"),
        ("asmuo", "asmenims"),
    ],
)
def test_a_word_is_known_in_any_case_and_number(nominative, form):
    assert find_terms(form, [Term(nominative, "x")])[0].words == form


def test_a_word_that_only_begins_alike_is_another():
    assert (
        found(
            "Tikslios valandos, dalyvis, kursyvas.",
            Term("tikslas", "aim"),
            Term("dalis", "part"),
            Term("kursas", "course"),
        )
        == []
    )


def test_a_stem_keeps_three_letters():
    assert (stem_of("pamokoje"), stem_of("tema"), stem_of("ir")) == ("pamok", "tem", "ir")
    assert is_form_of("pamokas", "pamoka", "pamok")


def test_all_words_of_a_term_bend_and_stand_side_by_side():
    assert found("Dviem atvejo vadybininkams rašo.", MANAGER) == [("atvejo vadybininkams", "case manager")]
    assert found("Atvejo nėra, vadybininkas yra.", MANAGER) == []
    assert found("Kokie darbas: krūvis?", Term("darbo krūvis", "workload")) == []


def test_where_a_longer_term_stands_the_shorter_in_it_is_passed_over():
    whole = Term("kokybės vadyba", "quality management")
    assert found("Kokybės vadybos kursas.", MANAGEMENT, whole) == [("Kokybės vadybos", "quality management")]


def test_tags_stand_in_no_ones_way():
    assert found("<b>Socialinę globą</b> teikia<br/>įstaiga.", CARE) == [("Socialinę globą", "social care")]


def test_a_term_is_told_once():
    assert found("Pamoka po pamokos.", LESSON) == [("Pamoka", "lesson")]


def test_a_required_term_that_the_translation_lacks_is_missing():
    assert [each.english for each in missing_terms("Ši pamoka trumpa.", "This class is short.", [LESSON])] == ["lesson"]
    assert missing_terms("Šios pamokos trumpos.", "These <b>lessons</b> are short.", [LESSON]) == []


def test_another_agreed_way_to_say_it_is_as_good():
    assert missing_terms("Asmenims su negalia.", "For people with disabilities.", [PERSON]) == []


def test_a_hint_that_is_not_required_is_never_missing():
    assert missing_terms("Vadyba.", "Running things.", [MANAGEMENT]) == []


def test_where_one_word_means_two_things_either_will_do():
    both = [Term("riba", "limit", use=REQUIRED), Term("riba", "boundary", use=REQUIRED)]

    assert found("Ribos.", *both) == [("Ribos", "limit / boundary")]
    assert missing_terms("Ribos.", "Boundaries.", both) == []


# ---- the file


def test_the_term_base_is_well_formed_and_has_no_line_twice():
    known = read_glossary(GLOSSARY)

    pairs = [(term.lt, term.en) for term in known]
    assert len(known) > 250
    assert sorted(set(pairs)) == sorted(pairs)
    assert all(text == text.strip() for term in known for text in (term.lt, term.en, term.note, *term.also))
    assert all(re.compile(term.pattern).pattern for term in known)


def test_the_patterns_are_such_as_the_script_of_the_editor_understands():
    """Python escapes nothing in them that JavaScript would not, and uses none of its own inventions."""
    assert [term.pattern for term in terms() if re.search(r"\(\?[^:]|\\[^bs.'\-]", term.pattern)] == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("course,kursas,,,", "use"),
        ("course,kursas,,,always", "use"),
        (",kursas,,,hint", "both terms"),
        ("course,kursas", "five columns"),
    ],
)
def test_a_line_that_is_wrong_is_named(tmp_path, line, what):
    path = tmp_path / "glossary.csv"
    path.write_text(f"term_en,term_lt,note,also_en,use\n{line}\n", encoding="utf-8")

    with pytest.raises(ValueError, match=rf"glossary\.csv:2: .*{what}"):
        read_glossary(path)


def test_a_host_without_a_term_base_has_no_hints(settings, tmp_path):
    settings.TILTAS_CONTENT = tmp_path

    assert terms() == ()


# ---- real sentences


def test_the_translations_of_the_real_courses_say_the_terms_as_agreed(real_content):
    """Few false alarms: of all terms that stand in the courses, one in fifty may be said in another way."""
    rows = StringTranslation.objects.exclude(context__path="slug").values_list("translation_of__data", "data")
    known = terms()
    required = [each for text, _words in rows for each in find_terms(text, known) if each.is_required]
    missing = [each.words for text, words in rows for each in missing_terms(text, words, known)]

    assert len(required) > 250
    assert len(missing) <= len(required) / 50, missing


def test_words_of_the_interface_are_not_looked_for_in_lessons():
    assert find_terms("Įrašyti ir atšaukti.", [term for term in terms() if term.use == INTERFACE]) == []
