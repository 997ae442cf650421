"""The columns of the statistics: heading and definition of each, for the screen, the files and their readers."""

from django.utils.translation import gettext_lazy as _

from ui.sheets import Column

from .statistics import STATUS_LABELS

ATTRIBUTION_LABELS = {
    "confirmed": _("Confirmed"),
    "unconfirmed": _("Unconfirmed"),
    "none": _("Not attributed"),
}


def _plain(name):
    return lambda row: getattr(row, name)


ROW_COLUMNS = [
    Column("municipality", _("Municipality"), _("Municipality of the institution."), _plain("municipality")),
    Column(
        "institution",
        _("Institution"),
        _("The institution that the learner chose for this enrolment; empty: attributed to none."),
        _plain("institution"),
    ),
    Column(
        "attribution",
        _("Attribution"),
        _("Confirmed by the institution's code or coordinator, unconfirmed, or not attributed."),
        lambda row: str(ATTRIBUTION_LABELS[row.attribution]),
    ),
    Column(
        "surname", _("Surname"), _("As on the certificate; empty for a private course not shared."), _plain("surname")
    ),
    Column("given_names", _("Given names"), _("As on the certificate."), _plain("given_names")),
    Column("job_title", _("Job title"), _("As the learner gave it when joining the institution."), _plain("job_title")),
    Column("course_code", _("Course code"), _("Short code of the course."), _plain("course_code")),
    Column("course_title", _("Course"), _("Title in the language of this file."), _plain("course_title")),
    Column("edition", _("Edition"), _("The edition of the course that the learner started with."), _plain("edition")),
    Column(
        "academic_hours",
        _("Academic hours"),
        _("Hours that this edition certifies; one academic hour is 45 minutes."),
        _plain("academic_hours"),
    ),
    Column(
        "status",
        _("Status"),
        _("Completed: every required activity is completed; withdrawn: by the learner; else in progress."),
        lambda row: str(STATUS_LABELS[row.status]),
    ),
    Column("enrolled_on", _("Enrolled on"), _("Local day (Europe/Vilnius)."), _plain("enrolled_on")),
    Column("completed_on", _("Completed on"), _("Local day of the last required activity."), _plain("completed_on")),
    Column("certificate", _("Certificate No."), _("The valid certificate; empty: none."), _plain("certificate")),
]

_INSTITUTION = Column(
    "institution",
    _("Institution"),
    _("Each institution with enrolments under the filters."),
    lambda each: each.institution.name if each.institution else str(_("Not attributed")),
)

TOTAL_COLUMNS = [
    Column("enrolled", _("Enrolments"), _("Enrolments, trials left out."), _plain("enrolled")),
    Column("completed", _("Completed"), _("Enrolments with every required activity completed."), _plain("completed")),
    Column("in_progress", _("In progress"), _("Neither completed nor withdrawn."), _plain("in_progress")),
    Column("withdrawn", _("Withdrawn"), _("Withdrawn by the learner."), _plain("withdrawn")),
    Column(
        "unconfirmed",
        _("Unconfirmed"),
        _("Of the enrolments: those whose institution has not confirmed the learner."),
        _plain("unconfirmed"),
    ),
    Column(
        "academic_hours",
        _("Academic hours"),
        _("Sum of the hours of completed enrolments."),
        _plain("academic_hours"),
    ),
    Column("certificates", _("Certificates"), _("Valid certificates of these enrolments."), _plain("certificates")),
    Column(
        "share_completed",
        _("Completed, %"),
        _("Completed enrolments of all enrolments, in per cent, one decimal."),
        _plain("share_completed"),
    ),
]

INSTITUTION_COLUMNS = [
    _INSTITUTION,
    *(
        Column(column.name, column.heading, column.definition, lambda each, value=column.value: value(each.totals))
        for column in TOTAL_COLUMNS
    ),
]

MONTH_COLUMNS = [
    Column(
        "month",
        _("Month"),
        _("Local month (Europe/Vilnius) of the last required activity."),
        lambda each: f"{each.month:%Y-%m}",
    ),
    Column("completed", _("Completed"), _("Courses completed in this month."), _plain("completed")),
    Column(
        "academic_hours", _("Academic hours"), _("Sum of the hours of what was completed."), _plain("academic_hours")
    ),
]
