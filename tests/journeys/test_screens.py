"""Each screen of the walk: no barrier that axe can find, nothing wider than the phone, nothing from another host."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from certificates.services import issue_certificate
from courses.models import Activity, Course, Enrolment
from courses.services import enrol
from institutions.services import choose_institution
from learners.models import Learner
from progress.services import record_completion
from quizzes.models import Attempt, QuestionVersion
from quizzes.services import save_response, start_attempt, submit_attempt
from tiltas.demo import PASSWORD

LEARNER, COORDINATOR = "mokinys@tiltas.test", "koordinatorius@tiltas.test"
VARIANTS = [
    (language, width, scheme) for language in ("lt", "en") for width in (390, 1280) for scheme in ("light", "dark")
]
FEW = [("lt", 390, "light"), ("en", 1280, "dark")]


@pytest.fixture
def walked(courses):
    """The demo learner on the way, and another who is done; returns the addresses of every screen, by who sees it."""
    now = timezone.now()
    course = Course.objects.get(code="K1")
    learner = Learner.objects.get(user__email=LEARNER)
    enrolment = enrol(learner_id=learner.pk, course_id=course.pk, membership_id=learner.memberships.get().pk, at=now)
    activities = list(Activity.objects.filter(module__course=course).in_order())
    record_completion(enrolment_id=enrolment.pk, activity_id=activities[0].pk, at=now)
    quiz = next(activity for activity in activities if activity.kind == "quiz")
    failed = start_attempt(enrolment_id=enrolment.pk, activity_id=quiz.pk, at=now)
    submit_attempt(attempt_id=failed.pk, at=now)
    attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=quiz.pk, at=now)
    version = QuestionVersion.objects.get(pk=attempt.version_ids[0])
    save_response(
        attempts=Attempt.objects.filter(pk=attempt.pk),
        number=1,
        operation_id=attempt.uuid,
        base=0,
        raw=[version.option_ids[0]],
        at=now,
    )
    certificate = completed(course, activities, now)
    membership = learner.memberships.get()
    waiting = Learner.objects.get(user__email="lektorius@tiltas.test")
    choose_institution(learner_id=waiting.pk, institution_id=membership.institution_id, on=membership.starts_on)
    room = f"/institution/{membership.institution.uuid}/"
    return {
        "": [
            "/", "/courses/", "/courses/?q=istaiga", "/courses/?q=xyz", "course", "lesson", "/account/login/", "/account/signup/", "/account/login/code/",
            "/account/password/reset/", "/nothing-here/", "help", "about", "privacy", "accessibility", "terms", "news", "item", "verify:", f"verify:{certificate.code}/", "verify:AAAA/",
        ],
        LEARNER: [
            "/my/", "/my/account/", "/my/account/close/", "/learner/name/", "/learner/language/", "/account/email/",
            "/account/password/change/", f"/enrol/enrolments/{enrolment.uuid}/withdraw/", "/join/", "course", "lesson", "quiz", f"/quizzes/attempts/{attempt.uuid}/1/",
            f"/quizzes/attempts/{attempt.uuid}/overview/", f"/quizzes/attempts/{failed.uuid}/result/",
            f"/certificates/courses/{certificate.enrolment.uuid}/", "/join/choose/?q=pavyzd", "/join/choose/?q=nesamas",
            "/join/missing/", "/my/institutions/", f"/my/institutions/{membership.uuid}/leave/",
        ],
        COORDINATOR: [
            room, f"{room}people/", f"{room}people/{membership.uuid}/end/", f"{room}invitations/",
            f"{room}invitations/PAVYZDYS/sheet/",
        ],
    }  # fmt: skip


def completed(course, activities, now):
    """A certificate of the demo learner's own, for a walk that is over: the same person took the course before."""
    learner = Learner.objects.get(user__email=LEARNER)
    earlier = Enrolment.objects.create(
        learner=learner, course=course, edition=course.edition, enrolled_at=now, completed_at=now
    )
    return issue_certificate(enrolment_id=earlier.pk, at=now)


def address(place, language):
    """A screen's address in a language; pages have other words in each."""
    if place.startswith("verify:"):
        return f"/verify/{place.removeprefix('verify:')}?lang={language}"
    pages = {
        "course": ("lt/kursai/paslaugu-kokybes-vadyba/", "en/courses/service-quality-management/"),
        "lesson": (
            "lt/kursai/paslaugu-kokybes-vadyba/kokybes-samprata/kas-yra-paslaugos-kokybe/",
            "en/courses/service-quality-management/what-quality-means/what-service-quality-is/",
        ),
        "quiz": (
            "lt/kursai/paslaugu-kokybes-vadyba/kokybes-samprata/modulio-testas/",
            "en/courses/service-quality-management/what-quality-means/module-test/",
        ),
        "/courses/": ("lt/kursai/", "en/courses/"),
        "/courses/?q=istaiga": ("lt/kursai/?q=istaiga", "en/courses/?q=INSTITUTION"),
        "/courses/?q=xyz": ("lt/kursai/?q=xyz", "en/courses/?q=xyz"),
        "help": ("lt/pagalba/", "en/help/"),
        "about": ("lt/apie-projekta/", "en/about-the-project/"),
        "privacy": ("lt/privatumas/", "en/privacy/"),
        "accessibility": ("lt/prieinamumas/", "en/accessibility/"),
        "terms": ("lt/naudojimosi-salygos/", "en/terms-of-use/"),
        "news": ("lt/naujienos/", "en/news/"),
        "item": ("lt/naujienos/24-seminarai-460-dalyviu/", "en/news/24-seminars-460-participants/"),
    }
    if place in pages:
        return "/" + pages[place][language == "en"]
    return f"/{language}{place}"


def visit_all(open_page, walked, variants):
    """Look at every screen in each variant; returns what is wrong, a line each."""
    axe, found = Axe(), []
    for language, width, scheme in variants:
        for who, places in walked.items():
            page = open_page(width=width, scheme=scheme, language=language)
            if who:
                log_in(page, who)
            for place in places:
                where = f"{address(place, language)} {language} {width} {scheme} {who}"
                page.goto(address(place, language))
                assert page.locator("html").get_attribute("lang") == language, where
                found += [f"{where}: {each['id']}: {each['nodes'][0]['html'][:160]}" for each in violations(axe, page)]
                if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                    found.append(f"{where}: wider than the screen")
                found += [f"{where}: {complaint}" for complaint in page.complaints if "404" not in complaint]
                page.complaints.clear()
    return found


def violations(axe, page):
    return axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]


def log_in(page, who):
    page.goto("/lt/account/login/")
    page.locator("[name=login]").fill(who)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/my/")


def test_no_screen_of_the_walk_has_a_barrier(walked, open_page):
    assert visit_all(open_page, walked, FEW) == []


@pytest.mark.everything
def test_no_screen_has_a_barrier_in_any_language_width_and_theme(walked, open_page):
    assert visit_all(open_page, walked, VARIANTS) == []


def test_every_screen_fits_320_pixels(walked, open_page):
    found = []
    for who, places in walked.items():
        page = open_page(width=320)
        if who:
            log_in(page, who)
        for place in places:
            page.goto(address(place, "lt"))
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append(place)
    assert found == []
