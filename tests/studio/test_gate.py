"""The gate: both languages in one transaction, through every door of the admin, or a sentence and a draft."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import wagtail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page, PageLogEntry, Revision
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationContext

from courses.models import Course, CoursePage, ModulePage
from home.models import InfoPage
from lessons.models import LessonPage
from quizzes.models import Question, QuestionText, QuestionVersion
from studio.gate import Refused, is_ours, publish_other_language, publish_source
from studio.publishing_doors import publish_what_is_due
from studio.translations import behind_segments, build_as_it_is, counts, keep_carried, sync
from tests.conftest import NOON
from tests.factories import UserFactory
from tests.factories.translations import english, put_into_english
from tests.studio.conftest import COURSE, LESSON, MODULE, QUESTION
from tests.trainer.conftest import TRAINER, logged_in, sentences

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def trainer(client, loaded):
    client.cookies["django_language"] = "en"
    return logged_in(client, TRAINER)


def page(key=LESSON, language="lt", model=LessonPage):
    return model.objects.get(translation_key=key, locale__language_code=language)


def change_heading(text="Kam reikia tilto šiandien"):
    """A draft of the lesson in which one sentence is another."""
    lesson = page()
    lesson.body[0].value = text
    lesson.save_revision()
    return page()


def stale(instance):
    return [each.source for each in behind_segments(instance.get_latest_revision_as_object(), english())]


def publish(instance):
    publish_source(instance=instance, user=None, at=NOON)


# What the gate does


def test_one_changed_sentence_stops_the_pair_and_is_named(client, loaded):
    before = client.get(page(language="en").url).content
    lesson = change_heading()

    assert stale(lesson) == ["Kam reikia tilto šiandien"]
    with pytest.raises(Refused) as refusal:
        publish(lesson)

    assert str(refusal.value) == (
        "English: 1 sentence has no translation yet: “Kam reikia tilto šiandien” (body, block 1: Heading)."
    )
    assert page().body[0].value == "Kam reikia tilto"
    assert re.sub(rb"csrf[^>]*", b"", client.get(page(language="en").url).content) == re.sub(rb"csrf[^>]*", b"", before)


def test_once_it_is_translated_both_are_live_together(loaded):
    publish(put_into_english(change_heading(), {"Kam reikia tilto šiandien": "What a bridge is for today"}))

    assert [page(language=code).body[0].value for code in ("lt", "en")] == [
        "Kam reikia tilto šiandien",
        "What a bridge is for today",
    ]
    assert stale(page()) == []
    assert (page().has_unpublished_changes, page(language="en").has_unpublished_changes) == (False, False)


def test_a_new_page_goes_out_in_both_languages_at_once(loaded):
    module = page(MODULE, model=ModulePage)
    lesson = module.add_child(instance=LessonPage(title="Nauja", slug="nauja", live=False))
    lesson.save_revision()
    with pytest.raises(Refused, match="2 sentences have no translation yet, the first is “Nauja” \\(title\\)"):
        publish(lesson)

    publish(put_into_english(lesson))

    assert [
        (each.title, each.slug, each.live) for each in LessonPage.objects.filter(translation_key=lesson.translation_key)
    ] == [
        ("Nauja", "nauja", True),
        ("Nauja (EN)", "nauja-en", True),
    ]


def test_a_child_waits_for_the_page_above_it(loaded):
    course = page(COURSE, model=CoursePage)
    module = course.add_child(instance=ModulePage(title="Antras", slug="antras", live=False))
    module.save_revision().publish()
    lesson = module.add_child(instance=LessonPage(title="Nauja", slug="nauja", live=False))
    lesson.save_revision()
    put_into_english(lesson)
    sentence = "The page above, “Antras”, is not translated yet: translate and publish it first."

    with pytest.raises(Refused, match=sentence):
        publish(lesson)
    assert not LessonPage.objects.get(pk=lesson.pk).live

    publish(put_into_english(ModulePage.objects.get(pk=module.pk)))
    publish(lesson)
    assert LessonPage.objects.filter(translation_key=lesson.translation_key, live=True).count() == 2


def test_a_paragraph_that_is_gone_is_gone_in_both_and_its_words_are_kept(loaded):
    lesson = page()
    kept = lesson.body[1]
    del lesson.body[1]
    lesson.save_revision()
    publish(lesson)
    assert [[block.block_type for block in page(language=code).body] for code in ("lt", "en")] == [
        ["heading", "legal_reference"]
    ] * 2

    lesson = page()
    lesson.body.insert(1, ("text", kept.value, kept.id))
    lesson.save_revision()
    publish(page())

    assert "A bridge joins two" in str(page(language="en").body[1].value)


def test_a_taken_slug_takes_both_back_and_names_field_rule_and_way_out(loaded):
    lesson = page()
    lesson.slug = "kitas"
    lesson.save_revision()
    put_into_english(lesson, {"kitas": "test"})  # the quiz's

    with pytest.raises(Refused) as refusal:
        publish(page())

    said = str(refusal.value)
    assert (
        said.startswith("English: slug: ") and "“test”" in said.replace('"', "”").replace("'", "”")
    ) or "test" in said
    assert said.endswith("Change it in the translator's editor.")
    assert (page().slug, page(language="en").slug) == ("tiltai", "bridges")


def test_a_crash_in_english_takes_lithuanian_back(loaded, monkeypatch):
    lesson = put_into_english(change_heading())

    def crash(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr("studio.translations.building.build", crash)
    with pytest.raises(RuntimeError):
        publish(lesson)

    assert page().body[0].value == "Kam reikia tilto"


def test_a_question_obeys_the_same_gate(loaded):
    question = page(QUESTION, model=Question)
    question.prompt = "Ką tiltas daro?"
    question.save_revision()
    texts = QuestionText.objects.count()

    with pytest.raises(Refused, match="“Ką tiltas daro\\?” \\(question\\)"):
        publish(question)
    assert QuestionText.objects.count() == texts

    publish(put_into_english(question, {"Ką tiltas daro?": "What is it that a bridge does?"}))
    version = QuestionVersion.objects.get(key=QUESTION)
    assert {text.language: text.texts["prompt"] for text in version.texts.order_by("id")} == {
        "lt": "Ką tiltas daro?",
        "en": "What is it that a bridge does?",
    }


@pytest.mark.parametrize("field", ["outcomes", "topics"])
def test_what_a_certificate_says_of_the_course_obeys_it_too(loaded, field):
    course = page(COURSE, model=CoursePage)
    setattr(course, field, [(field[:-1] if field == "outcomes" else "topic", "atpažinti tiltą")])
    course.save_revision()

    with pytest.raises(Refused, match="“atpažinti tiltą”"):
        publish(course)
    assert getattr(Course.objects.get(key=COURSE), field)["lt"] != ["atpažinti tiltą"]

    publish(put_into_english(course, {"atpažinti tiltą": "recognise a bridge"}))
    assert getattr(Course.objects.get(key=COURSE), field) == {"lt": ["atpažinti tiltą"], "en": ["recognise a bridge"]}


def picture(title):
    return Image.objects.create(title=title, file=get_test_image_file(filename=f"{title}.png"))


def with_figure(image, block_id=None):
    """The lesson's draft with this figure at its end."""
    lesson = page().get_latest_revision_as_object()
    if block_id:
        del lesson.body[-1]
    value = {"image": image, "alt": "Tiltas", "caption": "Brėžinys", "credit": "O. P.", "decorative": False}
    lesson.body.append(("image", value, block_id or str(uuid4())))
    lesson.save_revision()
    return page()


