"""Waivers: who let a page out in Lithuanian alone, why, until when; and what readers of English see meanwhile."""

from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from courses.models import CoursePage, ModulePage
from lessons.models import LessonPage
from quizzes.models import Question, QuestionText, QuestionVersion
from studio.gate import Refused, publish_source, publish_with_waiver
from studio.models import CarriedText, Waiver
from studio.translations import behind_segments, keep_carried
from studio.waivers import expired_waivers, grant_waiver
from tests.conftest import NOON
from tests.factories import UserFactory
from tests.factories.translations import english, put_into_english
from tests.studio.conftest import COURSE, LESSON, MODULE, QUESTION
from tests.trainer.conftest import TRAINER, TRANSLATOR, logged_in, sentences

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def author(loaded):
    return UserFactory(is_superuser=True)


def page(key=LESSON, language="lt", model=LessonPage):
    return model.objects.get(translation_key=key, locale__language_code=language)


def edit(change):
    """A draft of the lesson, changed."""
    lesson = page().get_latest_revision_as_object()
    change(lesson)
    lesson.save_revision()
    return page()


def sharpen(lesson):
    """One sentence is said otherwise."""
    lesson.body[0].value = "Kam žmogui reikia tilto"


def waived(instance, author, *, until=TODAY + timedelta(days=14), at=NOON):
    publish_with_waiver(instance=instance, user=author, reason="Vertėja grįš po savaitės.", until=until, at=at)


def test_lithuanian_goes_out_and_english_stays_at_its_last_good_words(client, author):
    waived(edit(sharpen), author)

    assert [page(language=code).body[0].value for code in ("lt", "en")] == [
        "Kam žmogui reikia tilto",
        "What a bridge is for",
    ]
    waiver = Waiver.objects.get()
    assert (str(waiver.key), waiver.locale, waiver.made_by, waiver.until, waiver.ended_at) == (
        LESSON,
        english(),
        author,
        TODAY + timedelta(days=14),
        None,
    )
    assert (waiver.newer_since, waiver.gaps) == (NOON, [])
    shown = client.get(page(language="en").url).content.decode()
    said = unescape(shown).replace("\u00a0", " ")
    assert (
        "This page has changed in another language (Lithuanian, 21 November 2026), and the translation follows. "
        "What you read here is the last translated text." in said
    )
    assert "Parts that have not been translated yet" not in said
    assert "This page has changed" not in client.get(page().url).content.decode()


def test_what_is_new_stands_in_lithuanian_in_a_block_that_says_so(client, author):
    block_id = str(uuid4())
    waived(edit(lambda lesson: lesson.body.append(("text", "<p>Visai nauja.</p>", block_id))), author)

    shown = client.get(page(language="en").url).content.decode()
    assert f'id="b-{block_id}" lang="lt"><p class="small" lang="en">Not translated yet.</p>' in shown
    assert "Visai nauja." in shown
    assert "Parts that have not been translated yet are marked." in shown
    assert Waiver.objects.get().gaps == [f"body.{block_id}"]


def test_a_block_with_one_new_paragraph_stands_in_lithuanian_as_a_whole(author):
    def add(lesson):
        lesson.body[1].value.source += "<p>Visiškai kitas dalykas apie orus.</p>"

    waived(edit(add), author)

    assert page(language="en").body[1].value.source.count("Tiltas") == 1
    assert "bridge" not in page(language="en").body[1].value.source
    assert page(language="en").body[0].value == "What a bridge is for"


def test_what_was_changed_twice_still_has_its_first_words(author):
    waived(edit(sharpen), author)
    waived(edit(lambda lesson: setattr(lesson.body[0], "value", "Kam šiandien žmogui reikia tilto")), author)

    [behind] = behind_segments(page(), english())
    assert (behind.was, behind.words) == ("Kam reikia tilto", "What a bridge is for")
    assert page(language="en").body[0].value == "What a bridge is for"


def test_a_sentence_that_was_moved_keeps_its_words(author):
    block_id = str(uuid4())

    def move(lesson):
        lesson.body.append(("heading", lesson.body[0].value, block_id))
        del lesson.body[0]

    waived(edit(move), author)

    assert page(language="en").body[-1].value == "What a bridge is for"
    [behind] = behind_segments(page(), english())
    assert keep_carried(key=LESSON, locale=english(), path=behind.path, digest=behind.digest)
    assert behind_segments(page(), english()) == []


