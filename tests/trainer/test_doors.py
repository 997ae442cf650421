"""
Every door of the editor's pages to the tree: what the database says afterwards, in both languages and on the records, or the
sentence that says why nothing changed.
"""

import html

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from courses.models import Activity, ModulePage
from lessons.models import LessonPage
from quizzes.models import BankEntry, Question
from studio.translations import sync
from tests.courses.trees import disagreements, english
from tests.factories import EnrolmentFactory
from tests.factories.pages import make_course, make_question, publish, translate
from tests.trainer import conftest

pytestmark = pytest.mark.everything


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies["django_language"] = "en"


@pytest.fixture
def course(site):
    """A course of which nothing is released: all of it may go."""
    return make_course(modules=2, lessons=2, quiz=False, release=False)


def tree():
    return list(
        Page.objects.order_by("pk").values_list("pk", "path", "url_path", "live", "alias_of", "translation_key")
    )


def sentences(response):
    """What the next screen tells, without the buttons below."""
    return [html.unescape(sentence).split("\n")[0].strip() for sentence in conftest.sentences(response)]


def titles(page):
    return [child.title for child in Page.objects.get(pk=page.pk).get_children()]


# ---- the ways


def move(client, page, to):
    return client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, to.pk]))


def move_in_bulk(client, page, to):
    return bulk(client, "move", [page], chooser=to.pk)


def order(client, page, position):
    return client.post(reverse("wagtailadmin_pages:set_page_position", args=[page.pk]) + f"?position={position}")


def unpublish(client, page, **chosen):
    return client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), chosen)


def unpublish_in_bulk(client, page, **chosen):
    return bulk(client, "unpublish", [page], **chosen)


def delete(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def delete_in_bulk(client, page):
    return bulk(client, "delete", [page])


def bulk(client, action, pages, **form):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return client.post(address + "?" + "&".join(f"id={page.pk}" for page in pages), form)


def copy(client, page, to, **form):
    form = {"new_title": "Kopija", "new_slug": "kopija", "new_parent_page": to.pk} | form
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)


def by_the_api(client, page, action, **data):
    return client.post(
        reverse("wagtailadmin_api:pages:action", args=[page.pk, action]), data, content_type="application/json"
    )


# ---- the source page: all languages go with it


@pytest.mark.parametrize("way", [move, move_in_bulk])
def test_moving(client, trainer, course, way):
    response = way(client, course.lessons[0], course.modules[1])

    assert response.status_code == 302
    assert ["in all languages" in sentence for sentence in sentences(response)] == [True]
    assert titles(course.modules[1])[-1] == "Pamoka 1.1"
    assert titles(english(course.modules[1]))[-1] == "Pamoka 1.1 (EN)"
    assert disagreements() == []


def test_the_question_before_moving_names_the_translation_that_goes_along(client, trainer, course):
    address = reverse("wagtailadmin_pages:move_confirm", args=[course.lessons[0].pk, course.modules[1].pk])

    assert "This will also move one translation of this page" in client.get(address).content.decode()


def test_putting_in_order(client, trainer, course):
    response = order(client, course.lessons[1], 0)

    assert (response.status_code, response.content) == (200, b"")
    assert titles(course.modules[0]) == ["Pamoka 1.2", "Pamoka 1.1"]
    assert titles(english(course.modules[0])) == ["Pamoka 1.2 (EN)", "Pamoka 1.1 (EN)"]
    assert disagreements() == []


@pytest.mark.parametrize("position", ["", "99", "x"])
def test_an_odd_place_is_the_last(client, trainer, course, position):
    order(client, course.lessons[0], position)

    assert titles(course.modules[0]) == ["Pamoka 1.2", "Pamoka 1.1"]
    assert disagreements() == []


@pytest.mark.parametrize("way", [unpublish, unpublish_in_bulk])
@pytest.mark.parametrize("with_those_below", [False, True])
def test_unpublishing(client, trainer, course, way, with_those_below):
    response = way(client, course.modules[0], **({"include_descendants": "on"} if with_those_below else {}))

    assert response.status_code == 302
    keys = [page.translation_key for page in course.lessons[:2]]
    assert Page.objects.filter(translation_key__in=keys, live=True).count() == (0 if with_those_below else 4)
    assert not Page.objects.filter(translation_key=course.modules[0].translation_key, live=True).exists()
    assert disagreements() == []