def test_a_figure_obeys_it_its_words_and_a_drawing_of_the_languages_own(loaded):
    lesson = with_figure(picture("lt"))
    assert stale(lesson) == ["Tiltas", "Brėžinys", "O. P."]
    publish(put_into_english(lesson))
    block_id = page().body[-1].id
    context = TranslationContext.objects.get(object_id=LESSON, path=f"body.{block_id}.image")
    SegmentOverride.objects.create(locale=english(), context=context, data_json=str(picture("en").pk))
    publish(page())
    assert page(language="en").body[-1].value["image"].title == "en"

    with_figure(picture("kitas"), block_id)
    assert counts(english(), [LESSON])[UUID(LESSON)].stale == 0  # nobody read the draft yet
    with pytest.raises(Refused, match="“another picture or file” \\(body, block 4: Image\\)"):
        publish(page())
    sync(page().get_latest_revision_as_object())
    assert counts(english(), [LESSON])[UUID(LESSON)].stale == 1

    [behind] = behind_segments(page().get_latest_revision_as_object(), english())
    assert keep_carried(key=LESSON, locale=english(), path=behind.path, digest=behind.digest)
    publish(page())
    assert [page(language=code).body[-1].value["image"].title for code in ("lt", "en")] == ["kitas", "en"]


def test_who_translates_publishes_what_the_draft_of_the_source_says_too(loaded):
    lesson = put_into_english(change_heading(), {"Kam reikia tilto šiandien": "What for, today"})

    publish_other_language(instance=page(language="en"), user=None)

    assert [page(language=code).body[0].value for code in ("lt", "en")] == [
        lesson.get_latest_revision_as_object().body[0].value,
        "What for, today",
    ]


