"""The preview of a translation, from the translator's editor."""

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404
from wagtail.models import Page

from .drafts import worked_on
from .page_previews import built_for_preview


def preview_translation(request, translation_id, mode=""):
    """The page as its present translations make it; a mode is the code of another language."""
    try:
        translated, source = worked_on(translation_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    if not isinstance(translated, Page) or mode not in dict(translated.preview_modes):
        raise Http404
    if not translated.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    shown = translated if mode else built_for_preview(source, translated.locale)
    return shown.make_preview_request(request, mode)
