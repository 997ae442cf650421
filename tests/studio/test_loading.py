"""Loading again: the file, what was loaded last, and the page decide together."""

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation

from courses.models import Activity, Course
from lessons.models import LessonPage
from quizzes.models import QuestionVersion
from studio import translations
from studio.files import ContentError
from studio.models import ContentStamp
from studio.rules import Verdict, judge, judge_together
from tests.studio.conftest import COURSE, HOME, LESSON, MODULE, QUESTION, QUIZ, SMALL

LT, EN = "k9/m1/k9-1-1.lt.md", "k9/m1/k9-1-1.en.md"

pytestmark = pytest.mark.django_db


def lesson(language="lt"):
    return LessonPage.objects.get(translation_key=LESSON, locale__language_code=language)


def paths(entries):
    return [entry.path for entry in entries]


def edit(page, **values):
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.mark.parametrize(
    ("file", "base", "page", "verdict"),
    [
        ("f", None, None, Verdict.NEW),
        ("f", "f", "f", Verdict.SAME),
        ("f", "b", "f", Verdict.SAME),
        ("f", None, "f", Verdict.SAME),
        ("f", "b", "b", Verdict.LOAD),
        ("f", "f", "p", Verdict.EDITED),
        ("f", "f", None, Verdict.EDITED),
        ("f", "b", "p", Verdict.CONFLICT),
        ("f", "b", None, Verdict.CONFLICT),
        ("f", None, "p", Verdict.CONFLICT),
    ],
)
def test_three_texts_decide(file, base, page, verdict):
    assert judge(file=file, base=base, page=page) == verdict


@pytest.mark.parametrize(
    ("verdicts", "together"),
    [
        ([Verdict.NEW, Verdict.NEW], Verdict.NEW),
        ([Verdict.SAME, Verdict.LOAD], Verdict.LOAD),
        ([Verdict.SAME, Verdict.NEW], Verdict.LOAD),
        ([Verdict.SAME, Verdict.EDITED], Verdict.EDITED),
        ([Verdict.LOAD, Verdict.EDITED], Verdict.CONFLICT),
        ([Verdict.LOAD, Verdict.CONFLICT], Verdict.CONFLICT),
        ([Verdict.SAME, Verdict.SAME], Verdict.SAME),
    ],
)
def test_languages_are_loaded_together_or_not_at_all(verdicts, together):
    assert judge_together(verdicts) == together


def test_the_small_site_stands(loaded):
    assert [page.title for page in lesson().get_ancestors()] == [
        "Root",
        "Mokykitės",
        "Kursai",
        "Mažas kursas",
        "Pradžia",
    ]
    assert [page.title for page in lesson("en").get_ancestors()] == [
        "Root",
        "Learn",
        "Courses",
        "Small course",
        "Beginning",
    ]
    assert lesson("en").body[2].value["number"] == "X-1"
    assert str(lesson("en").body[1].value) == (
        '<p>A bridge joins two <i>banks</i>.</p><ul><li>The first, a <a href="https://www.e-tar.lt">site</a>.</li>'
        "<li>The second.</li></ul>"
    )
    assert [block.id for block in lesson("en").body] == [block.id for block in lesson().body]


def test_a_changed_file_is_loaded_in_both_languages(loaded):
    loaded.change(LT, "Tiltas **jungia** du krantus.", "Tiltas jungia **tris** krantus.")
    loaded.change(LT, "minutes: 15", "minutes: 20")
    loaded.change(EN, "joins two *banks*", "joins three banks")

    report = loaded.load()

    assert (paths(report.changed), len(report.unchanged)) == (["k9/m1/k9-1-1"], 6)
    assert "<b>tris</b> krantus" in str(lesson().body[1].value)
    assert "joins three banks" in str(lesson("en").body[1].value)
    assert (lesson().minutes, lesson("en").minutes) == (20, 20)
    assert Activity.objects.get(key=LESSON).minutes == 20
    assert loaded.load().changed == []


def test_a_change_of_the_english_file_alone_leaves_the_lithuanian_words(loaded):
    loaded.change(EN, "Bridges", "About bridges")

    loaded.load()

    assert (lesson().title, lesson("en").title) == ("Tiltai", "About bridges")
    assert Activity.objects.get(key=LESSON).titles == {"lt": "Tiltai", "en": "About bridges"}


