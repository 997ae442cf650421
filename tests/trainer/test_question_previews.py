"""A question is looked at before it is published: as a learner sees it, without its key, or with the feedback; nothing is kept."""

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale

from quizzes.registry import question_kinds
from tests.factories.questions import PARTS, TYPED, make_question_of
from tests.trainer.conftest import question_form

PREVIEW = "wagtailsnippets_tiltas_quizzes_question:preview_on_edit"
KINDS = [name for name, _label in question_kinds() if name in PARTS]


def type_into(client, question, **changes):
    """What the editor sends while somebody types."""
    answer = client.post(reverse(PREVIEW, args=[question.pk]), question_form(("Taip", True), ("Ne", False), **changes))
    assert answer.json() == {"is_valid": True, "is_available": True}


def revision_shown(client, question, mode=""):
    revision = question.latest_revision_id
    address = reverse("wagtailsnippets_tiltas_quizzes_question:revisions_view", args=[question.pk, revision])
    return client.get(address, {"mode": mode})


def shown(client, question, mode=""):
    return revision_shown(client, question, mode).content.decode()


def rows():
    skipped = {"wagtailadmin.FormState", "sessions.Session"}
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in skipped
    }


def test_a_preview_has_two_modes_for_each_language(site, client, trainer):
    question = make_question_of("single_choice")

    assert [name for name, _label in question.preview_modes] == ["", "en", "+feedback", "en+feedback"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_shown_as_it_stands_in_an_attempt_without_its_key(site, client, trainer, kind):
    question = make_question_of(kind)

    in_lithuanian, in_english = shown(client, question), shown(client, question, "en")

    assert ('<html lang="lt"' in in_lithuanian, '<html lang="en"' in in_english) == (True, True)
    assert f"<legend>Klausimas: {kind}?</legend>" in in_lithuanian
    assert 'name="answer"' in in_lithuanian
    assert "SECRET" not in in_lithuanian + in_english
    assert "checked" not in in_lithuanian


@pytest.mark.parametrize("kind", KINDS)
def test_its_author_sees_the_feedback_too(site, client, trainer, kind):
    page = shown(client, make_question_of(kind), "+feedback")

    feedback = [f"SECRET {part[0]} {place}" for place, part in enumerate(PARTS[kind]) if part[0] != "distractor"]
    assert "SECRET paaiškinimas" in page
    if kind not in TYPED:  # what is typed is met by one of the accepted answers alone
        assert [words for words in feedback if words not in page] == []
    assert 'name="answer"' not in page


def test_the_order_is_the_same_each_time(site, client, trainer):
    question = make_question_of("multiple_choice")

    def order():
        page = shown(client, question)
        return sorted(("Pasveikinti", "Išklausyti", "Skubinti"), key=page.index)

    assert order() == order()


def test_what_was_typed_a_moment_ago_is_in_it_and_gaps_of_the_translation_are_marked(site, client, trainer):
    question = make_question_of("single_choice")
    type_into(client, question, prompt="Ką tik parašyta?")

    here = client.get(reverse(PREVIEW, args=[question.pk])).content.decode()
    in_english = client.get(reverse(PREVIEW, args=[question.pk]), {"mode": "en"}).content.decode()

    assert "<legend>Ką tik parašyta?</legend>" in here
    assert '<mark class="untranslated" lang="lt">Ką tik parašyta?</mark>' in in_english


def test_a_draft_that_can_not_be_graded_says_what_is_missing(site, client, trainer):
    question = make_question_of("single_choice")
    question.kind = "true_false"  # with three options

    with override("en"):
        page = question.make_preview_request(preview_mode="").content.decode()

    assert "Klausimas „teisinga ar neteisinga“ turi lygiai du atsakymo variantus." in page
    assert 'name="answer"' not in page


def test_looking_changes_nothing(site, client, trainer):
    question = make_question_of("ordering")
    shown(client, question)
    before = rows()

    for mode in ("", "en", "+feedback", "en+feedback"):
        shown(client, question, mode)

    assert rows() == before


def test_it_obeys_the_policy_of_learners_pages_and_stands_in_the_editors_frame(site, client, trainer):
    response = revision_shown(client, make_question_of("ordering"))

    policy = response.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy.split("script-src")[-1].split(";")[0], policy
    assert "frame-ancestors 'self'" in policy
    assert response.headers.get("X-Frame-Options", "SAMEORIGIN") == "SAMEORIGIN"
    assert "<script>" not in response.content.decode()
    assert 'style="' not in response.content.decode()


def test_an_english_question_is_previewed_beside_its_lithuanian_draft(site, client, trainer):
    question = make_question_of("single_choice")
    english = question.get_translation(Locale.objects.get(language_code="en"))

    assert "<legend>Question: single_choice?</legend>" in shown(client, english)
    assert "<legend>Klausimas: single_choice?</legend>" in shown(client, english, "lt")


def test_the_panel_has_page_checks_and_a_window_has_none(site, client, trainer):
    question = make_question_of("single_choice")
    type_into(client, question)
    address = reverse(PREVIEW, args=[question.pk])

    assert "wagtail-userbar" in client.get(address, {"in_preview_panel": "true"}).content.decode()
    assert "wagtail-userbar" not in client.get(address).content.decode()


def test_the_editor_offers_the_modes_by_name(site, client, trainer):
    client.cookies["django_language"] = "en"
    question = make_question_of("number")
    page = client.get(reverse("wagtailsnippets_tiltas_quizzes_question:edit", args=[question.pk])).content.decode()

    assert 'data-side-panel="preview"' in page
    for mode, language in (("", "Lithuanian"), ("en", "English")):
        assert f'<option value="{mode}"' in page
        assert f'<option value="{mode}+feedback"' in page
        assert f"Language: {language}, with the feedback" in page
