import pytest
from django.utils import translation
from wagtail.models import Locale

from courses.outline import Section, activity_with_course, course_outline, course_url, live_pages, locale_of_reader
from tests.factories import NOON, CourseFactory, EnrolmentFactory, LearnerFactory
from tests.factories.pages import make_course, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_course(modules=2, lessons=2)


def outline_of(made, language="lt", edition=1):
    return course_outline(made.record, locale=Locale.objects.get(language_code=language), edition=edition)


def titles(steps):
    return [step.title for step in steps]


def test_modules_and_activities_stand_in_the_order_of_the_tree(made):
    outline = outline_of(made)

    assert [(section.number, section.title, titles(section.steps)) for section in outline.sections] == [
        (1, "Modulis 1", ["Pamoka 1.1", "Pamoka 1.2"]),
        (2, "Modulis 2", ["Pamoka 2.1", "Pamoka 2.2", "Modulio testas"]),
    ]
    assert [step.starts_module for step in outline.steps] == [False, False, True, False, False]


def test_it_is_written_in_the_readers_language_with_addresses_of_it(made):
    outline = outline_of(made, "en")

    assert titles(outline.steps)[:2] == ["Pamoka 1.1 (EN)", "Pamoka 1.2 (EN)"]
    assert outline.steps[0].url.startswith("/en/")


def test_what_is_not_translated_is_shown_in_the_source_language(made):
    made.lessons[0].get_translation(Locale.objects.get(language_code="en")).unpublish()

    step = outline_of(made, "en").steps[0]

    assert (step.title, step.url) == ("Pamoka 1.1", made.lessons[0].get_url())


def test_a_voluntary_activity_is_shown_while_it_is_published(made):
    made.lessons[0].required = False
    publish(made.lessons[0])
    learner_of_the_first_edition = outline_of(made, edition=1)
    from courses.services import release_edition

    release_edition(course_id=made.record.pk, academic_hours=16, at=NOON)
    later = outline_of(made, edition=2)

    assert titles(learner_of_the_first_edition.required)[0] == "Pamoka 1.1"
    assert titles(later.required)[0] == "Pamoka 1.2"
    assert titles(later.steps)[0] == "Pamoka 1.1"

    made.lessons[0].unpublish()
    assert titles(outline_of(made, edition=2).steps)[0] == "Pamoka 1.2"
    assert titles(outline_of(made, edition=1).missing) == ["Pamoka 1.1"]


def test_done_left_and_next_are_counted_from_what_is_required(made):
    first, second, third = (lesson.record for lesson in made.lessons[:3])

    outline = outline_of(made).mark(done={first.pk, third.pk}, here=third.pk)

    assert titles(outline.done) == ["Pamoka 1.1", "Pamoka 2.1"]
    assert outline.next_step.activity == second
    assert outline.minutes_left == 25 + 25 + 10
    assert [step.state for step in outline.steps] == ["done", "todo", "here", "todo", "todo"]


def test_at_the_end_nothing_is_next_and_nothing_is_left(made):
    every = {page.record.pk for page in (*made.lessons, *made.quizzes)}

    outline = outline_of(made).mark(done=every)

    assert (outline.next_step, outline.minutes_left, outline.missing) == (None, 0, [])


def test_the_step_before_and_after_skip_what_cannot_be_opened(made):
    first, third = made.lessons[0].record.pk, made.lessons[2].record.pk
    made.lessons[1].unpublish()

    outline = outline_of(made)

    assert outline.after(first).activity.pk == third
    assert outline.before(third).activity.pk == first
    assert (outline.before(first), outline.after(made.quizzes[0].record.pk)) == (None, None)
    assert outline.after(made.lessons[1].record.pk) is None


def test_the_first_step_is_the_first_that_can_be_opened(made):
    made.lessons[0].unpublish()

    assert outline_of(made).first.title == "Pamoka 1.2"


def test_an_outline_without_pages_has_no_first_step():
    assert course_outline(CourseFactory(), locale=Locale.get_default(), edition=1).first is None