def test_an_address_of_the_english_page_alone(loaded):
    loaded.change(EN, "https://www.e-tar.lt", "https://www.e-tar.lt/en")
    loaded.load()
    assert 'href="https://www.e-tar.lt/en"' in str(lesson("en").body[1].value)
    assert 'href="https://www.e-tar.lt"' in str(lesson().body[1].value)

    loaded.change(EN, "https://www.e-tar.lt/en", "https://www.e-tar.lt")
    loaded.load()
    assert 'href="https://www.e-tar.lt"' in str(lesson("en").body[1].value)


def test_an_edit_in_the_admin_is_listed_and_kept(loaded):
    edit(lesson(), title="Tiltai ir upės")

    report = loaded.load()

    assert (paths(report.edited), paths(report.changed)) == (["k9/m1/k9-1-1"], [])
    assert lesson().title == "Tiltai ir upės"


def test_a_draft_counts_as_an_edit(loaded):
    page = lesson()
    page.title = "Juodraštis"
    page.save_revision()

    assert paths(loaded.load().edited) == ["k9/m1/k9-1-1"]
    assert lesson().title == "Tiltai"


def test_saving_without_a_change_is_no_edit(loaded):
    lesson().save_revision()
    edit(lesson())

    assert paths(loaded.load().edited) == []


def test_a_translation_edited_in_the_admin_is_listed_and_kept(loaded):
    row = StringTranslation.objects.get(data="What a bridge is for")
    row.data = "Why a bridge"
    row.save()

    assert paths(loaded.load().edited) == ["k9/m1/k9-1-1"]


def test_an_english_page_edited_by_itself_is_listed_and_kept(loaded):
    edit(lesson("en"), title="Bridges and rivers")

    assert paths(loaded.load().edited) == ["k9/m1/k9-1-1"]
    assert lesson("en").title == "Bridges and rivers"


def test_both_changed_is_a_conflict_until_it_is_overwritten(loaded):
    edit(lesson(), title="Iš administravimo")
    loaded.change(LT, "title: Tiltai", "title: Iš failo")

    report = loaded.load()
    assert (paths(report.conflicts), paths(report.changed)) == (["k9/m1/k9-1-1"], [])
    assert lesson().title == "Iš administravimo"

    report = loaded.load(overwrite=[LESSON])
    assert (paths(report.conflicts), paths(report.changed)) == ([], ["k9/m1/k9-1-1"])
    assert lesson().title == "Iš failo"
    assert len(loaded.load().unchanged) == 7


def test_one_language_edited_and_the_other_file_changed_is_a_conflict(loaded):
    edit(lesson(), title="Iš administravimo")
    loaded.change(EN, "Bridges", "About bridges")

    assert paths(loaded.load().conflicts) == ["k9/m1/k9-1-1"]


def test_a_key_to_overwrite_that_no_file_has_is_refused(loaded):
    with pytest.raises(ContentError, match="no file has the key 0"):
        loaded.load(overwrite=["0"])


def test_a_page_deleted_in_the_admin_stays_deleted_unless_overwritten(loaded):
    lesson().delete()

    report = loaded.load()
    assert paths(report.edited)[0] == "k9/m1/k9-1-1"
    assert not LessonPage.objects.exists()

    loaded.load(overwrite=[LESSON])
    assert lesson("en").title == "Bridges"
    assert (
        translations.source_of(lesson("en")).object_id == lesson("en").translation_key
    )  # the translator's editor opens


def test_an_unpublished_page_stays_unpublished(loaded):
    lesson().unpublish()

    assert len(loaded.load().unchanged) == 7
    assert not lesson().live

    loaded.change(LT, "minutes: 15", "minutes: 16")
    assert paths(loaded.load().changed) == ["k9/m1/k9-1-1"]
    assert (lesson().live, lesson().get_latest_revision_as_object().minutes) == (False, 16)
    assert lesson("en").get_latest_revision_as_object().minutes == 16
    assert len(loaded.load().unchanged) == 7


