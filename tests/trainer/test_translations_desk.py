"""„Vertimai“ and the translator's editor: the desk, files through its screens, two translators at one sentence, pasted markup."""

import base64
import html
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from quizzes.models import Question
from tests.factories import UserFactory
from tests.factories.pages import make_course, publish
from tests.factories.translations import said, segment_of, translated

WORDS = {
    "Pamoka 1.1": "Lesson one",
    "p1-1": "lesson-one",
    "Skyrius": "Chapter",
    "Tekstas lietuviškai.": "English text.",
}


@pytest.fixture
def lesson(made):
    return made.lessons[0]


@pytest.fixture
def translation(lesson):
    return translated(lesson, WORDS)


def text_of(response):
    return " ".join(html.unescape(response.content.decode()).split())


# ---- the desk


def titles(client, **query):
    shown = client.get(reverse("tiltas_translations:index"), query)
    return [row.entry.title for row, _url in shown.context["rows"]]


def test_the_desk_shows_what_is_to_be_done_and_leads_to_it(client, translator, lesson, translation):
    lesson.title = "Kitaip"
    publish(lesson)

    shown = client.get(reverse("tiltas_translations:index"), {"course": "K1", "state": "stale"})

    [(row, url)] = shown.context["rows"]
    twin = translation.get_target_instance()
    assert (row.entry.title, url) == ("Kitaip", reverse("wagtailadmin_pages:edit", args=[twin.pk]))
    assert (row.tally.stale, row.tally.missing, row.tally.words) == (1, 0, 1)


def test_it_is_filtered_by_course_and_state_and_ordered(client, translator, lesson, translation, made):
    other = make_course(code="K2", lessons=1)

    assert titles(client, course="K1", state="complete") == [lesson.title]
    assert other.page.title in titles(client, course="K2")
    assert lesson.title not in titles(client, course="K1", state="todo")
    assert lesson.title in titles(client, state="all")
    words = [
        row.tally.words
        for row, _url in client.get(reverse("tiltas_translations:index"), {"order": "most"}).context["rows"]
    ]
    assert words == sorted(words, reverse=True)
    assert titles(client, course="K1", state="nonsense", order="?") == titles(client, course="K1")


def test_it_is_in_the_menu_and_the_only_list_of_translations(client, translator):
    home = client.get("/admin/").content.decode()

    assert reverse("tiltas_translations:index") in home
    assert reverse("wagtail_localize:translations_report") not in home


def test_it_asks_no_more_for_three_courses_than_for_one(client, translator, lesson, translation, made):
    def translate_all(made):
        for each in [
            *Question.objects.filter(locale__language_code="lt"),
            made.page,
            *made.modules,
            *made.lessons,
            *made.quizzes,
        ]:
            translated(each)

    translate_all(made)
    for page in (
        lesson.get_parent().get_parent().get_parent(),
        lesson.get_parent().get_parent().get_parent().get_parent(),
    ):
        translated(page.specific)
    client.get(reverse("tiltas_translations:index"))
    count = len(queries(client))
    translate_all(make_course(code="K2", lessons=2))
    translate_all(make_course(code="K3", lessons=2))

    assert len(queries(client)) == count
    # Sessions, the person and the frame around every page of the editor are not the desk's own.
    frame = len(queries(client, reverse("tiltas_translations:upload")))
    assert count - frame <= 15


def queries(client, address=None):
    with CaptureQueriesContext(connection) as asked:
        client.get(address or reverse("tiltas_translations:index"), {"state": "all"} if address is None else {})
    return asked.captured_queries


# ---- files, through the screens


def upload(client, data, address=None):
    return client.post(
        address or reverse("tiltas_translations:upload"), {"file": SimpleUploadedFile("pamoka.po", data)}
    )


def editors_address(translation, what):
    return reverse(f"wagtail_localize:{what}_pofile", args=[translation.pk])