def test_an_empty_module_is_shown_where_its_page_is_published(made):
    for lesson in made.lessons[:2]:
        lesson.required = False
        publish(lesson)
    from courses.services import release_edition

    release_edition(course_id=made.record.pk, academic_hours=16, at=NOON)
    for lesson in made.lessons[:2]:
        lesson.unpublish()

    assert [section.title for section in outline_of(made, edition=2).sections] == ["Modulis 1", "Modulis 2"]
    made.modules[0].unpublish()
    assert [section.title for section in outline_of(made, edition=2).sections] == ["Modulis 2"]


def test_the_contents_name_only_modules_with_something_in_them(made):
    outline = outline_of(made).mark(done={made.lessons[0].record.pk}, here=made.lessons[1].record.pk)
    outline.sections.append(Section(made.modules[0].record, "Tuščias", 3))

    with translation.override("en"):
        contents = outline.contents

    assert [module["title"] for module in contents] == ["Module 1. Modulis 1", "Module 2. Modulis 2"]
    assert [len(module["items"]) for module in contents] == [2, 3]
    assert [item["state"] for item in contents[0]["items"]] == ["done", "here"]
    assert [item["current"] for item in contents[0]["items"]] == [False, True]


def test_an_outline_takes_three_queries_however_long(made, django_assert_num_queries):
    course, locale = made.record, Locale.get_default()
    course_outline(course, locale=locale, edition=1)  # Wagtail remembers where the site begins

    with django_assert_num_queries(3):
        course_outline(course, locale=locale, edition=1)


def test_an_activity_comes_with_all_of_its_course_in_two_queries(made, django_assert_num_queries):
    make_course(code="K2", lessons=1)
    key = made.lessons[1].translation_key

    with django_assert_num_queries(2):
        activity, modules = activity_with_course(key)
        found = [each.key for module in modules for each in module.activities.all()]
        course = activity.module.course

    assert (activity.key, course) == (key, made.record)
    assert found == [page.translation_key for page in (*made.lessons, *made.quizzes)]


def test_an_activity_without_record_comes_with_nothing(made):
    from uuid import uuid4

    assert activity_with_course(uuid4()) == (None, [])


def test_published_pages_are_found_in_one_query(made, django_assert_num_queries):
    english = Locale.objects.get(language_code="en")
    keys = [lesson.translation_key for lesson in made.lessons]

    with django_assert_num_queries(1):
        pages = live_pages(keys, english)

    assert {page.locale_id for page in pages.values()} == {english.pk}


def test_a_language_without_pages_reads_the_source():
    make_course(lessons=1)

    assert locale_of_reader("lv") == Locale.get_default()
    assert locale_of_reader("en").language_code == "en"


def test_a_course_without_a_published_page_leads_home(made):
    assert course_url(made.record) == made.page.get_url()
    with translation.override("en"):
        assert course_url(made.record) == "/en/courses/k1-en/"
    made.page.unpublish()
    assert course_url(made.record) == "/"


class TestNewestEnrolment:
    """Which enrolment a screen speaks of."""

    def newest(self, enrolment):
        from courses.outline import newest_enrolment

        return newest_enrolment(enrolment.course, enrolment.learner.user)

    def test_the_open_one_before_the_completed_one(self):
        done = EnrolmentFactory(completed_at=NOON)
        retake = EnrolmentFactory(learner=done.learner, course=done.course, enrolled_at=NOON)

        assert self.newest(done) == retake

    def test_the_completed_one_where_there_is_no_other(self):
        done = EnrolmentFactory(completed_at=NOON)

        assert self.newest(done) == done

    def test_the_completed_one_after_the_retake_was_withdrawn(self):
        done = EnrolmentFactory(completed_at=NOON)
        EnrolmentFactory(learner=done.learner, course=done.course, enrolled_at=NOON, withdrawn_at=NOON)

        assert self.newest(done) == done

    def test_never_somebody_elses(self):
        from courses.outline import newest_enrolment

        enrolment = EnrolmentFactory()

        assert newest_enrolment(enrolment.course, LearnerFactory().user) is None