def test_blocks_are_added_moved_and_removed(loaded):
    loaded.change(LT, "::: heading h1", "::: tip p1\n---\nPatarimas.\n:::\n\n::: heading h1")
    loaded.change(EN, "::: heading h1", "::: tip p1\n---\nA tip.\n:::\n\n::: heading h1")
    loaded.load()
    assert [block.block_type for block in lesson("en").body] == ["tip", "heading", "text", "legal_reference"]

    for name in (LT, EN):
        text = loaded.read(name)
        heading = text[text.index("::: heading") : text.index("::: text")]
        loaded.write({name: text.replace(heading, "").rstrip("\n") + "\n\n" + heading.rstrip("\n") + "\n"})
    loaded.load()
    assert [block.block_type for block in lesson("en").body] == ["tip", "text", "legal_reference", "heading"]
    assert str(lesson("en").body[3].value) == "What a bridge is for"


def test_a_new_lesson_takes_its_place_in_both_trees(loaded):
    key = "00000000-0000-4000-8000-000000000099"
    for language, words in (("lt", ("Tiltai", "tiltai")), ("en", ("Bridges", "bridges"))):
        text = SMALL[f"k9/m1/k9-1-1.{language}.md"].replace(LESSON, key)
        text = text.replace(f"title: {words[0]}", f"title: 0 {words[0]}").replace(
            f"slug: {words[1]}", f"slug: pirma-{language}"
        )
        loaded.write({f"k9/m1/k9-1-0.{language}.md": text})
    loaded.change(LT, "position: 1", "position: 2")
    loaded.change("k9/m1/k9-1-test.lt.md", "position: 2", "position: 3")

    report = loaded.load()

    assert (paths(report.made), len(report.changed)) == (["k9/m1/k9-1-0"], 2)
    assert [page.title for page in lesson().get_parent().get_children()] == ["0 Tiltai", "Tiltai", "Testas"]
    assert [page.title for page in lesson("en").get_parent().get_children()] == ["0 Bridges", "Bridges", "Test"]
    activities = Activity.objects.order_by("position")
    assert [activity.titles["lt"] for activity in activities] == ["0 Tiltai", "Tiltai", "Testas"]
    assert len(loaded.load().unchanged) == 8


def test_pages_moved_in_the_admin_are_listed(loaded):
    test = Page.objects.get(translation_key=QUIZ, locale__language_code="lt")
    test.move(lesson(), "left")

    assert paths(loaded.load().edited) == ["k9/m1/k9-1-1", "k9/m1/k9-1-test"]


def test_a_file_moved_to_another_module_moves_its_page(loaded):
    module = "00000000-0000-4000-8000-000000000044"
    for language in ("lt", "en"):
        text = SMALL[f"k9/m1/module.{language}.md"].replace(MODULE, module).replace("position: 1", "position: 2")
        loaded.write({f"k9/m2/module.{language}.md": text.replace("slug: ", "slug: antra-")})
        loaded.write({f"k9/m2/k9-1-1.{language}.md": loaded.read(f"k9/m1/k9-1-1.{language}.md")})
        loaded.remove(f"k9/m1/k9-1-1.{language}.md")
    loaded.change("k9/m1/k9-1-test.lt.md", "position: 2", "position: 1")

    loaded.load()

    assert str(lesson().get_parent().translation_key) == module
    assert str(lesson("en").get_parent().translation_key) == module
    assert Activity.objects.get(key=LESSON).module.key == lesson().get_parent().translation_key
    assert len(loaded.load().unchanged) == 8


def test_a_renamed_file_is_remembered_and_nothing_else(loaded):
    for language in ("lt", "en"):
        loaded.write({f"k9/m1/tiltai.{language}.md": loaded.read(f"k9/m1/k9-1-1.{language}.md")})
        loaded.remove(f"k9/m1/k9-1-1.{language}.md")

    assert len(loaded.load().unchanged) == 7
    assert ContentStamp.objects.get(key=LESSON).path == "k9/m1/tiltai"


def test_an_internal_link_is_kept_by_key(loaded):
    for name in (LT, EN):
        loaded.change(name, "(https://www.e-tar.lt)", f"(page:{QUIZ})")

    loaded.load()

    quiz = Page.objects.get(translation_key=QUIZ, locale__language_code="lt")
    assert f'<a id="{quiz.pk}" linktype="page">' in str(lesson().body[1].value.source)
    assert 'linktype="page"' in str(lesson("en").body[1].value.source)
    assert len(loaded.load().unchanged) == 7