@pytest.mark.parametrize("way", [unpublish, unpublish_in_bulk])
def test_unpublishing_says_who_is_learning_and_what_blocks(client, trainer, made, way):
    EnrolmentFactory(course=made.record)
    before = list(Activity.objects.values())

    shown = client.get(reverse("wagtailadmin_pages:unpublish", args=[made.lessons[0].pk])).content.decode()
    response = way(client, made.lessons[0])

    said = (
        "1 person is learning in this course; what is done there is kept. “Pamoka 1.1 (EN)” stays required: until it is published "
        "again nobody can complete the course, and learners read that it is being mended."
    )
    assert (said in shown, "one translation" in shown) == (True, True)
    assert said in sentences(response)
    assert list(Activity.objects.values()) == before


@pytest.mark.parametrize("way", [delete, delete_in_bulk])
def test_deleting(client, trainer, course, way):
    records = list(Activity.objects.values())

    response = way(client, course.lessons[0])

    assert response.status_code == 302
    assert not Page.objects.filter(translation_key=course.lessons[0].translation_key).exists()
    assert list(Activity.objects.values()) == records
    assert disagreements() == []


def test_deleting_a_module_with_all_below_it(client, administrator, course):
    assert client.get(reverse("wagtailadmin_pages:delete", args=[course.modules[0].pk])).status_code == 200

    delete(client, course.modules[0])

    keys = [page.translation_key for page in (course.modules[0], *course.lessons[:2])]
    assert not Page.objects.filter(translation_key__in=keys).exists()
    assert disagreements() == []


def test_a_wrongly_typed_name_of_the_site_deletes_nothing(client, administrator, course):
    before = tree()

    client.post(reverse("wagtailadmin_pages:delete", args=[course.page.pk]), {"confirm_site_name": "Kitas"})

    assert tree() == before


def test_copying_makes_one_draft(client, trainer, course):
    """Whatever else is sent: no alias, nothing live, no pages below."""
    copy(client, course.lessons[0], course.modules[1], publish_copies="on", alias="on", copy_subpages="on")

    (made,) = LessonPage.objects.filter(slug="kopija")
    assert (made.live, made.alias_of, made.get_parent().pk) == (False, None, course.modules[1].pk)
    assert made.translation_key != course.lessons[0].translation_key
    assert disagreements() == []


def test_the_form_of_copying_offers_no_more(client, trainer, course):
    form = client.get(reverse("wagtailadmin_pages:copy", args=[course.modules[0].pk])).context["form"]

    assert list(form.fields) == ["new_title", "new_slug", "new_parent_page"]


def test_several_at_once_go_all_or_none(client, administrator, course):
    """The second one's English address is taken: the first stays too."""
    english(course.modules[1]).add_child(instance=LessonPage(title="Taken", slug=english(course.lessons[1]).slug))
    before = tree()

    response = bulk(client, "move", course.lessons[:2], chooser=course.modules[1].pk)

    assert ["“p1-2-en”" in sentence and "“Taken”" in sentence for sentence in sentences(response)] == [True]
    assert tree() == before


def test_a_translation_chosen_together_with_its_source_follows_it(client, administrator, course):
    response = bulk(client, "delete", [english(course.lessons[0]), course.lessons[0], course.lessons[1]])

    assert sentences(response) == ["2 pages are deleted, in all languages."]
    assert titles(english(course.modules[0])) == []
    assert disagreements() == []


# ---- refused with a sentence


@pytest.mark.parametrize("way", [move, move_in_bulk])
def test_an_address_that_is_taken_in_english_is_named(client, trainer, course, way):
    english(course.modules[1]).add_child(instance=LessonPage(title="Taken", slug=english(course.lessons[0]).slug))
    before = tree()

    shown = client.get(reverse("wagtailadmin_pages:move_confirm", args=[course.lessons[0].pk, course.modules[1].pk]))
    response = way(client, course.lessons[0], course.modules[1])

    assert shown.status_code == 302
    assert ["“p1-1-en”" in sentence and "“Taken”" in sentence for sentence in sentences(response)][-1] is True
    assert tree() == before


@pytest.mark.parametrize("way", [move, move_in_bulk])
def test_a_required_lesson_stays_in_its_course(client, trainer, made, way):
    other = make_course(code="K2", lessons=0, quiz=False, release=False)
    before = tree()

    response = way(client, made.lessons[0], other.modules[0])

    assert ["belongs to a released edition" in sentence for sentence in sentences(response)] == [True]
    assert tree() == before


@pytest.mark.parametrize("way", [move, move_in_bulk])
def test_below_a_module_without_english_nothing_moves(client, trainer, course, way):
    module = publish(course.page.add_child(instance=ModulePage(title="Naujas", slug="naujas")))
    before = tree()

    response = way(client, course.lessons[0], module)

    assert ["Translate “Naujas” first" in sentence for sentence in sentences(response)] == [True]
    assert tree() == before


