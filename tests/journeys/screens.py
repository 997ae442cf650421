"""
Every screen of the site: its name, who looks at it, and its address. The one list that pictures and checks read.

A new screen is a line in SCREENS (or in DESK, if Wagtail's editor draws it); an address of ours that shows none is named in
NO_SCREEN with the reason. `test_screens.py` refuses an address and a type of page that stand in neither.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatch

from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page

from lessons.models import LessonFile
from tiltas.demo import PASSWORD

from .world import ADMINISTRATOR, COORDINATOR, LEARNER, TRAINER, TRANSLATOR, VISITOR, World, key_of, stop_token


@dataclass(frozen=True)
class Step:
    """
    What a person does before a screen is there, because the session has to know of it: opens a page, types into its fields and
    sends them. Plain values, so that a browser and Django's test client can both do it.
    """

    view: str = ""  # none: where the step before led to
    place: dict = field(default_factory=dict)
    fields: dict = field(default_factory=dict)  # name → what is typed; {language} in it becomes the language
    button: str = ""  # the name of the button, where the form has several

    def address(self, language: str) -> str:
        with translation.override(language):
            return self.view and reverse(self.view, kwargs=self.place)

    def typed(self, language: str) -> dict:
        return {name: value.replace("{language}", language) for name, value in self.fields.items()}


@dataclass(frozen=True)
class Screen:
    """One screen. `place` finds it in a World: the values of the address named `view`, or the page that is shown."""

    name: str  # of its pictures, and of what is found wrong with it
    who: str
    view: str = ""
    place: Callable = lambda world: {}
    path: str = ""  # instead of a name, an address word for word
    query: str = ""
    status: int = 200
    kind: str = ""  # of the page that is shown, as Django names the model
    dark: bool = False  # pictured in the dark too
    before: tuple[Step, ...] = ()  # how a person of their own gets there

    def address(self, world: World, language: str) -> str:
        """Where this screen is in the language. Addresses without a language in them are asked for it where they can be."""
        with translation.override(language):
            path = self.path or (reverse(self.view, kwargs=self.place(world)) if self.view else "")
            if not path:
                page = self.place(world)
                path = page.get_translation(Locale.objects.get(language_code=language)).url
        query = self.query + (f"&lang={language}" if self.view.startswith("tiltas_verify") else "")
        return path.replace("{language}", language) + ("?" + query.lstrip("&") if query else "")


INVITED = {"code": "GLOBA2026"}  # the demo learner does not belong there


def page(name, who, kind, place, **more):
    """A screen that is a page of Wagtail's tree."""
    return Screen(name, who, kind=kind, place=place, **more)