def test_an_internal_link_to_nowhere_is_refused(loaded):
    for name in (LT, EN):
        loaded.change(name, "(https://www.e-tar.lt)", "(page:00000000-0000-4000-8000-00000000abcd)")

    with pytest.raises(ContentError, match="which does not exist"):
        loaded.load()


def test_wording_of_a_question_adds_text_and_a_new_key_makes_a_version(loaded):
    name = "k9/m1/questions/k9-1-q01"
    loaded.change(f"{name}.en.md", "What does a bridge do?", "What is a bridge for?")
    loaded.load()
    version = QuestionVersion.objects.get(key=QUESTION)
    assert version.texts.filter(language="en").latest("id").texts["prompt"] == "What is a bridge for?"

    loaded.change(f"{name}.lt.md", "correct: yes", "correct: maybe")
    loaded.change(f"{name}.lt.md", "correct: no", "correct: yes")
    loaded.change(f"{name}.lt.md", "correct: maybe", "correct: no")
    loaded.load()
    assert [each.number for each in QuestionVersion.objects.filter(key=QUESTION).order_by("number")] == [1, 2]


def test_the_edition_that_the_file_names_is_released_once(loaded):
    course = Course.objects.get(key=COURSE)
    assert (course.edition, course.private, course.academic_hours) == (1, False, 2)

    loaded.change("k9/course.lt.md", "edition: 1", "edition: 2")
    loaded.change("k9/course.lt.md", "edition_academic_hours: 1", "edition_academic_hours: 3")
    loaded.load()
    loaded.load()

    editions = course.editions.order_by("number").values_list("number", "academic_hours")
    assert list(editions) == [(1, 1), (2, 3)]
    assert set(Activity.objects.required_in(2).values_list("key", flat=True)) == set(
        Activity.objects.values_list("key", flat=True)
    )


def test_an_edition_of_nothing_is_refused(folder):
    folder.change(LT, "required: yes", "required: no")
    folder.change("k9/m1/k9-1-test.lt.md", "required: yes", "required: no")

    with pytest.raises(ContentError, match=r"k9/course.lt.md:1 "):
        folder.load()
    assert not Course.objects.exists()


def test_courses_alone_go_below_the_catalogue_that_a_site_has(loaded):
    """A host site makes its home page and catalogue by hand."""
    for name in ("home", "catalogue"):
        for language in ("lt", "en"):
            loaded.remove(f"{name}.{language}.md")

    assert len(loaded.load().unchanged) == 5


def test_courses_alone_need_a_catalogue(folder):
    for name in ("home", "catalogue"):
        for language in ("lt", "en"):
            folder.remove(f"{name}.{language}.md")

    with pytest.raises(
        ContentError, match=r"k9/course.lt.md:1 there is no catalogue page: add catalogue.lt.md or make one"
    ):
        folder.load()


def test_a_site_with_a_home_page_of_its_own_is_left_alone(loaded):
    other = "00000000-0000-4000-8000-000000000011"
    for language in ("lt", "en"):
        text = loaded.read(f"home.{language}.md").replace(HOME, other)
        loaded.write({f"home.{language}.md": text.replace("slug: ", "slug: kita-")})

    with pytest.raises(ContentError, match="the site's root page is “Mokykitės”"):
        loaded.load()


def test_a_flushed_database_is_filled_from_nothing(folder):
    """Transactional tests leave no root page behind; a fresh host has no second locale."""
    Page.objects.all().delete()
    Locale.objects.all().delete()

    assert len(folder.load().made) == 7
    assert lesson("en").get_parent().title == "Beginning"


def test_a_file_below_a_module_deleted_in_the_admin_is_refused(loaded):
    Page.objects.get(translation_key=MODULE, locale__language_code="lt").delete()
    for language in ("lt", "en"):
        text = loaded.read(f"k9/m1/k9-1-1.{language}.md").replace(LESSON, "00000000-0000-4000-8000-000000000099")
        text = text.replace("position: 1", "position: 3").replace("slug: ", "slug: nauja-")
        loaded.write({f"k9/m1/k9-1-2.{language}.md": text})

    with pytest.raises(ContentError, match=r"k9-1-2.lt.md:1 its parent was deleted in the admin"):
        loaded.load()
