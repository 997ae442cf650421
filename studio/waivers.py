"""Waivers: a page goes out in its source language while another one is behind, and everybody can see who said so, and why."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from quizzes.models import Question

from .models import Waiver

LONGEST_DAYS = 180


def valid_waivers(*, key, at):
    """Locale's primary key → the Waiver under which this page or question may be published now."""
    rows = Waiver.objects.valid_on(timezone.localdate(at)).filter(key=key)
    return {waiver.locale_id: waiver for waiver in rows}


@transaction.atomic
def grant_waiver(*, instance, locale, user, reason, until, at):
    """
    Let this source page or question out while the locale is behind, until this day. An open waiver of the same text is ended: the
    new one takes its place, and what it knows of the page. Raises ValidationError.
    """
    _check(reason, until, timezone.localdate(at))
    type(instance).objects.select_for_update(of=("self",)).get(pk=instance.pk)
    older = Waiver.objects.open().filter(key=instance.translation_key, locale=locale).first()
    if older is not None:
        older.ended_at = at
        older.save(update_fields=["ended_at"])
    return Waiver.objects.create(
        key=instance.translation_key,
        locale=locale,
        made_by=user,
        reason=reason.strip(),
        until=until,
        made_at=at,
        newer_since=older.newer_since if older else None,
        gaps=older.gaps if older else [],
    )


def _check(reason, until, today):
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the translation can't be ready now: colleagues will read it.")})
    latest = today + timedelta(days=LONGEST_DAYS)
    if not today <= until <= latest:
        raise ValidationError(
            {
                "until": _("Choose a day from today to %(latest)s, by which the translation will be ready.")
                % {"latest": latest.isoformat()}
            }
        )


def note_left_behind(*, waiver, gaps, at):
    """Remember that the source went ahead of this language, and what of its page stands in the source's language."""
    waiver.newer_since = waiver.newer_since or at
    waiver.gaps = list(gaps)
    waiver.save(update_fields=["newer_since", "gaps"])


@dataclass(frozen=True)
class Expired:
    """A waiver whose day is over, and the source page or question that it is about."""

    waiver: Waiver
    instance: object


def expired_waivers(at):
    """The Expireds at this moment, those that wait longest first. Three queries; what was deleted since is left out."""
    rows = Waiver.objects.expired_on(timezone.localdate(at)).select_related("locale", "made_by").order_by("until", "pk")
    waivers = list(rows)
    if not waivers:
        return []
    found = {}
    for model in (Question, Page):
        sources = model.objects.filter(translation_key__in=[each.key for each in waivers]).select_related("locale")
        for instance in sources:
            found.setdefault(instance.translation_key, []).append(instance)
    expired = []
    for waiver in waivers:
        source = next((each for each in found.get(waiver.key, []) if each.locale_id != waiver.locale_id), None)
        if source is not None:
            expired.append(Expired(waiver, source))
    return expired