SCREENS = [
    page("home", VISITOR, "tiltas_home.HomePage", lambda world: home_page(), dark=True),
    page(
        "catalogue",
        VISITOR,
        "tiltas_courses.CourseIndexPage",
        lambda world: Page.objects.get(pk=world.course.get_parent().pk),
    ),
    page("course", VISITOR, "tiltas_courses.CoursePage", lambda world: world.course, dark=True),
    Screen(
        "group-invitation", COORDINATOR, "tiltas_courses:group", lambda world: {"cohort_uuid": group_of(world).uuid}
    ),
    page("lesson-open", VISITOR, "tiltas_lessons.LessonPage", lambda world: world.lesson, dark=True),
    page("lesson-all-blocks", VISITOR, "tiltas_lessons.LessonPage", lambda world: world.all_blocks, dark=True),
    page("lesson-closed", VISITOR, "tiltas_lessons.LessonPage", lambda world: world.closed_lesson),
    Screen("log-in", VISITOR, "account_login", dark=True),
    Screen("sign-up", VISITOR, "account_signup"),
    Screen("log-in-by-code", VISITOR, "account_request_login_code"),
    Screen("password-forgotten", VISITOR, "account_reset_password"),
    Screen("password-forgotten-sent", VISITOR, "account_reset_password_done"),
    Screen(
        "sign-up-code",
        VISITOR,
        "account_email_verification_sent",
        before=(Step("account_signup", fields={"email": "nauja@tiltas.test", "password1": "labai-ilgas-slaptazodis"}),),
        dark=True,
    ),
    Screen(
        "log-in-code",
        VISITOR,
        "account_confirm_login_code",
        before=(Step("account_request_login_code", fields={"email": LEARNER}),),
    ),
    Screen("password-new", VISITOR, "account_reset_password_from_key", lambda world: key_of(TRAINER)),
    Screen("password-link-old", VISITOR, "account_reset_password_from_key", lambda world: {"uidb36": "0", "key": "x"}),
    Screen("address-stopping", VISITOR, "tiltas_accounts:stop_address_change", lambda world: stop_token(LEARNER)),
    Screen("address-stopping-late", VISITOR, "tiltas_accounts:stop_address_change", lambda world: {"token": "x"}),
    Screen("invited", VISITOR, "tiltas_home:join_with_code", lambda world: INVITED, dark=True),
    Screen("invited-in-vain", VISITOR, "tiltas_home:join_with_code", lambda world: {"code": "NEZINAU2"}),
    Screen("sign-up-invited", VISITOR, "account_signup", before=(Step("tiltas_home:join_with_code", place=INVITED),)),
    Screen("verify", VISITOR, "tiltas_verify_form"),
    Screen("verify-valid", VISITOR, "tiltas_verify", lambda world: {"code": world.certificate.code}),
    Screen("verify-revoked", VISITOR, "tiltas_verify", lambda world: {"code": world.revoked_certificate.code}),
    Screen("verify-unknown", VISITOR, "tiltas_verify", lambda world: {"code": "AAAA"}),
    *(
        page(name, VISITOR, "tiltas_home.InfoPage", lambda world, role=name: info_page(role))
        for name in ("help", "about", "privacy", "accessibility", "terms")
    ),
    page("news", VISITOR, "tiltas_home.NewsIndexPage", lambda world: news_page().get_parent()),
    page("news-item", VISITOR, "tiltas_home.NewsPage", lambda world: news_page()),
    Screen("not-found", VISITOR, path="/{language}/nothing-here/", status=404),
    Screen("my-learning", LEARNER, "tiltas_home:my_learning", dark=True),
    Screen("account", LEARNER, "tiltas_home:profile", dark=True),
    Screen("account-closing", LEARNER, "tiltas_home:close_account"),
    Screen(
        "withdrawing",
        LEARNER,
        "tiltas_courses:withdraw",
        lambda world: {"enrolment_uuid": world.open_attempt.enrolment.uuid},
    ),
    Screen("name", LEARNER, "tiltas_learners:name"),
    Screen("language", LEARNER, "tiltas_learners:language"),
    Screen("institutions", LEARNER, "tiltas_home:my_institutions"),
    Screen(
        "institution-leaving", LEARNER, "tiltas_home:leave", lambda world: {"membership_uuid": world.membership.uuid}
    ),
    Screen("institution-choosing", LEARNER, "tiltas_home:choose_institution", query="q=pavyzd"),
    Screen("institution-not-found", LEARNER, "tiltas_home:choose_institution", query="q=nesamas"),
    Screen("institution-missing", LEARNER, "tiltas_home:missing_institution"),
    Screen("join", LEARNER, "tiltas_home:join"),
    Screen("join-with-code", LEARNER, "tiltas_home:join_with_code", lambda world: INVITED, dark=True),
    Screen(
        "my-learning-invited",
        LEARNER,
        "tiltas_home:my_learning",
        before=(Step("tiltas_home:join_with_code", place=INVITED),),
    ),
    page("course-enrolled", LEARNER, "tiltas_courses.CoursePage", lambda world: world.course),
    page("lesson", LEARNER, "tiltas_lessons.LessonPage", lambda world: world.closed_lesson, dark=True),
    page("quiz", LEARNER, "tiltas_quizzes.QuizPage", lambda world: world.quiz),
    Screen("question", LEARNER, "tiltas_quizzes:question", lambda world: question_of(world, 1), dark=True),
    Screen("question-unanswered", LEARNER, "tiltas_quizzes:question", lambda world: question_of(world, 2)),
    Screen("overview", LEARNER, "tiltas_quizzes:overview", lambda world: attempt(world.open_attempt)),
    Screen("result-not-yet", LEARNER, "tiltas_quizzes:result", lambda world: attempt(world.failed_attempt)),
    Screen("result-passed", LEARNER, "tiltas_quizzes:result", lambda world: attempt(world.passed_attempt), dark=True),
    Screen(
        "certificate",
        LEARNER,
        "tiltas_certificates:course_done",
        lambda world: {"enrolment_uuid": world.certificate.enrolment.uuid},
        dark=True,
    ),
    Screen(
        "certificate-own",
        LEARNER,
        "tiltas_certificates:certificate",
        lambda world: {"certificate_uuid": world.certificate.uuid},
    ),
    Screen("e-mail", LEARNER, "account_email"),
    Screen("who-are-you", LEARNER, "account_reauthenticate"),
    Screen(
        "e-mail-code",
        LEARNER,
        "account_email_verification_sent",
        before=(
            Step("account_email", fields={"email": "nauja-{language}@tiltas.test"}, button="action_add"),
            Step(fields={"password": PASSWORD}),
        ),
    ),
    Screen("password-change", LEARNER, "account_change_password"),
    Screen("log-out", LEARNER, "account_logout"),
    Screen("institutions-none", LEARNER, "tiltas_reports:my_institutions"),
    Screen("forbidden", LEARNER, path="/admin/", status=403),
    Screen(
        "specimen",
        TRAINER,
        "tiltas_certificates:course_done",
        lambda world: {"enrolment_uuid": world.trial.uuid},
        dark=True,
    ),
    page("course-tried", TRAINER, "tiltas_courses.CoursePage", lambda world: world.course),
    Screen(
        "institution",
        COORDINATOR,
        "tiltas_reports:institution",
        lambda world: {"institution_uuid": world.institution.uuid},
        dark=True,
    ),
    Screen("institution-statistics", COORDINATOR, "tiltas_reports:statistics"),
    Screen("institution-people", COORDINATOR, "tiltas_reports:people", lambda world: room(world)),
    Screen(
        "institution-ending",
        COORDINATOR,
        "tiltas_reports:end",
        lambda world: room(world) | {"membership_uuid": world.membership.uuid},
    ),
    Screen("institution-invitations", COORDINATOR, "tiltas_reports:invitations", lambda world: room(world)),
    Screen("institution-sheet", COORDINATOR, "tiltas_reports:sheet", lambda world: room(world) | {"code": "PAVYZDYS"}),
]

