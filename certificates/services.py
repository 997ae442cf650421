"""Issuing, rendering and revoking certificates."""

import hashlib
import logging
import secrets

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Activity, CourseEdition, Enrolment, Module
from learners.models import Learner
from learners.services import correct_name

from .models import Certificate, CertificateCounter, Issuer
from .rendering import UnprintableText, render_certificate
from .rules import split_hours
from .searching import search_text
from .signals import certificate_issued

logger = logging.getLogger(__name__)

# Without 0, O, 1, I and L. 31 signs at 12 places: guessing one of a million codes takes 10^11 tries.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12


class CannotIssue(Exception):
    """No certificate can be issued now; the message says why and what to do. The completion stays."""


class NoIssuer(CannotIssue):
    def __init__(self):
        super().__init__(_("No issuer is set up yet. The administrator has to name one."))


class CannotRender(Exception):
    """The certificate is issued, but its PDF can't be drawn; the message says what to do."""

    def __init__(self):
        super().__init__(
            _(
                "A sign in the name or in a title can't be printed. The certificate is valid; the project office will mend it."
            )
        )


def verify_url(code, number=None):
    """The public address at which a certificate is checked; with its number the page shows the whole name."""
    return f"{settings.TILTAS_URL}/verify/{code}/" + (f"?nr={number}" if number else "")


@transaction.atomic
def issue_certificate(*, enrolment_id, at):
    """
    Issue the certificate of a completed enrolment and return it. Calling it again returns the same one.

    A revoked certificate is not replaced by itself: `replace_certificate` does that. Raises CannotIssue.
    """
    _hold_name(enrolment_id)
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("learner", "course", "membership__institution__municipality")
        .get(pk=enrolment_id)
    )
    newest = Certificate.objects.filter(enrolment=enrolment).order_by("-pk").first()
    if newest is not None:
        return newest
    if enrolment.completed_at is None:
        raise CannotIssue(_("The course is not completed yet."))
    if enrolment.trial:
        raise CannotIssue(_("A trial has no certificate."))
    if not enrolment.learner.is_named:
        raise CannotIssue(_("Write your given names and surname first: they stand on the certificate."))
    return _issue(enrolment, at)


def _hold_name(enrolment_id):
    """Let nobody change the learner's name while it is being written on a certificate."""
    Learner.objects.select_for_update(of=("self",), no_key=True).get(enrolments=enrolment_id)


