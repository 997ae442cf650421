"""The bank at its screens: the list and its filters, where a question is used, what teaches it, and what can't be deleted."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from courses.models import Module
from quizzes.models import BankEntry, Question, QuestionVersion, QuizPage
from studio.gate import publish_source
from tests.conftest import NOON
from tests.factories import AttemptFactory, drawn
from tests.factories.pages import make_question, publish
from tests.factories.translations import put_into_english
from tests.trainer.conftest import question_form, sentences

LIST = reverse("wagtailsnippets_tiltas_quizzes_question:list")
ADD = "wagtailsnippets_tiltas_quizzes_question:add"
EDIT = "wagtailsnippets_tiltas_quizzes_question:edit"
PUBLISH = {"action-publish": "action-publish"}


@pytest.fixture
def module(made):
    return Module.objects.get(key=made.modules[0].translation_key)


@pytest.fixture
def in_english(client):
    client.cookies["django_language"] = "en"


def listed(client, **query):
    """The titles of the questions in the list."""
    return [question.title for question in client.get(LIST, query).context["object_list"]]


def let_draw(made, number, module=None, tag=""):
    page = QuizPage.objects.get(pk=made.quizzes[0].pk)
    value = {"number": number, "module": str(module.key) if module else "", "tag": tag}
    page.questions = [*page.questions.raw_data, {"type": "draw", "id": str(uuid4()), "value": value}]
    return publish(page)


class TestTheList:
    def test_only_source_language_questions_are_listed_unless_another_is_asked_for(self, client, trainer, site):
        question = make_question("Kokybė")
        english = question.copy_for_translation(Locale.objects.get(language_code="en"))
        english.title = "Quality"
        english.save()

        assert listed(client) == ["Kokybė"]
        assert listed(client, locale="en") == ["Quality"]

    def test_a_question_without_english_offers_to_be_translated(self, client, trainer, site):
        question = make_question("Kokybė")
        address = reverse(
            "wagtail_localize:submit_snippet_translation", args=["tiltas_quizzes", "question", question.pk]
        )

        assert address in client.get(LIST).content.decode()
        question.copy_for_translation(Locale.objects.get(language_code="en")).save()
        assert address not in client.get(LIST).content.decode()

    def test_a_row_says_where_it_belongs_where_it_is_used_and_its_version(
        self, client, trainer, made, module, in_english
    ):
        make_question("Traukiamas", module=module, tags="k1-2, taikymas")
        let_draw(made, 1, module, "taikymas")

        shown = client.get(LIST, {"q": "traukiamas"}).content.decode()

        for words in ("K1.1", "k1-2, taikymas", "K1.1 · Modulio testas (by draw)", "Single choice"):
            assert words in shown
        assert "K1.1 · Modulio testas </div>" in client.get(LIST, {"q": "K1 klausimas 1"}).content.decode()

    def test_filters_by_module_tag_kind_and_use(self, client, trainer, made, module):
        make_question("Modulio", module=module, tags="k1-2")
        make_question("Žymos", tags="taikymas, k1-22", kind="multiple_choice")
        let_draw(made, 1, tag="k1-22")

        assert listed(client, module=module.pk) == ["Modulio"]
        assert listed(client, tag="k1-2") == ["Modulio"]
        assert listed(client, tag="k1-22") == ["Žymos"]
        assert listed(client, kind="multiple_choice") == ["Žymos"]
        assert listed(client, used="nowhere") == ["Modulio"]
        assert len(listed(client)) == 4

    @pytest.mark.parametrize("query", ["istaigos", "ĮSTAIGA", "įstaigų"])
    def test_the_search_forgives_capitals_diacritics_and_endings(self, client, trainer, site, query):
        make_question("Globos įstaiga")
        make_question("Kas kita")

        assert listed(client, q=query) == ["Globos įstaiga"]

    def test_three_questions_cost_as_many_queries_as_one(self, client, trainer, made, module):
        let_draw(made, 0, module)
        counts = []
        for number in (1, 3):
            while Question.objects.filter(module=module).count() < number:
                make_question(f"Klausimas {uuid4()}", module=module, tags="k1-2")
            client.get(LIST, {"module": module.pk})
            with CaptureQueriesContext(connection) as queries:
                assert len(listed(client, module=module.pk)) == number
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestTheEditor:
    def edit(self, client, question):
        return client.get(reverse(EDIT, args=[question.pk]))

    def test_where_it_is_used_and_what_each_version_changed(self, client, trainer, made, module, in_english):
        question = Question.objects.get(title="K1 klausimas 1")
        AttemptFactory(questions=drawn(QuestionVersion.objects.get(key=question.translation_key)))
        question.prompt = "Kitaip?"
        question.save_revision().publish()
        question.points = 3
        question.save_revision().publish()

        shown = self.edit(client, question).content.decode()

        for words in (
            "K1.1 · Modulio testas</a>: chosen",
            "1 attempt that is not handed in yet asks it.",
            "what is right, or what there is to choose from",
            "the words (Lithuanian)",
            "first version",
        ):
            assert words in shown

    def test_a_new_question_has_no_panel_of_uses(self, client, trainer, made):
        assert "bank-uses" not in client.get(reverse(ADD)).content.decode()

    def test_what_teaches_it_is_chosen_from_the_lessons_of_its_module(self, client, trainer, made, module):
        question = make_question("Kokybė", module=module)
        made.lessons[1].unpublish()

        groups = dict(self.edit(client, question).context["form"].fields["teaches"].choices)

        lesson = made.lessons[0]
        (name,) = [name for name in groups if str(name).startswith("K1.1")]
        assert name == "K1.1 · Pamoka 1.1"
        assert [value for value, _words in groups[name]] == [
            f"{lesson.translation_key}#{block.id}" for block in lesson.body
        ]
        assert groups[name][0][1].endswith(": Skyrius")

    def test_it_is_published_with_its_place(self, client, trainer, made, module):
        lesson = made.lessons[0]
        place = f"{lesson.translation_key}#{lesson.body[0].id}"
        form = question_form(("Taip", True), ("Ne", False), module=str(module.pk), tags="K1-2", teaches=place)

        client.post(reverse(ADD), form | PUBLISH)

        question = Question.objects.get(title="Klausimas")
        publish_source(instance=put_into_english(question), user=trainer, at=NOON)
        question.refresh_from_db()
        assert (question.module, question.tags, question.teaches) == (module, "k1-2", place)
        assert BankEntry.objects.get(key=question.translation_key).lesson_key == lesson.translation_key

    def test_a_lesson_that_was_taken_off_stays_chosen(self, client, trainer, made, module):
        lesson = made.lessons[0]
        place = f"{lesson.translation_key}#{lesson.body[0].id}"
        question = make_question("Kokybė", module=module, teaches=place)
        lesson.unpublish()

        form = querydict_from_html(self.edit(client, question).content.decode(), form_id="w-editor-form").dict()

        assert form["teaches"] == place

    @pytest.mark.parametrize(
        ("field", "value"), [("tags", "gilus taikymas"), ("teaches", "nežinia"), ("module", "999999")]
    )
    def test_what_can_not_be_is_refused_at_its_field(self, client, trainer, made, field, value):
        response = client.post(reverse(ADD), question_form(("Taip", True), ("Ne", False), **{field: value}))

        assert (response.status_code, [*response.context["form"].errors]) == (200, [field])

    @pytest.mark.parametrize(
        ("value", "sentence"),
        [
            ({"number": "12", "module": "", "tag": "taikymas"}, "has only 10 that are"),
            ({"number": "0", "module": "", "tag": "taikymas"}, None),
            ({"number": "1", "module": "", "tag": ""}, "A draw needs a module, a tag or both"),
            ({"number": "1", "module": "", "tag": "du žodžiai"}, "is no tag"),
        ],
    )
    def test_a_draw_that_can_not_be_is_refused_in_the_editor(self, client, trainer, made, in_english, value, sentence):
        for number in range(10):
            make_question(f"Banko {number}", tags="taikymas")
        page = made.quizzes[0]
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form").dict()
        form = {name: text for name, text in form.items() if not name.startswith("questions-")}
        stream = nested_form_data({"questions": streamfield([("draw", value)])})

        response = client.post(address, form | stream | {"required": "on", "shuffled": "on"} | PUBLISH)

        assert (response.status_code, [*response.context["form"].errors]) == (200, ["questions"])
        if sentence:
            assert sentence in response.content.decode()
        assert len(QuizPage.objects.get(pk=page.pk).questions) == 2


class TestDeleting:
    def test_a_question_that_a_test_chooses_stays_and_the_sentence_says_where(self, client, trainer, made, in_english):
        question = Question.objects.get(title="K1 klausimas 1")
        address = reverse("wagtailsnippets_tiltas_quizzes_question:delete", args=[question.pk])

        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code == 302
            assert sentences(response)[-1].strip() == (
                "“K1 klausimas 1” stays, for these tests ask it: K1.1 · Modulio testas. Take it out of them and publish them "
                "first."
            )
        assert Question.objects.filter(pk=question.pk).exists()

    def test_many_at_once_are_asked_about_too(self, client, trainer, made):
        free = make_question("Laisvas")
        chosen = Question.objects.get(title="K1 klausimas 2")
        address = reverse("wagtail_bulk_action", args=["tiltas_quizzes", "question", "delete"])

        client.post(f"{address}?id={free.pk}&id={chosen.pk}")

        assert Question.objects.filter(pk__in=[free.pk, chosen.pk]).count() == 2

    def test_a_question_that_only_a_draft_chooses_stays(self, client, trainer, made):
        question = make_question("Juodraščio")
        page = QuizPage.objects.get(pk=made.quizzes[0].pk)
        page.questions = [("question", question)]
        page.save_revision()

        client.post(reverse("wagtailsnippets_tiltas_quizzes_question:delete", args=[question.pk]))

        assert Question.objects.filter(pk=question.pk).exists()

    def test_a_question_that_is_only_drawn_goes(self, client, trainer, made, module):
        question = make_question("Traukiamas", module=module)
        let_draw(made, 1, module)

        client.post(reverse("wagtailsnippets_tiltas_quizzes_question:delete", args=[question.pk]))

        assert not Question.objects.filter(pk=question.pk).exists()


def test_a_test_whose_bank_has_shrunk_is_told_of_in_its_editor_and_on_the_first_screen(
    client, trainer, made, module, in_english
):
    questions = [make_question(f"Banko {number}", module=module) for number in range(2)]
    page = let_draw(made, 2, module)
    home, editor = reverse("wagtailadmin_home"), reverse("wagtailadmin_pages:edit", args=[page.pk])
    with override("en"):
        assert "Tests that ask fewer questions" not in client.get(home).content.decode()
    questions[0].unpublish()

    for address in (home, editor):
        assert "but the bank has only 1 that is published" in client.get(address).content.decode()
