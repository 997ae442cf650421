"""A translator submits a whole translation for moderation, and a trainer approves it; until then readers see the old text."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse
from wagtail.models import Locale, TaskState
from wagtail_localize.models import StringSegment, StringTranslation

from lessons.models import LessonPage
from quizzes.models import Question
from studio.translations import publish, source_of, sync
from tests.factories import UserFactory
from tests.trainer.conftest import logged_in
from tests.trainer.conftest import sentences as raw_sentences
from tiltas.roles import TRAINER

WORDS = {
    "Pamoka 1.1": "Lesson one",
    "p1-1": "lesson-one",
    "Skyrius": "Chapter",
    "Tekstas lietuviškai.": "English text.",
}


@pytest.fixture
def english():
    return Locale.objects.get(language_code="en")


@pytest.fixture
def translated(made, english):
    """An English lesson that readers see, whose Lithuanian title has changed since."""
    lesson = made.lessons[0]
    source = sync(lesson)
    write(source, english, WORDS)
    publish(source, lesson, english)
    lesson.title = "Nauja pamoka"
    lesson.save_revision().publish()
    return lesson.get_translation(english)


def write(source, english, words):
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=english,
            context=segment.context,
            defaults={"data": words[segment.string.data]},
        )


def finish(page, english):
    write(source_of(page), english, WORDS | {"Nauja pamoka": "A new lesson"})


def sentences(response):
    """Without the empty lines that Wagtail's own template puts below a message."""
    return [sentence.strip() for sentence in raw_sentences(response)]


def press(client, page, action):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": action})


def title(page):
    return LessonPage.objects.get(pk=page.pk).title


def test_a_whole_translation_waits_for_a_trainer_and_is_published_by_the_approval(
    client, translator, translated, english
):
    finish(translated, english)

    response = press(client, translated, "submit")

    assert [sentence for sentence in sentences(response) if "A new lesson" in sentence or "Lesson one" in sentence]
    assert title(translated) == "Lesson one"
    state = TaskState.objects.get(workflow_state__object_id=str(translated.pk))
    assert state.revision.as_object().title == "A new lesson"

    logged_in(client, TRAINER)
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[translated.pk, "approve", state.pk]), {"comment": ""}
    )

    assert title(translated) == "A new lesson"


def test_a_missing_sentence_is_told_and_nothing_is_submitted(client, translator, translated):
    client.cookies["django_language"] = "en"

    response = press(client, translated, "submit")

    assert sentences(response) == ["Not submitted: “Nauja pamoka” has no translation yet."]
    assert not TaskState.objects.exists()


def test_submitting_twice_is_told(client, translator, translated, english):
    client.cookies["django_language"] = "en"
    finish(translated, english)
    press(client, translated, "submit")

    response = press(client, translated, "submit")

    assert "Not submitted: It is being moderated already." in sentences(response)
    assert TaskState.objects.count() == 1


def test_a_translator_publishes_nothing(client, translator, translated, english):
    finish(translated, english)

    response = press(client, translated, "publish")

    assert (response.status_code, response.headers["Location"]) == (302, reverse("wagtailadmin_home"))
    assert title(translated) == "Lesson one"


def test_what_was_sent_back_is_submitted_again(client, translator, translated, english):
    finish(translated, english)
    press(client, translated, "submit")
    state = TaskState.objects.get()
    logged_in(client, TRAINER)
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[translated.pk, "reject", state.pk]), {"comment": "Dar ne"}
    )
    client.force_login(translator)

    press(client, translated, "submit")

    assert [each.status for each in TaskState.objects.order_by("pk")] == ["rejected", "in_progress"]


def test_where_nobody_moderates_the_sentence_says_whom_to_ask(client, translator, made, english):
    client.cookies["django_language"] = "en"
    question = Question.objects.filter(locale=Locale.get_default()).earliest("pk")
    source = sync(question)
    rows = StringSegment.objects.filter(source=source).select_related("string", "context")
    for segment in rows:
        StringTranslation.objects.create(
            translation_of=segment.string, locale=english, context=segment.context, data=f"{segment.string.data} EN"
        )
    twin = publish(source, question, english)

    response = client.post(
        reverse("wagtailsnippets_tiltas_quizzes_question:edit", args=[twin.pk]), {"action": "submit"}
    )

    assert sentences(response) == ["Not submitted: Nobody is named to moderate this. Ask a trainer to publish it."]


def test_who_edits_nothing_submits_nothing(client, translated, english):
    finish(translated, english)
    client.force_login(UserFactory())

    press(client, translated, "submit")

    assert not TaskState.objects.exists()


def test_the_trainers_are_told_in_their_language_and_the_mail_names_the_page(client, translator, translated, english):
    trainer = UserFactory(email="skaito@tiltas.test")
    trainer.groups.add(Group.objects.get(name=TRAINER))
    finish(translated, english)

    press(client, translated, "submit")

    [letter] = [letter for letter in mail.outbox if "skaito@tiltas.test" in letter.to]
    assert "pateikt" in letter.subject
    assert "Lesson one" in letter.subject + letter.body or "A new lesson" in letter.subject + letter.body
