"""Who may see and do what at an institution: asked by views, admin and API alike."""

import logging

from django.db.models import Q

from .models import Institution, Membership, MunicipalityCoordinator

logger = logging.getLogger(__name__)


def coordinated_institutions(user, on):
    """The institutions whose coordinator this user is on that local day, as a QuerySet."""
    if not user.is_authenticated:
        return Institution.objects.none()
    own = Membership.objects.for_user(user).coordinators().on(on)
    return Institution.objects.filter(pk__in=own.values("institution"))


def visible_institutions(user, on):
    """Those, and all of the municipalities that this user coordinates on that day: their lists may be read."""
    if not user.is_authenticated:
        return Institution.objects.none()
    own = Membership.objects.for_user(user).coordinators().on(on)
    municipalities = MunicipalityCoordinator.objects.for_user(user).on(on)
    return Institution.objects.filter(
        Q(pk__in=own.values("institution")) | Q(municipality__in=municipalities.values("municipality"))
    )


def note_foreign_address(institution_uuid):
    """
    Leave a line in the log when somebody asked for an institution that is there but not theirs. Who it was is not written:
    the line shows that it happens, and where.
    """
    if Institution.objects.filter(uuid=institution_uuid).exists():
        logger.warning(
            "Institution %s was asked for by somebody who does not coordinate it: not found.", institution_uuid
        )
