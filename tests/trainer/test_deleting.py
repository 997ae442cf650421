"""Deleting in the editor's pages: what is in use stays, with a sentence that says why; what is not in use goes."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse

from certificates.models import Issuer
from certificates.services import issue_certificate
from courses.models import Activity, Course, CoursePage
from institutions.models import Institution, JoinCode, Membership, Municipality
from lessons.models import LessonPage
from tests.factories import (
    NOON,
    CompletionFactory,
    CourseFactory,
    EnrolmentFactory,
    InstitutionFactory,
    IssuerFactory,
    JoinCodeFactory,
    LearnerFactory,
    MembershipFactory,
    MunicipalityFactory,
    UserFactory,
)
from tests.factories.pages import make_course
from tests.trainer.conftest import sentences

pytestmark = pytest.mark.everything

User = get_user_model()


@pytest.fixture(params=["no index yet", "indexed"])
def index(request):
    """Call it when everything is there: Wagtail's index of references is filled by the worker, sooner or later."""

    def fill():
        if request.param == "indexed":
            call_command("rebuild_references_index", verbosity=0)

    return fill


@pytest.fixture
def superuser(client, site):
    user = User.objects.create_superuser("visagalis@tiltas.test", "slaptas-zodis")
    client.force_login(user)
    return user


def rows():
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label.startswith("tiltas_")
    }


def institution_with_members():
    return MembershipFactory().institution


def institution_with_a_code():
    return JoinCodeFactory().institution


def municipality_with_institutions():
    return InstitutionFactory().municipality


def membership_that_is_counted():
    membership = MembershipFactory()
    EnrolmentFactory(learner=membership.learner, membership=membership)
    return membership


def issuer_with_certificates():
    issuer = IssuerFactory()
    issue_certificate(enrolment_id=EnrolmentFactory(completed_at=NOON).pk, at=NOON)
    return issuer


IN_USE = [
    ("institution", institution_with_members, "has members or codes"),
    ("institution", institution_with_a_code, "has members or codes"),
    ("municipality", municipality_with_institutions, "has institutions"),
    ("membership", membership_that_is_counted, "Put its last day instead"),
    ("issuer", issuer_with_certificates, "has issued certificates"),
]


@pytest.mark.parametrize(("kind", "make", "words"), IN_USE)
def test_what_is_in_use_stays_and_the_sentence_says_why(client, administrator, index, kind, make, words):
    client.cookies["django_language"] = "en"
    record = make()
    index()
    before = rows()

    confirm = client.get(reverse(f"{kind}:delete", args=[record.pk]))
    response = client.post(reverse(f"{kind}:delete", args=[record.pk]))

    assert (confirm.status_code, response.status_code) == (200, 302)
    assert response.headers["Location"] == reverse(f"{kind}:index")
    (sentence,) = sentences(response)
    assert (str(record) in sentence, words in sentence) == (True, True)
    assert rows() == before


@pytest.mark.parametrize(
    ("kind", "model", "make"),
    [
        ("institution", Institution, InstitutionFactory),
        ("municipality", Municipality, MunicipalityFactory),
        ("membership", Membership, MembershipFactory),
        ("joincode", JoinCode, JoinCodeFactory),
        ("issuer", Issuer, IssuerFactory),
    ],
)
def test_what_is_not_in_use_goes(client, administrator, index, kind, model, make):
    record = make()
    index()

    response = client.post(reverse(f"{kind}:delete", args=[record.pk]))

    assert (response.status_code, response.headers["Location"]) == (302, reverse(f"{kind}:index"))
    assert not model.objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("kind", ["institution", "municipality", "membership", "issuer", "joincode", "certificate"])
def test_records_have_no_way_around_in_bulk(client, administrator, kind):
    issuer_with_certificates()
    MembershipFactory()
    app = "tiltas_certificates" if kind in {"issuer", "certificate"} else "tiltas_institutions"
    pk = apps.get_model(app, kind).objects.values_list("pk", flat=True).first()
    before = rows()

    response = client.post(reverse("wagtail_bulk_action", args=[app, kind, "delete"]) + f"?id={pk}", follow=True)

    assert response.status_code == 404
    assert rows() == before


# Accounts


def test_the_account_of_a_learner_stays(client, superuser, index):
    client.cookies["django_language"] = "en"
    learner = LearnerFactory()
    index()

    response = client.post(reverse("wagtailusers_users:delete", args=[learner.user.pk]))

    assert response.headers["Location"] == reverse("wagtailusers_users:index")
    assert ["is a learner" in sentence for sentence in sentences(response)] == [True]
    learner.refresh_from_db()
    assert learner.user is not None


