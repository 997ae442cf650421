"""
A course on the host's site, from its files to the certificate: `python walk.py` after `migrate` and `load_municipalities`.

Writes `seen.json`: where Tiltas was found, and what a visitor and a learner met.
"""

import io
import json
import os
import re
import shutil
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "host_site.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import translation  # noqa: E402
from wagtail.models import Locale, Page, Site  # noqa: E402

import courses  # noqa: E402
from certificates.models import Issuer  # noqa: E402
from courses.models import CourseIndexPage, CoursePage  # noqa: E402
from home.models import HomePage  # noqa: E402
from quizzes.models import Attempt, QuestionVersion  # noqa: E402

INSTALLED = Path(courses.__file__).parent.parent


def make_places():
    """A front page of the host's own; below it Tiltas' home page and catalogue in both languages, as an editor makes them."""
    for code in ("lt", "en"):
        Locale.objects.get_or_create(language_code=code)
    source = Locale.get_default()
    root = Page.get_first_root_node()
    root.get_children().delete()
    front = Page.objects.get(pk=root.pk).add_child(instance=Page(title="Host", slug="host", locale=source))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": front})
    front.copy_for_translation(Locale.objects.get(language_code="en")).save_revision().publish()
    home = front.add_child(instance=HomePage(title="Mokymasis", slug="mokymasis", locale=source))
    catalogue = home.add_child(instance=CourseIndexPage(title="Kursai", slug="kursai", locale=source))
    for page in (home, catalogue):
        page.copy_for_translation(Locale.objects.get(language_code="en")).save_revision().publish()


def load_content():
    """The courses that came with Tiltas, without the pages of a site whose front page is ours."""
    shutil.copytree(INSTALLED / "content", settings.TILTAS_CONTENT)
    for path in [*settings.TILTAS_CONTENT.glob("home.*"), *settings.TILTAS_CONTENT.glob("catalogue.*")]:
        path.unlink()
    call_command("load_courses", verbosity=0, stdout=io.StringIO())


class Visitor:
    """Django's test client that follows redirects and accepts nothing but 200."""

    def __init__(self):
        self.client = Client()

    def get(self, path):
        return self._text(self.client.get(path, follow=True))

    def post(self, path, **data):
        return self._text(self.client.post(path, data, follow=True))

    def press(self, text, form):
        """Send the form of this page whose address looks like `form`, with its hidden fields."""
        return self.post(re.search(form, text).group())

    def _text(self, response):
        assert response.status_code == 200, (response.status_code, response.request["PATH_INFO"])
        self.path = response.request["PATH_INFO"]
        return b"".join(response.streaming_content) if response.streaming else response.content.decode()


def walk():
    """Read as a visitor; log in with Django's own login, enrol, read, answer, finish."""
    course = CoursePage.objects.get(code="K1", locale=Locale.get_default())
    module = course.get_children().live().first()
    lessons = [page for page in module.get_children().live() if page.specific.kind == "lesson"]
    seen = {
        "first_lesson": Visitor().get(lessons[0].url),
        "verify": Visitor().get("/verify/ABCDEFGHJKMN/"),
        "login": Client().get("/lt/learn/my/").headers["Location"],
        "statistics": statistics(),
    }

    get_user_model().objects.create_user("ona", password="slaptas-zodis")
    learner = Visitor()
    learner.post("/members/login/", username="ona", password="slaptas-zodis")
    learner.post("/lt/learn/learner/name/", given_names="Ona", surname="Petraitė")
    learner.press(learner.get(course.url), r"/lt/learn/enrol/[0-9a-f-]+/enrol/")
    for page in course.get_descendants().live().specific():
        if getattr(page, "kind", "") == "lesson":
            learner.press(learner.get(page.url), r"/lt/learn/lessons/[0-9a-f-]+/[0-9a-f-]+/done/")
        elif getattr(page, "kind", "") == "quiz":
            take(learner, page)
    call_command("db_worker", batch=True, queue_name="*", startup_delay=False, verbosity=0)
    seen["my_learning"] = learner.get("/lt/learn/my/")
    done = learner.get(re.search(r"/lt/learn/certificates/courses/[0-9a-f-]+/", seen["my_learning"]).group())
    seen["certificate"] = learner.get(re.search(r"/lt/learn/certificates/[0-9a-f-]+/download/", done).group())
    seen["account"] = learner.get("/lt/learn/my/account/")
    seen["data"] = learner.client.get("/lt/learn/my/account/data/").content
    learner.client.post("/lt/learn/my/account/close/", {"password": "slaptas-zodis"})
    seen["closed"] = not get_user_model().objects.filter(username="ona").exists()
    return course, lessons[0], seen


def statistics():
    """The administrator's page in the admin."""
    get_user_model().objects.create_superuser("admin", password="slaptas-zodis")
    administrator = Visitor()
    administrator.post("/members/login/", username="admin", password="slaptas-zodis")
    return administrator.get(reverse("tiltas_statistics"))


def take(learner, page):
    """Answer every question of the test rightly, and hand in."""
    learner.press(learner.get(page.url), r"/lt/learn/quizzes/[0-9a-f-]+/[0-9a-f-]+/start/")
    attempt = Attempt.objects.open().get()
    versions = QuestionVersion.objects.in_bulk(attempt.version_ids)
    for number, pk in enumerate(attempt.version_ids, start=1):
        path = f"/lt/learn/quizzes/attempts/{attempt.uuid}/{number}/"
        operation = re.search(r'name="operation" value="([^"]+)"', learner.get(path)).group(1)
        learner.post(path, operation=operation, base=0, answer=versions[pk].answer_key["right"])
    learner.post(f"/lt/learn/quizzes/attempts/{attempt.uuid}/submit/")


def main():
    make_places()
    load_content()
    Issuer.objects.create(
        prefix="HS",
        names={"lt": "Šeimininkas", "en": "Host"},
        signatory_name="Jonas Jonaitis",
        signatory_position={"lt": "Vadovas", "en": "Head"},
    )
    with translation.override("lt"):
        course, lesson, seen = walk()
    words = next(block.value for block in lesson.specific.body if block.block_type == "heading")
    told = {
        "installed": str(INSTALLED),
        "user_model": settings.AUTH_USER_MODEL,
        "login": seen["login"],
        "lesson": words in seen["first_lesson"],
        "my_learning": "Mano mokymasis" in seen["my_learning"] and course.title in seen["my_learning"],
        "statistics": "Statistika" in seen["statistics"] or "Statistics" in seen["statistics"],
        "verify": 'action="/verify/"' in seen["verify"],
        "certificate": seen["certificate"].startswith(b"%PDF"),
        "account": "Ona Petraitė" in seen["account"] and "/account/email/" not in seen["account"],
        "data": seen["data"].startswith(b"PK"),
        "closed": seen["closed"],
    }
    Path("seen.json").write_text(json.dumps(told))


main()
