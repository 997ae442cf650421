"""The bank: what publishing writes into it, what quizzes draw from it, and what never changes whatever becomes of it."""

from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale

from courses.models import Module
from courses.services import enrol
from quizzes.bank import BankEntry, Draw, number_of_questions, record_entry, shortages
from quizzes.models import Attempt, Question, QuestionVersion, QuizPage
from quizzes.services import grade_attempt, save_response, start_attempt, submit_attempt
from tests.factories import NOON, LearnerFactory
from tests.factories.pages import make_course, make_question, publish, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(site):
    return make_course(modules=2, lessons=1)


@pytest.fixture
def module(made):
    return Module.objects.get(key=made.modules[0].translation_key)


@pytest.fixture
def other(made):
    return Module.objects.get(key=made.modules[1].translation_key)


def bank(number, **facts):
    return [make_question(f"Banko klausimas {place}", **facts) for place in range(number)]


def draw(number, module=None, tag=""):
    return ("draw", {"number": number, "module": str(module.key) if module else "", "tag": tag})


def ask(made, *parts):
    """Let the course's quiz ask these parts, published."""
    page = QuizPage.objects.get(pk=made.quizzes[0].pk)
    page.questions = list(parts)
    return publish(page)


def start(made, learner=None):
    enrolment = enrol(learner_id=(learner or LearnerFactory()).pk, course_id=made.record.pk, at=NOON)
    return start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=NOON)


def keys_of(attempt):
    return [QuestionVersion.objects.get(pk=pk).key for pk in attempt.version_ids]


def keys(questions):
    return {question.translation_key for question in questions}


class TestEntries:
    def test_publishing_writes_what_the_bank_knows(self, module):
        lesson, block = uuid4(), uuid4()
        question = make_question("Kokybė", module=module, tags="K1-2,taikymas , k1-2", teaches=f"{lesson}#{block}")

        entry = BankEntry.objects.get(key=question.translation_key)
        assert (entry.kind, entry.module, entry.tags, entry.live) == (
            "single_choice",
            module,
            ["k1-2", "taikymas"],
            True,
        )
        assert (entry.lesson_key, entry.block_id) == (lesson, block)

    def test_a_question_without_a_place_has_an_entry_all_the_same(self, site):
        entry = BankEntry.objects.get(key=make_question("Kokybė").translation_key)

        assert (entry.module, entry.tags, entry.lesson_key, entry.block_id) == (None, [], None, None)

    def test_publishing_again_keeps_one_row_with_what_is_said_now(self, module):
        question = make_question("Kokybė", module=module, tags="k1-2")
        question.tags = "k1-3"
        question.save_revision().publish()

        assert BankEntry.objects.get(key=question.translation_key).tags == ["k1-3"]
        before = BankEntry.objects.count()
        record_entry(question)
        assert BankEntry.objects.count() == before

    def test_a_draft_changes_nothing(self, site):
        question = make_question("Kokybė", tags="k1-2")
        question.tags = "k1-3"
        question.save_revision()

        assert BankEntry.objects.get(key=question.translation_key).tags == ["k1-2"]

    def test_unpublished_and_deleted_questions_are_not_live(self, site):
        first, second = make_question("Pirmas"), make_question("Antras")
        first.unpublish()
        second.delete()

        assert list(BankEntry.objects.values_list("live", flat=True)) == [False, False]
        first.save_revision().publish()
        assert BankEntry.objects.get(key=first.translation_key).live

    def test_a_translation_says_nothing_to_the_bank(self, module):
        question = make_question("Kokybė", module=module, tags="k1-2")
        english = question.copy_for_translation(Locale.objects.get(language_code="en"))
        english.tags, english.module = "kita", None
        english.save()
        english.save_revision().publish()
        english.unpublish()
        english.delete()

        entry = BankEntry.objects.get(key=question.translation_key)
        assert (entry.tags, entry.module, entry.live) == (["k1-2"], module, True)

    def test_half_a_place_is_refused_by_the_database(self, db):
        with pytest.raises(IntegrityError):
            BankEntry.objects.create(key=uuid4(), kind="number", live=True, lesson_key=uuid4())


