"""When a course opens to everyone, and the named groups that may enrol before."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .records import Cohort, Course


class OpeningRefused(Exception):
    """This day or this group can't be; `field` names what is wrong, and the message says why and what to do."""

    def __init__(self, field, message):
        super().__init__(message)
        self.field = field


def _locked(course_id):
    course = Course.objects.select_for_update().get(pk=course_id)
    if course.private:
        said = _(
            "This course is private: nobody may know who takes it with whom, so it has no groups and no opening day."
        )
        raise OpeningRefused(None, said)
    return course


@transaction.atomic
def set_opening(*, course_id, opens_on, at):
    """
    Open the course to everyone on this day, or at once (None). Who is enrolled already stays so. Raises OpeningRefused.
    """
    course = _locked(course_id)
    if opens_on and opens_on < timezone.localdate(at) and opens_on != course.opens_on:
        said = _("This day has passed. Choose today or a later day, or leave it empty to open the course now.")
        raise OpeningRefused("opens_on", said)
    course.opens_on = opens_on
    course.save(update_fields=["opens_on"])
    return course


@transaction.atomic
def save_group(*, course_id, name, starts_on, ends_on=None, group_id=None):
    """Make a group of this course, or change the one with this id; returns the Cohort. Raises OpeningRefused."""
    course = _locked(course_id)
    name = " ".join(name.split())
    if not name:
        raise OpeningRefused(
            "name", _("Give the group a name: it tells groups apart, and those who are invited read it.")
        )
    if ends_on and ends_on < starts_on:
        raise OpeningRefused("ends_on", _("The last day is before the first one. Change one of the two."))
    if Cohort.objects.filter(course=course, name__iexact=name).exclude(pk=group_id).exists():
        raise OpeningRefused("name", _("This course has a group of this name already. Choose another name."))
    group = Cohort.objects.get(pk=group_id, course=course) if group_id else Cohort(course=course)
    group.name, group.starts_on, group.ends_on = name, starts_on, ends_on
    group.save()
    return group
