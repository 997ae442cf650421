"""Joining and leaving an institution."""

import csv
from contextlib import suppress
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from learners.models import Learner

from .codes import end_of_day, normal_code
from .models import Institution, InstitutionRequest, JoinCode, Membership, Municipality


class JoinRefused(Exception):
    """The institution can't be joined so; the message says why and what to do."""


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


class RefusedBefore(JoinRefused):
    def __init__(self):
        super().__init__(
            _("This institution has answered that you do not work there. If you do, ask its coordinator for a code.")
        )


class EndsBeforeStart(Exception):
    def __init__(self, starts_on):
        super().__init__(
            _("The membership began on %(day)s, so its last day can't be earlier: put that day or a later one.")
            % {"day": starts_on.isoformat()}
        )


class AlreadyAnswered(Exception):
    def __init__(self):
        super().__init__(_("This request was answered already; the learner has seen the answer."))


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
    membership = _present_membership(learner_id, join_code.institution_id, on)
    if membership is not None and membership.confirmed_at and membership.ends_on != on:
        return membership
    _refuse_what_is_over(join_code, at)
    if membership is None:
        membership = Membership(learner_id=learner_id, institution_id=join_code.institution_id, starts_on=on)
    _go_on(membership, on)
    membership.confirm(at, Membership.Confirmation.CODE)
    membership.job_title = job_title or membership.job_title
    membership.save()
    join_code.uses += 1
    join_code.save(update_fields=["uses"])
    return membership


def find_join_code(*, code, at):
    """The code that lets people in at this moment, with its institution; nothing is written. Raises JoinRefused."""
    found = JoinCode.objects.select_related("institution__municipality").filter(code=normal_code(code)).first()
    if found is None:
        raise UnknownCode
    _refuse_what_is_over(found, at)
    return found


def _refuse_what_is_over(join_code, at):
    if join_code.expires_at and join_code.expires_at <= at:
        raise ExpiredCode
    if join_code.max_uses is not None and join_code.uses >= join_code.max_uses:
        raise UsedUpCode


@transaction.atomic
def choose_institution(*, learner_id, institution_id, job_title="", on):
    """
    Make the learner an unconfirmed member of an institution chosen from the list and return the open membership.

    Who belongs there already stays as they are. Raises RefusedBefore where the institution has said no.
    """
    membership = _present_membership(learner_id, institution_id, on)
    if membership is not None and membership.ends_on != on:
        return membership
    refused = Membership.objects.filter(learner_id=learner_id, institution_id=institution_id, refused_at__isnull=False)
    if refused.exists():
        raise RefusedBefore
    if membership is None:
        membership = Membership(learner_id=learner_id, institution_id=institution_id, starts_on=on)
    _go_on(membership, on)
    membership.job_title = job_title or membership.job_title
    membership.save()
    return membership


def _present_membership(learner_id, institution_id, on):
    """
    The learner's membership there on this day: an open one, else one that ends today or later. Joining again goes on with it,
    so that nobody is twice at an institution on one day. Locked; two requests at once make one membership.
    """
    Learner.objects.select_for_update(no_key=True).get(pk=learner_id)
    own = Membership.objects.select_for_update().filter(learner_id=learner_id, institution_id=institution_id)
    return own.open().first() or own.filter(ends_on__gte=on).order_by("-ends_on", "-pk").first()


def _go_on(membership, on):
    """One that ended today goes on as a member's: joining never gives the coordinator's role back."""
    if membership.ends_on == on:
        membership.ends_on = None
        membership.role = Membership.Role.MEMBER


@transaction.atomic
def confirm_membership(*, membership_id, at):
    """The institution's coordinator says that the person works there. Confirming again, or what was refused, changes nothing."""
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    if membership.is_waiting:
        membership.confirm(at, Membership.Confirmation.COORDINATOR)
        membership.save(update_fields=["confirmed_at", "confirmation", "refused_at"])
    return membership