ALONE = {
    "move": lambda client, page, course: move(client, page, english(course.modules[1])),
    "move in bulk": lambda client, page, course: move_in_bulk(client, page, english(course.modules[1])),
    "the question before moving": lambda client, page, course: client.get(
        reverse("wagtailadmin_pages:move", args=[page.pk])
    ),
    "order": lambda client, page, course: order(client, page, 1),
    "unpublish": lambda client, page, course: unpublish(client, page),
    "unpublish in bulk": lambda client, page, course: unpublish_in_bulk(client, page),
    "the question before unpublishing": lambda client, page, course: client.get(
        reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    ),
    "delete": lambda client, page, course: delete(client, page),
    "delete in bulk": lambda client, page, course: delete_in_bulk(client, page),
    "the question before deleting": lambda client, page, course: client.get(
        reverse("wagtailadmin_pages:delete", args=[page.pk])
    ),
    "copy": lambda client, page, course: copy(client, page, english(course.modules[1])),
    "copy as alias": lambda client, page, course: copy(client, page, english(course.modules[1]), alias="on"),
    "translate it": lambda client, page, course: client.post(
        reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    ),
}


@pytest.mark.parametrize("way", ALONE)
def test_a_translation_alone_is_refused_and_the_sentence_leads_to_its_source(client, trainer, course, way):
    page, before = english(course.lessons[0]), tree()

    response = ALONE[way](client, page, course)

    assert response.status_code in (302, 409)
    assert tree() == before
    shown = client.get(reverse("wagtailadmin_explore", args=[course.modules[0].pk])).content.decode()
    assert "This page is the translation of “Pamoka 1.1” and follows it" in shown
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[course.lessons[0].pk])}"' in shown


def test_the_list_below_a_translation_has_nothing_to_drag_and_says_why(client, trainer, course):
    for page, dragged in ((course.modules[0], True), (english(course.modules[0]), False)):
        shown = client.get(reverse("wagtailadmin_explore", args=[page.pk]) + "?ordering=ord").content.decode()

        assert ("w-orderable" in shown, "follows it" in shown) == (dragged, not dragged)


def test_the_lists_of_pages_show_what_stands_below(client, trainer, course):
    for page in (course.modules[0], english(course.modules[0]), course.page, course.page.get_parent()):
        shown = client.get(reverse("wagtailadmin_explore", args=[page.pk]))

        shown_there = sorted(shown.context["object_list"], key=lambda child: child.path)
        assert [child.title for child in shown_there] == titles(page)


def test_nothing_is_added_below_a_translation(client, trainer, course):
    before = tree()

    response = client.get(
        reverse("wagtailadmin_pages:add", args=["tiltas_lessons", "lessonpage", english(course.modules[0]).pk])
    )

    assert response.status_code == 302
    assert ["“Modulis 1” " in sentence or "Add the page there" in sentence for sentence in sentences(response)] == [
        True
    ]
    assert tree() == before


def test_a_page_is_not_copied_into_another_language(client, trainer, course):
    before = tree()

    copy(client, course.lessons[0], english(course.modules[1]))

    assert tree() == before


def test_a_course_is_not_copied_as_a_page(client, trainer, course):
    before = tree()

    response = copy(client, course.page, course.page.get_parent())

    assert ["Copy it as a whole" in sentence for sentence in sentences(response)] == [True]
    assert tree() == before


@pytest.mark.parametrize("action", ["move", "delete", "unpublish", "copy", "create_alias", "copy_for_translation"])
@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_internal_api_changes_no_tree(client, administrator, course, action, language):
    page = course.lessons[0] if language == "lt" else english(course.lessons[0])
    before = tree()

    response = by_the_api(client, page, action, destination_page_id=course.modules[1].pk, locale="en")

    assert (response.status_code, tree()) == (403, before)
    assert "Nothing was changed" in response.content.decode()


# ---- wagtail-localize's own


@pytest.fixture
def synced(course):
    """The lesson as wagtail-localize knows it, with its English."""
    source = sync(course.lessons[0])
    translation = Translation.objects.create(source=source, target_locale=english(course.lessons[0]).locale)
    return source, translation


def test_translating_this_page_makes_a_draft_in_its_place(client, trainer, course):
    english(course.lessons[0]).delete()

    client.post(
        reverse("wagtail_localize:submit_page_translation", args=[course.lessons[0].pk]),
        {"locales": [english(course.page).locale_id]},
    )

    assert [page.translation_key for page in english(course.modules[0]).get_children()] == [
        page.translation_key for page in course.lessons[:2]
    ]
    assert english(course.lessons[0]).live is False
    assert disagreements() == []


