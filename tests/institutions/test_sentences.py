"""What must not be: the same person twice, an end before the start. Each refusal is one sentence, in the reader's language."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from institutions.forms import LastDayForm
from institutions.models import JoinCode, Membership
from institutions.services import EndsBeforeStart, end_membership
from tests.factories import (
    NOON,
    InstitutionFactory,
    JoinCodeFactory,
    LearnerFactory,
    MembershipFactory,
    MunicipalityCoordinatorFactory,
)

pytestmark = pytest.mark.django_db


def refusal_of(record, language):
    """Field → sentences, as a form of the editor's pages shows them."""
    with translation.override(language), pytest.raises(ValidationError) as refused:
        record.full_clean()
    with translation.override(language):
        return refused.value.message_dict


OPEN = {
    "lt": "Šis asmuo čia jau įrašytas nuo 2026-11-01 be paskutinės dienos: atverkite tą įrašą ir jį pakeiskite.",
    "en": "This person has this since 2026-11-01 and without a last day: open that entry and change it.",
}
CLOSED = {
    "lt": "Šis asmuo čia jau įrašytas nuo 2026-11-01 iki 2026-11-20: nurodykite kitas dienas.",
    "en": "This person already has this from 2026-11-01 to 2026-11-20: put days outside of these.",
}
ONE_OPEN = {
    "lt": "Šis asmuo čia jau turi galiojančią narystę: pirmiausia ją užbaikite.",
    "en": "This person already has an open membership here: end it first.",
}
ORDER = {
    "lt": "Paskutinė diena ankstesnė už pirmąją: nurodykite vėlesnę paskutinę dieną.",
    "en": "The last day is before the first: put a later last day.",
}


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_same_person_twice(language):
    kept = MembershipFactory()
    second = Membership(learner=kept.learner, institution=kept.institution, starts_on=date(2026, 11, 10))

    assert refusal_of(second, language) == {"__all__": [OPEN[language], ONE_OPEN[language]]}


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_same_person_twice_on_days_that_are_over(language):
    kept = MembershipFactory(ends_on=date(2026, 11, 20))
    second = Membership(learner=kept.learner, institution=kept.institution, starts_on=date(2026, 11, 10))

    assert refusal_of(second, language) == {"__all__": [CLOSED[language]]}


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_same_person_coordinates_a_municipality_twice(language):
    kept = MunicipalityCoordinatorFactory(ends_on=date(2026, 11, 20))
    second = kept.__class__(learner=kept.learner, municipality=kept.municipality, starts_on=date(2026, 11, 10))

    assert refusal_of(second, language) == {"__all__": [CLOSED[language]]}


@pytest.mark.parametrize("language", ["lt", "en"])
def test_an_end_before_the_start(language):
    days = {"starts_on": date(2026, 11, 10), "ends_on": date(2026, 11, 9)}
    membership = Membership(learner=LearnerFactory(), institution=InstitutionFactory(), **days)
    role = MunicipalityCoordinatorFactory.build(learner=LearnerFactory(), **days)
    role.municipality = membership.institution.municipality

    assert [refusal_of(each, language) for each in (membership, role)] == [{"__all__": [ORDER[language]]}] * 2


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "lt",
            "Narystė prasidėjo 2026-11-01, todėl paskutinė diena negali būti ankstesnė: "
            "nurodykite tą pačią arba vėlesnę dieną.",
        ),
        (
            "en",
            "The membership began on 2026-11-01, so its last day can't be earlier: put that day or a later one.",
        ),
    ],
)
def test_ending_before_the_start(language, sentence):
    membership = MembershipFactory()

    with translation.override(language), pytest.raises(EndsBeforeStart) as refused:
        end_membership(membership_id=membership.pk, on=date(2026, 10, 31))

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("lt", "2026-11-22 dar neatėjo. Nurodykite šiandieną arba ankstesnę dieną; sugrįžkite pačią paskutinę dieną."),
        ("en", "2026-11-22 is still to come. Put today or an earlier day; come back on the last day itself."),
    ],
)
def test_ending_on_a_day_to_come(language, sentence):
    with translation.override(language):
        form = LastDayForm({"last_day": "2026-11-22"}, today=date(2026, 11, 21))

        assert form.errors == {"last_day": [sentence]}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("lt", "Kodas sukurtas 2026-11-21 ir negali baigtis anksčiau: nurodykite vėlesnį laiką."),
        ("en", "The code was made on 2026-11-21 and can't end before: put a later moment."),
    ],
)
def test_a_code_that_ends_before_it_begins(language, sentence):
    code = JoinCode(
        code="GERAS234",
        institution=InstitutionFactory(),
        created_at=NOON,
        expires_at=datetime(2026, 11, 20, tzinfo=UTC),
    )

    assert refusal_of(code, language) == {"expires_at": [sentence]}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("lt", "Su kodu turi galėti prisijungti bent vienas žmogus: įrašykite 1 ar daugiau arba palikite tuščią."),
        ("en", "At least one person is to join with it: put 1 or more, or leave it empty."),
    ],
)
def test_a_code_for_nobody(language, sentence):
    code = JoinCodeFactory()
    code.max_uses = 0

    assert refusal_of(code, language) == {"max_uses": [sentence]}
