from types import SimpleNamespace

import pytest
from wagtail.models import Locale

from courses.services import enrol, withdraw
from lessons import registry
from lessons.models import LessonPage
from lessons.registry import lesson_block_types
from progress.services import record_completion
from tests.factories import NOON, EnrolmentFactory, LearnerFactory
from tests.factories.pages import make_course, publish

pytestmark = pytest.mark.django_db
TEXT = "Tekstas lietuviškai."


@pytest.fixture
def made():
    return make_course(lessons=3, quiz=False)


@pytest.fixture
def learner(client):
    learner = LearnerFactory()
    client.force_login(learner.user)
    return learner


@pytest.fixture
def enrolment(learner, made):
    return enrol(learner_id=learner.pk, course_id=made.record.pk, at=NOON)


def shown(client, page):
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response


def in_english(page):
    return page.get_translation(Locale.objects.get(language_code="en"))


def test_the_first_lesson_is_open_to_everyone(client, made):
    response = shown(client, made.lessons[0])

    assert TEXT in response.content.decode()
    assert "/done/" not in response.content.decode()


def test_the_others_ask_to_enrol_first(client, made, learner):
    EnrolmentFactory(course=made.record)  # somebody else's opens nothing

    page = shown(client, made.lessons[1]).content.decode()

    assert TEXT not in page
    assert made.page.get_url() in page


def test_when_the_first_lesson_is_missing_the_next_is_open_instead(client, made):
    made.lessons[0].unpublish()

    assert TEXT in shown(client, made.lessons[1]).content.decode()
    assert TEXT not in shown(client, made.lessons[2]).content.decode()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_learner_reads_every_lesson_in_both_languages(client, made, enrolment, place):
    for page in (made.lessons[place], in_english(made.lessons[place])):
        response = shown(client, page)

        assert TEXT in response.content.decode()
        assert response.context["course_page"].get_url() in response.content.decode()


def test_the_way_back_and_on(client, made, enrolment):
    first, middle, last = (shown(client, lesson).context for lesson in made.lessons)

    assert (first["previous"], first["following"].title) == (None, "Pamoka 1.2")
    assert (middle["previous"].title, middle["following"].title) == ("Pamoka 1.1", "Pamoka 1.3")
    assert (last["previous"].title, last["following"]) == ("Pamoka 1.2", None)


def test_a_done_lesson_says_so_and_leads_on(client, made, enrolment):
    record_completion(enrolment_id=enrolment.pk, activity_id=made.lessons[0].record.pk, at=NOON)

    response = shown(client, made.lessons[0])

    assert response.context["is_done"] is True
    assert "/done/" not in response.content.decode()
    assert made.lessons[1].get_url() in response.content.decode()


def test_after_the_course_is_done_the_lesson_leads_to_the_certificate(client, made, enrolment):
    for lesson in made.lessons:
        record_completion(enrolment_id=enrolment.pk, activity_id=lesson.record.pk, at=NOON)

    page = shown(client, made.lessons[2]).content.decode()

    assert f"/lt/certificates/courses/{enrolment.uuid}/" in page


def test_who_has_withdrawn_reads_the_first_lesson_alone(client, made, enrolment):
    withdraw(enrolment_id=enrolment.pk, at=NOON)

    assert TEXT in shown(client, made.lessons[0]).content.decode()
    assert TEXT not in shown(client, made.lessons[1]).content.decode()


def test_minutes_come_from_the_record_and_not_from_the_translated_page(client, made, enrolment):
    english = in_english(made.lessons[0])
    english.minutes = 599
    english.save_revision().publish()

    page = shown(client, english).content.decode()

    assert "25 min." in page
    assert "599 min." not in page


def test_the_place_in_the_course_is_told(client, made, enrolment):
    context = shown(client, made.lessons[1]).context

    assert (context["section"].number, context["section"].title) == (1, "Modulis 1")
    assert [step.here for step in context["outline"].steps] == [False, True, False]


def test_a_lesson_that_is_not_published_is_not_found(client, made, enrolment):
    made.lessons[1].unpublish()

    assert client.get(made.lessons[1].get_url()).status_code == 404


def test_a_preview_before_the_first_publication_answers(rf):
    page = LessonPage(title="Juodraštis", minutes=15)
    context = page.get_context(rf.get("/"))

    assert (context["reading"], context["minutes"], context["outline"]) == (True, 15, None)


def test_a_lesson_published_below_a_draft_module_answers_too(client, made):
    """Its module has no record yet, so it has none: it reads as in a preview, and breaks nothing."""
    from courses.models import ModulePage

    module = made.page.add_child(instance=ModulePage(title="Juodraštis", slug="j", live=False))
    lesson = publish(module.add_child(instance=LessonPage(title="Pamoka", slug="p")))

    assert shown(client, lesson).context["activity"] is None


class TestClosedPages:
    """What an editor closed stays closed, though one query is saved where nothing is."""

    def close(self, page, **changes):
        from wagtail.models import PageViewRestriction

        PageViewRestriction.objects.create(page=page, **({"restriction_type": PageViewRestriction.LOGIN} | changes))

    def test_a_closed_lesson_leads_to_the_login(self, client, made):
        self.close(made.lessons[0])

        response = client.get(made.lessons[0].get_url())

        assert response.status_code == 302
        assert "login" in response.url

    def test_what_stands_below_a_closed_page_is_closed_too(self, client, made):
        self.close(made.page)

        assert client.get(made.lessons[0].get_url()).status_code == 302

    def test_an_alias_of_a_closed_lesson_is_closed_too(self, client, made):
        alias = made.lessons[1].create_alias(parent=made.modules[0], update_slug="alias")
        twice = alias.specific.create_alias(parent=made.modules[0], update_slug="alias-2")
        self.close(made.lessons[1])

        assert [client.get(page.get_url()).status_code for page in (alias, twice)] == [302, 302]

    def test_what_is_closed_elsewhere_closes_nothing_here(self, client, made):
        self.close(made.lessons[1])

        assert client.get(made.lessons[0].get_url()).status_code == 200


class TestRegistry:
    def test_every_block_of_ours_is_offered(self):
        names = [name for name, _block in lesson_block_types()]

        assert names[:3] == ["heading", "text", "case"]
        assert len(names) == len(set(names))

    def test_two_blocks_of_one_name_are_refused_at_start(self, tmp_path, monkeypatch):
        package = tmp_path / "stranger"
        package.mkdir()
        (package / "__init__.py").write_text("")
        (package / "lesson_blocks.py").write_text("LESSON_BLOCKS = [('heading', None)]\n")
        monkeypatch.syspath_prepend(tmp_path)
        installed = SimpleNamespace(INSTALLED_APPS=["lessons.apps.LessonsConfig", "stranger"])
        monkeypatch.setattr(registry, "settings", installed)

        with pytest.raises(ValueError, match="heading: rename one of them"):
            lesson_block_types()
