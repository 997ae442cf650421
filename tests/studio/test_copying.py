"""A course for a new year: the copy passes the same journeys as its original, and neither changes the other."""

import re
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import Locale, Page

from certificates.services import issue_certificate
from courses.copying import CodeTaken
from courses.models import Activity, Course, CoursePage, Enrolment, Module
from courses.services import enrol, release_edition
from lessons.models import LessonPage
from progress.services import record_completion
from quizzes.bank import BankEntry
from quizzes.models import Attempt, Question, QuestionVersion, QuizPage
from quizzes.services import save_response, start_attempt, submit_attempt
from studio import translations
from studio.copying import copy_course
from studio.dumping import dump_course
from studio.models import ContentStamp
from tests.conftest import NOON
from tests.factories import EnrolmentFactory, IssuerFactory, LearnerFactory, UserFactory
from tests.factories.pages import make_course, make_question, publish
from tests.studio.conftest import COURSE, LESSON, MODULE, QUESTION
from tests.trainer.conftest import logged_in
from tiltas.roles import TRAINER, TRANSLATOR

pytestmark = [pytest.mark.django_db, pytest.mark.everything]

TITLES = {"lt": "Mažas kursas 2027", "en": "Small course 2027"}


@pytest.fixture
def rich(folder):
    """The small site with a second lesson that links to the first, a draw from the module and a question that a lesson teaches."""
    folder.write(
        {
            "k9/m1/k9-1-2.lt.md": f"---\ntype: lesson\nkey: {uuid4()}\nposition: 3\ntitle: Antra\nslug: antra\nminutes: 5\n"
            f"required: yes\n---\n\n::: text t1\n---\nPrisiminkite [pamoką](page:{LESSON}).\n:::\n",
        }
    )
    lithuanian = folder.read("k9/m1/k9-1-2.lt.md")
    key = re.search(r"key: (\S+)", lithuanian)[1]
    folder.write(
        {
            "k9/m1/k9-1-2.en.md": f"---\ntype: lesson\nkey: {key}\ntitle: Second\nslug: second\n---\n\n"
            f"::: text t1\n---\nRemember the [lesson](page:{LESSON}).\n:::\n"
        }
    )
    folder.change("k9/m1/k9-1-test.lt.md", "questions: k9-1-q01", "questions: k9-1-q01, 1 from k9/m1/module #tiltai")
    folder.change(
        "k9/m1/questions/k9-1-q01.lt.md",
        "points: 1\n",
        "points: 1\nmodule: k9/m1/module\ntags: pradzia\nteaches: k9/m1/k9-1-1#t1\n",
    )
    for language in ("lt", "en"):
        text = folder.read(f"k9/m1/questions/k9-1-q01.{language}.md").replace(QUESTION, str(UUID(int=99)))
        folder.write({f"k9/m1/questions/k9-1-q02.{language}.md": text.replace("tags: pradzia", "tags: tiltai")})
    folder.load()
    return folder


def copy(code="K9-2027", titles=TITLES, **options):
    return copy_course(course_key=UUID(COURSE), code=code, titles=titles, at=NOON, **options)


def below(page):
    return Page.objects.descendant_of(page, inclusive=True).order_by("path").specific()


def pairs(made):
    """(original, copy) of each source-language page."""
    original = CoursePage.objects.get(translation_key=COURSE, locale=Locale.get_default())
    return list(zip(below(original), below(made.page), strict=True))


def publish_all(made):
    for page in below(made.page):
        translations.publish_pair(page)


def english(page):
    return page.get_translation(Locale.objects.get(language_code="en")).specific


# What is made


def test_each_page_gets_a_twin_of_its_own_in_both_languages_and_all_are_drafts(rich):
    made = copy()

    for original, copied in pairs(made):
        assert type(copied) is type(original)
        assert copied.translation_key != original.translation_key
        assert (copied.live, english(copied).live) == (False, False)
    assert (made.pages, made.questions) == (5, 2)
    assert [page.code for page in (made.page, english(made.page).get_latest_revision_as_object())] == ["K9-2027"] * 2
    assert english(made.page).get_latest_revision_as_object().title == "Small course 2027"


