"""Joining and leaving an institution."""

import csv
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from learners.models import Learner

from .codes import normal_code
from .models import JoinCode, Membership, Municipality


class JoinRefused(Exception):
    """The code can't be used; the message says why and what to do."""


class UnknownCode(JoinRefused):
    def __init__(self):
        super().__init__(_("There is no such code. Check each letter and digit, or ask your coordinator."))


class ExpiredCode(JoinRefused):
    def __init__(self):
        super().__init__(_("This code has expired. Ask your coordinator for a new one."))


class UsedUpCode(JoinRefused):
    def __init__(self):
        super().__init__(
            _("This code was already used as many times as it allows. Ask your coordinator for a new one.")
        )


@transaction.atomic
def join_by_code(*, learner_id, code, job_title="", at, on):
    """
    Make the learner a member of the code's institution and return the open membership.

    `at` is the moment, `on` the local day. Using the same code again returns the same membership and counts no use;
    a membership that was only chosen from the list becomes confirmed. Raises JoinRefused.
    """
    try:
        join_code = JoinCode.objects.select_for_update().get(code=normal_code(code))
    except JoinCode.DoesNotExist:
        raise UnknownCode from None
    # Two codes of one institution at once make one membership.
    Learner.objects.select_for_update(no_key=True).get(pk=learner_id)
    membership = (
        Membership.objects.select_for_update()
        .filter(learner_id=learner_id, institution_id=join_code.institution_id)
        .open()
        .first()
    )
    if membership is not None and membership.confirmed_at:
        return membership
    if join_code.expires_at and join_code.expires_at <= at:
        raise ExpiredCode
    if join_code.max_uses is not None and join_code.uses >= join_code.max_uses:
        raise UsedUpCode
    if membership is None:
        membership = Membership(learner_id=learner_id, institution_id=join_code.institution_id, starts_on=on)
    membership.confirmed_at = at
    membership.job_title = job_title or membership.job_title
    membership.save()
    join_code.uses += 1
    join_code.save(update_fields=["uses"])
    return membership


@transaction.atomic
def end_membership(*, membership_id, on):
    """End the membership with this local day as its last. An ended one stays as it is."""
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    if membership.ends_on is None:
        membership.ends_on = max(on, membership.starts_on)
        membership.save(update_fields=["ends_on"])
    return membership


@transaction.atomic
def load_municipalities(path=Path(__file__).parent / "data" / "municipalities-lt.csv"):
    """Bring the municipalities from the file; what is there already is brought up to date. Returns how many there are."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        Municipality.objects.update_or_create(
            code=row["code"],
            defaults={
                "iso_code": row["iso_3166_2"],
                "names": {"lt": row["name_lt"], "en": row["name_en"]},
                "cases": {"genitive": row["name_lt_genitive"], "locative": row["name_lt_locative"]},
                "county_code": row["county_iso"],
                "county_names": {"lt": row["county_lt"]},
                "partner": row["seed_partner"] == "1",
            },
        )
    return len(rows)
