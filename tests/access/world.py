"""A small site with one thing of each kind, all of them `learner`'s, and the people of the matrix."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

from django.contrib.auth.models import Group

from certificates.services import issue_certificate
from courses.opening import save_group
from quizzes.models import ExtraTime, Question
from quizzes.services import start_attempt, submit_attempt
from reports.models import ExportLog
from tests.factories import (
    NOON,
    CourseFactory,
    EnrolmentFactory,
    InstitutionFactory,
    InstitutionRequestFactory,
    IssuerFactory,
    JoinCodeFactory,
    LearnerFactory,
    MembershipFactory,
    MunicipalityCoordinatorFactory,
    MunicipalityFactory,
)
from tests.factories.files import block, lesson_file
from tests.factories.pages import make_course, publish
from tiltas.roles import ADMINISTRATOR, TRAINER, sync_groups


def make_people():
    """Person → user, None for anonymous; each of them has a named learner. Needs the site."""
    sync_groups()
    found = {"anonymous": None}
    for name, surname in {
        "learner": "Savas",
        "learner_elsewhere": "Kitas",
        "coordinator": "Koordinatorė",
        "trainer": "Lektorius",
        "administrator": "Administratorė",
    }.items():
        found[name] = LearnerFactory(given_names="Ona", surname=surname).user
    found["trainer"].groups.add(Group.objects.get(name=TRAINER))
    found["administrator"].groups.add(Group.objects.get(name=ADMINISTRATOR))
    return found


def make_world(people):
    """What the addresses of the matrix name."""
    institution = InstitutionFactory(name="Sava įstaiga")
    elsewhere = InstitutionFactory(name="Kita įstaiga")
    membership = MembershipFactory(learner=people["learner"].learner, institution=institution)
    MembershipFactory(learner=people["coordinator"].learner, institution=institution, role="coordinator")
    MembershipFactory(learner=people["learner_elsewhere"].learner, institution=elsewhere)
    made = make_course(code="K1", lessons=2)
    made_of_learner = learn(people["learner"], made, membership)
    learn(people["learner_elsewhere"], made, None)
    file = lesson_file(language="lt")
    made.lessons[1].body = [("text", "<p>Tekstas lietuviškai.</p>"), block("document", file=file)]
    publish(made.lessons[1])
    question = Question.objects.filter(locale__language_code="lt").first()
    question.save_revision(user=people["trainer"])
    return SimpleNamespace(
        made=made,
        file=file,
        institution=institution,
        elsewhere=elsewhere,
        membership=membership,
        join_code=JoinCodeFactory(institution=institution),
        municipality=MunicipalityFactory(),
        municipality_role=MunicipalityCoordinatorFactory(municipality__code="74"),
        request=InstitutionRequestFactory(learner=people["learner"].learner),
        question=question,
        revision=question.latest_revision,
        export_log=ExportLog.objects.create(exported_at=NOON, user=people["administrator"], format="csv", rows=1),
        extra_time=ExtraTime.objects.create(learner=people["learner"].learner, percent=50),
        group=save_group(course_id=made.record.pk, name="Pavasaris", starts_on=date(2026, 11, 1)),
        **made_of_learner,
    )


def learn(user, made, membership):
    """An open enrolment with an open attempt, another attempt that was handed in, and a completed course with its certificate."""
    enrolment = EnrolmentFactory(learner=user.learner, course=made.record, membership=membership)
    quiz = made.quizzes[0].record
    handed_in = start_attempt(enrolment_id=enrolment.pk, activity_id=quiz.pk, at=NOON)
    submit_attempt(attempt_id=handed_in.pk, at=NOON)
    attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=quiz.pk, at=NOON)
    completed = EnrolmentFactory(
        learner=user.learner, course=CourseFactory(key=uuid4()), membership=membership, completed_at=NOON
    )
    IssuerFactory()
    certificate = issue_certificate(enrolment_id=completed.pk, at=NOON)
    return {
        "enrolment": enrolment,
        "attempt": attempt,
        "handed_in": handed_in,
        "completed": completed,
        "certificate": certificate,
    }