def test_the_records_are_new_and_nothing_is_released(rich):
    made = copy()

    course = Course.objects.get(code="K9-2027")
    assert (course.key, course.edition, course.titles) == (made.page.translation_key, 0, TITLES)
    activities = Activity.objects.filter(module__course=course).in_order()
    assert [(each.kind, each.minutes, each.required_since) for each in activities] == [
        ("lesson", 15, None),
        ("quiz", 5, None),
        ("lesson", 5, None),
    ]
    keys = set(below(made.page).values_list("translation_key", flat=True))
    assert {each.key for each in activities} | set(course.modules.values_list("key", flat=True)) < keys


def test_nothing_of_learners_is_copied(rich):
    original = Course.objects.get(key=COURSE)
    EnrolmentFactory(course=original)

    made = copy()

    assert list(Enrolment.objects.filter(course=made.course)) == []
    assert Enrolment.objects.count() == 1


def test_every_word_is_translated_in_every_copied_page_and_question(rich):
    locale = Locale.objects.get(language_code="en")

    made = copy()

    keys = [copied.translation_key for _original, copied in pairs(made)]
    keys += list(
        Question.objects.filter(module__course=made.course, locale=Locale.get_default()).values_list(
            "translation_key", flat=True
        )
    )
    progress = translations.progress(locale, keys)
    assert set(progress) == set(keys)
    assert {key for key, (strings, done) in progress.items() if strings != done} == set()


def test_the_copies_say_what_the_originals_say(rich, tmp_path):
    made = copy()
    publish_all(made)
    ContentStamp.objects.all().delete()

    dump_course("K9", tmp_path / "old")
    dump_course("K9-2027", tmp_path / "new")

    assert texts(tmp_path / "new", copied_words(made)) == texts(tmp_path / "old", {})


def copied_words(made):
    """What a copy says of its own → what the original says there."""
    words = {str(copied.translation_key): str(original.translation_key) for original, copied in pairs(made)}
    olds = Question.objects.filter(module__course__key=COURSE, locale=Locale.get_default()).order_by("pk")
    news = Question.objects.filter(module__course=made.course, locale=Locale.get_default()).order_by("pk")
    words |= {str(new.translation_key): str(old.translation_key) for old, new in zip(olds, news, strict=True)}
    words |= {
        "k9-2027/": "k9/",
        "K9-2027": "K9",
        "Mažas kursas 2027": "Mažas kursas",
        "Small course 2027": "Small course",
    }
    return words | {"slug: mazas-k9-2027": "slug: mazas", "slug: small-k9-2027": "slug: small"}


def texts(folder, words):
    """The dumped files, by what stands in them: those of a course that was released say so, and its place may differ."""
    found = []
    for file in sorted(folder.rglob("*.md")):
        text = file.read_text()
        for new, old in words.items():
            text = text.replace(new, old)
        found.append(re.sub(r"^(edition|edition_academic_hours|position): .*\n", "", text, flags=re.MULTILINE))
    return sorted(found)


def test_questions_draws_links_and_taught_places_lead_to_the_copies(rich):
    made = copy()

    module = Module.objects.get(course=made.course)
    lesson, quiz, second = [copied for _original, copied in pairs(made)][2:]
    mine = Question.objects.filter(module=module, locale=Locale.get_default()).order_by("pk")
    assert [block["value"] for block in quiz.questions.raw_data] == [
        mine[0].pk,
        {"number": 1, "module": str(module.key), "tag": "tiltai"},
    ]
    assert f'id="{lesson.pk}"' in str(second.body.raw_data[0]["value"])
    assert {question.taught_at[0] for question in mine} == {lesson.translation_key}
    assert {block for _key, block in (question.taught_at for question in mine)} == {
        UUID(str(lesson.body.raw_data[1]["id"]))
    }
    entries = BankEntry.objects.filter(module=module)
    assert {(entry.live, entry.lesson_key) for entry in entries} == {(True, lesson.translation_key)}


def test_what_is_drawn_by_a_tag_alone_is_never_drawn_by_the_other_course(site):
    make_question("Žymė", tags="bendra")
    old = make_course(code="K9", lessons=1, questions=lambda: [make_question("Pasirinktas")])
    quiz = old.quizzes[0]
    quiz.questions = [{"type": "draw", "id": str(uuid4()), "value": {"number": 1, "module": "", "tag": "bendra"}}]
    publish(quiz)

    made = copy_course(course_key=old.page.translation_key, code="N1", titles={"lt": "Naujas", "en": "New"}, at=NOON)

    copied = QuizPage.objects.get(pk__in=below(made.page).values("pk"))
    assert copied.questions.raw_data[0]["value"]["tag"] == "bendra-n1"
    assert sorted(tuple(entry.tags) for entry in BankEntry.objects.exclude(tags=[])) == [("bendra",), ("bendra-n1",)]


