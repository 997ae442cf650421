"""A published question of each kind, in both languages, and what a learner who knows the answer does with it."""

from uuid import UUID, uuid5

from wagtail.models import Locale

from quizzes.models import Question, QuestionVersion
from quizzes.registry import question_type

NAMES = UUID("6f1c1f0e-3b52-4b6e-9a0e-0d5b7c2f8a11")
# Kind → parts as (type, neutral values, Lithuanian words, English words). "SECRET" marks what may not be seen before hand-in.
PARTS = {
    "single_choice": [
        ("option", {"correct": False}, {"text": "Struktūra"}, {"text": "Structure"}),
        ("option", {"correct": True}, {"text": "Rezultatas"}, {"text": "Outcome"}),
        ("option", {"correct": False}, {"text": "Procesas"}, {"text": "Process"}),
    ],
    "multiple_choice": [
        ("option", {"correct": True}, {"text": "Pasveikinti"}, {"text": "To greet"}),
        ("option", {"correct": True}, {"text": "Išklausyti"}, {"text": "To listen"}),
        ("option", {"correct": False}, {"text": "Skubinti"}, {"text": "To hurry"}),
    ],
    "weighted_choice": [
        ("option", {"correct": True}, {"text": "Poreikis"}, {"text": "A need"}),
        ("option", {"correct": True}, {"text": "Tikslas"}, {"text": "An aim"}),
        ("option", {"correct": False}, {"text": "Gandas"}, {"text": "A rumour"}),
        ("option", {"correct": False}, {"text": "Nuojauta"}, {"text": "A hunch"}),
    ],
    "true_false": [
        ("option", {"correct": True}, {"text": "Teisinga"}, {"text": "True"}),
        ("option", {"correct": False}, {"text": "Neteisinga"}, {"text": "False"}),
    ],
    "ordering": [
        ("step", {}, {"text": "Planuoti"}, {"text": "Plan"}),
        ("step", {}, {"text": "Daryti"}, {"text": "Do"}),
        ("step", {}, {"text": "Tikrinti"}, {"text": "Check"}),
        ("step", {}, {"text": "Gerinti"}, {"text": "Act"}),
    ],
    "matching": [
        ("pair", {}, {"text": "Skundas", "match": "nepasitenkinimas"}, {"text": "A complaint", "match": "displeasure"}),
        ("pair", {}, {"text": "Padėka", "match": "pasitenkinimas"}, {"text": "Thanks", "match": "pleasure"}),
        ("distractor", {}, {"match": "abejingumas"}, {"match": "indifference"}),
    ],
    "short_text": [
        (
            "accepted",
            {"case_matters": False, "diacritics_matter": False},
            {"text": "atvejo vadybininkas"},
            {"text": "case manager"},
        ),
    ],
    "number": [
        ("number", {"value": "12,5", "tolerance": "0,5"}, {}, {}),
        ("range", {"minimum": "100", "maximum": "200"}, {}, {}),
    ],
}
# What who knows the answer types, by language.
TYPED = {"short_text": {"lt": "Atvejo vadybininkas", "en": "Case manager"}, "number": {"lt": "12,75", "en": "12.75"}}


def make_question_of(kind, secret="SECRET"):
    """A published Lithuanian question of this kind with its English twin; `secret` stands in all that comes after hand-in."""
    lithuanian = Question(
        locale=Locale.objects.get(language_code="lt"),
        title=f"Klausimas {kind}",
        kind=kind,
        prompt=f"Klausimas: {kind}?",
        explanation=f"{secret} paaiškinimas",
        options=_blocks(kind, 2, secret),
    )
    lithuanian.full_clean()
    lithuanian.save()
    lithuanian.save_revision().publish()
    english = lithuanian.copy_for_translation(Locale.objects.get(language_code="en"))
    english.prompt, english.explanation = f"Question: {kind}?", f"{secret} explanation"
    english.options = _blocks(kind, 3, secret)
    english.save()
    english.save_revision().publish()
    return lithuanian


def _blocks(kind, language, secret):
    blocks = []
    for place, part in enumerate(PARTS[kind]):
        feedback = {} if part[0] == "distractor" else {"feedback": f"{secret} {part[0]} {place}"}
        value = part[1] | part[language] | feedback
        blocks.append({"type": part[0], "id": str(uuid5(NAMES, f"{kind} {place}")), "value": value})
    return blocks


def right_values(attempt, number, language="lt"):
    """The values of the form field `answer` that are right for this question of the attempt, shown as `number` (from 1)."""
    drawn = attempt.questions[number - 1]
    version = QuestionVersion.objects.get(pk=drawn["version"])
    key = version.answer_key
    if version.kind in TYPED:
        return [TYPED[version.kind][language]]
    if version.kind == "ordering":
        return [f"{step}:{place}" for place, step in enumerate(key["order"], start=1)]
    if version.kind == "matching":
        return question_type("matching").form_values({each: each for each in key["pairs"]}, drawn)
    return key["right"]
