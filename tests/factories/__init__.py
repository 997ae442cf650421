"""Rows without surprises: what a test does not name is plain and valid."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from certificates.models import Issuer
from courses.models import Activity, Course, CourseEdition, Enrolment, Module
from institutions.models import (
    Institution,
    InstitutionRequest,
    JoinCode,
    Membership,
    Municipality,
    MunicipalityCoordinator,
)
from learners.models import Learner
from progress.models import Completion
from quizzes.models import Attempt, QuestionText, QuestionVersion

NOON = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
MORNING = NOON - timedelta(hours=3)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"asmuo{number}@tiltas.test")

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        """Every user of a test has a password and a confirmed address, unless `verified=False`."""
        self.set_password("slaptas-zodis")
        self.save()
        if extracted is not False:
            self.emailaddress_set.create(email=self.email, verified=True, primary=True)


class LearnerFactory(DjangoModelFactory):
    class Meta:
        model = Learner

    user = factory.SubFactory(UserFactory)
    given_names = "Ona"
    surname = factory.Sequence(lambda number: "Petraitė" if number == 0 else f"Petraitė-{_letters(number)}")


def _letters(number):
    return "A" + "".join(chr(97 + int(digit)) for digit in str(number))


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ("code",)

    code = "68"
    names = {"lt": "Plungės rajono savivaldybė", "en": "Plungė District Municipality"}


class InstitutionFactory(DjangoModelFactory):
    class Meta:
        model = Institution

    name = factory.Sequence(lambda number: f"Pavyzdinis centras Nr. {number}")
    municipality = factory.SubFactory(MunicipalityFactory)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    learner = factory.SubFactory(LearnerFactory)
    institution = factory.SubFactory(InstitutionFactory)
    starts_on = date(2026, 11, 1)
    confirmed_at = MORNING
    confirmation = factory.LazyAttribute(lambda membership: "code" if membership.confirmed_at else "")


class MunicipalityCoordinatorFactory(DjangoModelFactory):
    class Meta:
        model = MunicipalityCoordinator

    learner = factory.SubFactory(LearnerFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    starts_on = date(2026, 11, 1)


class InstitutionRequestFactory(DjangoModelFactory):
    """A learner misses an institution, and nobody has answered yet."""

    class Meta:
        model = InstitutionRequest

    learner = factory.SubFactory(LearnerFactory)
    name = "Trūkstamas centras"
    municipality = factory.SubFactory(MunicipalityFactory)
    created_at = MORNING


class JoinCodeFactory(DjangoModelFactory):
    class Meta:
        model = JoinCode

    code = factory.Sequence(lambda number: f"KODAS{number:03d}")
    institution = factory.SubFactory(InstitutionFactory)
    created_at = MORNING - timedelta(days=1000)


class CourseFactory(DjangoModelFactory):
    """A course record with edition 1 released; `edition=0` leaves it unreleased."""

    class Meta:
        model = Course
        skip_postgeneration_save = True

    key = factory.LazyFunction(uuid4)
    code = factory.Sequence(lambda number: f"C{number}")
    edition = 1
    academic_hours = 16
    titles = factory.LazyAttribute(lambda course: {"lt": f"Kursas {course.code}", "en": f"Course {course.code}"})

    @factory.post_generation
    def released(self, create, extracted, **kwargs):
        for number in range(1, self.edition + 1):
            CourseEdition.objects.create(
                course=self, number=number, academic_hours=self.academic_hours, released_at=MORNING
            )


class ModuleFactory(DjangoModelFactory):
    class Meta:
        model = Module

    key = factory.LazyFunction(uuid4)
    course = factory.SubFactory(CourseFactory)
    position = factory.Sequence(lambda number: number + 1)
    titles = {"lt": "Modulis", "en": "Module"}


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = Activity

    key = factory.LazyFunction(uuid4)
    module = factory.SubFactory(ModuleFactory)
    kind = "lesson"
    position = factory.Sequence(lambda number: number + 1)
    minutes = 25
    titles = {"lt": "Pamoka", "en": "Lesson"}
    required_since = 1


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = Enrolment

    learner = factory.SubFactory(LearnerFactory)
    course = factory.SubFactory(CourseFactory)
    edition = 1
    private = factory.SelfAttribute("course.private")
    enrolled_at = MORNING


class CompletionFactory(DjangoModelFactory):
    class Meta:
        model = Completion

    enrolment = factory.SubFactory(EnrolmentFactory)
    activity = factory.SubFactory(ActivityFactory)
    completed_at = NOON


class QuestionVersionFactory(DjangoModelFactory):
    """A single-choice question whose right option is "a", with words in both languages."""

    class Meta:
        model = QuestionVersion
        skip_postgeneration_save = True

    key = factory.LazyFunction(uuid4)
    number = 1
    kind = "single_choice"
    definition = {"options": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "points": 1}
    answer_key = {"right": ["a"]}
    digest = factory.LazyFunction(lambda: uuid4().hex)

    @factory.post_generation
    def words(self, create, extracted, **kwargs):
        for language, word in (("lt", "Atsakymas"), ("en", "Answer")):
            QuestionText.objects.create(
                version=self,
                language=language,
                texts={
                    "prompt": f"{word}?",
                    "explanation": f"{word}: explanation",
                    "options": {
                        option["id"]: {"text": f"{word} {option['id']}", "feedback": f"{word} {option['id']} feedback"}
                        for option in self.definition["options"]
                    },
                },
            )


class AttemptFactory(DjangoModelFactory):
    """An open attempt at two questions."""

    class Meta:
        model = Attempt

    enrolment = factory.SubFactory(EnrolmentFactory)
    activity = factory.SubFactory(
        ActivityFactory, kind="quiz", module__course=factory.SelfAttribute("...enrolment.course")
    )
    number = 1
    questions = factory.LazyFunction(lambda: drawn(QuestionVersionFactory(), QuestionVersionFactory()))
    seed = 1
    pass_mark = 70
    started_at = MORNING


def drawn(*versions):
    """These question versions as an attempt keeps them."""
    return [{"version": version.pk, "options": version.option_ids} for version in versions]


class IssuerFactory(DjangoModelFactory):
    class Meta:
        model = Issuer
        django_get_or_create = ("prefix",)

    prefix = "KT"
    names = {"lt": "Pavyzdinis išdavėjas", "en": "Sample issuer"}
    signatory_name = "Jurgita Čepaitė"
    signatory_position = {"lt": "Vadovė", "en": "Director"}