def test_a_page_that_is_not_published_and_what_stands_below_it_are_left_out(rich):
    lesson = LessonPage.objects.get(translation_key=LESSON, locale=Locale.get_default())
    lesson.unpublish()

    made = copy()

    assert made.pages == 4
    assert not Activity.objects.filter(module__course=made.course, titles__lt="Tiltai").exists()
    assert [question.teaches for question in Question.objects.filter(module__course=made.course)] == [""] * 4


def test_a_draft_is_not_copied_only_what_is_published(rich):
    lesson = LessonPage.objects.get(translation_key=LESSON, locale=Locale.get_default())
    lesson.title = "Dar nebaigta"
    lesson.save_revision()

    made = copy()

    assert "Dar nebaigta" not in [page.title for page in below(made.page)]


def test_a_course_that_was_translated_by_hand_is_copied_with_its_words(site):
    old = make_course(code="K9", lessons=1, quiz=False)

    made = copy_course(course_key=old.page.translation_key, code="N1", titles={"lt": "Naujas", "en": "New"}, at=NOON)

    titles = [english(page).get_latest_revision_as_object().title for page in below(made.page)]
    assert titles == ["New", "Modulis 1 (EN)", "Pamoka 1.1 (EN)"]


def test_a_code_that_is_taken_is_refused_and_nothing_is_made(rich):
    before = Page.objects.count(), Question.objects.count()

    with pytest.raises(CodeTaken):
        copy(code="K9")

    assert (Page.objects.count(), Question.objects.count()) == before


def test_two_copies_stand_beside_each_other(rich):
    first, second = copy(), copy(code="K9-2028", titles={"lt": "Trečias", "en": "Third"})

    publish_all(first)
    publish_all(second)

    assert len({page.get_url() for page in (first.page, second.page, english(first.page), english(second.page))}) == 4


# The same journeys


def test_who_enrols_in_the_copy_reads_passes_and_is_certified_in_both_languages(rich, client):
    made = copy()
    publish_all(made)
    release_edition(course_id=made.course.pk, academic_hours=1, at=NOON)
    IssuerFactory()
    for language in ("lt", "en"):
        learner = LearnerFactory(language=language)
        client.force_login(learner.user)
        enrolment = enrol(learner_id=learner.pk, course_id=made.course.pk, at=NOON)
        walk(client, made, enrolment, language)
        certificate = issue_certificate(enrolment_id=enrolment.pk, at=NOON)
        assert certificate.snapshot["course"]["titles"][language] == TITLES[language]


def walk(client, made, enrolment, language):
    """Open every page in this language, read the lessons, answer the test rightly."""
    for page in below(made.page):
        shown = page if language == "lt" else english(page)
        assert client.get(shown.get_url(), follow=True).status_code == 200
    for activity in Activity.objects.filter(module__course=made.course).in_order():
        if activity.kind == "lesson":
            record_completion(enrolment_id=enrolment.pk, activity_id=activity.pk, at=NOON)
    quiz = Activity.objects.get(module__course=made.course, kind="quiz")
    attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=quiz.pk, at=NOON)
    assert {version.key for version in QuestionVersion.objects.filter(pk__in=attempt.version_ids)} == own_keys(made)
    for number, version_id in enumerate(attempt.version_ids, start=1):
        version = QuestionVersion.objects.get(pk=version_id)
        save_response(
            attempts=Attempt.objects.filter(pk=attempt.pk),
            number=number,
            operation_id=uuid4(),
            base=0,
            raw=version.answer_key["right"],
            at=NOON,
        )
    submit_attempt(attempt_id=attempt.pk, at=NOON)
    enrolment.refresh_from_db()
    assert enrolment.completed_at == NOON


def own_keys(made):
    return set(
        Question.objects.filter(module__course=made.course, locale=Locale.get_default()).values_list(
            "translation_key", flat=True
        )
    )


