"""The walk of a learner from the front page to a certificate that anyone can check: on a phone in Lithuanian, and in the other ways in `make test-all`."""

import re
import subprocess
from itertools import takewhile

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from certificates.models import Certificate
from certificates.services import revoke_certificate
from courses.models import Activity
from quizzes.models import Attempt, QuestionVersion

from .browsing import follow, said

GIVEN_NAMES, SURNAME = "Ąžuolė Ęglė", "ČĖĮŠŲŪŽ-Žiūkštytė"
ADDRESS = "nauja@tiltas.test"
K1_LT = "Socialinių ir sveikatos priežiūros paslaugų kokybės vadyba"
K1_EN = "Quality Management of Social and Health-Care Services"
K1 = {"lt": K1_LT, "en": K1_EN}
OTHER = {"lt": "en", "en": "lt"}
IN_FULL_RUN = (pytest.mark.everything, pytest.mark.looks)


class Walker:
    """Somebody with a browser who follows what the screens say in their language."""

    def __init__(self, page, language):
        self.page, self.language = page, language

    def says(self, words):
        return said(words, self.language)

    def press(self, words, role="button"):
        follow(self.page.get_by_role(role, name=self.says(words), exact=True).first)

    def sees_heading(self, words):
        expect(self.page.get_by_role("heading", name=self.says(words), exact=True)).to_be_visible()

    @property
    def heading(self):
        return self.page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize(
    ("language", "width"),
    [
        ("lt", 390),
        pytest.param("lt", 1280, marks=IN_FULL_RUN),
        pytest.param("en", 390, marks=IN_FULL_RUN),
        pytest.param("en", 1280, marks=IN_FULL_RUN),
    ],
)
def test_a_learner_walks_from_the_front_page_to_a_certificate(
    courses, open_page, mailed_code, run_tasks, tmp_path, live_server, language, width
):
    page = open_page(width=width, language=language)
    walker = Walker(page, language)
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
    page.goto(address)
    walker.sees_heading("Valid")
    expect(page.get_by_text(f"{GIVEN_NAMES} {SURNAME}")).to_be_visible()
    revoke_certificate(certificate_id=certificate.pk, reason="Bandymas", at=timezone.now())
    page.reload()
    walker.sees_heading("Revoked")
    assert page.complaints == []


def sign_up(walker, mailed_code):
    page = walker.page
    page.goto("/")
    assert page.url.endswith(f"/{walker.language}/")
    page.goto(f"/{walker.language}/account/signup/")
    page.get_by_label(walker.says("E-mail address")).fill(ADDRESS)
    walker.press("Create the account")
    page.locator("[name=code]").fill(mailed_code(ADDRESS))
    follow(page.locator("main form button.button").first)


def join(walker):
    page = walker.page
    page.get_by_label(walker.says("Given names")).fill(GIVEN_NAMES)
    page.get_by_label(walker.says("Surname")).fill(SURNAME)
    walker.press("Save and continue")
    page.get_by_label(walker.says("Your institution's code")).fill("pavy-zdys")
    walker.press("Join")
    expect(page.get_by_text("Pavyzdinis socialinių paslaugų centras").first).to_be_visible()


def enrol(walker):
    walker.press(K1[walker.language], role="link")
    walker.press("Enrol in the course")
    walker.press("Start", role="link")


def read_lessons(walker):
    """Each lesson of the module by its title, in order."""
    activities = Activity.objects.filter(module__course__code="K1").in_order()
    lessons = takewhile(lambda activity: activity.kind == "lesson", activities)
    titles = [lesson.titles[walker.language] for lesson in lessons]
    assert len(titles) == 3
    assert (
        titles[0]
        == {
            "lt": "Kas yra paslaugos kokybė ir kas ją vertina",
            "en": "What service quality is and who judges it",
        }[walker.language]
    )
    for title in titles:
        assert walker.heading == title
        walker.press("Read, next")


def answer(walker, version, *, rightly):
    """Choose the right options of the question that is shown, or one that makes the answer wrong; wait until it is saved."""
    page, right = walker.page, set(version.answer_key["right"])
    wrong = [option for option in version.option_ids if option not in right][:1]
    for option in sorted(right) if rightly else wrong:
        page.locator(f'[name=answer][value="{option}"]').check()
    saved = re.escape(walker.says("Saved %(time)s")).replace(re.escape("%(time)s"), r"\d\d:\d\d")
    page.locator(".state.saved", has_text=re.compile(f"^{saved}$")).wait_for()


def versions_of(attempt):
    return [QuestionVersion.objects.get(pk=pk) for pk in attempt.version_ids]


def fail_the_test(walker):
    page = walker.page
    walker.press("Start the test")
    attempt = Attempt.objects.get(enrolment__learner__surname=SURNAME)
    versions = versions_of(attempt)
    for number, version in enumerate(versions, start=1):
        place = walker.says("Question %(number)s of %(total)s") % {"number": number, "total": len(versions)}
        assert plain(place) in plain(page.locator(".bar").inner_text())
        answer(walker, version, rightly=False)
        follow(page.locator(".next button").last)
    walker.press("Hand in the answers")
    walker.sees_heading("Not passed yet")
    feedback = versions[0].texts.filter(language=walker.language).latest("id").texts
    expect(page.get_by_text(feedback["explanation"])).to_be_visible()
    walker.press("Try again")


def plain(text):
    return text.replace("\xa0", " ")


def pass_the_test(walker):
    page = walker.page
    attempt = Attempt.objects.get(enrolment__learner__surname=SURNAME, number=2)
    for number, version in enumerate(versions_of(attempt), start=1):
        answer(walker, version, rightly=True)
        if number == 3:
            switch_there_and_back(walker, version)
        follow(page.locator(".next button").last)
    walker.press("Hand in the answers")
    walker.sees_heading("Passed")


def chosen(page):
    return sorted(box.get_attribute("value") for box in page.locator("[name=answer]").all() if box.is_checked())


def switch_there_and_back(walker, version):
    """The same question with the same answer in the other language, and in the first again."""
    page, before = walker.page, chosen(walker.page)
    assert before == version.answer_key["right"]
    texts = {text.language: text.texts for text in version.texts.order_by("id")}
    for language in (OTHER[walker.language], walker.language):
        follow(page.locator(f".lang a[hreflang={language}], .lang a[lang={language}]").first)
        assert page.locator("legend").inner_text() == texts[language]["prompt"]
        assert chosen(page) == before


def download_certificate(walker, folder):
    walker.press("To the certificate", role="link")
    with walker.page.expect_download() as started:
        walker.page.get_by_role("link", name=walker.says("Download the certificate")).first.click()
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