def test_a_file_goes_out_and_back_through_the_translators_editor(client, translator, lesson, translation):
    file = client.get(editors_address(translation, "download"))
    assert "X-Tiltas-Source-Version" in file.content.decode()
    changed = file.content.replace(b'msgstr "Chapter"', b'msgstr "Section"')

    shown = upload(client, changed, editors_address(translation, "upload"))
    assert "Section" in text_of(shown)
    assert said(lesson) == WORDS

    form = {name: shown.context[name] for name in ("name", "content")} | {"agreed": shown.context["plan"].digest}
    done = client.post(editors_address(translation, "upload"), form)

    assert done.url == translation.get_target_instance_edit_url()
    assert said(lesson) == WORDS | {"Skyrius": "Section"}


def test_a_bad_file_is_answered_with_the_reason_and_nothing_to_agree_to(client, translator, lesson, translation):
    shown = upload(client, b"hello")

    assert shown.context["plan"].files[0].refused[0].reason in text_of(shown)
    assert 'name="agreed"' not in text_of(shown)
    assert said(lesson) == WORDS


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"agreed": "x"},
        {"agreed": "x", "content": "?", "name": "a"},
        {"agreed": "x", "content": base64.b64encode(b"hello").decode()},
    ],
)
def test_a_form_without_a_file_or_a_forged_one_changes_nothing(client, translator, lesson, translation, form):
    assert client.post(reverse("tiltas_translations:upload"), form).status_code == 200
    assert said(lesson) == WORDS


def test_the_files_of_a_course_are_a_zip(client, translator, lesson, translation):
    answer = client.get(reverse("tiltas_translations:download", args=["en", "K1"]))

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == [f"pamoka-11-{str(lesson.translation_key)[:8]}.en.po"]
    for nothing in (["lt", "K1"], ["en", "K2"]):
        assert client.get(reverse("tiltas_translations:download", args=nothing), follow=True).status_code == 404


def test_another_persons_page_gives_no_file(client, translation):
    client.force_login(UserFactory())

    assert client.get(editors_address(translation, "download")).status_code == 302
    assert client.get(reverse("tiltas_translations:terms", args=[translation.pk])).status_code == 302


# ---- one sentence in the editor


def save(client, translation, segment, words, seen, method="put"):
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    body = encode_multipart(BOUNDARY, {"seen": seen} | ({"value": words} if method == "put" else {}))
    return getattr(client, method)(address, body, content_type=MULTIPART_CONTENT)


def test_a_sentence_is_saved_over_what_was_seen(client, translator, lesson, translation):
    answer = save(client, translation, segment_of(lesson, "Skyrius"), "Section", seen="Chapter")

    assert (answer.status_code, answer.json()["data"]) == (200, "Section")
    row = StringTranslation.objects.get(data="Section")
    assert row.last_translated_by == translator


def test_the_second_of_two_translators_is_told_who_was_first_and_overwrites_nothing(
    client, translator, lesson, translation, django_user_model
):
    segment = segment_of(lesson, "Skyrius")
    first = UserFactory(first_name="Ona", last_name="Pirmoji")
    StringTranslation.objects.filter(data="Chapter").update(data="Hers", last_translated_by=first)

    answer = save(client, translation, segment, "Mine", seen="Chapter")

    assert (answer.status_code, answer.json()["current"]) == (409, "Hers")
    assert first.get_full_name() in answer.json()["message"]
    assert said(lesson)["Skyrius"] == "Hers"
    assert save(client, translation, segment, "Mine", seen="Hers").status_code == 200
    assert said(lesson)["Skyrius"] == "Mine"


def test_the_first_words_of_two_translators_do_not_meet_either(client, translator, lesson, translation):
    segment = segment_of(lesson, "Skyrius")
    StringTranslation.objects.filter(data="Chapter").delete()

    assert save(client, translation, segment, "First", seen="").status_code == 200
    assert save(client, translation, segment, "Second", seen="").status_code == 409
    assert said(lesson)["Skyrius"] == "First"