def test_half_typed_words_of_a_colleague_stop_the_translator(loaded):
    change_heading("Kam rei")

    with pytest.raises(Refused, match="“Kam rei”"):
        publish_other_language(instance=page(language="en"), user=None)


# The doors


def press_publish(client, instance, **changes):
    address = reverse("wagtailadmin_pages:edit", args=[instance.pk])
    form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form").dict()
    body = nested_form_data({"body": streamfield([])})
    return client.post(address, form | body | changes | {"action-publish": "action-publish"})


def info_page():
    """A page without blocks, whose form is sent as it is shown."""
    home = Page.objects.get(slug="pradzia", depth=2)
    info = home.specific.add_child(instance=InfoPage(title="Apie", slug="apie", lead="Kas mes.", live=False))
    info.save_revision()
    publish(put_into_english(info))
    return InfoPage.objects.get(pk=info.pk)


def test_the_editors_button_keeps_what_was_typed_and_says_the_way_out(client, trainer):
    info = info_page()

    answer = press_publish(client, info, lead="Kas mes esame.")

    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[info.pk])
    said = [each for each in sentences(answer) if each.strip().startswith("Not published")]
    assert len(said) == 1
    assert "English: 1 sentence has no translation yet: “Kas mes esame.” (lead)." in said[0]
    twin = info.get_translation(english())
    assert reverse("wagtailadmin_pages:edit", args=[twin.pk]) in said[0]
    assert reverse("tiltas_translating:behind", args=[info.translation_key]) in said[0]
    info.refresh_from_db()
    assert (info.lead, info.get_latest_revision_as_object().lead) == ("Kas mes.", "Kas mes esame.")


def test_the_editors_button_publishes_both(client, trainer):
    info = info_page()
    info.lead = "Kas mes esame."
    info.save_revision()
    put_into_english(info, {"Kas mes esame.": "Who we are."})

    answer = press_publish(client, info, lead="Kas mes esame.")

    assert answer.headers["Location"] == reverse("wagtailadmin_explore", args=[info.get_parent().pk])
    assert [each.lead for each in InfoPage.objects.filter(translation_key=info.translation_key, live=True)] == [
        "Kas mes esame.",
        "Who we are.",
    ]


def test_english_can_not_be_written_beside_lithuanian(client, trainer):
    info = info_page()
    twin = info.get_translation(english())
    Translation.objects.all().delete()  # as of a page that somebody made by copying: Wagtail's own editor opens

    answer = press_publish(client, twin, lead="Written here")

    assert any("English is built from the Lithuanian text" in each for each in sentences(answer))
    twin.refresh_from_db()
    assert twin.lead == "Kas mes. (EN)"


