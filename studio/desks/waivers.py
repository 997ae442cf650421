"""Waivers whose day is over while a language is still behind, with the way to what is to be translated."""

from dataclasses import dataclass

from django.urls import reverse

from studio.permissions import can_submit_translation
from studio.waivers import Expired, expired_waivers


@dataclass(frozen=True)
class WaiverRow:
    expired: Expired
    url: str


def waiver_rows(user, *, at):
    """Those of texts that this person may translate or publish, the oldest first. Three queries and those of permissions."""
    return [
        WaiverRow(each, reverse("tiltas_translating:behind", args=[each.waiver.key]))
        for each in expired_waivers(at)
        if can_submit_translation(user, each.instance)
    ]
