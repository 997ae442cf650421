"""Each screen of the list: no barrier that axe can find, nothing wider than the window, nothing from another host."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from wagtail.models import get_page_models

from tests.access.addresses import addresses

from .browsing import is_wider_than_the_window, log_in, take_steps
from .screens import DESK, NO_PAGE, OURS, OWN_DESK, SCREENS, by_person, reason_for_no_screen

WIDTHS = (390, 1280)
HEIGHT = {320: 640, 390: 844, 1280: 900}
# 320 pixels are the smallest phones, and a window of 1280 at a zoom of 400 %.
NARROWEST = 320


def test_each_address_of_ours_has_its_screen_or_a_reason_to_have_none():
    shown = {screen.view for screen in [*SCREENS, *DESK]}
    ours = [name for name, address in addresses().items() if address.is_ours]

    missing = [name for name in ours if name not in shown and reason_for_no_screen(name) is None]

    assert missing == [], "Give each of them a line in tests/journeys/screens.py."


def test_each_type_of_page_has_its_screen_or_a_reason_to_have_none():
    shown = {screen.kind for screen in SCREENS}
    ours = [model._meta.label for model in get_page_models() if model._meta.app_label.startswith("tiltas_")]

    missing = [label for label in ours if label not in shown and label not in NO_PAGE]

    assert missing == [], "Give each of them a line in tests/journeys/screens.py."


def test_no_two_screens_have_the_same_name():
    names = [screen.name for screen in [*SCREENS, *DESK]]

    assert sorted(set(names)) == sorted(names)


OUR_PART = "main .nice-padding, main .tiltas-figures, main form"


WALK = {
    "home",
    "catalogue",
    "course",
    "lesson-open",
    "log-in",
    "my-learning",
    "question",
    "result-passed",
    "certificate",
    "verify-valid",
    "account",
    "institution",
}


def visit_all(open_page, world, language, *, widths, schemes, screens=SCREENS):
    """Look at these screens in these widths and themes; returns what is wrong, a line each."""
    axe, found = Axe(), []
    for who, theirs in by_person(screens):
        page = open_page(width=widths[0], scheme=schemes[0], language=language)
        if who:
            log_in(page, who)
        for screen in theirs:
            take_steps(page, screen, language)
            answer = page.goto(screen.address(world, language))
            where = f"{screen.name} {language}"
            assert (answer.status, page.locator("html").get_attribute("lang")) == (screen.status, language), where
            for width in (NARROWEST, *widths):
                page.set_viewport_size({"width": width, "height": HEIGHT[width]})
                if is_wider_than_the_window(page):
                    found.append(f"{where}: wider than {width} pixels")
                for scheme in schemes if width in widths else ():
                    # Without motion the new theme's colours are there at once.
                    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                    wrong = violations(axe, page)
                    # Once: a dozen screens in the light, all of them in the dark.
                    if (width, scheme) == (min(widths), schemes[-1]):
                        wrong += violations_unfolded(axe, page)
                    for each in wrong:
                        node = each["nodes"][0]["html"][:160]
                        found.append(f"{where} {width} {scheme}: {each['id']}: {node}")
            found += [
                f"{where}: {complaint}"
                for complaint in page.complaints
                if f"status of {screen.status}" not in complaint
            ]
            page.complaints.clear()
    return found


def violations(axe, page, within=None):
    return axe.run(page, within, options={"resultTypes": ["violations"]}).response["violations"]


FOLD = "open => document.querySelectorAll('details').forEach(each => { each.open = open; })"


def violations_unfolded(axe, page):
    """The same in what was folded away: the phone's menu, the contents of a course, the parts of an accordion."""
    if not page.locator("details").locator("visible=true").count():
        return []
    page.evaluate(FOLD, True)
    found = violations(axe, page, "details")
    page.evaluate(FOLD, False)
    return found


@pytest.mark.looks
def test_the_screens_of_a_walk_have_no_barrier_on_a_lithuanian_phone(walked, open_page):
    """A dozen in a quarter of a minute; every other one, width and theme has its turn in `make test-all`."""
    chosen = [screen for screen in SCREENS if screen.name in WALK]

    assert len(chosen) == len(WALK)
    assert visit_all(open_page, walked, "lt", widths=[390], schemes=["light"], screens=chosen) == []


@pytest.mark.looks
@pytest.mark.everything
@pytest.mark.parametrize("language", ["lt", "en"])
def test_no_screen_has_a_barrier_in_any_width_and_theme(walked, open_page, language):
    assert visit_all(open_page, walked, language, widths=WIDTHS, schemes=["light", "dark"]) == []


def test_each_desk_screen_of_ours_is_on_the_desk():
    assert sorted(screen.name for screen in OWN_DESK) == sorted(OURS)


@pytest.mark.looks
@pytest.mark.everything
@pytest.mark.parametrize("language", ["lt", "en"])
def test_our_part_of_the_desk_has_no_barrier(walked, open_page, language):
    """What Wagtail draws around it is not ours to mend, so axe looks at the main part alone."""
    axe, found = Axe(), []
    for who, screens in by_person(OWN_DESK):
        page = open_page(width=1280, language=language)
        page.emulate_media(reduced_motion="reduce")
        log_in(page, who)
        for screen in screens:
            assert page.goto(screen.address(walked, language)).status == 200, screen.name
            page.evaluate(FOLD, True)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": HEIGHT[width]})
                found += [
                    f"{screen.name} {width}: {each['id']}: {each['nodes'][0]['html'][:160]}"
                    for each in violations(axe, page, OUR_PART)
                ]

    assert found == []