class TestTags:
    @pytest.mark.parametrize("tags", ["gilus taikymas", "k1_2", "-", "k1--2", "ne!", "a" * 41])
    def test_what_is_no_tag_is_refused_with_the_rule_and_the_way_out(self, site, tags):
        with override("en"), pytest.raises(ValidationError) as refused:
            make_question("Kokybė", tags=f"k1-2, {tags}")

        assert list(refused.value.message_dict) == ["tags"]
        assert f"“{tags}” is no tag." in refused.value.message_dict["tags"][0]
        assert "join words with a hyphen" in refused.value.message_dict["tags"][0]

    def test_lithuanian_letters_capitals_and_a_composed_accent_are_one_tag(self, site):
        assert make_question("Kokybė", tags="Žinios, ŽINIOS, z\u030cinios, #žinios").tags == "žinios"


class TestDrawing:
    def test_an_attempt_asks_as_many_as_are_drawn_none_twice(self, made, module, other):
        here, there = bank(4, module=module), bank(4, module=other, tags="taikymas")
        chosen = here[0]
        ask(made, ("question", chosen), draw(2, module), draw(2, tag="taikymas"))

        asked = keys_of(start(made))

        assert len(asked) == len(set(asked)) == 5
        assert chosen.translation_key in asked
        assert len(set(asked) & keys(here)) == 3
        assert len(set(asked) & keys(there)) == 2

    def test_a_draw_by_module_and_tag_takes_what_has_both(self, made, module, other):
        both = bank(2, module=module, tags="taikymas, k1-2")
        bank(3, module=module, tags="k1-2")
        bank(3, module=other, tags="taikymas")
        ask(made, draw(2, module, "taikymas"))

        assert set(keys_of(start(made))) == keys(both)

    def test_overlapping_draws_are_filled_where_they_can_be(self, made, module):
        tagged = bank(2, module=module, tags="taikymas")
        plain = bank(2, module=module)
        ask(made, draw(2, module), draw(2, tag="taikymas"))

        for _each in range(5):
            assert set(keys_of(start(made))) == keys(tagged + plain)

    def test_attempts_differ_and_each_repeats_by_its_seed(self, made, module):
        from quizzes.bank import versions_to_ask

        bank(8, module=module)
        page = ask(made, draw(3, module))

        attempts = [start(made) for _each in range(6)]

        assert len({frozenset(attempt.version_ids) for attempt in attempts}) > 1
        for attempt in attempts:
            assert {version.pk for version in versions_to_ask(page, attempt.seed)} == set(attempt.version_ids)

    def test_in_order_where_the_quiz_says_so(self, made, module):
        drawn, first, last = bank(3, module=module), make_question("Pirmas"), make_question("Paskutinis")
        page = QuizPage.objects.get(pk=made.quizzes[0].pk)
        page.shuffled = False
        page.questions = [("question", first), draw(3, module), ("question", last)]
        publish(page)

        asked = keys_of(start(made))

        assert (asked[0], set(asked[1:4]), asked[4]) == (first.translation_key, keys(drawn), last.translation_key)

    def test_unpublished_questions_are_not_drawn(self, made, module):
        questions = bank(3, module=module)
        ask(made, draw(2, module))
        questions[0].unpublish()

        assert set(keys_of(start(made))) == keys(questions[1:])

    def test_a_bank_that_has_shrunk_keeps_nobody_out(self, made, module):
        questions = bank(4, module=module)
        page = ask(made, draw(4, module))
        for question in questions[:3]:
            question.delete()

        assert keys_of(start(made)) == [questions[3].translation_key]
        assert [(each.draw.number, each.available) for each in shortages(page)] == [(4, 1)]
        assert number_of_questions(page) == 1

    def test_beginning_costs_as_many_queries_with_three_draws_as_with_one(self, made, module, other):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        bank(4, module=module, tags="taikymas")
        bank(4, module=other)
        counts = []
        for parts in ([draw(1, module)], [draw(1, module), draw(2, other), draw(1, module, "taikymas")]):
            ask(made, *parts)
            enrolment = enrol(learner_id=LearnerFactory().pk, course_id=made.record.pk, at=NOON)
            activity = made.quizzes[0].record
            with CaptureQueriesContext(connection) as queries:
                start_attempt(enrolment_id=enrolment.pk, activity_id=activity.pk, at=NOON)
            counts.append(len(queries))

        assert counts == [13, 13]


