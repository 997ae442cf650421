"""What waits for an author: on the first screen, in one calm list of cards, and a kind word where nothing does."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from courses.models import Activity
from courses.services import release_edition
from lessons.references import due_on
from progress.services import record_completion
from quizzes.models import Question
from studio.desks.drafts import draft_rows
from studio.desks.missing import missing_rows
from studio.desks.moderating import rows_to_decide
from studio.desks.references import reference_rows
from studio.desks.waivers import waiver_rows
from studio.models import Waiver
from tests.conftest import NOON
from tests.factories import EnrolmentFactory, UserFactory
from tests.factories.pages import make_course, publish
from tests.factories.translations import waive
from tiltas.roles import ADMINISTRATOR, TRAINER, TRANSLATOR, sync_groups

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


def person(role):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture(autouse=True)
def roles(site):
    from tests.journeys.conftest import ensure_moderation

    ensure_moderation()
    sync_groups()


@pytest.fixture
def trainer(roles):
    return person(TRAINER)


@pytest.fixture
def translator(roles):
    return person(TRANSLATOR)


def change(page, user, title="Kitaip"):
    page.title = title
    page.save_revision(user=user)
    return page


def same_for_three(django_assert_max_num_queries, ask, one, three):
    """Ask twice, with one row and with three: the second costs no more."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    one()
    ask()  # what one may do is remembered
    with CaptureQueriesContext(connection) as asked:
        assert len(ask()) == 1
    three()
    with django_assert_max_num_queries(len(asked)):
        assert len(ask()) == 3


# My drafts


def drafts(user):
    return [(row.title, row.is_new, row.waits, row.came_back) for row in draft_rows(user)]


def test_what_i_changed_last_and_did_not_publish_the_newest_first(trainer):
    made = make_course(lessons=2)
    question = Question.objects.filter(locale=Locale.get_default()).earliest("pk")
    change(made.lessons[0], trainer, "Pamoka kitaip")
    question.prompt = "Kas dabar?"
    question.save_revision(user=trainer)

    assert drafts(trainer) == [(question.title, False, False, False), ("Pamoka kitaip", False, False, False)]
    assert draft_rows(trainer)[0].edit_url == f"/admin/snippets/tiltas_quizzes/question/edit/{question.pk}/"


def test_what_another_changed_after_me_is_theirs(trainer):
    made, other = make_course(lessons=1), person(TRAINER)
    change(made.lessons[0], trainer)
    change(made.lessons[0], other, "Dar kitaip")

    assert drafts(trainer) == []
    assert drafts(other) == [("Dar kitaip", False, False, False)]


def test_what_is_published_is_no_draft(trainer):
    made = make_course(lessons=1)
    publish(change(made.lessons[0], trainer))

    assert drafts(trainer) == []


def test_what_readers_never_saw_is_new(trainer):
    made = make_course(lessons=1)
    made.lessons[0].unpublish()
    change(made.lessons[0], trainer)

    assert drafts(trainer) == [("Kitaip", True, False, False)]


def test_what_i_submitted_says_that_it_waits_and_what_came_back_says_so(trainer, translator):
    made = make_course(lessons=1)
    page = change(made.lessons[0], translator)
    state = page.get_workflow().start(page, translator)
    assert drafts(translator) == [("Kitaip", False, True, False)]

    state.current_task_state.reject(user=trainer)

    assert drafts(translator) == [("Kitaip", False, False, True)]


def test_three_drafts_ask_as_much_as_one(trainer, django_assert_max_num_queries):
    made = make_course(lessons=3)
    same_for_three(
        django_assert_max_num_queries,
        lambda: draft_rows(trainer),
        lambda: change(made.lessons[0], trainer),
        lambda: [change(each, trainer) for each in made.lessons[1:]],
    )


# To approve


def submit(page, user, title="Kitaip"):
    change(page, user, title)
    page.get_workflow().start(page, user)


def test_what_somebody_submitted_waits_for_who_may_decide(trainer, translator):
    made = make_course(lessons=1)
    submit(made.lessons[0], translator)

    [row] = rows_to_decide(trainer)

    assert (row.title, row.edit_url) == ("Kitaip", f"/admin/pages/{made.lessons[0].pk}/edit/")
    assert row.by == str(translator)
    assert [url.split("/")[-3] for url, _label, _asks in row.actions] == ["reject", "approve", "approve"]
    assert rows_to_decide(translator) == []


