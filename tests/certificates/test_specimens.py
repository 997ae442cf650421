"""What a trial ends with: it looks like a certificate, says that it is none, and nothing of it is ever kept."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.utils import translation
from pypdf import PdfReader

from certificates.models import Certificate, CertificateCounter, Issuer
from certificates.specimens import specimen_of
from courses.models import Enrolment
from learners.models import Learner
from progress.services import record_completion
from reports.statistics import CompletionStatistics, Filters
from tests.certificates.test_rendering import text_of
from tests.factories import NOON, ActivityFactory, EnrolmentFactory, IssuerFactory, LearnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(site):
    """The base template asks for the catalogue."""


@pytest.fixture
def issuer():
    return IssuerFactory()


@pytest.fixture
def trainer(client):
    learner = LearnerFactory(given_names="Vytautas", surname="Žemaitis")
    client.force_login(learner.user)
    return learner


@pytest.fixture
def trial(trainer):
    """Tried to its end, activity by activity."""
    trial = EnrolmentFactory(learner=trainer, trial=True, course__titles={"lt": "Kokybė", "en": "Quality"})
    activity = ActivityFactory(module__course=trial.course)
    record_completion(enrolment_id=trial.pk, activity_id=activity.pk, at=NOON)
    return Enrolment.objects.get(pk=trial.pk)


def page_of(client, trial, language="en"):
    return client.get(f"/{language}/certificates/courses/{trial.uuid}/")


def pdf_of(client, trial, language="en"):
    return client.get(f"/{language}/certificates/courses/{trial.uuid}/specimen/")


def nothing_was_kept():
    files = [path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file()]
    return (Certificate.objects.count(), CertificateCounter.objects.count(), files) == (0, 0, [])


@pytest.mark.parametrize(
    ("language", "mark", "note"),
    [
        ("lt", "PAVYZDYS", "Bandomasis pavyzdys: be numerio, mokymosi nepatvirtina."),
        ("en", "SPECIMEN", "A trial specimen: without a number, certifies no learning."),
    ],
)
def test_the_page_is_the_certificates_twin_with_the_mark_across_it(client, issuer, trial, language, mark, note):
    page = page_of(client, trial, language).content.decode()

    document = page.split("<article")[1].split("</article>")[0]
    said = [words in document for words in ("Vytautas Žemaitis", {"lt": "Kokybė", "en": "Quality"}[language], note)]
    assert (said, document.count(mark)) == ([True] * 3, 2)
    assert [
        each for each in ("KT-", "/verify/", "check-link") if each in page.split("<main")[1].split("</main>")[0]
    ] == []
    assert nothing_was_kept()


def test_the_pdf_has_the_mark_and_no_number_and_nothing_to_scan(client, issuer, trial, tmp_path):
    response = pdf_of(client, trial)

    pdf = response.content
    text = text_of(pdf)
    assert response.headers["Content-Disposition"] == 'attachment; filename="specimen.pdf"'
    assert [words in text for words in ("PAVYZDYS", "SPECIMEN", "Vytautas Žemaitis", "Kokybė")] == [True] * 4
    assert [words for words in ("KT-", "Nr.", "No.", "/verify/", "Patikros kodas") if words in text] == []
    assert "KT-" not in PdfReader(BytesIO(pdf)).metadata.title
    assert scanned(pdf, tmp_path) == ""
    assert nothing_was_kept()


def scanned(pdf, tmp_path):
    """What a scanner finds on both pages: it ends with 4 where there is nothing to read."""
    if shutil.which("zbarimg") is None or shutil.which("pdftoppm") is None:
        pytest.skip("zbarimg and pdftoppm are not installed")
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-", tmp_path / "page"], input=pdf, check=True)
    pages = sorted(tmp_path.glob("page*.png"))
    assert len(pages) == 2
    done = subprocess.run(["zbarimg", "--quiet", "--raw", *pages], capture_output=True, check=False)
    for path in pages:
        path.unlink()
    assert done.returncode == 4
    return done.stdout.decode()


def test_neither_register_nor_statistics_know_of_it(client, issuer, trial):
    page_of(client, trial)
    pdf_of(client, trial)

    totals = CompletionStatistics(Filters(language="en")).totals()
    assert (totals.enrolled, totals.completed) == (0, 0)
    assert nothing_was_kept()


def test_an_author_without_a_name_sees_a_made_up_one(client, issuer, trial):
    Learner.objects.update(given_names="", surname="")

    assert "Vardenis Pavardenis" in page_of(client, trial).content.decode()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("lt", "Pažymėjimų išdavėjas dar nenurodytas."),
        ("en", "No issuer is set up yet. The administrator has to name one."),
    ],
)
def test_without_an_issuer_both_say_so(client, trial, language, sentence):
    page = page_of(client, trial, language).content.decode()
    download = pdf_of(client, trial, language)

    assert sentence in page
    assert download.url == f"/{language}/certificates/courses/{trial.uuid}/"
    assert [str(message).startswith(sentence) for message in get_messages(download.wsgi_request)] == [True]


def test_a_name_that_no_font_can_draw_is_told(client, issuer, trial):
    Learner.objects.update(surname="\U00016a40")

    assert pdf_of(client, trial).url == f"/en/certificates/courses/{trial.uuid}/"


@pytest.mark.parametrize("state", [{"completed_at": None}, {"trial": False}])
def test_only_a_completed_trial_has_one(client, issuer, trial, state):
    Enrolment.objects.update(**state)
    enrolment = Enrolment.objects.get()

    assert pdf_of(client, enrolment).status_code == 404
    with pytest.raises(ValueError, match="Only a completed trial"):
        specimen_of(enrolment)


def test_anothers_specimen_is_not_found(client, issuer, trial):
    client.force_login(LearnerFactory().user)

    assert [page_of(client, trial).status_code, pdf_of(client, trial).status_code] == [404, 404]


def test_my_learning_leads_to_it_and_counts_no_completed_course(client, issuer, trial):
    response = client.get("/en/my/")

    assert ("To the specimen" in response.content.decode(), response.context["completed"]) == (True, 0)


def test_a_specimen_once_looked_at_leaves_the_first_number_to_the_first_certificate(client, issuer, trial):
    from certificates.services import issue_certificate

    page_of(client, trial)
    real = EnrolmentFactory(completed_at=NOON)

    with translation.override("lt"):
        assert issue_certificate(enrolment_id=real.pk, at=NOON).full_number == "KT-2026-000001"
    assert Issuer.objects.count() == 1