def test_one_learner_among_the_chosen_accounts_keeps_them_all(client, superuser, index):
    learner, nobody = LearnerFactory(), UserFactory()
    index()
    address = reverse("wagtail_bulk_action", args=["tiltas_accounts", "user", "delete"])

    shown = client.get(f"{address}?id={nobody.pk}&id={learner.user.pk}", follow=True)
    response = client.post(f"{address}?id={nobody.pk}&id={learner.user.pk}")

    assert (shown.status_code, response.status_code, len(sentences(response))) == (200, 302, 1)
    assert User.objects.filter(pk__in=[learner.user.pk, nobody.pk]).count() == 2


@pytest.mark.parametrize("in_bulk", [False, True])
def test_an_account_that_never_learned_goes(client, superuser, index, in_bulk):
    user = UserFactory()
    index()
    bulk = reverse("wagtail_bulk_action", args=["tiltas_accounts", "user", "delete"]) + f"?id={user.pk}"

    client.post(bulk if in_bulk else reverse("wagtailusers_users:delete", args=[user.pk]))

    assert not User.objects.filter(pk=user.pk).exists()


def test_an_administrator_deletes_no_account(client, administrator):
    user = UserFactory()
    bulk = reverse("wagtail_bulk_action", args=["tiltas_accounts", "user", "delete"]) + f"?id={user.pk}"

    client.post(bulk)
    client.post(reverse("wagtailusers_users:delete", args=[user.pk]))

    assert User.objects.filter(pk=user.pk).exists()


# Pages


def delete_in_bulk(client, *pages):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return client.post(address + "?" + "&".join(f"id={page.pk}" for page in pages))


def delete(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


@pytest.mark.parametrize("way", [delete, delete_in_bulk])
@pytest.mark.parametrize("which", ["course", "its English page", "the catalogue above it"])
def test_a_course_with_enrolments_keeps_its_page(client, administrator, made, index, way, which):
    client.cookies["django_language"] = "en"
    EnrolmentFactory(course=made.record)
    index()
    page = {
        "course": made.page,
        "its English page": made.page.get_translations().get(),
        "the catalogue above it": made.page.get_parent(),
    }[which]
    before = rows()

    response = way(client, page)

    assert response.status_code == 302
    assert ["People are enrolled in" in sentence for sentence in sentences(response)] == [True]
    assert rows() == before


def test_one_course_in_use_among_the_chosen_pages_keeps_them_all(client, administrator, made):
    other = make_course(code="K2")
    EnrolmentFactory(course=made.record)

    delete_in_bulk(client, other.page, made.page)

    assert CoursePage.objects.filter(pk__in=[made.page.pk, other.page.pk]).count() == 2


@pytest.mark.parametrize("way", [delete, delete_in_bulk])
def test_a_course_without_enrolments_goes_and_its_record_stays(client, administrator, made, index, way):
    index()

    response = way(client, made.page)

    assert response.status_code == 302
    assert not CoursePage.objects.filter(pk=made.page.pk).exists()
    assert Course.objects.filter(key=made.page.translation_key).exists()


@pytest.mark.parametrize("way", [delete, delete_in_bulk])
def test_a_lesson_that_somebody_completed_goes_when_nobody_has_to_and_the_completion_stays(
    client, administrator, made, index, way
):
    lesson, record = made.lessons[0], made.record
    completion = CompletionFactory(enrolment__course=record, enrolment__completed_at=NOON, activity=lesson.record)
    Activity.objects.filter(pk=completion.activity_id).update(required_until=2)
    Course.objects.filter(pk=record.pk).update(edition=2)
    index()

    response = way(client, lesson)

    assert response.status_code == 302
    assert not LessonPage.objects.filter(translation_key=lesson.translation_key).exists()
    completion.refresh_from_db()
    assert (completion.activity.required_since, completion.activity.key) == (1, lesson.translation_key)


@pytest.mark.parametrize("way", [delete, delete_in_bulk])
@pytest.mark.parametrize("of", ["the present edition", "an edition that somebody is in"])
def test_a_lesson_that_somebody_has_to_complete_stays(client, administrator, made, index, way, of):
    client.cookies["django_language"] = "en"
    lesson, record = made.lessons[0], made.record
    if of != "the present edition":
        EnrolmentFactory(course=record, edition=1)
        Activity.objects.filter(key=lesson.translation_key).update(required_until=2)
        Course.objects.filter(pk=record.pk).update(edition=2)
    index()
    before = rows()

    response = way(client, lesson)

    assert response.status_code == 302
    assert ["has to be completed in" in sentence for sentence in sentences(response)] == [True]
    assert rows() == before


def test_a_course_that_is_only_a_record_is_in_nobodys_way(client, administrator, made):
    EnrolmentFactory(course=CourseFactory())

    delete(client, made.page)

    assert not CoursePage.objects.filter(pk=made.page.pk).exists()