def test_three_submitted_ask_as_much_as_one(trainer, translator, django_assert_max_num_queries):
    made = make_course(lessons=3)
    same_for_three(
        django_assert_max_num_queries,
        lambda: rows_to_decide(trainer),
        lambda: submit(made.lessons[0], translator),
        lambda: [submit(each, translator) for each in made.lessons[1:]],
    )


# Required, but missing


def missing(user):
    return [(row.code, row.title, row.stopped, bool(row.edit_url)) for row in missing_rows(user)]


def enrolled(made, *, done=(), **facts):
    enrolment = EnrolmentFactory(course=made.record, edition=made.record.edition, **facts)
    for page in done:
        activity = Activity.objects.get(key=page.translation_key)
        record_completion(enrolment_id=enrolment.pk, activity_id=activity.pk, at=timezone.now())
    return enrolment


def test_a_required_lesson_that_is_unpublished_says_whom_it_stops(trainer):
    made = make_course(lessons=2)
    enrolled(made)
    enrolled(made, done=[made.lessons[0]])
    enrolled(made, trial=True)
    enrolled(made, withdrawn_at=timezone.now())
    take_down(made.lessons[0])

    assert missing(trainer) == [("K1", "Pamoka 1.1", 1, True)]
    assert missing_rows(trainer)[0].edit_url == f"/admin/pages/{made.lessons[0].pk}/edit/"


def take_down(page):
    for each in page.get_translations(inclusive=True):
        each.unpublish()


def test_a_page_that_is_deleted_leaves_the_way_to_the_course(trainer):
    made = make_course(lessons=2)
    enrolled(made)
    made.lessons[0].delete()  # and its translations with it

    [row] = missing_rows(trainer)

    assert (row.title, row.stopped, row.edit_url) == ("Pamoka 1.1", 1, "")
    assert row.course_url == f"/admin/pages/{made.page.pk}/edit/"


def test_what_no_edition_in_use_requires_is_not_missed(trainer):
    made = make_course(lessons=2)
    take_down(made.lessons[0])
    assert missing(trainer) == [("K1", "Pamoka 1.1", 0, True)]

    release_edition(course_id=made.record.pk, academic_hours=16, at=NOON)

    assert missing(trainer) == []


def test_an_edition_that_somebody_is_on_the_way_in_still_misses_it(trainer):
    made = make_course(lessons=2)
    enrolled(made)
    take_down(made.lessons[0])
    release_edition(course_id=made.record.pk, academic_hours=16, at=NOON)
    enrolled(made)

    assert missing(trainer) == [("K1", "Pamoka 1.1", 1, True)]


def test_what_stops_most_people_stands_first(trainer):
    one, other = make_course(code="K1", lessons=1), make_course(code="K2", lessons=1)
    enrolled(other)
    take_down(one.lessons[0])
    take_down(other.lessons[0])

    assert [row[0] for row in missing(trainer)] == ["K2", "K1"]


def test_who_may_not_publish_is_not_shown_what_is_missing(translator):
    made = make_course(lessons=1)
    take_down(made.lessons[0])

    assert missing(translator) == []


def test_three_missing_ask_as_much_as_one(trainer, django_assert_max_num_queries):
    made = [make_course(code=code, lessons=1) for code in ("K1", "K2", "K3")]
    for each in made:
        enrolled(each)
    same_for_three(
        django_assert_max_num_queries,
        lambda: missing_rows(trainer),
        lambda: take_down(made[0].lessons[0]),
        lambda: [take_down(each.lessons[0]) for each in made[1:]],
    )


# Legal references


@pytest.mark.parametrize(
    ("checked_on", "review_by", "months", "day"),
    [
        (date(2026, 1, 15), date(2026, 6, 1), 12, date(2026, 6, 1)),
        (date(2026, 1, 15), date(2029, 6, 1), 12, date(2027, 1, 15)),
        (date(2026, 1, 15), date(2029, 6, 1), 0, date(2029, 6, 1)),
        (date(2026, 8, 31), date(2029, 6, 1), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), date(2029, 6, 1), 6, date(2028, 2, 29)),
    ],
)
def test_a_reference_is_due_by_its_author_and_never_later_than_the_months_say(checked_on, review_by, months, day):
    assert due_on(checked_on=checked_on, review_by=review_by, months=months) == day


def refer(page, *, checked_on, review_by=date(2030, 1, 1), act="Tiltų įstatymas"):
    value = {"act": act, "number": "X-1", "checked_on": checked_on, "review_by": review_by}
    page.body.append(("legal_reference", value))
    return publish(page)