def test_translating_everything_ends_it(client, author):
    waived(edit(sharpen), author)

    publish_source(instance=put_into_english(page()), user=author, at=NOON)

    waiver = Waiver.objects.get()
    assert waiver.ended_at is not None
    assert page(language="en").body[0].value == "Kam žmogui reikia tilto (EN)"
    assert "This page has changed" not in client.get(page(language="en").url).content.decode()


def test_a_page_that_never_was_in_english_goes_out_in_lithuanian_alone(author):
    module = page(MODULE, model=ModulePage)
    lesson = module.add_child(instance=LessonPage(title="Nauja", slug="nauja", live=False))
    lesson.save_revision()

    waived(lesson, author)

    assert [(each.title, each.live) for each in LessonPage.objects.filter(translation_key=lesson.translation_key)] == [
        ("Nauja", True)
    ]
    lesson = LessonPage.objects.get(pk=lesson.pk)
    publish_source(instance=put_into_english(lesson), user=author, at=NOON)
    assert LessonPage.objects.filter(translation_key=lesson.translation_key, live=True).count() == 2
    assert Waiver.objects.get().ended_at is not None


def test_a_question_keeps_the_english_words_of_its_version(author):
    question = page(QUESTION, model=Question)
    question.prompt = "Ką tiltas daro?"
    question.save_revision()

    waived(question, author)

    version = QuestionVersion.objects.get(key=QUESTION)
    newest = {text.language: text.texts["prompt"] for text in version.texts.order_by("id")}
    assert newest == {"lt": "Ką tiltas daro?", "en": "What does a bridge do?"}
    assert QuestionText.objects.filter(version=version, language="en").count() == 1


def test_an_outcome_that_is_new_is_marked_on_the_course_page(client, author):
    course = page(COURSE, model=CoursePage)
    course.outcomes.append(("outcome", "atpažinti tiltą"))
    course.save_revision()

    waived(course, author)

    twin = page(COURSE, "en", CoursePage)
    assert [str(block.value) for block in twin.outcomes] == ["say what a bridge is", "atpažinti tiltą"]
    assert '<li lang="lt">atpažinti tiltą</li>' in client.get(twin.url).content.decode()


def test_while_it_is_valid_more_may_be_published(author):
    waived(edit(sharpen), author)
    lesson = edit(lambda lesson: setattr(lesson, "title", "Tiltai ir žmonės"))

    publish_source(instance=lesson, user=author, at=NOON)

    assert (page().title, page(language="en").title, page(language="en").slug) == (
        "Tiltai ir žmonės",
        "Bridges",
        "bridges",
    )
    assert Waiver.objects.count() == 1


def test_once_its_day_is_over_it_covers_nothing_more_and_the_desk_is_told(author, django_assert_num_queries):
    waived(edit(sharpen), author, until=TODAY)
    later = NOON + timedelta(days=1)
    assert expired_waivers(NOON) == []

    with django_assert_num_queries(3):
        [expired] = expired_waivers(later)
    assert (expired.waiver, expired.instance.pk, expired.waiver.made_by) == (Waiver.objects.get(), page().pk, author)
    with pytest.raises(Refused):
        publish_source(instance=edit(lambda lesson: setattr(lesson, "title", "Kitaip")), user=author, at=later)

    waived(page(), author, until=TODAY + timedelta(days=9), at=later)
    assert [(each.ended_at, each.newer_since) for each in Waiver.objects.order_by("pk")] == [
        (later, NOON),
        (None, NOON),
    ]
    assert expired_waivers(later) == []


def test_one_open_waiver_of_a_text_and_language(author):
    waived(edit(sharpen), author)

    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.create(key=LESSON, locale=english(), reason="Dar vienas", until=TODAY, made_at=NOON)


