"""A trainer with a restless hand: whatever is done through services and doors, in any order, both languages and the records agree."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from wagtail.models import Page

from courses.models import Activity, ModulePage
from courses.tree import delete_page, move_page, reorder_page, unpublish_page
from courses.tree_rules import TreeRefused
from lessons.models import LessonPage
from tests.courses.trees import disagreements, english
from tests.factories import UserFactory
from tests.factories.pages import make_course, publish, translate
from tiltas.roles import ADMINISTRATOR, sync_groups

pytestmark = pytest.mark.everything

NUMBERS, WAYS = st.integers(0, 11), st.sampled_from(["service", "door", "bulk"])


def tree():
    return list(Page.objects.order_by("pk").values_list("pk", "path", "url_path", "live"))


class Hand(RuleBasedStateMachine):
    """Pages are chosen by a number: the how-manieth of what is there."""

    @initialize()
    def begin(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.client = Client()
        user = UserFactory()
        user.groups.add(Group.objects.get(name=ADMINISTRATOR))
        self.client.force_login(user)
        self.records = Activity.objects.count()

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    # ---- what there is

    def pages(self, *models, language="lt"):
        found = [page for model in models for page in model.objects.filter(locale__language_code=language)]
        return sorted(found, key=lambda page: page.pk)

    def has_pages(self):
        return bool(self.pages(LessonPage))

    def one(self, number, *models, language="lt"):
        pages = self.pages(*models, language=language)
        return Page.objects.get(pk=pages[number % len(pages)].pk)

    # ---- what is done: by a service, a door, or in bulk; refused means that nothing changed

    def do(self, way, service, door, bulk):
        before = tree()
        try:
            with transaction.atomic():
                if way == "service":
                    service()
                else:
                    response = (door if way == "door" else bulk)()
                    assert response.status_code in (200, 302, 409)
                    assert response.status_code != 409 or tree() == before
        except TreeRefused:
            assert tree() == before

    def post(self, name, *args, query="", **form):
        return self.client.post(reverse(name, args=args) + query, form)

    def in_bulk(self, action, page, **form):
        return self.post("wagtail_bulk_action", "wagtailcore", "page", action, query=f"?id={page.pk}", **form)

    @precondition(has_pages)
    @rule(number=NUMBERS, to=NUMBERS, way=WAYS, language=st.sampled_from(["lt", "lt", "en"]))
    def move(self, number, to, way, language):
        if not self.pages(LessonPage, language=language):
            return
        page = self.one(number, LessonPage, language=language)
        parent = self.one(to, ModulePage, language=language)
        self.do(
            way,
            lambda: move_page(page_id=page.pk, parent_id=parent.pk),
            lambda: self.post("wagtailadmin_pages:move_confirm", page.pk, parent.pk),
            lambda: self.in_bulk("move", page, chooser=parent.pk),
        )

    @precondition(has_pages)
    @rule(number=NUMBERS, position=st.integers(0, 4), way=WAYS, language=st.sampled_from(["lt", "lt", "en"]))
    def order(self, number, position, way, language):
        page = self.one(number, ModulePage, LessonPage, language=language)
        service = lambda: reorder_page(page_id=page.pk, position=position)  # noqa: E731
        door = lambda: self.post("wagtailadmin_pages:set_page_position", page.pk, query=f"?position={position}")  # noqa: E731
        self.do(way, service, door, door)

    @precondition(has_pages)
    @rule(number=NUMBERS, below=st.booleans(), way=WAYS, language=st.sampled_from(["lt", "lt", "en"]))
    def unpublish(self, number, below, way, language):
        page = self.one(number, ModulePage, LessonPage, language=language)
        if not page.live:
            return  # Wagtail offers no such button
        form = {"include_descendants": "on"} if below else {}
        self.do(
            way,
            lambda: unpublish_page(page_id=page.pk, include_descendants=below),
            lambda: self.post("wagtailadmin_pages:unpublish", page.pk, **form),
            lambda: self.in_bulk("unpublish", page, **form),
        )

    @precondition(has_pages)
    @rule(number=NUMBERS, way=WAYS, language=st.sampled_from(["lt", "en"]))
    def delete(self, number, way, language):
        if not self.pages(LessonPage, language=language):
            return
        page = self.one(number, LessonPage, language=language)
        self.do(
            way,
            lambda: delete_page(page_id=page.pk),
            lambda: self.post("wagtailadmin_pages:delete", page.pk),
            lambda: self.in_bulk("delete", page),
        )

    @rule(number=NUMBERS, slug=st.sampled_from("ab"), translated=st.booleans(), other=st.sampled_from("ab"))
    def write(self, number, slug, translated, other):
        """A new lesson, perhaps in both languages; its address may be one that another module has too."""
        parent = self.one(number, ModulePage)
        try:
            with transaction.atomic():
                page = publish(parent.add_child(instance=LessonPage(title="Nauja", slug=slug)))
                if translated:
                    translate(page, slug=f"{other}-en")
        except ValidationError:
            return  # taken among its siblings
        self.records += 1

    @precondition(has_pages)
    @rule(number=NUMBERS)
    def publish_again(self, number):
        publish(self.one(number, ModulePage, LessonPage).specific)

    # ---- what is true at any moment

    @invariant()
    def all_agrees(self):
        if hasattr(self, "savepoint"):
            assert disagreements() == []

    @invariant()
    def no_record_is_lost(self):
        if hasattr(self, "savepoint"):
            assert Activity.objects.count() == self.records


def test_whatever_is_done_the_languages_and_the_records_agree(site):
    sync_groups()
    made = make_course(modules=2, lessons=3, quiz=False, release=False)
    assert english(made.lessons[0]).title == "Pamoka 1.1 (EN)"

    run_state_machine_as_test(
        Hand,
        settings=settings(
            max_examples=15,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
