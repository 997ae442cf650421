"""Records follow the source page alone: at publishing and moving, and never from another language."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.models import Locale, Page

from courses.models import Activity, Course, CoursePage, Module, ModulePage
from courses.recording import record_order, record_page
from courses.tree_rules import RequiredInItsCourse
from lessons.models import LessonPage
from tests.factories import EnrolmentFactory
from tests.factories.pages import ensure_site, make_course, publish, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_course(modules=2, lessons=2)


def in_english(page):
    return page.get_translation(Locale.objects.get(language_code="en"))


def records():
    """All that the records of courses hold, to see that nothing changed."""
    return [list(model.objects.order_by("pk").values()) for model in (Course, Module, Activity)]


def elsewhere():
    """Another course, with addresses of its own, in which nothing is released."""
    other = make_course(code="K2", english=False, release=False, quiz=False)
    for page in (*other.modules, *other.lessons):
        page.slug = f"{page.slug}-kitas"
        publish(page)
    return other


def catalogue():
    ensure_site()
    return Page.objects.get(slug="kursai").specific


def test_a_published_course_has_records_with_titles_in_both_languages(made):
    course = made.record

    assert (course.code, course.academic_hours, course.private) == ("K1", 16, False)
    assert course.titles == {"lt": "Kursas K1", "en": "Kursas K1 (EN)"}
    assert [module.titles["en"] for module in course.modules.all()] == ["Modulis 1 (EN)", "Modulis 2 (EN)"]
    activities = Activity.objects.filter(module__course=course).in_order()
    assert [(activity.kind, activity.titles["lt"]) for activity in activities] == [
        ("lesson", "Pamoka 1.1"),
        ("lesson", "Pamoka 1.2"),
        ("lesson", "Pamoka 2.1"),
        ("lesson", "Pamoka 2.2"),
        ("quiz", "Modulio testas"),
    ]


def test_a_draft_has_no_record():
    draft = catalogue().add_child(instance=CoursePage(title="Juodraštis", slug="j", code="J1", live=False))
    draft.save_revision()

    assert draft.record is None


def test_a_draft_of_a_published_lesson_changes_nothing_until_it_is_published(made):
    lesson = made.lessons[0]
    lesson.minutes, lesson.title = 99, "Nauja"
    before = records()
    lesson.save_revision()

    assert records() == before
    lesson.get_latest_revision().publish()
    assert (lesson.record.minutes, lesson.record.titles["lt"]) == (99, "Nauja")


def test_publishing_again_changes_nothing(made):
    before = records()

    for page in (made.page, *made.modules, *made.lessons, *made.quizzes):
        publish(page)

    assert records() == before


def test_an_english_page_adds_its_title_and_nothing_else(made):
    lesson = in_english(made.lessons[0])
    lesson.title, lesson.minutes, lesson.required = "Reading", 1, False
    before = Activity.objects.values("key", "kind", "minutes", "position", "required_since", "required_until", "module")
    before = list(before)

    publish(lesson)

    after = Activity.objects.values("key", "kind", "minutes", "position", "required_since", "required_until", "module")
    assert list(after) == before
    assert made.lessons[0].record.titles == {"lt": "Pamoka 1.1", "en": "Reading"}


def test_numbers_and_switches_of_an_english_course_are_never_read(made):
    english = in_english(made.page)
    english.code, english.academic_hours, english.private = "EN1", 400, True

    publish(english)

    course = made.record
    assert (course.code, course.academic_hours, course.private) == ("K1", 16, False)


def test_topics_and_outcomes_come_from_each_language(made):
    made.page.topics = [("topic", "Kokybė")]
    made.page.outcomes = [("outcome", "Paaiškinti kokybę")]
    publish(made.page)
    english = in_english(made.page)
    english.topics, english.outcomes = [("topic", "Quality")], [("outcome", "Explain quality")]

    publish(english)

    assert made.record.topics == {"lt": ["Kokybė"], "en": ["Quality"]}
    assert made.record.outcomes == {"lt": ["Paaiškinti kokybę"], "en": ["Explain quality"]}


def test_an_unpublished_english_page_keeps_its_title_in_the_history(made):
    in_english(made.lessons[0]).unpublish()
    publish(made.lessons[0])

    assert made.lessons[0].record.titles["en"] == "Pamoka 1.1 (EN)"


def test_positions_follow_the_source_tree(made):
    made.lessons[1].move(made.lessons[0], pos="left")
    made.modules[1].move(made.modules[0], pos="left")

    course = made.record
    assert [module.titles["lt"] for module in course.modules.all()] == ["Modulis 2", "Modulis 1"]
    assert [activity.titles["lt"] for activity in Activity.objects.filter(module__course=course).in_order()] == [
        "Pamoka 2.1",
        "Pamoka 2.2",
        "Modulio testas",
        "Pamoka 1.2",
        "Pamoka 1.1",
    ]


def test_the_order_of_the_english_pages_changes_nothing(made):
    before = records()

    in_english(made.lessons[1]).move(in_english(made.lessons[0]), pos="left")

    assert records() == before


def test_only_rows_whose_place_changed_are_written(made, django_assert_num_queries):
    with django_assert_num_queries(3):
        record_order(made.page)


def test_an_activity_keeps_its_record_when_it_goes_to_another_module(made):
    activity = made.lessons[0].record

    made.lessons[0].move(made.modules[1], pos="last-child")

    moved = made.lessons[0].record
    assert (moved.pk, moved.module) == (activity.pk, made.modules[1].record)
    assert moved.position > made.quizzes[0].record.position


@pytest.mark.parametrize("which", ["lesson", "module"])
def test_what_is_moved_while_it_is_unpublished_has_its_record_follow(made, which):
    other = elsewhere()
    page, target = (other.lessons[0], made.modules[1]) if which == "lesson" else (other.modules[0], made.page)
    page.unpublish()
    page.refresh_from_db()
    page.title = "Juodraštis"
    page.save_revision()

    page.move(target, pos="last-child")

    record = page.record
    assert (record.module if which == "lesson" else record.course) == target.record
    assert "Juodraštis" not in record.titles.values()


def test_a_draft_is_moved_without_a_record(made):
    draft = made.modules[0].add_child(instance=LessonPage(title="Juodraštis", slug="j", live=False))

    draft.move(made.modules[1], pos="last-child")

    assert draft.record is None


def test_an_activity_that_nobody_has_to_complete_goes_to_another_course_whole(made):
    other = elsewhere()
    lesson = other.lessons[0]

    lesson.move(made.modules[0], pos="last-child")

    assert lesson.record.module == made.modules[0].record


def test_an_activity_that_learners_have_to_complete_stays_in_its_course(made):
    other = elsewhere()
    activity = made.lessons[0].record

    with pytest.raises(RequiredInItsCourse):
        made.lessons[0].move(other.modules[0], pos="last-child")

    stayed = made.lessons[0].record
    assert (stayed.module, stayed.position) == (activity.module, activity.position)
    assert LessonPage.objects.get(pk=made.lessons[0].pk).get_parent().pk == made.modules[0].pk


def test_a_module_with_what_learners_have_to_complete_stays_in_its_course(made):
    other = elsewhere()
    required = {edition: _required(made.record, edition) for edition in (1, 2)}

    with pytest.raises(RequiredInItsCourse):
        made.modules[0].move(other.page, pos="last-child")

    assert {edition: _required(made.record, edition) for edition in (1, 2)} == required
    assert made.modules[0].record.course == made.record


def test_a_module_that_nothing_hangs_on_goes_to_another_course_whole(made):
    other = elsewhere()

    other.modules[0].move(made.page, pos="last-child")

    assert other.modules[0].record.course == made.record
    assert other.lessons[0].record.module.course == made.record


def _required(course, edition):
    return set(Activity.objects.filter(module__course=course).required_in(edition).values_list("key", flat=True))


def test_lessons_published_before_their_module_get_their_records_with_it():
    course = publish(catalogue().add_child(instance=CoursePage(title="Kursas", slug="k9", code="K9")))
    module = course.add_child(instance=ModulePage(title="Modulis", slug="m", live=False))
    lesson = publish(module.add_child(instance=LessonPage(title="Pamoka", slug="p")))
    assert lesson.record is None

    publish(module)

    assert lesson.record.module == module.record


def test_a_whole_tree_published_from_below_gets_its_records_with_the_course():
    course = catalogue().add_child(instance=CoursePage(title="Kursas", slug="k9", code="K9", live=False))
    module = publish(course.add_child(instance=ModulePage(title="Modulis", slug="m")))
    lesson = publish(module.add_child(instance=LessonPage(title="Pamoka", slug="p")))
    assert (module.record, lesson.record) == (None, None)

    publish(course)

    assert lesson.record.module == module.record
    assert module.record.course == course.record


def test_a_translation_without_a_source_record_writes_nothing():
    course = catalogue().add_child(instance=CoursePage(title="Kursas", slug="k9", code="K9", live=False))
    translate(course, title="Course", slug="course")

    assert not Course.objects.exists()


def test_pages_that_are_no_part_of_a_course_have_no_record():
    assert record_page(catalogue()) is None


def test_the_privacy_that_learners_were_promised_stays(made):
    EnrolmentFactory(course=made.record, private=False)
    made.page.private = True

    publish(made.page)

    assert made.record.private is False


def test_a_course_may_become_private_before_anybody_enrols(made):
    made.page.private = True

    publish(made.page)

    assert made.record.private is True


def test_a_code_that_belongs_to_another_course_is_refused_with_a_sentence(made):
    page = CoursePage(title="Kitas", slug="kitas", code="K1", locale=Locale.get_default())

    with translation.override("en"), pytest.raises(ValidationError, match="belongs to another course"):
        page.clean()
    made.page.clean()
