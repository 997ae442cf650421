"""A coordinator's morning, step by step, with whatever browser the page has: with scripts or without."""

from django.utils import timezone
from playwright.sync_api import expect

from institutions.models import Institution, JoinCode
from tests.factories import LearnerFactory, MembershipFactory

from .browsing import follow, said

WAITING, STRANGER = ("Ona", "Laukienė"), ("Jonas", "Svetimas")


def make_waiting():
    """Two people chose the coordinator's institution from the list. Returns their memberships."""
    institution = Institution.objects.get(join_codes__code="PAVYZDYS")
    return [
        MembershipFactory(
            institution=institution,
            learner=LearnerFactory(given_names=given, surname=surname),
            starts_on=timezone.localdate(),
            confirmed_at=None,
        )
        for given, surname in (WAITING, STRANGER)
    ]


def open_room(page, language):
    """From one's own page to the people of the institution."""
    page.goto(f"/{language}/my/")
    menu = page.locator("details.menu summary")
    if menu.is_visible():
        menu.click()
    follow(page.get_by_role("link", name=said("My institution", language), exact=True).locator("visible=true"))
    follow(page.locator(".tabs").get_by_role("link", name=said("People", language), exact=True))


def confirm_and_refuse(page, language, waiting):
    """One is known and the other is not; both are told by name."""
    mine, stranger = waiting
    for verb, membership, sentence in (
        ("confirm", mine, "Confirmed: %(person)s."),
        ("refuse", stranger, "Not yours: %(person)s. Nothing is counted here."),
    ):
        follow(page.locator(f'form[action$="/{membership.uuid}/{verb}/"] button'))
        expect(page.get_by_text(said(sentence, language) % {"person": membership.learner})).to_be_visible()
    for membership in waiting:
        membership.refresh_from_db()
    assert (mine.confirmation, mine.refused_at) == ("coordinator", None)
    assert (stranger.confirmed_at, stranger.refused_at is None) == (None, False)


def end(page, language, membership):
    """The last day is proposed and kept."""
    follow(page.locator(f'a[href$="/{membership.uuid}/end/"]'))
    follow(page.get_by_role("button", name=said("End the membership", language), exact=True))
    membership.refresh_from_db()
    assert membership.ends_on == timezone.localdate()
    assert page.locator(f'a[href$="/{membership.uuid}/end/"]').count() == 0


def invite(page, language):
    """A new code for twelve, and its sheet in the language, where the square is drawn."""
    follow(page.locator(".tabs").get_by_role("link", name=said("Invitations", language), exact=True))
    page.locator("[name=max_uses]").fill("0")
    follow(page.get_by_role("button", name=said("Make a new code", language), exact=True))
    assert page.locator("[name=max_uses]").input_value() == "0"  # refused, and what was typed is there
    page.locator("[name=max_uses]").fill("12")
    follow(page.get_by_role("button", name=said("Make a new code", language), exact=True))
    code = JoinCode.objects.latest("pk")
    assert code.max_uses == 12
    follow(page.locator(f'a[href*="/{language}/"][href*="/{code.code}/sheet/"]'))
    expect(page.get_by_text(code.spaced).first).to_be_visible()
    square = page.locator(".sheet .way-in img")
    assert square.bounding_box()["width"] > 150
    drawn = page.request.get(square.get_attribute("src"))
    assert (drawn.status, drawn.headers["content-type"]) == (200, "image/svg+xml")