def bulk(client, *pages, descendants=False):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = "&".join(f"id={each.pk}" for each in pages)
    form = {"include_descendants": "on"} if descendants else {}
    return client.post(f"{address}?{query}", form)


def test_many_at_once_each_goes_out_whole_or_stays(client, trainer):
    info = info_page()
    info.lead = "Kita."
    info.save_revision()
    put_into_english(info)
    lesson = change_heading()

    answer = bulk(client, info, lesson)

    assert answer.status_code == 302
    told = [each.strip() for each in sentences(answer)]
    assert "1 page is published in all languages." in told
    assert any("Not published: Tiltai: English: 1 sentence" in each for each in told)
    assert [each.lead for each in InfoPage.objects.filter(translation_key=info.translation_key)] == [
        "Kita.",
        "Kita. (EN)",
    ]
    assert page().body[0].value == "Kam reikia tilto"


def test_many_at_once_takes_the_drafts_below_with_it(client, trainer):
    module = page(MODULE, model=ModulePage)
    lesson = module.add_child(instance=LessonPage(title="Nauja", slug="nauja", live=False))
    lesson.save_revision()
    put_into_english(lesson)

    bulk(client, module, descendants=True)

    assert LessonPage.objects.filter(translation_key=lesson.translation_key, live=True).count() == 2


def submit_and_approve(client, instance, url="wagtailadmin_pages:workflow_action", **headers):
    instance.get_workflow().start(instance, UserFactory())
    state = instance.current_workflow_task_state
    return client.post(reverse(url, args=[instance.pk, "approve", state.pk]), {"comment": ""}, headers=headers)


def test_an_approval_is_taken_back_when_english_is_missing(client, trainer):
    lesson = change_heading()

    answer = submit_and_approve(client, lesson)

    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert any("“Kam reikia tilto šiandien”" in each for each in sentences(answer))
    assert page().body[0].value == "Kam reikia tilto"
    assert page().current_workflow_state.status == "in_progress"


def test_an_approval_in_a_window_leads_to_the_sentence(client, trainer):
    lesson = change_heading()

    answer = submit_and_approve(client, lesson, **{"x-requested-with": "XMLHttpRequest"})

    assert answer.json() == {"step": "success", "redirect": reverse("wagtailadmin_pages:edit", args=[lesson.pk])}


def test_an_approval_publishes_both(client, trainer):
    lesson = put_into_english(change_heading())

    submit_and_approve(client, lesson)

    assert [page(language=code).body[0].value for code in ("lt", "en")] == [
        "Kam reikia tilto šiandien",
        "Kam reikia tilto šiandien (EN)",
    ]


@pytest.mark.parametrize("by", ["clock", "command"])
def test_on_its_day_both_go_out(loaded, by):
    put_into_english(change_heading())
    lesson = page().get_latest_revision_as_object()
    lesson.go_live_at = timezone.now() + timedelta(hours=1)
    lesson.save_revision()
    publish(page())
    assert [page(language=code).body[0].value for code in ("lt", "en")] == ["Kam reikia tilto", "What a bridge is for"]

    _let_the_day_come()
    if by == "clock":
        assert publish_what_is_due(at=timezone.now()) == 1
    else:
        call_command("publish_scheduled")

    assert [page(language=code).body[0].value for code in ("lt", "en")] == [
        "Kam reikia tilto šiandien",
        "Kam reikia tilto šiandien (EN)",
    ]
    assert publish_what_is_due(at=timezone.now()) == 0


def _let_the_day_come():
    earlier = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.approved_go_live_at = earlier
        revision.content["go_live_at"] = earlier.isoformat()
        revision.save()