class TestPublishing:
    def refusal(self, made, *parts):
        page = QuizPage.objects.get(pk=made.quizzes[0].pk)
        page.questions = list(parts)
        with override("en"), pytest.raises(ValidationError) as refused:
            page.full_clean()
        with override("en"):
            return refused.value.message_dict

    def test_a_draw_of_12_from_a_bank_of_10_is_refused_with_both_numbers_and_the_way_out(self, made, module):
        bank(10, module=module, tags="taikymas")

        assert self.refusal(made, draw(12, module, "taikymas")) == {
            "questions": [
                "12 questions are to be drawn (module “Modulis 1 (EN)”, tag “taikymas”), but the bank has only 10 that are "
                "published and that this test does not ask already. Draw no more than that, or publish more such questions."
            ]
        }

    def test_what_the_test_asks_already_does_not_count(self, made, module):
        questions = bank(3, tags="taikymas")

        ask(made, draw(3, tag="taikymas"))
        (sentence,) = self.refusal(made, ("question", questions[0]), draw(3, tag="taikymas"))["questions"]
        assert "has only 2 that are" in sentence
        ask(made, ("question", questions[0]), draw(2, tag="taikymas"))

    def test_two_draws_that_share_too_few_are_refused(self, made, module):
        bank(2, module=module, tags="taikymas")
        bank(1, module=module)

        (sentence,) = self.refusal(made, draw(2, module), draw(2, tag="taikymas"))["questions"]
        assert "2 questions are to be drawn (tag “taikymas”), but the bank has only 1 that is" in sentence

    def test_the_english_page_is_not_asked(self, made, module):
        bank(2, module=module)
        page = ask(made, draw(2, module))
        BankEntry.objects.update(live=False)

        english = page.get_translation(Locale.objects.get(language_code="en"))
        english.questions = page.questions
        english.full_clean()

    def test_a_test_without_draws_asks_the_bank_nothing(self, made, django_assert_num_queries):
        page = QuizPage.objects.get(pk=made.quizzes[0].pk)
        Locale.get_default()

        with django_assert_num_queries(0):
            assert (shortages(page), number_of_questions(page)) == ([], 2)


@pytest.mark.parametrize(
    ("draw", "module", "tags", "takes"),
    [
        (Draw(1, None, "a"), None, ["a", "b"], True),
        (Draw(1, None, "a"), UUID(int=1), ["ab"], False),
        (Draw(1, UUID(int=1)), UUID(int=1), [], True),
        (Draw(1, UUID(int=1), "a"), UUID(int=1), [], False),
        (Draw(1, UUID(int=1), "a"), UUID(int=2), ["a"], False),
        (Draw(1, UUID(int=1), "a"), UUID(int=1), ["a"], True),
    ],
)
def test_a_draw_takes_what_has_its_module_and_its_tag(draw, module, tags, takes):
    assert draw.takes(module, tags) is takes


@pytest.mark.parametrize("happens", ["edited", "deleted", "retagged", "unpublished", "moved to another module"])
def test_an_open_attempt_stays_as_it_is_and_can_be_handed_in(made, module, other, happens):
    questions = bank(3, module=module, tags="taikymas")
    ask(made, draw(2, module, "taikymas"))
    attempt = start(made)
    before = attempt.questions
    for question in questions:
        if happens == "edited":
            options = [dict(option) for option in question.options.raw_data]
            question.options, question.prompt = list(reversed(options)), "Visai kitaip?"
        elif happens == "retagged":
            question.tags = "kita"
        elif happens == "moved to another module":
            question.module = other
        if happens == "deleted":
            question.delete()
        elif happens == "unpublished":
            question.unpublish()
        else:
            question.save_revision().publish()

    attempt.refresh_from_db()
    assert attempt.questions == before
    for number, (version, _mark) in enumerate(grade_attempt(attempt), start=1):
        save_response(
            attempts=Attempt.objects.filter(pk=attempt.pk),
            number=number,
            operation_id=uuid4(),
            base=0,
            raw=version.answer_key["right"],
            at=NOON,
        )
    assert submit_attempt(attempt_id=attempt.pk, at=NOON).score == 1


