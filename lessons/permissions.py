"""Who may have files of lessons: asked by views and admin alike."""

import logging

from wagtail.models import PageViewRestriction

from .files import LessonFile

logger = logging.getLogger(__name__)


def can_see_every_file(user):
    """Authors, who preview lessons that nobody else may read yet."""
    return user.has_perm("wagtailadmin.access_admin") and user.has_perm("tiltas_lessons.view_lessonfile")


def files_for(request):
    """The files that this reader may have, as a QuerySet."""
    if can_see_every_file(request.user):
        return LessonFile.objects.all()
    return LessonFile.objects.for_user(request.user, closed=_closed_paths(request))


def _closed_paths(request):
    """Paths of the pages that editors have closed, by login, group or password, and that this reader may not enter."""
    restrictions = PageViewRestriction.objects.select_related("page")
    return [each.page.path for each in restrictions if not each.accept_request(request)]


def note_foreign_file(file_uuid):
    """
    Leave a line in the log when somebody asked for a file that is there but not for them. Who it was is not written: the line
    shows that it happens, and where.
    """
    if LessonFile.objects.filter(uuid=file_uuid).exists():
        logger.warning("Lesson file %s was asked for by somebody who may not read its lesson: not found.", file_uuid)