def test_a_page_below_one_that_is_not_translated_waits(client, trainer, course):
    module = publish(course.page.add_child(instance=ModulePage(title="Naujas", slug="naujas")))
    lesson = publish(module.add_child(instance=LessonPage(title="Nauja", slug="nauja")))
    before = tree()

    response = client.post(
        reverse("wagtail_localize:submit_page_translation", args=[lesson.pk]),
        {"locales": [english(course.page).locale_id]},
    )

    assert ["“Naujas”" in sentence for sentence in sentences(response)] == [True]
    assert tree() == before


def test_syncing_never_publishes(client, trainer, course, synced):
    source, _translation = synced
    before = Page.objects.get(pk=english(course.lessons[0]).pk).latest_revision_id
    address = reverse("wagtail_localize:update_translations", args=[source.pk])

    response = client.post(address, {"publish_translations": "on"})

    assert response.url == reverse("tiltas_translating:behind", args=[course.lessons[0].translation_key])
    assert english(course.lessons[0]).latest_revision_id == before


def test_a_translation_is_not_stopped(client, trainer, course, synced):
    _source, translation = synced

    response = client.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))

    translation.refresh_from_db()
    assert translation.enabled is True
    assert ["can't be parted" in sentence for sentence in sentences(response)] == [True]


def test_a_translation_becomes_no_alias(client, trainer, course, synced):
    before = tree()

    response = client.post(reverse("wagtail_localize:convert_to_alias", args=[english(course.lessons[0]).pk]))

    assert ["can't be parted" in sentence for sentence in sentences(response)] == [True]
    assert (tree(), TranslationSource.objects.count()) == (before, 1)


# ---- other pages of the site


def test_news_follow_as_lessons_do(client, administrator, site):
    from home.models import InfoPage

    home = Page.objects.get(slug="pradzia")
    pages = [publish(home.add_child(instance=InfoPage(title=name, slug=name))) for name in ("viena", "dvi")]
    for page in pages:
        translate(page, slug=f"{page.slug}-en")

    order(client, pages[1], 0)
    assert disagreements() == []
    unpublish(client, pages[0])
    assert english(pages[0]).live is False
    delete(client, pages[1])
    assert not InfoPage.objects.filter(translation_key=pages[1].translation_key).exists()


# ---- questions


@pytest.fixture
def question(site):
    source = make_question("Klausimas")
    other = source.copy_for_translation(english(Page.objects.get(slug="pradzia")).locale)
    other.title = "Question"
    other.save()
    other.save_revision().publish()
    return source


def rows(question):
    return list(Question.objects.filter(translation_key=question.translation_key).order_by("pk").values("pk", "live"))


def at_question(name, question):
    return reverse(f"wagtailsnippets_tiltas_quizzes_question:{name}", args=[question.pk])


def delete_questions(client, *questions):
    address = reverse("wagtail_bulk_action", args=["tiltas_quizzes", "question", "delete"])
    return client.post(address + "?" + "&".join(f"id={question.pk}" for question in questions))


def test_a_question_is_unpublished_in_all_languages(client, trainer, question):
    response = client.post(at_question("unpublish", question))

    assert sentences(response) == ["“Klausimas” is unpublished, in all languages."]
    assert [row["live"] for row in rows(question)] == [False, False]
    assert BankEntry.objects.get(key=question.translation_key).live is False


@pytest.mark.parametrize("in_bulk", [False, True])
def test_a_question_is_deleted_in_all_languages(client, trainer, question, in_bulk):
    if in_bulk:
        delete_questions(client, question)
    else:
        client.post(at_question("delete", question))

    assert rows(question) == []


def test_both_languages_of_a_question_chosen_together_go(client, trainer, question):
    delete_questions(client, *Question.objects.filter(translation_key=question.translation_key))

    assert rows(question) == []


ALONE_QUESTION = {
    "unpublish": lambda client, question: client.post(at_question("unpublish", question)),
    "delete": lambda client, question: client.post(at_question("delete", question)),
    "the question before deleting": lambda client, question: client.get(at_question("delete", question)),
    "delete in bulk": lambda client, question: delete_questions(client, question),
    "copy": lambda client, question: client.get(at_question("copy", question)),
}


@pytest.mark.parametrize("way", ALONE_QUESTION)
def test_a_translated_question_alone_is_refused(client, trainer, question, way):
    before = rows(question)

    response = ALONE_QUESTION[way](client, question.get_translations().get())

    assert ["the translation of “Klausimas”" in sentence for sentence in sentences(response)] == [True]
    assert rows(question) == before


def test_a_question_begins_in_the_source_language(client, trainer, question):
    address = reverse("wagtailsnippets_tiltas_quizzes_question:add")

    assert client.get(address).status_code == 200
    response = client.get(address + "?locale=en")
    assert ["is written in the language" in sentence for sentence in sentences(response)] == [True]
