"""The walk of a learner on a phone, in Lithuanian, from the front page to a certificate that anyone can check."""

import re
import subprocess

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from certificates.models import Certificate
from certificates.services import revoke_certificate
from quizzes.models import Attempt, QuestionVersion

from .browsing import follow

GIVEN_NAMES, SURNAME = "Ąžuolė Ęglė", "ČĖĮŠŲŪŽ-Žiūkštytė"
ADDRESS = "nauja@tiltas.test"
K1_LT = "Socialinių ir sveikatos priežiūros paslaugų kokybės vadyba"
K1_EN = "Quality Management of Social and Health-Care Services"


@pytest.fixture
def walker(courses, open_page):
    return open_page(width=390, language="lt")


def test_a_learner_walks_from_the_front_page_to_a_certificate(walker, mailed_code, run_tasks, tmp_path, live_server):
    sign_up(walker, mailed_code)
    join(walker)
    enrol(walker)
    read_lessons(walker)
    fail_the_test(walker)
    pass_the_test(walker)
    pdf = download_certificate(walker, tmp_path)
    run_tasks()

    certificate = Certificate.objects.get(enrolment__learner__surname=SURNAME)
    check_pdf(pdf, certificate)
    address = scanned_qr(pdf, tmp_path)
    assert address.startswith(f"{live_server.url}/verify/{certificate.code}/")
    walker.goto(address)
    expect(walker.get_by_role("heading", name="Galioja", exact=True)).to_be_visible()
    expect(walker.get_by_text(f"{GIVEN_NAMES} {SURNAME}")).to_be_visible()
    revoke_certificate(certificate_id=certificate.pk, reason="Bandymas", at=timezone.now())
    walker.reload()
    expect(walker.get_by_role("heading", name="Panaikintas", exact=True)).to_be_visible()
    assert walker.complaints == []


def sign_up(page, mailed_code):
    page.goto("/")
    assert page.url.endswith("/lt/")
    page.goto("/lt/account/signup/")
    page.get_by_label("El. pašto adresas").fill(ADDRESS)
    follow(page.get_by_role("button", name="Susikurti paskyrą"))
    page.locator("[name=code]").fill(mailed_code(ADDRESS))
    follow(page.locator("main form button.button").first)


def join(page):
    page.get_by_label("Vardas").fill(GIVEN_NAMES)
    page.get_by_label("Pavardė").fill(SURNAME)
    follow(page.get_by_role("button", name="Įrašyti ir tęsti"))
    page.get_by_label("Įstaigos kodas").fill("pavy-zdys")
    follow(page.get_by_role("button", name="Prisijungti prie įstaigos"))
    expect(page.get_by_text("Pavyzdinis socialinių paslaugų centras").first).to_be_visible()


def enrol(page):
    follow(page.get_by_role("link", name=K1_LT, exact=True).first)
    follow(page.get_by_role("button", name="Registruotis į kursą"))
    follow(page.get_by_role("link", name="Pradėti", exact=True))


def read_lessons(page):
    assert page.get_by_role("heading", level=1).inner_text() == "Kas yra paslaugos kokybė ir kas ją vertina"
    follow(page.get_by_role("button", name="Perskaityta, toliau"))
    assert page.get_by_role("heading", level=1).inner_text().startswith("Lietuvos reikalavimai")
    follow(page.get_by_role("button", name="Perskaityta, toliau"))
    assert page.get_by_role("heading", level=1).inner_text() == "Paslaugų gavėjo teisės, orumas ir dalyvavimas"
    follow(page.get_by_role("button", name="Perskaityta, toliau"))


def answer(page, version, *, rightly):
    """Choose the right options of the question that is shown, or one that makes the answer wrong; wait until it is saved."""
    right = set(version.answer_key["right"])
    wrong = [option for option in version.option_ids if option not in right][:1]
    for option in sorted(right) if rightly else wrong:
        page.locator(f'[name=answer][value="{option}"]').check()
    page.locator(".state.saved", has_text=re.compile(r"^Įrašyta \d\d:\d\d$")).wait_for()


def versions_of(attempt):
    return [QuestionVersion.objects.get(pk=pk) for pk in attempt.version_ids]


def fail_the_test(page):
    follow(page.get_by_role("button", name="Pradėti testą"))
    attempt = Attempt.objects.get(enrolment__learner__surname=SURNAME)
    versions = versions_of(attempt)
    for number, version in enumerate(versions, start=1):
        assert f"{number} klausimas iš {len(versions)}" in page.locator(".bar").inner_text().replace("\xa0", " ")
        answer(page, version, rightly=False)
        follow(page.locator(".next button").last)
    follow(page.get_by_role("button", name="Pateikti atsakymus"))
    expect(page.get_by_role("heading", name="Dar neišlaikyta")).to_be_visible()
    feedback = versions[0].texts.filter(language="lt").latest("id").texts
    expect(page.get_by_text(feedback["explanation"])).to_be_visible()
    follow(page.get_by_role("button", name="Bandyti dar kartą").first)


def pass_the_test(page):
    attempt = Attempt.objects.get(enrolment__learner__surname=SURNAME, number=2)
    for number, version in enumerate(versions_of(attempt), start=1):
        answer(page, version, rightly=True)
        if number == 3:
            switch_there_and_back(page, version)
        follow(page.locator(".next button").last)
    follow(page.get_by_role("button", name="Pateikti atsakymus"))
    expect(page.get_by_role("heading", name="Išlaikyta", exact=True)).to_be_visible()


def chosen(page):
    return sorted(box.get_attribute("value") for box in page.locator("[name=answer]").all() if box.is_checked())


def switch_there_and_back(page, version):
    """The same question with the same answer in English, and in Lithuanian again."""
    before = chosen(page)
    assert before == version.answer_key["right"]
    texts = {text.language: text.texts for text in version.texts.order_by("id")}
    follow(page.locator(".lang a[hreflang=en], .lang a[lang=en]").first)
    assert page.locator("legend").inner_text() == texts["en"]["prompt"]
    assert chosen(page) == before
    follow(page.locator(".lang a[hreflang=lt], .lang a[lang=lt]").first)
    assert page.locator("legend").inner_text() == texts["lt"]["prompt"]
    assert chosen(page) == before


def download_certificate(page, folder):
    follow(page.get_by_role("link", name="Žiūrėti pažymėjimą", exact=True))
    with page.expect_download() as started:
        page.get_by_role("link", name=re.compile("Atsisiųsti pažymėjimą")).click()
    path = folder / "certificate.pdf"
    started.value.save_as(path)
    return path


def check_pdf(pdf, certificate):
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    words = re.sub(r"\s+", " ", text)
    for expected in (f"{GIVEN_NAMES} {SURNAME}", K1_LT, K1_EN, certificate.full_number, certificate.printed_code):
        assert expected in words
    fonts = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert fonts
    assert all(re.search(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$", line).group(1) == "yes" for line in fonts)


def scanned_qr(pdf, folder):
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-f", "1", "-l", "1", pdf, folder / "page"], check=True)
    picture = next(folder.glob("page*.png"))
    scanned = subprocess.run(["zbarimg", "-q", "--raw", picture], capture_output=True, text=True, check=True)
    return scanned.stdout.strip()
