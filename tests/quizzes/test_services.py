from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from wagtail.models import Locale

from courses.models import Enrolment
from courses.services import enrol, withdraw
from progress.models import Completion
from quizzes.drawing import draw_question
from quizzes.models import Attempt, Question, QuestionVersion, QuizPage, Response
from quizzes.refusals import NotInThisCourse, QuizNotOpen
from quizzes.registry import InvalidAnswer
from quizzes.services import (
    grade_attempt,
    save_response,
    start_attempt,
    submit_attempt,
)
from quizzes.versions import newest_versions
from tests.factories import (
    NOON,
    AttemptFactory,
    EnrolmentFactory,
    LearnerFactory,
    QuestionVersionFactory,
    drawn,
)
from tests.factories.pages import make_course, make_question, publish

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


def save(attempt, raw, *, question=0, base=0, operation_id=None, at=NOON):
    return save_response(
        attempts=Attempt.objects.filter(pk=attempt.pk),
        number=question + 1,
        operation_id=operation_id or uuid4(),
        base=base,
        raw=raw,
        at=at,
    )


class TestStarting:
    @pytest.fixture
    def made(self):
        return make_course(lessons=1)

    @pytest.fixture
    def enrolment(self, made):
        return enrol(learner_id=LearnerFactory().pk, course_id=made.record.pk, at=NOON)

    def start(self, made, enrolment, at=NOON):
        return start_attempt(enrolment_id=enrolment.pk, activity_id=made.quizzes[0].record.pk, at=at)

    def test_an_attempt_draws_the_newest_versions_of_the_page(self, made, enrolment):
        attempt = self.start(made, enrolment)

        keys = made.quizzes[0].question_keys()
        assert sorted(QuestionVersion.objects.get(pk=pk).key for pk in attempt.version_ids) == sorted(keys)
        assert [sorted(each["options"]) for each in attempt.questions] == [
            sorted(QuestionVersion.objects.get(pk=pk).option_ids) for pk in attempt.version_ids
        ]
        assert (attempt.number, attempt.pass_mark, attempt.started_at) == (1, 70, NOON)
        assert attempt.submitted_at is None

    def test_options_stand_in_an_order_that_the_seed_tells(self, made, enrolment):
        attempt = self.start(made, enrolment)

        versions = [QuestionVersion.objects.get(pk=pk) for pk in attempt.version_ids]
        assert [draw_question(version, attempt.seed) for version in versions] == attempt.questions
        orders = {tuple(draw_question(versions[0], seed)["options"]) for seed in range(50)}
        assert len(orders) == 6  # all orders of three options

    def test_starting_again_goes_on_with_the_open_attempt(self, made, enrolment):
        assert self.start(made, enrolment) == self.start(made, enrolment, at=LATER)
        assert Attempt.objects.count() == 1

    def test_after_hand_in_the_next_attempt_begins(self, made, enrolment):
        first = self.start(made, enrolment)
        submit_attempt(attempt_id=first.pk, at=NOON)

        second = self.start(made, enrolment, at=LATER)

        assert (second.number, second.submitted_at) == (2, None)
        assert second.seed != first.seed

    def test_numbers_and_questions_are_never_read_from_the_english_page(self, made, enrolment):
        english = made.quizzes[0].get_translation(Locale.objects.get(language_code="en"))
        english.pass_mark, english.questions = 1, []
        english.save_revision().publish()

        attempt = self.start(made, enrolment)

        assert (attempt.pass_mark, len(attempt.questions)) == (70, 2)

    def test_a_draft_of_the_quiz_counts_only_once_it_is_published(self, made, enrolment):
        page = QuizPage.objects.get(pk=made.quizzes[0].pk)
        page.pass_mark = 90
        page.save_revision()
        assert self.start(made, enrolment).pass_mark == 70

        publish(page)
        assert Attempt.objects.get().pass_mark == 70
        submit_attempt(attempt_id=Attempt.objects.get().pk, at=NOON)
        assert self.start(made, enrolment).pass_mark == 90

    def test_an_attempt_keeps_its_questions_whatever_becomes_of_them(self, made, enrolment):
        attempt = self.start(made, enrolment)
        before = attempt.questions
        first, second = Question.objects.order_by("pk")[:2]
        first.points = 5
        first.save_revision().publish()
        second.delete()

        attempt.refresh_from_db()
        assert attempt.questions == before
        assert {version.definition["points"] for version, _mark in grade_attempt(attempt)} == {1}

    def test_a_question_without_a_published_version_is_left_out(self, made, enrolment):
        unpublished = Question.objects.create(locale=Locale.get_default(), title="Juodraštis", prompt="?")
        page = QuizPage.objects.get(pk=made.quizzes[0].pk)
        page.questions = [("question", make_question("Trečias")), ("question", unpublished)]
        publish(page)

        assert len(self.start(made, enrolment).questions) == 1

    def test_a_quiz_that_is_not_published_waits(self, made, enrolment):
        made.quizzes[0].unpublish()

        with pytest.raises(QuizNotOpen):
            self.start(made, enrolment)

    def test_a_quiz_without_questions_waits(self, made, enrolment):
        page = QuizPage.objects.get(pk=made.quizzes[0].pk)
        page.questions = []
        publish(page)

        with pytest.raises(QuizNotOpen):
            self.start(made, enrolment)
        assert not Attempt.objects.exists()

    def test_who_has_withdrawn_does_not_start(self, made, enrolment):
        withdraw(enrolment_id=enrolment.pk, at=NOON)

        with pytest.raises(NotInThisCourse):
            self.start(made, enrolment)

    def test_who_has_completed_the_course_may_try_for_a_better_score(self, made, enrolment):
        Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=NOON)

        assert self.start(made, enrolment).number == 1


