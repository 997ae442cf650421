"""The Publish button of the translator's editor, and the courses on the first screen."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from .desk import CoursesPanel
from .permissions import can_publish_translation
from .translations import NotTranslated, publish_translation, source_of


@hooks.register("before_edit_page", order=-1)
@hooks.register("before_edit_snippet", order=-1)
def publish_what_is_translated(request, instance):
    """
    Take over the POST that wagtail-localize would answer with `save_target`: an English page is built and published whole,
    or not at all.
    """
    if request.method != "POST" or request.POST.get("action") != "publish" or source_of(instance) is None:
        return None
    if not can_publish_translation(request.user, instance):
        raise PermissionDenied
    try:
        with transaction.atomic():
            publish_translation(instance, user=request.user)
    except NotTranslated as reason:
        messages.error(
            request,
            _("Not published: %(reason)s What readers see stays as it was.") % {"reason": reason},
        )
    else:
        messages.success(request, _("Published: %(title)s.") % {"title": _title(instance)})
    return redirect(request.get_full_path())


@hooks.register("construct_homepage_panels")
def show_courses(request, panels):
    panels.append(CoursesPanel())


def _title(instance):
    instance.refresh_from_db()
    return instance.title if isinstance(instance, Page) else str(instance)
