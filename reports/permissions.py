"""Who may see statistics: asked by views, admin and API alike."""

from institutions.permissions import visible_institutions


def can_see_statistics(user):
    """Everything, names included: administrators."""
    return user.is_authenticated and user.has_perm("tiltas_reports.view_exportlog")


def institutions_to_report_on(user, on):
    """The institutions whose people this user may see on that local day, as a QuerySet."""
    return visible_institutions(user, on)