@transaction.atomic
def refuse_membership(*, membership_id, at, on):
    """
    The institution's coordinator says that the person does not work there: the membership is over and counts nowhere. Where
    it is confirmed already nothing changes.
    """
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    if membership.is_waiting:
        membership.refused_at = at
        membership.ends_on = membership.ends_on or max(on, membership.starts_on)
        membership.save(update_fields=["refused_at", "ends_on"])
    return membership


@transaction.atomic
def end_membership(*, membership_id, on):
    """End the membership with this local day as its last. An ended one stays as it is. Raises EndsBeforeStart."""
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    if membership.ends_on is None:
        if on < membership.starts_on:
            raise EndsBeforeStart(membership.starts_on)
        membership.ends_on = on
        membership.save(update_fields=["ends_on"])
    return membership


def make_join_code(*, institution_id, last_day=None, max_uses=None, at):
    """
    A new code for the institution, good through this local day and for so many people; None sets no bound. The codes before it
    go on being good until they are ended. Raises IntegrityError for a day that is over: the form tells it before.
    """
    expires_at = last_day and end_of_day(last_day)
    return JoinCode.objects.create(
        institution_id=institution_id, created_at=at, expires_at=expires_at, max_uses=max_uses
    )


@transaction.atomic
def end_join_code(*, join_code_id, at):
    """From this moment the code lets nobody in; who joined with it stays. An expired one stays as it is."""
    join_code = JoinCode.objects.select_for_update().get(pk=join_code_id)
    if join_code.expires_at is None or join_code.expires_at > at:
        join_code.expires_at = at
        join_code.save(update_fields=["expires_at"])
    return join_code


@transaction.atomic
def request_institution(*, learner_id, name, municipality_id, job_title="", at):
    """Keep that the learner misses this institution. Asking again while the first waits returns that one."""
    Learner.objects.select_for_update(no_key=True).get(pk=learner_id)
    asked, _created = InstitutionRequest.objects.get_or_create(
        learner_id=learner_id,
        name=name,
        municipality_id=municipality_id,
        answered_at=None,
        defaults={"job_title": job_title, "created_at": at},
    )
    return asked


@transaction.atomic
def make_requested_institution(*, asked_id, name, municipality_id, kind, reply="", at, on):
    """Answer by making the institution; the learner becomes an unconfirmed member of it. Raises AlreadyAnswered."""
    asked = _waiting_request(asked_id)
    institution = Institution.objects.create(name=name, municipality_id=municipality_id, kind=kind, created_at=at)
    return _answer(asked, InstitutionRequest.Outcome.MADE, institution=institution, reply=reply, at=at, on=on)


@transaction.atomic
def link_requested_institution(*, asked_id, institution_id, reply="", at, on):
    """Answer by naming the institution that is meant; the learner becomes an unconfirmed member. Raises AlreadyAnswered."""
    asked = _waiting_request(asked_id)
    institution = Institution.objects.get(pk=institution_id)
    return _answer(asked, InstitutionRequest.Outcome.LINKED, institution=institution, reply=reply, at=at, on=on)


@transaction.atomic
def decline_request(*, asked_id, reply, at):
    """Answer that no institution comes of it; `reply` tells the learner why. Raises AlreadyAnswered."""
    return _answer(_waiting_request(asked_id), InstitutionRequest.Outcome.DECLINED, reply=reply, at=at)


def _waiting_request(asked_id):
    asked = InstitutionRequest.objects.select_for_update().get(pk=asked_id)
    if asked.answered_at:
        raise AlreadyAnswered
    return asked


def _answer(asked, outcome, *, institution=None, reply="", at, on=None):
    asked.outcome, asked.institution, asked.reply, asked.answered_at = outcome, institution, reply, at
    asked.save(update_fields=["outcome", "institution", "reply", "answered_at"])
    if institution is not None:
        with suppress(RefusedBefore):  # the institution has spoken; the learner sees both answers
            choose_institution(
                learner_id=asked.learner_id, institution_id=institution.pk, job_title=asked.job_title, on=on
            )
    return asked


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