def test_a_day_can_not_be_set_while_english_is_missing(loaded):
    lesson = change_heading().get_latest_revision_as_object()
    lesson.go_live_at = timezone.now() + timedelta(hours=1)
    lesson.save_revision()

    with pytest.raises(Refused):
        publish(page())
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_what_lost_its_english_before_its_day_stays_a_draft_and_its_history_says_why(loaded):
    put_into_english(change_heading())
    lesson = page().get_latest_revision_as_object()
    lesson.go_live_at = timezone.now() + timedelta(hours=1)
    lesson.save_revision()
    publish(page())
    StringTranslation.objects.filter(data="Kam reikia tilto šiandien (EN)").update(data="")
    _let_the_day_come()

    call_command("publish_scheduled")

    assert page().body[0].value == "Kam reikia tilto"
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    [entry] = PageLogEntry.objects.filter(page=page().pk, action="tiltas.publish.refused")
    assert "Kam reikia tilto šiandien" in entry.data["reason"]


def test_a_copy_is_no_way_around(client, trainer):
    lesson = page()

    answer = client.post(
        reverse("wagtailadmin_pages:copy", args=[lesson.pk]),
        {
            "new_title": "Kopija",
            "new_slug": "kopija",
            "new_parent_page": lesson.get_parent().pk,
            "publish_copies": "on",
        },
    )

    assert answer.status_code == 302
    assert [page.live for page in LessonPage.objects.filter(slug="kopija")] == [False]


def test_the_admins_api_is_no_way_around(client, trainer):
    lesson = change_heading()

    answer = client.post(f"/admin/api/main/pages/{lesson.pk}/action/publish/")

    assert answer.status_code == 400
    assert "Kam reikia tilto šiandien" in answer.json()["message"]
    assert page().body[0].value == "Kam reikia tilto"
    put_into_english(lesson)
    assert client.post(f"/admin/api/main/pages/{lesson.pk}/action/publish/").status_code == 200
    assert page(language="en").body[0].value == "Kam reikia tilto šiandien (EN)"


@pytest.mark.parametrize("door", ["sync", "stop", "alias"])
def test_what_would_part_the_two_is_no_way_around(client, trainer, door):
    change_heading()
    row = Translation.objects.get(source__object_id=LESSON)
    address = {
        "sync": reverse("wagtail_localize:update_translations", args=[row.source_id]),
        "stop": reverse("wagtail_localize:stop_translation", args=[row.pk]),
        "alias": reverse("wagtail_localize:convert_to_alias", args=[page(language="en").pk]),
    }[door]

    answer = client.post(address, {"publish_translations": "on"})

    assert answer.status_code == 302
    assert page(language="en").body[0].value == "What a bridge is for"
    assert (page(language="en").alias_of_id, Translation.objects.get(pk=row.pk).enabled) == (None, True)


def test_every_door_of_wagtail_is_known():
    """Where Wagtail itself publishes: a new place in a new version is a door that the gate has to stand at."""
    root = Path(wagtail.__file__).parent
    publishes = re.compile(r"\.publish\(|Publish(?:Page)?RevisionAction\(\n? *\w*(?:revision|self)")
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if not {"test", "tests", "tests.py"} & set(path.parts) and publishes.search(path.read_text())
    }
    assert found == {
        "actions/create.py",  # of snippets, without publishing; of the API that is not served
        "actions/edit.py",  # the same
        "admin/api/actions/publish.py",  # admin_api.py
        "admin/views/generic/mixins.py",  # before_publish
        "admin/views/pages/bulk_actions/publish.py",  # before_bulk_action
        "admin/views/pages/create.py",  # before_publish_page
        "admin/views/pages/edit.py",  # before_publish_page
        "management/commands/publish_scheduled.py",  # our command of the same name
        "models/draft_state.py",
        "models/pages.py",
        "models/revisions.py",
        "workflows.py",  # approval.py
    }


def test_a_host_s_own_pages_go_their_own_way(loaded):
    assert (is_ours(Page(title="Svetimas", locale=Locale.get_default())), is_ours(page())) == (False, True)


def test_nothing_of_this_writes_while_it_looks(loaded, django_assert_num_queries):
    draft = change_heading().get_latest_revision_as_object()
    locale = english()
    with django_assert_num_queries(4):
        assert len(behind_segments(draft, locale)) == 1
    built = build_as_it_is(draft, english())
    assert (built.gaps, built.instance.body[0].value) == ((), "What a bridge is for")