# Drawn by Wagtail's editor around what is ours: pictured, and read for English words, but its frame is not ours to mend.
DESK = [
    Screen("desk", TRAINER, "wagtailadmin_home"),  # a draft waits
    Screen("desk-nothing-waits", TRANSLATOR, "wagtailadmin_home"),
    Screen("desk-pages", TRAINER, "wagtailadmin_explore", lambda world: {"parent_page_id": world.course.pk}),
    Screen("desk-lesson", TRAINER, "wagtailadmin_pages:edit", lambda world: {"page_id": world.lesson.pk}),
    Screen("desk-translation", TRAINER, "wagtailadmin_pages:edit", lambda world: {"page_id": in_english(world.lesson)}),
    Screen("desk-translations", TRAINER, "tiltas_translations:index", query="state=all"),
    Screen("desk-po-files", TRAINER, "tiltas_translations:upload"),
    Screen(
        "desk-not-translated", TRAINER, "tiltas_translating:behind", lambda world: {"key": world.lesson.translation_key}
    ),
    Screen("desk-questions", TRAINER, "wagtailsnippets_tiltas_quizzes_question:list"),
    Screen(
        "desk-question",
        TRAINER,
        "wagtailsnippets_tiltas_quizzes_question:edit",
        lambda world: {"pk": world.question.pk},
    ),
    Screen("desk-lesson-files", TRAINER, "wagtailsnippets_tiltas_lessons_lessonfile:list"),
    Screen(
        "desk-lesson-file",
        TRAINER,
        "wagtailsnippets_tiltas_lessons_lessonfile:edit",
        lambda world: {"pk": LessonFile.objects.latest("pk").pk},
    ),
    Screen("desk-quizzes-going", TRAINER, "tiltas_quizzes_going:index"),
    Screen(
        "desk-quiz-going",
        TRAINER,
        "tiltas_quizzes_going:quiz",
        lambda world: {"activity_key": world.quiz.translation_key},
    ),
    Screen(
        "desk-ending-a-quiz",
        TRAINER,
        "tiltas_quizzes_going:end",
        lambda world: {"activity_key": world.quiz.translation_key},
    ),
    Screen("desk-course-care", TRAINER, "tiltas_studio_care:course", lambda world: course_of(world)),
    Screen("desk-releasing", TRAINER, "tiltas_studio_care:release", lambda world: course_of(world)),
    Screen(
        "desk-retiring",
        TRAINER,
        "tiltas_studio_care:retire",
        lambda world: {"activity_key": world.lesson.translation_key},
    ),
    Screen("desk-opening", TRAINER, "tiltas_studio_care:opening", lambda world: group_of(world) and course_of(world)),
    Screen("desk-new-group", TRAINER, "tiltas_studio_care:new_group", lambda world: course_of(world)),
    Screen(
        "desk-group",
        TRAINER,
        "tiltas_studio_care:group",
        lambda world: course_of(world) | {"group_uuid": group_of(world).uuid},
    ),
    Screen("desk-copying-a-course", TRAINER, "tiltas_studio_care:copy", lambda world: course_of(world)),
    Screen("desk-waiting-for-a-copy", TRAINER, "tiltas_studio_care:copying", lambda world: waiting_copy(world)),
    Screen("desk-extra-time", ADMINISTRATOR, "extratime:index"),
    Screen("desk-statistics", ADMINISTRATOR, "tiltas_statistics"),
    Screen("desk-institutions", ADMINISTRATOR, "institution:index"),
    Screen("desk-memberships", ADMINISTRATOR, "membership:index"),
    Screen("desk-join-codes", ADMINISTRATOR, "joincode:index"),
    Screen("desk-municipalities", ADMINISTRATOR, "municipality:index"),
    Screen("desk-issuers", ADMINISTRATOR, "issuer:index"),
    Screen("desk-certificates", ADMINISTRATOR, "certificate:index"),
    Screen("desk-certificate", ADMINISTRATOR, "certificate:inspect", lambda world: {"pk": world.certificate.pk}),
    Screen("desk-replacing", ADMINISTRATOR, "certificate:replace", lambda world: {"pk": world.certificate.pk}),
    Screen("desk-missing-institutions", ADMINISTRATOR, "institutionrequest:index"),
    Screen("desk-municipality-coordinators", ADMINISTRATOR, "municipalitycoordinator:index"),
    Screen("desk-exports", ADMINISTRATOR, "exportlog:index"),
    Screen("desk-revoking", ADMINISTRATOR, "certificate:edit", lambda world: {"pk": world.certificate.pk}),
]

