"""The browser of the tests and of the pictures: where it is, how a person's window is opened, how a person logs in."""

import shutil

from django.test import Client
from django.utils.translation import gettext, override
from django.utils.translation.trans_real import DjangoTranslation

from tiltas.demo import PASSWORD

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright):
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


def window(browser, base_url, *, width=390, scheme="light", language="lt", **more):
    """A new visitor's browser: nothing remembered, this width, theme and language."""
    return browser.new_context(
        base_url=base_url,
        viewport={"width": width, "height": 844 if width < 600 else 900},
        color_scheme=scheme,
        locale={"lt": "lt-LT", "en": "en-GB"}[language],
        **more,
    )


def log_in(page, who):
    """Log a demo person in, as they do it themselves."""
    page.goto("/lt/account/login/")
    page.locator("[name=login]").fill(who)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/my/")


def let_in(context, learner, live_server):
    """Log this learner in without the screens of it, in whatever this browser shows next."""
    client = Client()
    client.force_login(learner.user)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def follow(link):
    """Press what leads to another page, a link or a form's button, and be there: the old page must not be read as the new."""
    with link.page.expect_navigation():
        link.click()


def take_steps(page, screen, language):
    """What the person does before this screen is there."""
    for step in screen.before:
        if step.view:
            page.goto(step.address(language))
        for name, value in step.typed(language).items():
            page.locator(f"main [name={name}]").first.fill(value)
        if step.fields:
            with page.expect_navigation():
                page.locator(f"main [name={name}]").first.press("Enter")


def is_wider_than_the_window(page):
    """Would a reader have to scroll sideways?"""
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def said(words, language):
    """Words of the interface as they read in the language: a journey follows what a button says, however it is reworded."""
    with override(language):
        return gettext(words)


def said_by_scripts(words, language):
    """The same for what the editor's scripts say."""
    return DjangoTranslation(language, domain="djangojs").gettext(words)
