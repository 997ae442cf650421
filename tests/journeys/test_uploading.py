"""A trainer uploads a file in the window of a block's chooser: refused with a sentence first, then chosen at once."""

import pytest
from wagtail.models import Locale

from lessons.models import LessonFile, LessonPage
from tests.factories.files import CONTENT, PNG

from .browsing import log_in, said
from .english import english_on
from .test_trainers_day import Looked, add_block
from .world import TRAINER


@pytest.fixture
def lesson(courses):
    return LessonPage.objects.filter(locale=Locale.get_default()).order_by("path").last()


@pytest.mark.looks
@pytest.mark.everything
def test_a_sheet_is_uploaded_where_it_is_needed(lesson, open_page):
    page = open_page(width=1280, language="lt")
    page.set_default_timeout(15_000)
    log_in(page, TRAINER)
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    add_block(page, said("Document", "lt"), Looked(page, "lt"))
    place = len(lesson.body)
    page.locator(f"[name=body-{place}-value-title]").fill("Skundo lapas")
    page.locator(f"[name=body-{place}-value-purpose]").fill("Pildyti kartu.")

    page.locator(f"#body-{place}-value-file-chooser [data-chooser-action-choose]").locator("visible=true").click()
    window = page.locator(".modal-dialog")
    window.get_by_role("tab", name=said("Upload", "lt")).click()
    form = window.locator("[data-chooser-modal-creation-form]")
    form.locator("[name$=title]").fill("Įstaigos skundo lapas")
    form.locator("[type=file]").set_input_files({"name": "lapas.pdf", "mimeType": "application/pdf", "buffer": PNG})
    form.locator("[type=submit]").click()
    window.get_by_text("bet jo turinys kitoks").wait_for()
    assert form.locator("[name$=title]").input_value() == "Įstaigos skundo lapas"
    assert english_on(page) == []

    form.locator("[type=file]").set_input_files(
        {"name": "lapas.pdf", "mimeType": "application/pdf", "buffer": CONTENT["pdf"]}
    )
    form.locator("[type=submit]").click()
    window.wait_for(state="hidden")
    file = LessonFile.objects.get(title="Įstaigos skundo lapas")
    assert page.locator(f"[name=body-{place}-value-file]").input_value() == str(file.pk)
    assert page.complaints == []