# Of these the main part is ours, drawn by our templates in Wagtail's frame: it is checked as the site's own screens are.
OURS = {
    "desk-quizzes-going",
    "desk-quiz-going",
    "desk-ending-a-quiz",
    "desk-statistics",
    "desk-replacing",
    "desk-revoking",
}
OWN_DESK = [screen for screen in DESK if screen.name in OURS]

# Addresses of ours that show no screen of their own: (a name, * for any end or beginning; why).
NO_SCREEN = [
    ("tiltas_health", "JSON for machines"),
    ("tiltas_editor_login", "leads to the site's login"),
    ("tiltas_page_login", "leads to the site's login"),
    ("tiltas_courses:enrol", "a button"),
    ("tiltas_courses:try", "a button"),
    ("tiltas_courses:choose_institution", "a button"),
    ("tiltas_lessons:done", "a button"),
    ("tiltas_lessons:file", "a file"),
    ("tiltas_lessons:place", "heard from the page's script"),
    ("tiltas_accounts:log_out_elsewhere", "a button"),
    ("tiltas_home:decline_invitation", "a button"),
    ("tiltas_reports:confirm", "a button"),
    ("tiltas_reports:refuse", "a button"),
    ("tiltas_reports:make_code", "a button"),
    ("tiltas_reports:end_code", "a button"),
    ("tiltas_reports:qr", "a picture"),
    ("tiltas_home:my_data", "a ZIP file"),
    ("exportlog:inspect", "Wagtail's own list of a row's values"),
    ("institutionrequest:inspect", "Wagtail's own list of a row's values"),
    ("tiltas_quizzes:start", "a button"),
    ("tiltas_quizzes:save", "JSON for the page's script"),
    ("tiltas_quizzes:answers", "JSON for the page's script"),
    ("tiltas_quizzes:submit", "a button"),
    ("tiltas_certificates:download", "a PDF"),
    ("tiltas_certificates:specimen", "a PDF"),
    ("tiltas_translations:download", "a ZIP file"),
    ("tiltas_translations:terms", "JSON for the script of the translator's editor"),
    ("wagtailsnippetchoosers_*", "Wagtail's own windows"),
    ("*:index_results", "a part of the list"),
    ("*:list_results", "a part of the list"),
    ("*:history*", "Wagtail's own, the same for each kind of thing"),
    ("*:usage", "Wagtail's own, the same for each kind of thing"),
    ("*:add", "the form of the edit screen, empty"),
    ("*:copy", "the form of the edit screen"),
    ("*:edit", "Wagtail's form; those that are more than fields stand in DESK"),
    ("*:delete", "Wagtail's question before it deletes"),
    ("*:unpublish", "Wagtail's question before it unpublishes"),
    ("*:preview_on_*", "the preview of what is typed, in the editor's frame"),
    ("*:revisions_*", "Wagtail's own"),
    ("*lock", "Wagtail's own, closed here"),
    ("*workflow*", "Wagtail's own, not used here"),
]
# Types of page that have no screen of their own.
NO_PAGE = {"tiltas_courses.ModulePage": "leads to its place on the course's page"}


