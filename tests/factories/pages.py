"""Pages as editors make them: built in the tree, published, and translated; records follow by themselves."""

from dataclasses import dataclass, field
from uuid import uuid4

from wagtail.models import Locale, Page, Site

from courses.models import Course, CourseIndexPage, CoursePage, ModulePage
from courses.services import release_edition
from home.models import HomePage
from lessons.models import LessonPage
from quizzes.models import Question, QuizPage

from . import NOON
from .replay import replayed


@dataclass
class MadeCourse:
    """The source pages of a course that a test made, and its record."""

    page: CoursePage
    modules: list = field(default_factory=list)
    lessons: list = field(default_factory=list)
    quizzes: list = field(default_factory=list)

    @property
    def record(self):
        return Course.objects.get(key=self.page.translation_key)


def ensure_site():
    """The one Site with its root, locales, home pages and catalogue; calling it again returns the same."""
    replayed("site", _ensure_site)
    return Site.objects.get(is_default_site=True)


def _ensure_site():
    lt, _made = Locale.objects.get_or_create(language_code="lt")
    Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root", locale=lt))
    home = HomePage.objects.filter(locale=lt).first()
    if home is None:
        root.get_children().delete()
        root = Page.objects.get(pk=root.pk)
        home = root.add_child(instance=HomePage(title="Tiltas", slug="pradzia", lead="Įvadas", locale=lt))
        publish(home)
        catalogue = home.add_child(instance=CourseIndexPage(title="Kursai", slug="kursai", locale=lt))
        publish(catalogue)
        translate(home, title="Tiltas in English", slug="home")
        translate(catalogue, title="Courses", slug="courses")
    Site.objects.get_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    site = Site.objects.get(is_default_site=True)
    if site.root_page_id != home.pk:
        site.root_page = home
        site.save()


def publish(page):
    """Publish the page as an editor does, by its newest revision."""
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def translate(page, **fields):
    """An English page of this source page, published; `fields` are its words."""
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, value in fields.items():
        setattr(english, name, value)
    english.save_revision().publish()
    return english


def make_course(
    *, code="K1", modules=1, lessons=2, quiz=True, private=False, release=True, english=True, questions=None
):
    """
    A published course with this many modules, lessons a module, and a quiz in the last module: of two questions, or of those
    that `questions` makes.
    """
    ensure_site()
    options = {"code": code, "modules": modules, "lessons": lessons, "quiz": quiz, "private": private}
    options |= {"release": release, "english": english}
    if questions is not None:
        return _build_course(**options, questions=questions)

    def build():
        made = _build_course(**options, questions=None)
        return [[page.pk for page in pages] for pages in ([made.page], made.modules, made.lessons, made.quizzes)]

    [page], modules_, lessons_, quizzes_ = replayed(("course", *options.values()), build)
    return MadeCourse(
        CoursePage.objects.get(pk=page),
        [ModulePage.objects.get(pk=pk) for pk in modules_],
        [LessonPage.objects.get(pk=pk) for pk in lessons_],
        [QuizPage.objects.get(pk=pk) for pk in quizzes_],
    )


def _build_course(*, code, modules, lessons, quiz, private, release, english, questions):
    catalogue = CourseIndexPage.objects.get(locale=Locale.get_default())
    page = publish(
        catalogue.add_child(
            instance=CoursePage(
                title=f"Kursas {code}", slug=code.lower(), code=code, academic_hours=16, private=private
            )
        )
    )
    made = MadeCourse(page)
    for number in range(1, modules + 1):
        module = publish(page.add_child(instance=ModulePage(title=f"Modulis {number}", slug=f"m{number}")))
        made.modules.append(module)
        for place in range(1, lessons + 1):
            lesson = LessonPage(
                title=f"Pamoka {number}.{place}",
                slug=f"p{number}-{place}",
                minutes=25,
                body=[("heading", "Skyrius"), ("text", "<p>Tekstas lietuviškai.</p>")],
            )
            made.lessons.append(publish(module.add_child(instance=lesson)))
    if quiz:
        made.quizzes.append(publish(made.modules[-1].add_child(instance=_quiz(code, questions))))
    if english:
        for source in (page, *made.modules, *made.lessons, *made.quizzes):
            translate(source, title=f"{source.title} (EN)", slug=f"{source.slug}-en")
    if release:
        release_edition(course_id=made.record.pk, academic_hours=16, at=NOON)
    return made


def _quiz(code, make):
    questions = make() if make else [make_question(f"{code} klausimas {number}") for number in (1, 2)]
    return QuizPage(
        title="Modulio testas",
        slug="testas",
        minutes=10,
        pass_mark=70,
        questions=[("question", question) for question in questions],
    )


def make_question(title, *, kind="single_choice", right=(0,), options=3, **facts):
    """A published source-language question; `right` are the places of the right options, `facts` its place in the bank."""
    question = Question(
        locale=Locale.get_default(),
        title=title,
        kind=kind,
        prompt=f"{title}?",
        explanation="Paaiškinimas.",
        options=[
            {
                "type": "option",
                "id": str(uuid4()),
                "value": {"text": f"Atsakymas {place}", "correct": place in right, "feedback": f"Dėl {place}"},
            }
            for place in range(options)
        ],
        **facts,
    )
    question.full_clean()
    question.save()
    question.save_revision().publish()
    return question