def test_newest_versions_keep_the_order_of_the_keys_and_leave_out_the_unknown(django_assert_num_queries):
    old, other = QuestionVersionFactory(), QuestionVersionFactory()
    new = QuestionVersionFactory(key=old.key, number=2)

    with django_assert_num_queries(1):
        assert newest_versions([other.key, uuid4(), old.key]) == [other, new]


class TestSaving:
    @pytest.fixture
    def attempt(self):
        return AttemptFactory()

    def counts(self, attempt, question=0):
        response = attempt.responses.newest().get(attempt.version_ids[question])
        return response and response.answer

    def test_an_answer_is_kept_and_counts(self, attempt):
        saved = save(attempt, ["a"])

        assert (saved.accepted, saved.sequence, saved.answer, saved.saved_at) == (True, 1, ["a"], NOON)
        assert self.counts(attempt) == ["a"]

    def test_a_newer_answer_that_saw_the_older_one_takes_its_place(self, attempt):
        first = save(attempt, ["a"])

        second = save(attempt, ["b"], base=first.sequence, at=LATER)

        assert (second.accepted, second.sequence, second.answer) == (True, 2, ["b"])
        assert self.counts(attempt) == ["b"]
        assert Response.objects.count() == 2

    def test_an_answer_can_be_taken_back(self, attempt):
        first = save(attempt, ["a"])

        assert save(attempt, [], base=first.sequence).accepted
        assert self.counts(attempt) == []

    def test_an_older_answer_that_comes_after_a_newer_one_is_kept_but_does_not_count(self, attempt):
        first = save(attempt, ["a"])
        second = save(attempt, ["b"], base=first.sequence)

        late = save(attempt, ["c"], base=first.sequence, at=LATER)

        assert (late.accepted, late.sequence, late.answer) == (False, second.sequence, ["b"])
        assert self.counts(attempt) == ["b"]
        assert list(Response.objects.order_by("sequence").values_list("answer", "accepted")) == [
            (["a"], True),
            (["b"], True),
            (["c"], False),
        ]

    def test_the_same_operation_again_is_told_what_it_was_told_first(self, attempt):
        operation = uuid4()
        first = save(attempt, ["a"], operation_id=operation)

        again = save(attempt, ["a"], operation_id=operation, at=LATER)

        assert again == first
        assert Response.objects.count() == 1

    def test_an_operation_repeated_after_a_newer_answer_learns_what_counts_now(self, attempt):
        operation = uuid4()
        first = save(attempt, ["a"], operation_id=operation)
        second = save(attempt, ["b"], base=first.sequence)

        again = save(attempt, ["a"], operation_id=operation)

        assert (again.accepted, again.sequence, again.answer) == (True, second.sequence, ["b"])

    def test_a_repeated_operation_that_was_too_late_still_is(self, attempt):
        operation = uuid4()
        save(attempt, ["a"])
        late = save(attempt, ["b"], operation_id=operation)

        assert save(attempt, ["b"], operation_id=operation) == late
        assert late.accepted is False

    def test_the_same_answer_again_writes_nothing(self, attempt):
        first = save(attempt, ["a"])

        again = save(attempt, ["a"], base=first.sequence, at=LATER)

        assert (again.accepted, again.sequence, again.saved_at) == (True, 1, NOON)
        assert Response.objects.count() == 1

    def test_no_answer_before_any_writes_nothing(self, attempt):
        saved = save(attempt, [])

        assert (saved.accepted, saved.sequence, saved.answer) == (True, 0, [])
        assert not Response.objects.exists()

    def test_questions_do_not_get_in_each_others_way(self, attempt):
        first = save(attempt, ["a"])
        other = save(attempt, ["b"], question=1)

        changed = save(attempt, ["c"], base=first.sequence)

        assert [each.sequence for each in (first, other, changed)] == [1, 2, 3]
        assert changed.accepted
        assert (self.counts(attempt), self.counts(attempt, 1)) == (["c"], ["b"])

    def test_an_operation_that_comes_again_with_another_answer_loses_neither(self, attempt):
        """A form without scripts, come back to with the browser's own button and sent once more."""
        operation = uuid4()
        save(attempt, ["a"], operation_id=operation)

        seen = [save(attempt, ["b"], operation_id=operation) for _time in range(3)]

        assert [(each.reason, each.answer) for each in seen] == [("stale", ["a"])] * 3
        assert list(Response.objects.order_by("sequence").values_list("answer", "accepted")) == [
            (["a"], True),
            (["b"], False),
        ]

    def test_a_sequence_from_the_future_changes_nothing_but_ones_own_answer(self, attempt):
        first = save(attempt, ["a"], base=10**9)

        assert (first.accepted, Response.objects.get().base) == (True, 0)

    def test_what_is_not_offered_is_refused_and_not_kept(self, attempt):
        foreign = QuestionVersionFactory(
            definition={"options": [{"id": "x"}, {"id": "y"}], "points": 1}, answer_key={"right": ["x"]}
        )
        for forged in (["x"], ["a", "b"], ["nonsense"]):
            with pytest.raises(InvalidAnswer):
                save(attempt, forged)
        assert foreign.option_ids == ["x", "y"]
        assert not Response.objects.exists()

    def test_what_comes_after_hand_in_is_kept_apart_and_changes_nothing(self, attempt):
        save(attempt, ["a"])
        submitted = submit_attempt(attempt_id=attempt.pk, at=NOON)
        operation = uuid4()

        late = save(attempt, ["b"], base=1, operation_id=operation)

        assert (late.reason, late.accepted, late.answer, late.sequence) == ("submitted", False, ["a"], 1)
        assert save(attempt, ["b"], base=1, operation_id=operation) == late
        assert list(Response.objects.filter(late=True).values_list("answer", "accepted")) == [(["b"], False)]
        assert Attempt.objects.values_list("score").get(pk=attempt.pk) == (submitted.score,)

    def test_after_hand_in_the_answer_that_counts_is_not_kept_again(self, attempt):
        save(attempt, ["a"])
        submit_attempt(attempt_id=attempt.pk, at=NOON)

        assert save(attempt, ["a"], base=1).reason == "submitted"
        assert Response.objects.count() == 1

    def test_what_was_saved_before_hand_in_may_be_said_again_after_it(self, attempt):
        """The answer was stored, its acknowledgement was lost on the way."""
        operation = uuid4()
        first = save(attempt, ["a"], operation_id=operation)
        submit_attempt(attempt_id=attempt.pk, at=NOON)

        assert save(attempt, ["a"], operation_id=operation) == first


