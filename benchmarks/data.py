"""The data of the benchmarks: the project's own courses, and as many institutions and learners as Lithuania may bring."""

import io
import time
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone, translation

from certificates.services import issue_certificate
from courses.models import Activity, Course, CourseIndexPage, CoursePage, Enrolment
from courses.services import enrol
from institutions.models import Institution, Membership, Municipality
from learners.models import Learner
from learners.services import learner_of, name_learner
from progress.models import Completion
from quizzes.models import QuestionVersion
from tests.factories import IssuerFactory

INSTITUTIONS = 300
LEARNERS = 3000
CERTIFICATES = 300


@dataclass
class World:
    """What the figures ask for. `completed` are enrolments with a certificate."""

    course: Course
    loading: float
    loading_again: float
    user: object = None
    administrator: object = None
    enrolment: Enrolment = None
    completed: list = field(default_factory=list)
    course_url: str = ""
    catalogue_url: str = ""
    lesson_url: str = ""

    @property
    def quiz(self):
        return Activity.objects.filter(module__course=self.course, kind="quiz").first()

    def versions_of(self, attempt):
        versions = QuestionVersion.objects.in_bulk(attempt.version_ids)
        return [versions[pk] for pk in attempt.version_ids]

    def fresh_enrolments(self, number):
        """Open enrolments in which nothing was done."""
        return list(Enrolment.objects.filter(course=self.course, completions__isnull=True).open()[:number])

    def completed_without_certificate(self, number):
        found = Enrolment.objects.filter(course=self.course, certificates__isnull=True).completed()
        return list(found.select_related("learner")[:number])


def prepare():
    """Migrate, load the courses, and write the people. Takes its time; nothing of it is measured but the loading."""
    call_command("migrate", verbosity=0)
    call_command("load_municipalities", stdout=io.StringIO())
    call_command("sync_groups", stdout=io.StringIO())
    loading, loading_again = _load(), _load()
    IssuerFactory()
    course = Course.objects.filter(edition__gte=1).order_by("code").first()
    world = World(course, loading, loading_again)
    _write_people(world)
    _find_places(world)
    return world


def _load():
    began = time.perf_counter()
    call_command("load_courses", stdout=io.StringIO())
    return time.perf_counter() - began


def _write_people(world):
    """One learner who logs in, one administrator, and many who are only counted: a third of them completed the course."""
    now = timezone.now()
    world.administrator = get_user_model().objects.create_superuser("admin@tiltas.test", "benchmark")
    world.user = get_user_model().objects.create_user("mokinys@tiltas.test", "benchmark")
    learner = learner_of(world.user)
    name_learner(learner_id=learner.pk, given_names="Ona", surname="Petraitė", language="lt")
    world.enrolment = enrol(learner_id=learner.pk, course_id=world.course.pk, at=now)

    municipalities = list(Municipality.objects.all())
    institutions = Institution.objects.bulk_create(
        Institution(name=f"Pavyzdinis centras Nr. {number}", municipality=municipalities[number % len(municipalities)])
        for number in range(INSTITUTIONS)
    )
    learners = Learner.objects.bulk_create(
        Learner(given_names="Ona", surname=f"Petraitė-{_letters(number)}") for number in range(LEARNERS)
    )
    memberships = Membership.objects.bulk_create(
        Membership(
            learner=each,
            institution=institutions[number % INSTITUTIONS],
            starts_on=now.date(),
            confirmed_at=now,
            confirmation=Membership.Confirmation.CODE,
        )
        for number, each in enumerate(learners)
    )
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            learner=each.learner,
            course=world.course,
            edition=world.course.edition,
            membership=each,
            enrolled_at=now - timedelta(days=30),
            completed_at=None if number % 3 else now,
        )
        for number, each in enumerate(memberships)
    )
    done = [enrolment for enrolment in enrolments if enrolment.completed_at]
    activities = Activity.objects.filter(module__course=world.course).required_in(world.course.edition)
    Completion.objects.bulk_create(
        Completion(enrolment=enrolment, activity=activity, completed_at=now)
        for enrolment in done
        for activity in activities
    )
    for enrolment in done[:CERTIFICATES]:
        issue_certificate(enrolment_id=enrolment.pk, at=now)
    world.completed = done[:CERTIFICATES]


def _letters(number):
    """A number as letters: names have no digits."""
    return "".join(chr(97 + int(digit)) for digit in str(number)).capitalize()


def _find_places(world):
    with translation.override("lt"):
        page = CoursePage.objects.get(translation_key=world.course.key, locale__language_code="lt")
        world.course_url = page.get_url()
        world.catalogue_url = CourseIndexPage.objects.get(locale__language_code="lt").get_url()
        world.lesson_url = next(
            each.get_url() for each in page.get_descendants().live().specific() if getattr(each, "kind", "") == "lesson"
        )
