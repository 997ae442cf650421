"""
The doors of wagtail-localize to the tree and to what readers see: each as it is, or shut with the sentence that says why.

The English page is built from the Lithuanian one and stands where that one stands; whatever would cut the two apart is refused.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views import convert, edit_translation, submit_translations, update_translations

from courses.doors import refuse_translation, tell
from courses.tree_rules import TreeRefused, in_one_tree

from .permissions import can_submit_translation
from .publishing_doors import address
from .translations import sync


def _follows(instance):
    return in_one_tree(instance) if isinstance(instance, Page) else getattr(instance, "languages_follow", False)


def _back(request, instance):
    """Where the editor came from, else the page itself."""
    own = reverse("wagtailadmin_pages:edit", args=[instance.pk]) if isinstance(instance, Page) else None
    return redirect(get_valid_next_url_from_request(request) or own or reverse("wagtailadmin_home"))


def translate_page(request, page_id):
    """ "Translate this page": of a source page alone, and below a page that is translated already."""
    page = get_object_or_404(Page, pk=page_id)
    refused = refuse_translation(request, page) if in_one_tree(page) else None
    if refused is not None:
        return refused
    above = page.get_parent()
    if in_one_tree(page) and not above.is_root():
        for locale in Locale.objects.exclude(pk=page.locale_id):
            if page.get_translation_or_none(locale) is None and above.get_translation_or_none(locale) is None:
                tell(request, _AboveFirst(page, above, locale))
                return redirect("wagtailadmin_explore", above.pk)
    return submit_translations.SubmitPageTranslationView.as_view()(request, page_id=page_id)


class _AboveFirst(TreeRefused):
    def __init__(self, page, above, locale):
        super().__init__(
            _(
                "“%(title)s” can't be translated yet: “%(above)s”, which it stands below, has no page in the language %(language)s."
            )
            % {"title": page.title, "above": above.title, "language": locale},
            above,
        )


def sync_translations(request, translation_source_id):
    """“Sync translated pages”: what was saved last is read, and the screen shows what is to be translated. Nothing is published."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    instance = source.get_source_instance()
    if not _follows(instance):
        return update_translations.UpdateTranslationsView.as_view()(
            request, translation_source_id=translation_source_id
        )
    if not can_submit_translation(request.user, instance):
        raise PermissionDenied
    sync(instance.get_latest_revision_as_object())
    return redirect(address(instance))


def stop_translation(request, translation_id):
    """ "Stop translation" would let the two languages drift apart."""
    translation = get_object_or_404(Translation, pk=translation_id)
    instance = translation.get_target_instance()
    if not _follows(instance):
        return edit_translation.stop_translation(request, translation_id)
    return _refuse_parting(request, instance)


def convert_to_alias(request, page_id):
    """ "Convert to alias" would show Lithuanian at an English address and forget the translation."""
    page = get_object_or_404(Page, pk=page_id)
    if not in_one_tree(page):
        return convert.convert_to_alias(request, page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return _refuse_parting(request, page)


def _refuse_parting(request, instance):
    messages.error(
        request,
        _(
            "“%(title)s” is always built from its source, sentence by sentence, so it can't be parted from it. Change the structure "
            "in the source; change the words here."
        )
        % {"title": instance},
    )
    return _back(request, instance)


URLS = [
    path("submit/page/<int:page_id>/", translate_page),
    path("update/<int:translation_source_id>/", sync_translations),
    path("translate/<int:translation_id>/disable/", stop_translation),
    path("page/<int:page_id>/convert_to_alias/", convert_to_alias),
]
