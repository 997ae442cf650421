"""In place of screens of wagtail-localize: they would publish a translation with gaps, or part it from its source."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from .doors import address, edit_url
from .gate import is_ours
from .permissions import can_submit_translation
from .translations import sync


def update(request, translation_source_id):
    """“Sync translated pages”: what was saved last is read, and the screen shows what is to be translated. Nothing is published."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    instance = source.get_source_instance()
    if not can_submit_translation(request.user, instance):
        raise PermissionDenied
    sync(instance.get_latest_revision_as_object() if hasattr(instance, "get_latest_revision_as_object") else instance)
    return redirect(address(instance))


def refuse_to_part(request, translation_id):
    """“Stop translation” would leave a page that follows nothing."""
    translation = get_object_or_404(Translation, pk=translation_id)
    target = translation.get_target_instance()
    return _refuse(request, target)


def refuse_to_alias(request, page_id):
    """An alias would show Lithuanian without saying so."""
    return _refuse(request, get_object_or_404(Page, pk=page_id).specific)


def _refuse(request, instance):
    if not is_ours(instance):
        raise Http404
    if not can_submit_translation(request.user, instance):
        raise PermissionDenied
    messages.error(
        request,
        _(
            "Not done: a translation stays tied to its source, so that the two can't drift apart. Translate what is missing instead."
        ),
    )
    return redirect(edit_url(instance))