def test_references_past_their_review_lead_to_their_block(trainer):
    made = make_course(lessons=2)
    fresh = refer(made.lessons[0], checked_on=TODAY - timedelta(days=30), act="Naujas įstatymas")
    old = refer(made.lessons[1], checked_on=date(2025, 11, 30))

    [row] = reference_rows(trainer, on=TODAY)

    assert fresh.live
    assert (row.due.act, row.due.page.pk, row.due.due_on) == ("Tiltų įstatymas", old.pk, TODAY)
    assert row.edit_url == f"/admin/pages/{old.pk}/edit/#block-{old.body[-1].id}-section"


def test_the_months_are_a_setting(trainer, settings):
    made = make_course(lessons=1)
    refer(made.lessons[0], checked_on=date(2026, 6, 1))
    assert reference_rows(trainer, on=TODAY) == []

    settings.TILTAS_LEGAL_REVIEW_MONTHS = 3

    assert len(reference_rows(trainer, on=TODAY)) == 1


def test_who_may_not_publish_checks_no_references(translator):
    made = make_course(lessons=1)
    refer(made.lessons[0], checked_on=date(2020, 1, 1))

    assert reference_rows(translator, on=TODAY) == []


def test_three_references_ask_as_much_as_one(trainer, django_assert_max_num_queries):
    made = make_course(lessons=3)
    same_for_three(
        django_assert_max_num_queries,
        lambda: reference_rows(trainer, on=TODAY),
        lambda: refer(made.lessons[0], checked_on=date(2020, 1, 1)),
        lambda: [refer(each, checked_on=date(2020, 1, 1)) for each in made.lessons[1:]],
    )


# The screen


def first_screen(client, user):
    client.force_login(user)
    return client.get("/admin/").content.decode()


def panels(page):
    return re.findall(r'<section class="w-panel[^"]*" id="(\w[\w-]*)-section"', page)


def test_what_is_urgent_stands_first(client, trainer, translator):
    made = make_course(lessons=4)
    refer(made.lessons[3], checked_on=date(2020, 1, 1))
    change(made.lessons[0], trainer)
    submit(made.lessons[1], translator)
    take_down(made.lessons[2])

    page = first_screen(client, trainer)

    assert panels(page) == ["missing", "moderating", "drafts", "references", "courses"]
    assert "Laukiančių darbų nėra" not in page


@pytest.mark.parametrize("role", [TRAINER, TRANSLATOR, ADMINISTRATOR])
def test_an_empty_desk_says_so_kindly(client, roles, role):
    make_course(lessons=1)

    page = first_screen(client, person(role))

    assert panels(page) == ["courses"]
    assert page.count("Laukiančių darbų nėra") == 1


def test_wagtails_own_lists_of_the_same_are_not_there(client, trainer):
    made = make_course(lessons=1)
    client.force_login(trainer)
    client.get(f"/admin/pages/{made.lessons[0].pk}/edit/")
    submit(made.lessons[0], trainer)

    page = first_screen(client, trainer)

    assert [name for name in ("awaiting-review", "recent-edits", "page-moderation") if f'id="{name}' in page] == []
    assert panels(page) == ["moderating", "drafts", "courses"]


def test_many_rows_end_with_how_many_more_there_are(client, trainer):
    made = make_course(lessons=12)
    for each in made.lessons:
        change(each, trainer)

    page = first_screen(client, trainer)

    assert page.count('<span class="tiltas-kind">') == 10
    assert "dar 2" in page.lower()


# ---- waivers whose day is over


@pytest.fixture
def made(roles):
    return make_course(lessons=3)


def test_a_waiver_stands_there_once_its_day_is_over(client, trainer, translator, made):
    lesson = change(made.lessons[0], trainer, title="Naujas pavadinimas")
    waiver = waive(lesson, user=trainer, days=1)

    assert waiver_rows(trainer, at=timezone.now()) == []
    [row] = waiver_rows(translator, at=timezone.now() + timedelta(days=2))
    assert (row.expired.waiver, row.url) == (waiver, f"/admin/translating/{lesson.translation_key}/")
    Waiver.objects.update(until=timezone.localdate() - timedelta(days=1))
    client.force_login(trainer)
    assert waiver.reason in client.get("/admin/").content.decode()


def test_three_waivers_ask_as_much_as_one(django_assert_max_num_queries, trainer, made):
    later = timezone.now() + timedelta(days=9)

    def ask():
        waive(ask.lessons.pop(), user=trainer, days=1)
        with CaptureQueriesContext(connection) as asked:
            rows = waiver_rows(trainer, at=later)
        return len(rows), len(asked)

    ask.lessons = list(made.lessons)
    ask()  # permissions are asked once
    (two, first), (three, second) = ask(), ask()
    assert (two, three, second) == (2, 3, first)