class TestHandingIn:
    def test_all_right_passes_and_completes_the_activity(self):
        attempt = AttemptFactory()
        save(attempt, ["a"])
        save(attempt, ["a"], question=1)

        done = submit_attempt(attempt_id=attempt.pk, at=LATER)

        assert (done.score, done.passed, done.submitted_at) == (1, True, LATER)
        completion = Completion.objects.get()
        assert (completion.enrolment, completion.activity) == (attempt.enrolment, attempt.activity)
        assert (completion.score, completion.completed_at) == (1, LATER)

    def test_half_right_is_not_seventy_per_cent(self):
        attempt = AttemptFactory()
        save(attempt, ["a"])
        save(attempt, ["b"], question=1)

        done = submit_attempt(attempt_id=attempt.pk, at=LATER)

        assert (done.score, done.passed) == (Decimal("0.5"), False)
        assert not Completion.objects.exists()

    def test_what_is_not_answered_earns_nothing(self):
        done = submit_attempt(attempt_id=AttemptFactory().pk, at=NOON)

        assert (done.score, done.passed) == (0, False)

    def test_a_taken_back_answer_earns_nothing(self):
        attempt = AttemptFactory(questions=drawn(QuestionVersionFactory()))
        first = save(attempt, ["a"])
        save(attempt, [], base=first.sequence)

        assert submit_attempt(attempt_id=attempt.pk, at=NOON).score == 0

    def test_the_answer_that_came_too_late_is_not_graded(self):
        attempt = AttemptFactory(questions=drawn(QuestionVersionFactory()))
        save(attempt, ["b"])
        assert not save(attempt, ["a"]).accepted

        assert submit_attempt(attempt_id=attempt.pk, at=NOON).score == 0

    def test_points_weigh_and_the_pass_mark_is_met_exactly(self):
        heavy = QuestionVersionFactory(definition={"options": [{"id": "a"}, {"id": "b"}], "points": 7})
        light = QuestionVersionFactory(definition={"options": [{"id": "a"}, {"id": "b"}], "points": 3})
        attempt = AttemptFactory(questions=drawn(heavy, light))
        save(attempt, ["a"])

        done = submit_attempt(attempt_id=attempt.pk, at=NOON)

        assert (done.score, done.passed) == (Decimal("0.7"), True)

    def test_two_of_three_are_kept_rounded_down_and_do_not_reach_67(self):
        attempt = AttemptFactory(questions=drawn(*(QuestionVersionFactory() for _each in range(3))), pass_mark=67)
        for question in (0, 1):
            save(attempt, ["a"], question=question)

        done = submit_attempt(attempt_id=attempt.pk, at=NOON)

        assert (done.score, done.passed) == (Decimal("0.6666"), False)

    def test_handing_in_again_changes_nothing(self):
        attempt = AttemptFactory()
        first = submit_attempt(attempt_id=attempt.pk, at=NOON)

        again = submit_attempt(attempt_id=attempt.pk, at=LATER)

        assert (again, again.submitted_at, again.score) == (first, NOON, first.score)

    def test_a_better_attempt_raises_the_score_and_a_worse_one_does_not(self):
        enrolment = EnrolmentFactory()
        first = AttemptFactory(enrolment=enrolment, pass_mark=50)
        save(first, ["a"])
        submit_attempt(attempt_id=first.pk, at=NOON)
        second = AttemptFactory(enrolment=enrolment, activity=first.activity, number=2)
        for question in (0, 1):
            save(second, ["a"], question=question)
        submit_attempt(attempt_id=second.pk, at=LATER)
        third = AttemptFactory(enrolment=enrolment, activity=first.activity, number=3, pass_mark=50)
        save(third, ["a"])
        submit_attempt(attempt_id=third.pk, at=LATER)

        completion = Completion.objects.get()
        assert (completion.score, completion.completed_at) == (1, NOON)

    def test_passing_the_last_required_quiz_completes_the_course(self):
        attempt = AttemptFactory()
        for question in (0, 1):
            save(attempt, ["a"], question=question)

        submit_attempt(attempt_id=attempt.pk, at=LATER)

        attempt.enrolment.refresh_from_db()
        assert attempt.enrolment.completed_at == LATER

    def test_who_has_withdrawn_hands_in_after_coming_back_and_loses_nothing(self):
        attempt = AttemptFactory()
        for question in (0, 1):
            save(attempt, ["a"], question=question)
        withdraw(enrolment_id=attempt.enrolment_id, at=NOON)

        with pytest.raises(NotInThisCourse):
            submit_attempt(attempt_id=attempt.pk, at=NOON)
        attempt.refresh_from_db()
        assert attempt.submitted_at is None

        enrol(learner_id=attempt.enrolment.learner_id, course_id=attempt.enrolment.course_id, at=LATER)
        assert submit_attempt(attempt_id=attempt.pk, at=LATER).passed is True
        assert Completion.objects.count() == 1

    def test_the_key_of_an_english_question_grades_nobody(self, site):
        question = make_question("Kokybė", right=(0,))
        version = QuestionVersion.objects.get()
        attempt = AttemptFactory(questions=drawn(version))
        english = question.copy_for_translation(Locale.objects.get(language_code="en"))
        changed = [dict(each) for each in english.options.raw_data]
        for place, option in enumerate(changed):
            option["value"] = option["value"] | {"correct": place == 1}
        english.options = changed
        english.save()
        english.save_revision().publish()
        save(attempt, [version.option_ids[0]])

        assert submit_attempt(attempt_id=attempt.pk, at=NOON).score == 1
