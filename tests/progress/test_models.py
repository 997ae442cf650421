import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from tests.factories import CompletionFactory

pytestmark = pytest.mark.django_db


def test_the_database_refuses_a_second_completion_of_an_activity():
    completion = CompletionFactory()

    with pytest.raises(IntegrityError):
        CompletionFactory(enrolment=completion.enrolment, activity=completion.activity)


@pytest.mark.parametrize("score", ["-0.0001", "1.0001"])
def test_the_database_refuses_a_score_that_is_no_share(score):
    with pytest.raises(IntegrityError, match="completion_score_from_0_to_1"):
        CompletionFactory(score=score)


@pytest.mark.parametrize("score", [None, "0", "0.6666", "1"])
def test_a_score_is_a_share_or_nothing(score):
    assert CompletionFactory(score=score).pk


@pytest.mark.parametrize("held", ["enrolment", "activity"])
def test_what_was_completed_is_never_deleted(held):
    with pytest.raises(ProtectedError):
        getattr(CompletionFactory(), held).delete()