def reason_for_no_screen(name):
    """Why the address of this name shows no screen, or None."""
    return next((reason for pattern, reason in NO_SCREEN if fnmatch(name, pattern)), None)


def home_page():
    from home.models import HomePage

    return HomePage.objects.get(locale=Locale.get_default())


def info_page(role):
    from home.models import InfoPage

    return InfoPage.objects.get(locale=Locale.get_default(), role=role)


def news_page():
    from home.models import NewsPage

    return NewsPage.objects.filter(locale=Locale.get_default()).latest("first_published_at", "pk")


def course_of(world):
    return {"course_key": world.course.translation_key}


def group_of(world):
    from courses.models import Cohort

    course = world.course.record
    return Cohort.objects.get_or_create(course=course, name="Telšiai, pavasaris", starts_on=date(2026, 11, 1))[0]


def waiting_copy(world):
    """A copy that no worker has begun."""
    from studio.tasks import copy_course_task

    result = copy_course_task.enqueue(str(world.course.translation_key), "K1-2099", {}, None)
    return course_of(world) | {"result_id": result.id}


def room(world):
    return {"institution_uuid": world.institution.uuid}


def in_english(page):
    return page.get_translation(Locale.objects.get(language_code="en")).pk


def attempt(attempt):
    return {"attempt_uuid": attempt.uuid}


def question_of(world, number):
    return {"attempt_uuid": world.open_attempt.uuid, "number": number}


def by_person(screens):
    """(who, screens) in order: a person logs in once and looks at all of theirs, but what has steps before it stands alone."""
    found, alone = {}, []
    for screen in screens:
        if screen.before:
            alone.append((screen.who, [screen]))
        else:
            found.setdefault(screen.who, []).append(screen)
    return [*found.items(), *alone]
