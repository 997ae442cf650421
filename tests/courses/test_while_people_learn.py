"""Editors change a course in which people learn: nobody loses anything, every screen answers in both languages."""

from uuid import uuid4

import pytest
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Locale

from courses.models import Activity
from courses.outline import course_outline
from courses.services import enrol
from courses.tree_rules import RequiredInItsCourse
from progress.models import Completion
from progress.services import record_completion
from quizzes.models import Attempt, QuestionVersion, QuizPage
from quizzes.refusals import QuizNotOpen
from quizzes.services import save_response, start_attempt, submit_attempt
from tests.factories import NOON, LearnerFactory
from tests.factories.pages import make_course, publish

pytestmark = pytest.mark.django_db


class Walk:
    """A learner in the middle of a course: the first lesson is done, an attempt at the required quiz is open."""

    def __init__(self, client):
        self.client = client
        self.made = make_course(modules=2, lessons=1)
        self.other = make_course(code="K2", lessons=0, quiz=False, release=False)
        self.learner = LearnerFactory()
        self.enrolment = enrol(learner_id=self.learner.pk, course_id=self.made.record.pk, at=NOON)
        self.done = record_completion(
            enrolment_id=self.enrolment.pk, activity_id=self.made.lessons[0].record.pk, at=NOON
        )
        self.attempt = start_attempt(
            enrolment_id=self.enrolment.pk, activity_id=self.made.quizzes[0].record.pk, at=NOON
        )
        self.required = self.required_keys()
        client.force_login(self.learner.user)

    def required_keys(self):
        return set(
            Activity.objects.filter(module__course=self.made.record).required_in(1).values_list("key", flat=True)
        )

    def outline(self, language="lt"):
        locale = Locale.objects.get(language_code=language)
        return course_outline(self.enrolment.course, locale=locale, edition=1).mark(done=self.done_activities())

    def done_activities(self):
        return set(Completion.objects.filter(enrolment=self.enrolment).values_list("activity", flat=True))

    def live_addresses(self):
        """Every page of both courses that is published now, in each language."""
        found = []
        for made in (self.made, self.other):
            for page in (made.page, *made.lessons, *made.quizzes):
                live = type(page).objects.filter(translation_key=page.translation_key, live=True)
                found += [each.get_url() for each in live]
        return found

    def answers(self):
        """(address, status) of every screen that the learner may open now."""
        addresses = [*self.live_addresses(), "/lt/my/", "/en/my/"]
        addresses += [f"/{language}/quizzes/attempts/{self.attempt.uuid}/1/" for language in ("lt", "en")]
        return [(address, self.client.get(address).status_code) for address in addresses]

    def hand_in(self):
        """Answer every question rightly by the service and hand in."""
        for number, pk in enumerate(self.attempt.version_ids, 1):
            version = QuestionVersion.objects.get(pk=pk)
            save_response(
                attempts=Attempt.objects.filter(pk=self.attempt.pk),
                number=number,
                operation_id=uuid4(),
                base=0,
                raw=version.answer_key["right"],
                at=NOON,
            )
        return submit_attempt(attempt_id=self.attempt.pk, at=NOON)


@pytest.fixture
def walk(client):
    return Walk(client)


def refused(move):
    """What people have to complete stays in its course, whoever tries."""
    with pytest.raises(RequiredInItsCourse):
        move()


def nothing(walk):
    pass


def unpublish_the_lesson(walk):
    walk.made.lessons[0].unpublish()


def move_the_lesson_to_another_module(walk):
    walk.made.lessons[0].move(walk.made.modules[1], pos="first-child")


def move_the_lesson_to_another_course(walk):
    refused(lambda: walk.made.lessons[0].move(walk.other.modules[0], pos="last-child"))


def move_the_lesson_last(walk):
    walk.made.lessons[1].move(walk.made.quizzes[0], pos="right")


def delete_the_lesson(walk):
    type(walk.made.lessons[0]).objects.get(pk=walk.made.lessons[0].pk).delete()


def delete_the_english_lesson(walk):
    english = walk.made.lessons[0].get_translation(Locale.objects.get(language_code="en"))
    english.delete()


def unpublish_the_english_lesson(walk):
    walk.made.lessons[0].get_translation(Locale.objects.get(language_code="en")).unpublish()


def unpublish_the_quiz(walk):
    walk.made.quizzes[0].unpublish()


def move_the_quiz_to_another_module(walk):
    walk.made.quizzes[0].move(walk.made.modules[0], pos="first-child")


def move_the_quiz_to_another_course(walk):
    refused(lambda: walk.made.quizzes[0].move(walk.other.modules[0], pos="last-child"))


def delete_the_quiz(walk):
    QuizPage.objects.get(pk=walk.made.quizzes[0].pk).delete()


def delete_the_english_quiz(walk):
    walk.made.quizzes[0].get_translation(Locale.objects.get(language_code="en")).delete()


def unpublish_the_module(walk):
    walk.made.modules[0].unpublish()


def move_the_module_last(walk):
    walk.made.modules[0].move(walk.made.modules[1], pos="right")


def move_the_module_to_another_course(walk):
    refused(lambda: walk.made.modules[0].move(walk.other.page, pos="last-child"))


def delete_the_module(walk):
    type(walk.made.modules[1]).objects.get(pk=walk.made.modules[1].pk).delete()


def empty_the_quiz(walk):
    page = QuizPage.objects.get(pk=walk.made.quizzes[0].pk)
    page.questions = []
    publish(page)


