"""Addresses change on purpose alone, and the old one leads to the new one."""

import pytest
from django.utils import translation

from lessons.models import LessonPage
from studio.gate import Refused, publish_source
from tests.conftest import NOON
from tests.factories.translations import put_into_english
from tests.studio.conftest import LESSON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def page(language="lt"):
    return LessonPage.objects.get(translation_key=LESSON, locale__language_code=language)


def publish(said=None, **changes):
    lesson = page().get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(lesson, name, value)
    lesson.save_revision()
    publish_source(instance=put_into_english(lesson, said), user=None, at=NOON)


def test_another_title_changes_no_address(loaded):
    publish({"Tiltai ir keliai": "Bridges and roads"}, title="Tiltai ir keliai")

    assert [(page(code).title, page(code).slug) for code in ("lt", "en")] == [
        ("Tiltai ir keliai", "tiltai"),
        ("Bridges and roads", "bridges"),
    ]


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_old_address_leads_to_the_new_one(client, loaded, django_capture_on_commit_callbacks, language):
    old = page(language).url
    with django_capture_on_commit_callbacks(execute=True):
        publish({"tilteliai": "little-bridges"}, slug="tilteliai")

    answer = client.get(old)

    assert (answer.status_code, answer.headers["Location"]) == (301, page(language).url)
    assert {page(code).slug for code in ("lt", "en")} == {"tilteliai", "little-bridges"}


def test_another_lithuanian_address_may_leave_the_english_one_as_it_is(loaded):
    publish({"tilteliai": "bridges"}, slug="tilteliai")

    assert [page(code).slug for code in ("lt", "en")] == ["tilteliai", "bridges"]


def test_an_english_address_is_changed_where_it_is_translated(client, loaded, django_capture_on_commit_callbacks):
    from wagtail_localize.models import StringTranslation

    from studio.gate import publish_other_language

    old = page("en").url
    StringTranslation.objects.filter(data="bridges").update(data="crossings")
    with django_capture_on_commit_callbacks(execute=True):
        publish_other_language(instance=page("en"), user=None)

    assert (page("en").slug, client.get(old).headers["Location"]) == ("crossings", page("en").url)


@pytest.mark.parametrize("taken", ["test", "Testas!"])
def test_an_address_that_can_not_be_is_refused_and_named(loaded, taken):
    lesson = page().get_latest_revision_as_object()
    lesson.slug = "tilteliai"
    lesson.save_revision()
    put_into_english(lesson, {"tilteliai": taken})

    with pytest.raises(Refused) as refusal:
        publish_source(instance=page(), user=None, at=NOON)

    assert str(refusal.value).startswith("English: slug: ")
    assert str(refusal.value).endswith("Change it in the translator's editor.")
    assert [page(code).slug for code in ("lt", "en")] == ["tiltai", "bridges"]


def test_a_first_publication_leaves_no_redirect(client, loaded, django_capture_on_commit_callbacks):
    from wagtail.contrib.redirects.models import Redirect

    with django_capture_on_commit_callbacks(execute=True):
        parent = page().get_parent()
        lesson = parent.add_child(instance=LessonPage(title="Nauja", slug="nauja", live=False))
        lesson.save_revision()
        publish_source(instance=put_into_english(lesson), user=None, at=NOON)

    assert list(Redirect.objects.values_list("old_path", flat=True)) == []
