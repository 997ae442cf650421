"""What is counted: learners without accounts, in institutions of two municipalities."""

import pytest

from certificates.services import issue_certificate
from learners.models import Learner
from tests.factories import (
    MORNING,
    NOON,
    EnrolmentFactory,
    InstitutionFactory,
    IssuerFactory,
    MembershipFactory,
    MunicipalityFactory,
)


@pytest.fixture
def plunge(db):
    return MunicipalityFactory()


@pytest.fixture
def rietavas(db):
    return MunicipalityFactory(code="74", names={"lt": "Rietavo savivaldybė", "en": "Rietavas Municipality"})


@pytest.fixture
def enrol(db):
    """
    Call it for an enrolment of a new learner: `enrol(course, institution, completed_at=NOON)`. `certified=True` issues the
    certificate of a completed one.
    """

    def make(course, institution=None, *, surname="Petraitė", confirmed=True, job_title="", certified=False, **fields):
        learner = Learner.objects.create(given_names="Ona", surname=surname)
        membership = institution and MembershipFactory(
            learner=learner,
            institution=institution,
            confirmed_at=MORNING if confirmed else None,
            job_title=job_title,
        )
        enrolment = EnrolmentFactory(learner=learner, course=course, membership=membership, **fields)
        if certified:
            IssuerFactory()
            issue_certificate(enrolment_id=enrolment.pk, at=NOON)
        return enrolment

    return make


@pytest.fixture
def institution(plunge):
    return InstitutionFactory(name="Plungės socialinių paslaugų centras", municipality=plunge)