def delete_the_questions(walk):
    for block in QuizPage.objects.get(pk=walk.made.quizzes[0].pk).questions:
        block.value.delete()


CHANGES = [
    nothing,
    unpublish_the_lesson,
    move_the_lesson_to_another_module,
    move_the_lesson_to_another_course,
    move_the_lesson_last,
    delete_the_lesson,
    delete_the_english_lesson,
    unpublish_the_english_lesson,
    unpublish_the_quiz,
    move_the_quiz_to_another_module,
    move_the_quiz_to_another_course,
    delete_the_quiz,
    delete_the_english_quiz,
    unpublish_the_module,
    move_the_module_last,
    move_the_module_to_another_course,
    delete_the_module,
    empty_the_quiz,
    delete_the_questions,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_editors_do_learners_lose_nothing_and_can_go_on(walk, change):
    change(walk)

    assert walk.required_keys() == walk.required
    assert list(Completion.objects.all()) == [walk.done]
    walk.enrolment.refresh_from_db()
    assert walk.enrolment.is_open
    assert [answer for answer in walk.answers() if answer[1] != 200] == []
    assert walk.hand_in().passed is True
    assert walk.done_activities() == {walk.done.activity_id, walk.attempt.activity_id}
    for language in ("lt", "en"):
        assert walk.client.get(f"/{language}/quizzes/attempts/{walk.attempt.uuid}/result/").status_code == 200

    # What can be opened can be done; what is missing blocks and says so; what was done counts, with or without its page.
    for step in walk.outline().required:
        if step.url:
            record_completion(enrolment_id=walk.enrolment.pk, activity_id=step.activity.pk, at=NOON)
    missing = walk.outline().missing
    assert bool(missing) is (change is delete_the_module)
    walk.enrolment.refresh_from_db()
    assert walk.enrolment.is_open is bool(missing)


@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_required_activity_without_page_is_missing_and_blocks(walk, language):
    walk.made.lessons[1].unpublish()

    outline = walk.outline(language)

    assert [step.activity for step in outline.missing] == [walk.made.lessons[1].record]
    assert outline.missing[0].title == "Pamoka 2.1"
    assert outline.missing[0] in outline.required


def test_the_course_page_says_what_is_being_mended(walk):
    walk.made.lessons[1].unpublish()

    page = walk.client.get(walk.made.page.get_url()).content.decode()

    assert "Pamoka 2.1" in page
    assert walk.made.lessons[1].get_url() not in page


@pytest.mark.parametrize("language", ["lt", "en"])
def test_who_has_only_missing_activities_left_is_told_so(walk, language):
    for page in walk.made.quizzes:
        record_completion(enrolment_id=walk.enrolment.pk, activity_id=page.record.pk, at=NOON)
    walk.made.lessons[1].unpublish()

    response = walk.client.get(f"/{language}/my/")

    walk.enrolment.refresh_from_db()
    assert walk.enrolment.is_open
    assert response.context["going_on"] is None
    with translation.override(language):
        sentence = gettext("A part of the course is being mended; what you have done is kept.")
    assert sentence in response.content.decode()


def test_an_open_attempt_is_gone_on_with_though_the_quiz_is_unpublished(walk):
    walk.made.quizzes[0].unpublish()

    again = start_attempt(enrolment_id=walk.enrolment.pk, activity_id=walk.attempt.activity_id, at=NOON)

    assert again == walk.attempt


@pytest.mark.parametrize("change", [unpublish_the_quiz, delete_the_quiz, empty_the_quiz, delete_the_questions])
def test_a_new_attempt_waits_until_the_quiz_is_mended(walk, change):
    walk.hand_in()
    change(walk)

    with pytest.raises(QuizNotOpen):
        start_attempt(enrolment_id=walk.enrolment.pk, activity_id=walk.attempt.activity_id, at=NOON)


def test_publishing_the_page_again_brings_it_back(walk):
    lesson = walk.made.lessons[1]
    lesson.unpublish()
    lesson.refresh_from_db()

    publish(lesson)

    assert walk.outline().missing == []


class TestAllLanguages:
    """What happens to a source page happens to its translations."""

    def english(self, page):
        return type(page).objects.get(translation_key=page.translation_key, locale__language_code="en")

    def pages(self, page):
        return type(page).objects.filter(translation_key=page.translation_key)

    def test_unpublishing(self, walk):
        walk.made.lessons[0].unpublish()

        assert not self.english(walk.made.lessons[0]).live

    def test_deleting(self, walk):
        delete_the_lesson(walk)

        assert not self.pages(walk.made.lessons[0]).exists()

    def test_deleting_a_module_with_all_below_it(self, walk):
        delete_the_module(walk)

        gone = (walk.made.modules[1], walk.made.lessons[1], walk.made.quizzes[0])
        assert [self.pages(page).exists() for page in gone] == [False, False, False]

    def test_moving_to_another_module(self, walk):
        move_the_lesson_to_another_module(walk)

        assert self.english(walk.made.lessons[0]).get_parent().pk == self.english(walk.made.modules[1]).pk

    def test_reordering(self, walk):
        move_the_lesson_last(walk)

        below = self.english(walk.made.modules[1]).get_children()
        assert [page.translation_key for page in below] == [
            walk.made.quizzes[0].translation_key,
            walk.made.lessons[1].translation_key,
        ]
        assert walk.made.lessons[1].record.position > walk.made.quizzes[0].record.position

    def test_what_happens_to_a_translation_stays_there(self, walk):
        unpublish_the_english_lesson(walk)

        walk.made.lessons[0].refresh_from_db()
        assert walk.made.lessons[0].live
