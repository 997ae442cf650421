"""Who may see what of an institution: asked by views, admin and API alike."""

from .models import Institution, Membership


def coordinated_institutions(user, on):
    """The institutions whose coordinator this user is on that local day, as a QuerySet."""
    if not user.is_authenticated:
        return Institution.objects.none()
    own = Membership.objects.filter(learner__user=user).coordinators().on(on)
    return Institution.objects.filter(pk__in=own.values("institution"))
