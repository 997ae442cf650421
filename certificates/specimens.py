"""
What a trial ends with: the certificate as learners get it, marked as a specimen. It has neither number nor code, is drawn when
somebody looks at it and never kept, so neither register nor reports can know of it and nobody can verify it.
"""

from .models import Certificate, Issuer
from .rendering import UnprintableText, render_certificate
from .services import CannotRender, NoIssuer, snapshot_of

# In the place of an author's name that is not given yet; as strange to a register as John Doe.
NOBODY = {"given_names": "Vardenis", "surname": "Pavardenis"}


def specimen_of(enrolment):
    """
    The specimen of a completed trial as a Certificate that is no row of the database. Raises NoIssuer where none is set up,
    ValueError for an enrolment that is no completed trial.
    """
    if not enrolment.trial or enrolment.completed_at is None:
        raise ValueError("Only a completed trial has a specimen.")
    issuer = Issuer.objects.filter(active=True).first()
    if issuer is None:
        raise NoIssuer
    snapshot = snapshot_of(enrolment, issuer, number="", at=enrolment.completed_at) | {"code": ""}
    if not enrolment.learner.is_named:
        snapshot["learner"] = NOBODY
    return Certificate(snapshot=snapshot)


def draw_specimen(specimen):
    """Its PDF: the same template, with the mark across each page and nothing to scan. Raises CannotRender."""
    try:
        return render_certificate(specimen.snapshot, verify_url="", specimen=True)
    except UnprintableText as error:
        raise CannotRender from error
