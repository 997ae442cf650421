"""Demo people and institutions: what `make run` shows on the first day. Everything goes through the services."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from certificates.models import Issuer
from courses.models import Activity, Course
from courses.services import enrol
from institutions.models import Institution, JoinCode, Membership, Municipality
from institutions.services import join_by_code, load_municipalities
from learners.models import Learner
from learners.services import learner_of, name_learner
from progress.services import record_completion

from .roles import ADMINISTRATOR, TRAINER, TRANSLATOR, sync_groups

PASSWORD = "tiltas-demo"  # noqa: S105  (published on purpose; `demo` refuses production settings)

# (municipality's code, kind, name, join code)
INSTITUTIONS = [
    ("68", "spc", "Pavyzdinis socialinių paslaugų centras", "PAVYZDYS"),
    ("78", "care_home", "Pavyzdiniai globos namai", "GLOBA2026"),
    ("88", "vsb", "Pavyzdinis visuomenės sveikatos biuras", "BIURAS26"),
]
# (address, given names, surname, job title, role of membership, group)
PEOPLE = [
    ("mokinys@tiltas.test", "Ona", "Petraitė", "socialinė darbuotoja", "member", None),
    ("lektorius@tiltas.test", "Vytautas", "Žemaitis", "lektorius", None, TRAINER),
    ("vertejas@tiltas.test", "Saulius", "Ežerskis", "vertėjas", None, TRANSLATOR),
    ("koordinatorius@tiltas.test", "Živilė", "Ąžuolienė", "direktorė", "coordinator", None),
    ("admin@tiltas.test", "Jurgita", "Čepaitė", "projekto administratorė", None, ADMINISTRATOR),
]
GIVEN_NAMES = ["Rasa", "Tomas", "Eglė", "Jonas", "Šarūnė", "Darius", "Ieva", "Ąžuolas", "Ūla", "Mindaugas"]
SURNAMES = ["Kazlauskas", "Žukauskaitė", "Įsoda", "Čiurlytė", "Šimkus", "Ėglinskas", "Vaitkūnaitė", "Ulevičius"]


@transaction.atomic
def make_demo(*, learners=0, at):
    """Make demo institutions, people and `learners` more learners with some progress. Running it again changes nothing."""
    load_municipalities()
    sync_groups()
    Issuer.objects.get_or_create(
        prefix="KT",
        defaults={
            "names": {"lt": "Tiltas (pavyzdinis išdavėjas)", "en": "Tiltas (sample issuer)"},
            "signatory_name": "Jurgita Čepaitė",
            "signatory_position": {"lt": "Projekto vadovė", "en": "Project manager"},
        },
    )
    institutions = [_institution(*row, at=at) for row in INSTITUTIONS]
    for row in PEOPLE:
        _person(*row, institution=institutions[0], at=at)
    for number in range(learners):
        _learner(number, institutions[number % len(institutions)], at)


def _institution(municipality, kind, name, code, *, at):
    institution, _created = Institution.objects.get_or_create(
        name=name, municipality=Municipality.objects.get(code=municipality), defaults={"kind": kind}
    )
    JoinCode.objects.get_or_create(code=code, defaults={"institution": institution, "created_at": at})
    return institution


def _person(email, given_names, surname, job_title, role, group, *, institution, at):
    user = get_user_model().objects.filter(email=email).first()
    if user is not None:
        return
    user = get_user_model().objects.create_user(email, PASSWORD, first_name=given_names, last_name=surname)
    user.emailaddress_set.create(email=email, verified=True, primary=True)
    learner = learner_of(user)
    name_learner(learner_id=learner.pk, given_names=given_names, surname=surname, language="lt")
    if role:
        Membership.objects.create(
            learner=learner,
            institution=institution,
            role=role,
            job_title=job_title,
            starts_on=timezone.localdate(at),
            confirmed_at=at,
            confirmation=Membership.Confirmation.OFFICE,
        )
    if group:
        user.groups.add(Group.objects.get(name=group))


def _learner(number, institution, at):
    """A learner without an account: enough for lists and statistics. Some have just begun, some are done."""
    given_names = GIVEN_NAMES[number % len(GIVEN_NAMES)]
    surname = f"{SURNAMES[number // len(GIVEN_NAMES) % len(SURNAMES)]}-{_letters(number)}"
    course = Course.objects.filter(edition__gte=1, private=False).first()
    if course is None or Learner.objects.filter(given_names=given_names, surname=surname).exists():
        return
    learner = Learner.objects.create(given_names=given_names, surname=surname)
    code = institution.join_codes.first().code
    began = at - timedelta(days=number % 60 + 1)
    membership = join_by_code(learner_id=learner.pk, code=code, at=began, on=timezone.localdate(began))
    enrolment = enrol(learner_id=learner.pk, course_id=course.pk, membership_id=membership.pk, at=began)
    activities = Activity.objects.filter(module__course=course).required_in(enrolment.edition).in_order()
    for activity in activities[: number // len(INSTITUTIONS) % (activities.count() + 1)]:
        record_completion(enrolment_id=enrolment.pk, activity_id=activity.pk, at=at)


def _letters(number):
    """A number as letters, so that each demo surname is one of its own: 0 → Aa."""
    return chr(65 + number // 26 % 26) + chr(97 + number % 26)