@pytest.mark.parametrize(
    ("reason", "until", "field"),
    [
        ("  ", TODAY, "reason"),
        ("Taip", TODAY - timedelta(days=1), "until"),
        ("Taip", TODAY + timedelta(days=181), "until"),
    ],
)
def test_a_waiver_without_reason_or_with_no_good_day_is_refused_and_nothing_is_published(author, reason, until, field):
    lesson = edit(sharpen)

    with pytest.raises(ValidationError) as refusal:
        publish_with_waiver(instance=lesson, user=author, reason=reason, until=until, at=NOON)

    assert [*refusal.value.message_dict] == [field]
    assert (Waiver.objects.count(), page().body[0].value) == (0, "Kam reikia tilto")


def test_who_granted_it_may_go_and_the_waiver_stays(author):
    grant_waiver(instance=page(), locale=english(), user=author, reason="Taip", until=TODAY, at=NOON)
    author.delete()

    assert Waiver.objects.get().made_by is None


def test_carried_words_of_sentences_that_are_gone_are_forgotten(author):
    waived(edit(sharpen), author)
    assert CarriedText.objects.count() == 1

    publish_source(instance=edit(lambda lesson: lesson.body.__delitem__(0)), user=author, at=NOON)

    assert CarriedText.objects.count() == 0


# The screen


def address(key=LESSON):
    return reverse("tiltas_translating:behind", args=[key])


@pytest.fixture
def trainer(client, loaded):
    client.cookies["django_language"] = "en"
    return logged_in(client, TRAINER)


def test_the_screen_shows_old_and_new_side_by_side(client, trainer):
    edit(sharpen)

    shown = client.get(address()).content.decode()

    said = [
        "Kam žmogui reikia tilto",
        "Kam reikia tilto",
        "What a bridge is for",
        "body, block 1: Heading",
        "Still right",
    ]
    assert [text for text in said if text not in shown] == []


def test_one_click_says_that_the_old_words_are_still_right(client, trainer):
    edit(sharpen)
    [behind] = behind_segments(page().get_latest_revision_as_object(), english())
    form = {"do": "keep", "locale": english().pk, "path": behind.path, "digest": str(behind.digest)}

    client.post(address(), form)
    answer = client.post(address(), {"do": "publish"})

    assert answer.status_code == 302
    assert [page(language=code).body[0].value for code in ("lt", "en")] == [
        "Kam žmogui reikia tilto",
        "What a bridge is for",
    ]
    again = client.post(address(), form)
    assert any("has words already" in each for each in sentences(again))


def test_a_waiver_is_granted_on_the_screen(client, trainer):
    edit(sharpen)
    until = timezone.localdate() + timedelta(days=3)

    answer = client.post(address(), {"reason": "Vertėja atostogauja", "until": until.isoformat()})

    assert answer.status_code == 302
    assert (Waiver.objects.get().made_by, Waiver.objects.get().until) == (trainer, until)
    assert page().body[0].value == "Kam žmogui reikia tilto"


def test_what_was_typed_is_kept_when_the_day_is_no_good(client, trainer):
    edit(sharpen)

    shown = client.post(address(), {"reason": "Ilgas paaiškinimas", "until": "2020-01-01"}).content.decode()

    assert ("Ilgas paaiškinimas" in shown, "Choose a day from today to" in shown) == (True, True)
    assert Waiver.objects.count() == 0


def test_beginning_to_translate_makes_the_draft_and_opens_it(client, trainer):
    module = page(MODULE, model=ModulePage)
    lesson = module.add_child(instance=LessonPage(title="Nauja", slug="nauja", live=False))
    lesson.save_revision()

    answer = client.post(address(lesson.translation_key), {"do": "translate", "locale": english().pk})

    twin = lesson.get_translation(english())
    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[twin.pk])
    assert not twin.live
    shown = client.get(answer.headers["Location"])
    assert "wagtail_localize/admin/edit_translation.html" in [template.name for template in shown.templates]


def test_a_translator_sees_it_and_waives_nothing(client, loaded):
    client.cookies["django_language"] = "en"
    logged_in(client, TRANSLATOR)
    edit(sharpen)

    shown = client.get(address())
    answer = client.post(address(), {"reason": "Taip", "until": timezone.localdate().isoformat()})

    assert (shown.status_code, "Publish with a waiver" in shown.content.decode()) == (200, False)
    assert (answer.status_code, Waiver.objects.count()) == (302, 0)


def test_there_is_no_screen_of_what_is_not_there(client, trainer):
    assert client.get(address(uuid4()), follow=True).status_code == 404
