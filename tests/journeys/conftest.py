"""A real browser on a real server with the real courses."""

import os

import pytest
from django.utils import timezone
from playwright.sync_api import sync_playwright

from tests import mails
from tests.factories import LearnerFactory
from tests.factories.pages import ensure_site, make_course
from tiltas.demo import make_demo

from .browsing import CHROMIUM, launch, let_in, window
from .world import load_demo, walk

# Playwright's own loop runs in the test's thread; the database is asked between its steps, never during one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/journeys" in str(item.path) and "browser" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, live_server):
    """Call it for a page of a new visitor: `open_page(width=390, scheme="dark", language="lt")`."""
    contexts = []

    def make(**options):
        context = window(browser, live_server.url, accept_downloads=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8_000)
        page.complaints = []
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on(
            "request",
            lambda request: (
                request.url.startswith((live_server.url, "blob:", "data:"))
                or page.complaints.append(f"left the site: {request.url}")
            ),
        )
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def house(transactional_db, settings, live_server, tmp_path):
    """The site without the real courses: its own address and its mail in files."""
    settings.TILTAS_URL = live_server.url
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": tmp_path / "mail"},
        }
    }
    ensure_locales_and_root()


@pytest.fixture
def courses(house):
    """The site as `make run` shows it on the first day."""
    load_demo(at=timezone.now())


@pytest.fixture
def short_course(house):
    """
    Demo people with a made-up course of two lessons: for whoever needs a course but not its words, in a fraction of the time.
    """
    made = make_course(lessons=2, quiz=False)
    make_demo(at=timezone.now())
    return made


@pytest.fixture
def walked(courses):
    """The demo learner on the way, and another who is done: the World whose screens a browser visits."""
    return walk(at=timezone.now())


@pytest.fixture
def walked_without_browser(db):
    """The same for Django's test client."""
    ensure_locales_and_root()
    load_demo(at=timezone.now())
    return walk(at=timezone.now())


def ensure_locales_and_root():
    """A transactional test before this one may have flushed what Wagtail's migrations made."""
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Collection, Locale, Page

    # wagtail-localize makes this one in a migration.
    translation = ContentType.objects.get(app_label="wagtail_localize", model="translation")
    Permission.objects.get_or_create(
        content_type=translation, codename="submit_translation", defaults={"name": "Can submit translations"}
    )
    locale, _made = Locale.objects.get_or_create(language_code="lt")
    if Page.get_first_root_node() is None:
        Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    ensure_moderation()


def ensure_moderation():
    """The workflow that Wagtail's migrations give to the root."""
    from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

    if not WorkflowPage.objects.exists():
        name = "Moderators approval"
        workflow = Workflow.objects.create(name=name)
        WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name=name))
        WorkflowPage.objects.create(workflow=workflow, page=Page.get_first_root_node())


@pytest.fixture
def mailed_code(settings):
    """Call it for the code in the newest mail to an address."""
    return lambda address: mails.mailed_code(settings.MAILERS["default"]["OPTIONS"]["file_path"], address)


@pytest.fixture
def learner(transactional_db):
    ensure_locales_and_root()
    ensure_site()
    return LearnerFactory()


@pytest.fixture
def come(open_page, live_server):
    """Call it for a page of a browser in which this learner is logged in."""

    def come(learner, **options):
        page = open_page(**options)
        let_in(page.context, learner, live_server)
        return page

    return come
