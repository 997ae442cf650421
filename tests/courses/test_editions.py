"""
Editors publish, withdraw, move and release while people learn, in any order: what was promised to whom never changes.

Random walks through real pages, so that Wagtail's own notices write the records; after each step every promise is asked again,
and "done" is compared with an oracle that keeps its own books.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from courses.models import Activity, Course, CoursePage, Enrolment, ModulePage
from courses.services import CannotComeBack, NothingRequired, enrol, release_edition, withdraw
from courses.tree_rules import RequiredInItsCourse
from lessons.models import LessonPage
from progress.models import Completion
from progress.services import is_course_done, record_completion
from tests.factories import NOON, LearnerFactory
from tests.factories.pages import make_course, publish

LEARNERS = 3


@dataclass
class Book:
    """What the oracle wrote down about one enrolment, without looking into the tables again."""

    edition: int
    done: dict = field(default_factory=dict)
    completed_at: object = None
    withdrawn: bool = False


class Editions(RuleBasedStateMachine):
    """One course with two modules, and another beside it, whose editors and learners do whatever they like."""

    lessons = Bundle("lessons")

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        cache.clear()
        self.course = Course.objects.get(code="K1")
        self.page_of_course = CoursePage.objects.get(translation_key=self.course.key)
        own = ModulePage.objects.descendant_of(self.page_of_course)
        beside = ModulePage.objects.not_descendant_of(self.page_of_course)
        self.modules = [page.pk for page in (*own.order_by("path"), *beside)]
        self.learners = [LearnerFactory().pk for _each in range(LEARNERS)]
        self.now = NOON
        self.slugs = 0
        self.released = {}  # edition → keys required at its release
        self.books = {}  # enrolment pk → Book

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def tick(self):
        self.now += timedelta(minutes=1)
        return self.now

    def page(self, key):
        return LessonPage.objects.filter(translation_key=key).first()

    def activities(self):
        """Those that belong to the course, wherever their pages are."""
        return Activity.objects.filter(module__course=self.course)

    @initialize(target=lessons)
    def begin(self):
        """Two required lessons are published and released, as a course begins its life."""
        self.release()
        return multiple(*LessonPage.objects.order_by("path").values_list("translation_key", flat=True))

    # Editors

    @rule(target=lessons, module=st.integers(0, 1), required=st.booleans(), live=st.booleans())
    def add(self, module, required, live):
        self.slugs += 1
        lesson = LessonPage(title=f"Nauja {self.slugs}", slug=f"n{self.slugs}", required=required, live=live)
        lesson = ModulePage.objects.get(pk=self.modules[module]).add_child(instance=lesson)
        if live:
            publish(lesson)
        return lesson.translation_key

    @rule(key=lessons, required=st.booleans())
    def publish_again(self, key, required):
        page = self.page(key)
        if page:
            page.required = required
            publish(page)

    @rule(key=lessons)
    def unpublish(self, key):
        page = self.page(key)
        if page:
            page.unpublish()

    @rule(key=lessons)
    def delete(self, key):
        page = self.page(key)
        if page:
            page.delete()

    @rule(key=lessons, module=st.integers(0, 2), position=st.sampled_from(["first-child", "last-child"]))
    def move(self, key, module, position):
        """Within the course, to the other one, and back."""
        page = self.page(key)
        if page:
            with suppress(RequiredInItsCourse):  # a released edition of its course requires it: it stays where it is
                page.move(ModulePage.objects.get(pk=self.modules[module]), pos=position)

    @rule()
    def swap_modules(self):
        first, second = ModulePage.objects.filter(pk__in=self.modules[:2]).order_by("path")
        second.move(first, pos="left")

    @rule(key=lessons, required=st.booleans())
    def mark_and_release(self, key, required):
        self.publish_again(key=key, required=required)
        self.release()

    @rule()
    def release(self):
        wished = set(
            LessonPage.objects.filter(live=True, required=True).values_list("translation_key", flat=True)
        ) & set(self.activities().values_list("key", flat=True))
        before = self.required_by_edition()
        edition = len(self.released) + 1
        gone_without = {key for key in wished if self.somebody_came_without(key)}
        try:
            released = release_edition(course_id=self.course.pk, academic_hours=8, at=self.tick())
        except NothingRequired:
            assert not wished
            assert self.required_by_edition() == before
        except CannotComeBack:
            assert gone_without
            assert self.required_by_edition() == before
        else:
            assert wished
            assert not gone_without
            assert released.number == edition
            self.released[edition] = wished
        self.course.refresh_from_db()
        assert self.course.edition == len(self.released)

    def somebody_came_without(self, key):
        """Was it required once, then left out, and did anybody enrol in an edition of the gap, which lasts until now?"""
        last = max((edition for edition, keys in self.released.items() if key in keys), default=len(self.released))
        return any(book.edition > last for book in self.books.values())

    # Learners

    @precondition(lambda self: self.released)
    @rule(who=st.integers(0, LEARNERS - 1))
    def enrol(self, who):
        enrolment = enrol(learner_id=self.learners[who], course_id=self.course.pk, at=self.tick())
        book = self.books.setdefault(enrolment.pk, Book(edition=len(self.released)))
        book.withdrawn = False

    @precondition(lambda self: self.books)
    @rule(data=st.data())
    def withdraw(self, data):
        pk = data.draw(st.sampled_from(sorted(self.books)))
        if self.books[pk].completed_at is None:
            withdraw(enrolment_id=pk, at=self.tick())
            self.books[pk].withdrawn = True

    @precondition(lambda self: self.books)
    @rule(data=st.data(), key=lessons)
    def complete(self, data, key):
        self.do(data.draw(st.sampled_from(sorted(self.books))), key)

    @precondition(lambda self: self.books)
    @rule(data=st.data())
    def complete_all_that_is_left(self, data):
        pk = data.draw(st.sampled_from(sorted(self.books)))
        for key in sorted(self.released[self.books[pk].edition], key=str):
            self.do(pk, key)

    def do(self, pk, key):
        book, activity = self.books[pk], self.activities().filter(key=key).first()
        if activity is None or book.withdrawn:
            return
        at = self.tick()
        record_completion(enrolment_id=pk, activity_id=activity.pk, at=at)
        book.done.setdefault(key, at)
        if book.completed_at is None and self.released[book.edition] <= set(book.done):
            book.completed_at = at

    # Promises

    def required_by_edition(self):
        activities = self.activities()
        return {
            edition: set(activities.required_in(edition).values_list("key", flat=True)) for edition in self.released
        }

    @invariant()
    def what_an_edition_requires_never_changes(self):
        """For the present edition and every one that somebody learns by. (One that nobody ever entered may be rewritten.)"""
        kept = {book.edition for book in self.books.values()} | {len(self.released)}
        now = self.required_by_edition()
        assert {number: keys for number, keys in now.items() if number in kept} == {
            number: keys for number, keys in self.released.items() if number in kept
        }

    @invariant()
    def enrolments_are_as_their_learners_left_them(self):
        """Completed by the learner's own last completion, at that moment, and never by what editors do."""
        now = Enrolment.objects.values_list("pk", "edition", "completed_at", "withdrawn_at")
        assert {pk: (edition, completed_at, bool(left)) for pk, edition, completed_at, left in now} == {
            pk: (book.edition, book.completed_at, book.withdrawn) for pk, book in self.books.items()
        }

    @invariant()
    def no_completion_is_lost_or_rewritten(self):
        now = Completion.objects.values_list("enrolment", "activity__key", "completed_at")
        assert sorted(now, key=str) == sorted(
            ((pk, key, at) for pk, book in self.books.items() for key, at in book.done.items()), key=str
        )

    @invariant()
    def done_is_what_the_oracle_says(self):
        for enrolment in Enrolment.objects.all():
            book = self.books[enrolment.pk]
            required = self.released[book.edition]
            assert is_course_done(enrolment) is (bool(required) and required <= set(book.done))

    @invariant()
    def positions_follow_the_tree(self):
        pages = LessonPage.objects.descendant_of(self.page_of_course)
        keys = pages.order_by("path").values_list("translation_key", flat=True)
        recorded = self.activities().filter(key__in=keys).in_order().values_list("key", flat=True)
        assert list(recorded) == [key for key in keys if key in set(recorded)]


@pytest.mark.django_db
def test_editions_keep_every_promise_whatever_editors_and_learners_do():
    make_course(modules=2, lessons=1, quiz=False, release=False, english=False)
    make_course(code="K2", modules=1, lessons=0, quiz=False, release=False, english=False)

    run_state_machine_as_test(
        Editions,
        settings=settings(
            max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
