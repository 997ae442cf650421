"""What publishing a question writes: a change of wording adds words, a change of key or options adds a version."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import translation
from wagtail.models import Locale

from quizzes.models import Question, QuestionText, QuestionVersion
from quizzes.versions import record_question
from tests.factories import AttemptFactory, QuestionVersionFactory, drawn
from tests.factories.pages import ensure_site, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site():
    ensure_site()


def publish(question):
    question.save()
    question.save_revision().publish()
    return question


def options(question):
    """The options as raw data, to be changed and put back."""
    return [dict(each) for each in question.options.raw_data]


def in_english(question, **changes):
    english = question.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, value in changes.items():
        setattr(english, name, value)
    return publish(english)


def versions(question):
    return list(QuestionVersion.objects.filter(key=question.translation_key).order_by("number"))


def test_the_first_publication_makes_the_first_version_with_its_words():
    question = make_question("Kokybė", right=(1,))

    (version,) = versions(question)
    ids = [option["id"] for option in options(question)]
    assert (version.number, version.kind, version.option_ids) == (1, "single_choice", ids)
    assert version.definition["points"] == 1
    assert version.answer_key == {"right": [ids[1]]}
    (text,) = version.texts.all()
    assert (text.language, text.texts["prompt"], text.texts["explanation"]) == ("lt", "Kokybė?", "Paaiškinimas.")
    assert text.texts["options"][ids[0]] == {"text": "Atsakymas 0", "feedback": "Dėl 0"}


def test_publishing_again_writes_nothing():
    question = make_question("Kokybė")

    publish(question)

    assert len(versions(question)) == 1
    assert QuestionText.objects.count() == 1


def test_a_draft_writes_nothing():
    question = make_question("Kokybė")
    question.prompt = "Kitaip?"

    question.save_revision()

    assert QuestionText.objects.get().texts["prompt"] == "Kokybė?"


def test_a_change_of_wording_keeps_the_version_and_adds_the_words():
    question = make_question("Kokybė")
    question.prompt = "Kas yra kokybė?"
    changed = options(question)
    changed[0]["value"] = changed[0]["value"] | {"text": "Geriau pasakyta", "feedback": "Todėl"}
    question.options = changed

    publish(question)

    (version,) = versions(question)
    assert list(version.texts.order_by("id").values_list("texts__prompt", flat=True)) == ["Kokybė?", "Kas yra kokybė?"]


def make_another_right(question):
    changed = options(question)
    for place, option in enumerate(changed):
        option["value"] = option["value"] | {"correct": place == 2}
    question.options = changed


def add_an_option(question):
    value = {"text": "Dar vienas", "correct": False, "feedback": ""}
    question.options = [*options(question), {"type": "option", "id": str(uuid4()), "value": value}]


def drop_an_option(question):
    question.options = options(question)[:2]


def turn_the_order(question):
    question.options = list(reversed(options(question)))


def give_more_points(question):
    question.points = 5


def make_it_another_kind(question):
    question.kind = "multiple_choice"


@pytest.mark.parametrize(
    "change",
    [make_another_right, add_an_option, drop_an_option, turn_the_order, give_more_points, make_it_another_kind],
    ids=lambda change: change.__name__,
)
def test_a_change_of_what_is_graded_makes_the_next_version(change):
    question = make_question("Kokybė")
    (first,) = versions(question)
    kept = (first.definition, first.answer_key, first.kind)

    change(question)
    publish(question)

    first_again, second = versions(question)
    assert (first_again.definition, first_again.answer_key, first_again.kind) == kept
    assert (second.definition, second.answer_key, second.kind) != kept
    assert second.number == 2


def test_an_open_attempt_keeps_the_version_that_it_drew():
    question = make_question("Kokybė")
    (first,) = versions(question)
    attempt = AttemptFactory(questions=drawn(first))

    make_another_right(question)
    publish(question)

    attempt.refresh_from_db()
    assert attempt.version_ids == [first.pk]
    assert len(versions(question)) == 2


def test_an_english_question_adds_its_words_alone():
    question = make_question("Kokybė")
    before = list(QuestionVersion.objects.values())
    english = question.copy_for_translation(Locale.objects.get(language_code="en"))
    english.prompt, english.points, english.kind = "What is quality?", 50, "multiple_choice"
    changed = options(english)
    for option in changed:
        option["value"] = option["value"] | {"correct": True, "text": f"Answer {option['id'][:2]}"}
    english.options = changed

    publish(english)

    assert list(QuestionVersion.objects.values()) == before
    text = QuestionText.objects.get(language="en")
    assert text.version == versions(question)[0]
    assert text.texts["prompt"] == "What is quality?"


@pytest.mark.parametrize("gap", ["prompt", "option"])
def test_english_with_a_gap_writes_nothing_and_its_last_good_words_stay(gap):
    question = make_question("Kokybė")
    english = in_english(question, prompt="What is quality?")
    good = english_words(question)
    if gap == "prompt":
        english.prompt = " "
    else:
        parts = options(english)
        parts[1]["value"]["text"] = ""
        english.options = parts
    english.save()
    english.save_revision().publish()

    assert english_words(question) == good


def english_words(question):
    return list(QuestionText.objects.filter(version__key=question.translation_key, language="en").values_list("texts"))


def test_an_english_question_before_its_source_writes_nothing():
    english = Question(locale=Locale.objects.get(language_code="en"), title="Quality", prompt="Quality?")
    english.save()

    assert record_question(english) is None
    assert not QuestionVersion.objects.exists()


def test_the_next_version_takes_the_english_words_along_where_every_option_has_them():
    question = make_question("Kokybė")
    in_english(question, prompt="What is quality?")

    make_another_right(question)
    publish(question)

    second = versions(question)[1]
    assert {text.language: text.texts["prompt"] for text in second.texts.all()} == {
        "lt": "Kokybė?",
        "en": "What is quality?",
    }


def test_words_that_lack_an_option_stay_behind():
    question = make_question("Kokybė")
    in_english(question)

    add_an_option(question)
    publish(question)

    assert [text.language for text in versions(question)[1].texts.all()] == ["lt"]


def test_deleting_a_question_leaves_its_versions():
    question = make_question("Kokybė")
    kept = list(QuestionVersion.objects.values()), list(QuestionText.objects.values())

    question.delete()

    assert (list(QuestionVersion.objects.values()), list(QuestionText.objects.values())) == kept


def test_a_version_is_never_changed():
    version = QuestionVersionFactory()
    version.answer_key = {"right": ["b"]}

    with pytest.raises(IntegrityError, match="never altered"):
        version.save()


def test_the_database_refuses_two_versions_of_a_number():
    version = QuestionVersionFactory()

    with pytest.raises(IntegrityError):
        QuestionVersionFactory(key=version.key, number=version.number)


def test_the_database_refuses_a_version_without_number():
    with pytest.raises(IntegrityError, match="question_versions_count_from_one"):
        QuestionVersionFactory(number=0)


def test_a_question_with_a_mistake_is_refused_in_words():
    question = make_question("Kokybė")
    for option in question.options:
        option.value["correct"] = False

    with translation.override("en"), pytest.raises(ValidationError, match="No option is marked as right"):
        question.full_clean()


def test_a_question_of_an_unknown_kind_is_refused_by_its_field():
    question = make_question("Kokybė")
    question.kind = "guess"

    with pytest.raises(ValidationError) as refused:
        question.full_clean()
    assert list(refused.value.message_dict) == ["kind"]