class TestScreens:
    @pytest.fixture
    def learner(self, client):
        from tests.factories import UserFactory

        user = UserFactory()
        client.force_login(user)
        return LearnerFactory(user=user)

    def test_the_first_screen_says_how_many_questions_there_will_be(self, client, learner, made, module):
        bank(4, module=module)
        page = ask(made, ("question", make_question("Vienas")), draw(3, module))
        english = page.get_translation(Locale.objects.get(language_code="en"))

        for each in (page, english):
            assert "<dd>4</dd>" in client.get(each.url).content.decode()

    def test_the_result_leads_back_to_what_teaches_it_in_the_readers_language(self, client, learner, made, module):
        lesson = made.lessons[0]
        block = lesson.body[0].id
        taught = make_question("Išmokstama", module=module, teaches=f"{lesson.translation_key}#{block}")
        ask(made, ("question", taught), ("question", make_question("Niekur")))
        attempt = start(made, learner)
        submit_attempt(attempt_id=attempt.pk, at=NOON)
        english = lesson.get_translation(Locale.objects.get(language_code="en"))
        address = reverse("tiltas_quizzes:result", args=[attempt.uuid])

        with override("lt"):
            shown = client.get(reverse("tiltas_quizzes:result", args=[attempt.uuid])).content.decode()
        with override("en"):
            in_english = client.get(reverse("tiltas_quizzes:result", args=[attempt.uuid])).content.decode()

        assert address
        assert shown.count(f'href="{lesson.url}#b-{block}"') == 1
        assert in_english.count(f'href="{english.url}#b-{block}"') == 1
        assert "Read again: Pamoka 1.1 (EN)" in in_english
        assert f'id="b-{block}"' in client.get(english.url).content.decode()

    def test_a_lesson_that_is_not_published_is_not_linked(self, client, learner, made, module):
        lesson = made.lessons[0]
        taught = make_question("Išmokstama", teaches=f"{lesson.translation_key}#{lesson.body[0].id}")
        ask(made, ("question", taught))
        attempt = start(made, learner)
        submit_attempt(attempt_id=attempt.pk, at=NOON)
        lesson.unpublish()

        assert "#b-" not in client.get(reverse("tiltas_quizzes:result", args=[attempt.uuid])).content.decode()

    def test_a_result_of_three_costs_as_many_queries_as_one_of_one(self, client, made, module):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from tests.factories import UserFactory

        lesson = made.lessons[0]
        place = f"{lesson.translation_key}#{lesson.body[0].id}"
        questions = [make_question(f"Klausimas {number}", teaches=place) for number in range(3)]
        counts = []
        for some in (questions[:1], questions):
            ask(made, *(("question", question) for question in some))
            user = UserFactory()
            client.force_login(user)
            attempt = start(made, LearnerFactory(user=user))
            submit_attempt(attempt_id=attempt.pk, at=NOON)
            address = reverse("tiltas_quizzes:result", args=[attempt.uuid])
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).content.decode().count("#b-") == len(some)
            counts.append(len(queries))

        assert counts[0] == counts[1]


def test_tags_and_places_are_no_work_for_translators(site, module):
    from wagtail_localize.models import StringSegment

    from studio.translations import sync, translated_fields

    question = make_question("Kokybė", module=module, tags="k1-2", teaches=f"{uuid4()}#{uuid4()}")
    paths = StringSegment.objects.filter(source=sync(question)).values_list("context__path", flat=True)

    assert not {path.split(".")[0] for path in paths} & {"module", "tags", "teaches"}
    assert not translated_fields(Question) & {"module", "tags", "teaches", "kind"}


def test_a_draw_is_no_work_for_translators_and_english_has_it_too(made, module):
    bank(2, module=module)
    page = ask(made, draw(2, module))
    page.get_translation(Locale.objects.get(language_code="en")).delete()

    english = translate(page, title="Test", slug="test-en")

    assert [block.block_type for block in english.questions] == ["draw"]
