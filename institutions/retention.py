"""What this room forgets by itself once the time that it declares is over. The clock asks."""

from django.db.models import Q

from .models import InstitutionRequest

REQUEST_YEARS = 2


def years_before(moment, years):
    """The same moment so many years earlier; of 29 February the 28th."""
    day = 28 if (moment.month, moment.day) == (2, 29) else moment.day
    return moment.replace(year=moment.year - years, day=day)


def forget_old_requests(*, at):
    """Delete what was asked of missing institutions and is over; returns how many requests went."""
    limit = years_before(at, REQUEST_YEARS)
    unanswered = Q(answered_at__isnull=True, created_at__lt=limit)
    _all, by_model = InstitutionRequest.objects.filter(Q(answered_at__lt=limit) | unanswered).delete()
    return by_model.get(InstitutionRequest._meta.label, 0)