def test_editing_the_copy_changes_nothing_in_the_original(rich, tmp_path):
    made = copy()
    publish_all(made)
    dump_course("K9", tmp_path / "before")
    versions = list(QuestionVersion.objects.filter(key=QUESTION).order_by("pk").values())

    for page in below(made.page):
        page.title = f"{page.title} kitaip"
        page.save_revision().publish()
    for question in Question.objects.filter(module__course=made.course, locale=Locale.get_default()):
        question.prompt = "Visai kas kita?"
        question.points = 7
        question.save_revision().publish()

    assert dump_course("K9", tmp_path / "before") == []
    assert list(QuestionVersion.objects.filter(key=QUESTION).order_by("pk").values()) == versions
    locale = Locale.objects.get(language_code="en")
    progress = translations.progress(locale, [UUID(COURSE), UUID(MODULE), UUID(LESSON), UUID(QUESTION)])
    assert {strings - done for strings, done in progress.values()} == {0}


# The screen


def address(name, *args):
    return reverse(f"tiltas_studio_care:{name}", args=[COURSE, *args])


@pytest.fixture
def trainer(client, rich):
    return logged_in(client, TRAINER)


@pytest.fixture
def translator(client, rich):
    return logged_in(client, TRANSLATOR)


@pytest.fixture
def typed():
    return {"code": "K9-2027", "title_lt": "Mažas kursas 2027", "title_en": "Small course 2027"}


def test_the_screen_says_what_is_copied_and_what_is_not(client, rich, trainer):
    shown = client.get(address("copy"))

    preview, form = shown.context["preview"], shown.context["form"]
    assert (preview.pages, preview.questions, preview.left_out, preview.changed) == (5, 2, 0, 0)
    assert [(name, form.fields[name].initial) for name in form.fields if name.startswith("title")] == [
        ("title_lt", f"Mažas kursas ({form.year})"),
        ("title_en", f"Small course ({form.year})"),
    ]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("code", "K9", "K9"),
        ("code", "", "Užpildykite"),
        ("code", "k9 naujas", "K1"),
        ("code", "K9-2027-ILGAS", "12"),
        ("title_lt", "", "Užpildykite"),
        ("title_en", "x" * 256, "255"),
    ],
)
def test_what_can_not_be_is_refused_and_kept(client, rich, trainer, typed, name, value, said):
    again = client.post(address("copy"), typed | {name: value})

    assert said in str(again.context["form"].errors[name])
    assert again.context["form"]["title_lt"].value() == (typed | {name: value})["title_lt"]
    assert DBTaskResult.objects.filter(task_path__contains="copy_course").count() == 0


def test_a_translator_may_not_copy(client, rich, translator, typed):
    assert client.post(address("copy"), typed).url == reverse("wagtailadmin_home")
    assert DBTaskResult.objects.filter(task_path__contains="copy_course").count() == 0


def test_the_waiting_page_looks_again_by_itself_and_is_of_this_course_alone(client, rich, trainer, typed):
    waiting = client.post(address("copy"), typed).url
    other = make_course(code="K1", lessons=1).page

    assert client.get(waiting)["Refresh"] == "2"
    result = waiting.rstrip("/").rpartition("/")[2]
    assert (
        client.get(reverse("tiltas_studio_care:copying", args=[other.translation_key, result]), follow=True).status_code
        == 404
    )
    assert client.get(address("copying", uuid4()), follow=True).status_code == 404


def superuser(client):
    """Who may do all, also where a transactional test before has taken the groups' permissions away."""
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


@pytest.mark.django_db(transaction=True)
def test_the_worker_copies_and_the_waiting_page_leads_to_the_new_course(run_tasks, client, rich, typed):
    user = superuser(client)
    waiting = client.post(address("copy"), typed).url
    again = client.post(address("copy"), typed).url
    run_tasks()

    course = Course.objects.get(code="K9-2027")
    response = client.get(waiting)
    assert response.url == reverse("tiltas_studio_care:course", args=[course.key])
    assert {
        page.owner for page in below(CoursePage.objects.get(translation_key=course.key, locale__language_code="lt"))
    } == {user}
    assert client.get(again).url == address("copy")  # the second finds its code taken


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_fails_says_so_and_makes_nothing(run_tasks, client, rich, typed):
    superuser(client)
    waiting = client.post(address("copy"), typed).url
    Course.objects.filter(key=COURSE).update(key=uuid4())
    run_tasks()

    shown = client.get(waiting)

    assert (shown.status_code, "Refresh" in shown, shown.context["failed"]) == (200, False, True)
    assert Course.objects.count() == 1