def test_saving_the_same_words_again_is_no_quarrel(client, translator, lesson, translation):
    assert save(client, translation, segment_of(lesson, "Skyrius"), "Chapter", seen="old").status_code == 200


def test_words_that_somebody_took_away_are_not_put_back_unasked(client, translator, lesson, translation):
    StringTranslation.objects.filter(data="Chapter").delete()

    answer = save(client, translation, segment_of(lesson, "Skyrius"), "Mine", seen="Chapter")

    assert (answer.status_code, answer.json()["current"]) == (409, "")


@pytest.mark.parametrize("words", ["", "   ", "<p> </p>", "\u200b"])
def test_an_empty_translation_is_refused(client, translator, lesson, translation, words):
    answer = save(client, translation, segment_of(lesson, "Skyrius"), words, seen="Chapter")

    assert answer.status_code == 400
    assert said(lesson) == WORDS


def test_a_field_that_was_emptied_leaves_the_translation_and_says_so(client, translator, lesson, translation):
    answer = save(client, translation, segment_of(lesson, "Skyrius"), None, seen="Chapter", method="delete")

    assert (answer.status_code, answer.json()["stays"]) == (400, "Chapter")
    assert said(lesson) == WORDS


PASTED = '<p class="MsoNormal"><!--[if gte mso 9]><xml>x</xml><![endif]--><span style="font-family:Calibri">A&nbsp;<b style="mso-bidi">new</b> chapter<o:p></o:p></span></p>'


def test_what_a_word_processor_leaves_is_taken_out(client, translator, lesson, translation):
    answer = save(client, translation, segment_of(lesson, "Skyrius"), PASTED, seen="Chapter")

    assert (answer.status_code, answer.json()["data"]) == (200, "A\xa0<b>new</b> chapter")


@pytest.mark.parametrize(
    "words", ["<b>Half", "Half</b>", "<b", 'A <a href="https://x.lt">link</a>', '<a id="a9">link</a>']
)
def test_tags_that_can_not_be_right_are_refused_with_a_sentence(client, translator, lesson, translation, words):
    answer = save(client, translation, segment_of(lesson, "Skyrius"), words, seen="Chapter")

    assert answer.status_code == 400
    assert answer.json()["message"]
    assert said(lesson) == WORDS


def test_a_sentence_of_another_page_is_not_found(client, translator, lesson, translation, made):
    translated(made.lessons[1])
    segment = segment_of(made.lessons[1], "Pamoka 1.2")

    assert save(client, translation, segment, "Mine", seen="Pamoka 1.2-en").status_code != 200
    assert said(made.lessons[1])["Pamoka 1.2"] == "Pamoka 1.2-en"


def test_who_may_not_edit_saves_nothing(client, lesson, translation):
    client.force_login(UserFactory())

    assert save(client, translation, segment_of(lesson, "Skyrius"), "Mine", seen="Chapter").status_code != 200
    assert said(lesson) == WORDS


# ---- terms


def test_the_editor_is_told_the_terms_of_each_sentence(client, translator, lesson, translation):
    known = client.get(reverse("tiltas_translations:terms", args=[translation.pk])).json()

    assert list(known) == ["Pamoka 1.1", "Skyrius"]
    [term] = known["Pamoka 1.1"]
    assert (term["words"], term["english"], term["required"]) == ("Pamoka", "lesson", True)


def test_publishing_warns_of_terms_that_are_said_otherwise(client, trainer, lesson, translation):
    StringTranslation.objects.filter(data="Lesson one").update(data="Class one")
    page = translation.get_target_instance()

    shown = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}, follow=True)

    told = {message.level_tag: str(message) for message in shown.context["messages"]}
    assert set(told) == {"success", "warning"}
    assert "lesson" in told["warning"]
    page.refresh_from_db()
    assert page.title == "Class one"