def _issue(enrolment, at, replaces=""):
    issuer = Issuer.objects.filter(active=True).first()
    if issuer is None:
        raise NoIssuer
    year = timezone.localdate(at).year
    CertificateCounter.objects.get_or_create(issuer=issuer, year=year)
    counter = CertificateCounter.objects.select_for_update().get(issuer=issuer, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    code = "".join(secrets.choice(CODE_ALPHABET) for _place in range(CODE_LENGTH))
    certificate = Certificate(
        enrolment=enrolment, issuer=issuer, year=year, number=counter.last, code=code, issued_at=at
    )
    certificate.snapshot = snapshot_of(
        enrolment, issuer, number=f"{issuer.prefix}-{year}-{counter.last:06d}", at=at, replaces=replaces
    ) | {"code": certificate.printed_code}
    certificate.search_text = search_text(certificate.snapshot, code)
    certificate.save()
    certificate_issued.send(sender=Certificate, certificate_id=certificate.pk)
    return certificate


def snapshot_of(enrolment, issuer, *, number, at, replaces=""):
    """What the certificate says, as plain values; texts by language. Days are local."""
    course = enrolment.course
    edition = CourseEdition.objects.get(course=course, number=enrolment.edition)
    return {
        "languages": [code for code, _name in settings.LANGUAGES],
        "issuer": {
            "names": issuer.names,
            "code": issuer.code,
            "signatory_name": issuer.signatory_name,
            "signatory_position": issuer.signatory_position,
            "funding": issuer.funding,
        },
        "number": number,
        "issued_on": timezone.localdate(at).isoformat(),
        "learner": {"given_names": enrolment.learner.given_names, "surname": enrolment.learner.surname},
        "institution": _institution(enrolment.membership),
        "course": {
            "code": course.code,
            "titles": course.titles,
            "academic_hours": edition.academic_hours,
            "edition": edition.number,
            "outcomes": course.outcomes,
        },
        "period": {
            "from": timezone.localdate(enrolment.enrolled_at).isoformat(),
            "to": timezone.localdate(enrolment.completed_at).isoformat(),
        },
        "modules": _modules(enrolment, edition.academic_hours),
        "replaces": replaces,
    }


def _modules(enrolment, academic_hours):
    """The topics: each module with something required in this edition, and its share of the hours, or None."""
    required = Activity.objects.filter(module__course=enrolment.course).required_in(enrolment.edition)
    modules = list(
        Module.objects.filter(activities__in=required)
        .annotate(minutes=Sum("activities__minutes"))
        .order_by("position", "pk")
    )
    hours = split_hours(academic_hours, [module.minutes for module in modules]) or [None] * len(modules)
    return [{"titles": module.titles, "academic_hours": share} for module, share in zip(modules, hours, strict=True)]


def _institution(membership):
    if membership is None or membership.refused_at:
        return None
    return {
        "name": membership.institution.name,
        "municipality": membership.institution.municipality.names,
        "job_title": membership.job_title,
    }


def render(*, certificate_id):
    """
    Make the certificate's PDF and keep it with its hash; return the certificate. One that has its file is left as it is.

    The same snapshot gives the same bytes, so two workers that render at once write the same file. Raises CannotRender.
    """
    certificate = Certificate.objects.get(pk=certificate_id)
    if certificate.file:
        return certificate
    try:
        pdf = render_certificate(certificate.snapshot, verify_url=verify_url(certificate.code, certificate.full_number))
    except UnprintableText as error:
        raise CannotRender from error
    name = certificate.file.storage.save(f"certificates/{certificate.year}/{certificate.uuid}.pdf", ContentFile(pdf))
    written = Certificate.objects.filter(pk=certificate_id, file="").update(
        file=name, file_sha256=hashlib.sha256(pdf).hexdigest()
    )
    if not written:  # another worker was first
        certificate.file.storage.delete(name)
    certificate.refresh_from_db()
    return certificate


@transaction.atomic
def revoke_certificate(*, certificate_id, reason, at):
    """Revoke the certificate, with the reason in words. A revoked one stays as it is."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate_id)
    if certificate.revoked_at is None:
        certificate.revoked_at = at
        certificate.revocation_reason = reason
        certificate.save(update_fields=["revoked_at", "revocation_reason"])
    return certificate


@transaction.atomic
def replace_certificate(*, certificate_id, reason, at, given_names="", surname=""):
    """
    Revoke the certificate and issue another, „vietoj Nr. …“; returns the new one. Calling it again returns the same one.

    It has the learner's present name. `given_names` and `surname`, where they are given, become that first. A revoked
    certificate is replaced too, unless the enrolment has a valid one by then. Raises CannotIssue; then nothing is revoked.
    """
    enrolment_id = Certificate.objects.values_list("enrolment_id", flat=True).get(pk=certificate_id)
    _hold_name(enrolment_id)
    enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related("learner").get(pk=enrolment_id)
    old = revoke_certificate(certificate_id=certificate_id, reason=reason, at=at)
    if old.replaced_by:
        return old.replaced_by
    if Certificate.objects.valid().filter(enrolment=enrolment).exists():
        raise CannotIssue(_("This course has a valid certificate already: replace that one."))
    if enrolment.learner.erased_at:
        raise CannotIssue(_("The person's data was erased, so no other certificate can be issued."))
    if given_names or surname:
        correct_name(learner_id=enrolment.learner_id, given_names=given_names, surname=surname)
        enrolment.learner.refresh_from_db()
    if not enrolment.learner.is_named:
        raise CannotIssue(_("A certificate wants given names and a surname: write both."))
    new = _issue(enrolment, at, replaces=old.full_number)
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    return new


def issue_what_is_due(*, at):
    """
    Issue and render what a crash left undone; returns how many certificates were touched. For the clock.

    A worker that is killed in the middle of a task leaves it "running" for ever; the facts in the tables do not lie. One that
    can't be issued or drawn keeps nobody else waiting.
    """
    touched = 0
    due = (
        Enrolment.objects.counted()
        .completed()
        .filter(certificates__isnull=True, learner__erased_at__isnull=True)
        .exclude(learner__given_names="")
        .exclude(learner__surname="")
    )
    for pk in due.values_list("pk", flat=True):
        try:
            issue_certificate(enrolment_id=pk, at=at)
        except CannotIssue as reason:
            logger.warning("Enrolment %s waits for its certificate: %s", pk, reason)
            break  # what stands in the way of one (no issuer) stands in the way of all
        except Exception:
            logger.exception("Enrolment %s can't get its certificate", pk)
            continue
        touched += 1
    for pk in Certificate.objects.filter(file="").values_list("pk", flat=True):
        try:
            render(certificate_id=pk)
        except Exception:
            logger.exception("Certificate %s can't be drawn", pk)
            continue
        touched += 1
    return touched
