"""Two trainers at one page: nobody's words are overwritten unasked, and whatever was saved can be found again."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.trainer.conftest import TRAINER, lesson_form, logged_in

BLOCKS = [("text", "<p>Tekstas.</p>")]

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(made):
    page = made.lessons[0]
    page.save_revision()
    return page


@pytest.fixture
def both(client, lesson):
    """The form as two trainers have opened it, one after the other."""
    logged_in(client, TRAINER)
    first = lesson_form(client, lesson, blocks=BLOCKS, title="Rūtos pavadinimas")
    second = lesson_form(client, lesson, blocks=BLOCKS, title="Jono pavadinimas")
    return first, second


def address(lesson):
    return reverse("wagtailadmin_pages:edit", args=[lesson.pk])


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("lt", "Įrašius būtų perrašyta naujesnė versija."), ("en", "Saving will overwrite a newer version.")],
)
def test_what_saves_itself_never_overwrites_a_colleagues_words(client, lesson, both, language, sentence):
    first, second = both
    client.post(address(lesson), first)

    with translation.override(language):
        refused = client.post(
            address(lesson), second, headers={"accept": "application/json", "accept-language": language}
        )

    assert refused.status_code == 400
    assert refused.json()["error_code"] == "invalid_revision"
    assert refused.json()["error_message"] == sentence
    lesson.refresh_from_db()
    assert lesson.get_latest_revision_as_object().title == "Rūtos pavadinimas"


def test_what_was_overwritten_on_purpose_stays_in_the_history(client, lesson, both):
    for form in both:
        assert client.post(address(lesson), form).status_code == 302

    titles = [revision.content["title"] for revision in lesson.revisions.order_by("-pk")]
    assert titles[:2] == ["Jono pavadinimas", "Rūtos pavadinimas"]
    lesson.refresh_from_db()
    assert lesson.title == "Pamoka 1.1"  # drafts alone: readers see what was published
