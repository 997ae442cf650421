"""
The doors of the editor's pages to the tree: each leads to one service of `tree.py`, or is shut with the sentence that says why.

Wagtail asks these hooks before it does anything itself; what they answer is all that happens.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from . import tree
from .consequences import sentence_on_unpublishing
from .tree_rules import NotTheSource, TreeRefused, check_child, check_copy, check_delete, check_move, in_one_tree
from .tree_rules import source_page as source_of


def tell(request, refusal):
    """The sentence of a refusal, with a way to the page where it can be mended."""
    messages.error(request, str(refusal), buttons=_way_to(refusal.page))


def _way_to(page):
    if page is None or not Page.objects.filter(pk=page.pk, depth__gt=1).exists():
        return None
    return [messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), page.title)]


def _refused(request, refusal, page):
    tell(request, refusal)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def _afterwards(hook, request, page, default):
    """What others have to say after it is done, then where to go."""
    for fn in hooks.get_hooks(hook):
        result = fn(request, page)
        if hasattr(result, "status_code"):
            return result
    return default


def move(request, page, destination):
    """Asked before the question and before the deed."""
    if not in_one_tree(page):
        return None
    try:
        if request.method != "POST":
            check_move(page, destination)
            return None
        if not page.permissions_for_user(request.user).can_move_to(destination):
            check_move(page, destination)  # says more than that it is not allowed
            raise PermissionDenied
        tree.move_page(page_id=page.pk, parent_id=destination.pk, user=request.user)
    except TreeRefused as refusal:
        return _refused(request, refusal, page)
    messages.success(
        request,
        _("“%(title)s” now stands below “%(parent)s”, in all languages.")
        % {"title": page.title, "parent": destination.title},
        buttons=_way_to(page),
    )
    return _afterwards("after_move_page", request, page, redirect("wagtailadmin_explore", destination.pk))


def delete(request, page):
    """Asked before the question, and before the deed."""
    if not in_one_tree(page):
        return None
    parent = page.get_parent()
    try:
        if request.method != "POST" or not _is_confirmed(request):
            check_delete(page)
            return None
        tree.delete_page(page_id=page.pk, user=request.user)
    except TreeRefused as refusal:
        return _refused(request, refusal, page)
    messages.success(request, _("“%(title)s” is deleted, in all languages.") % {"title": page.title})
    next_url = get_valid_next_url_from_request(request)
    then = redirect(next_url) if next_url else redirect("wagtailadmin_explore", parent.pk)
    return _afterwards("after_delete_page", request, page, then)


def _is_confirmed(request):
    """Where many pages go, Wagtail has the site's name typed; its own view says what was wrong with it."""
    return request.POST.get("confirm_site_name") in (None, "", settings.WAGTAIL_SITE_NAME)


def unpublish(request, page):
    """Asked at the deed; the view of the question asks `refuse_translation`."""
    if not in_one_tree(page):
        return None
    below = bool(request.POST.get("include_descendants"))
    said = sentence_on_unpublishing(page, include_descendants=below)
    try:
        tree.unpublish_page(page_id=page.pk, include_descendants=below, user=request.user)
    except TreeRefused as refusal:
        return _refused(request, refusal, page)
    messages.success(request, _("“%(title)s” is unpublished, in all languages.") % {"title": page.title})
    if said:
        messages.warning(request, said)
    next_url = get_valid_next_url_from_request(request)
    then = redirect(next_url) if next_url else redirect("wagtailadmin_explore", page.get_parent().pk)
    return _afterwards("after_unpublish_page", request, page, then)


def copy(request, page):
    try:
        check_copy(page)
    except TreeRefused as refusal:
        return _refused(request, refusal, page)
    return None


def create(request, parent, page_class):
    try:
        check_child(parent)
    except TreeRefused as refusal:
        tell(request, refusal)
        return redirect("wagtailadmin_explore", parent.pk)
    return None


def refuse_translation(request, page):
    """A translation can't be asked for this alone: the answer, or None for a page that may be."""
    source = source_of(page)
    return source and _refused(request, NotTheSource(source), page)


# ---- many at once


def in_bulk(request, action_type, objects, action):
    """Several pages at once: all of them in all languages, or none, with the sentence that says which one stands in the way."""
    pages = [page for page in objects if isinstance(page, Page)]
    do = _IN_BULK.get(action_type)
    if do is None or not any(in_one_tree(page) for page in pages):
        return None
    try:
        with transaction.atomic():
            pages = _without_followers(pages)
            done = do(pages, action, request.user)
    except TreeRefused as refusal:
        tell(request, refusal)
        return redirect(action.next_url)
    if done is None:
        return None
    messages.success(request, done)
    return redirect(action.next_url)


def _without_followers(pages):
    """These pages without the translations whose source is among them: they follow. One that is alone stays, to be refused."""
    keys = {page.translation_key for page in pages if source_of(page) is None}
    return [page for page in pages if source_of(page) is None or page.translation_key not in keys]


def _move_all(pages, action, user):
    destination = action.cleaned_form.cleaned_data["chooser"]
    for page in pages:
        tree.move_page(page_id=page.pk, parent_id=destination.pk, user=user)
    return ngettext(
        "%(count)d page now stands below “%(parent)s”, in all languages.",
        "%(count)d pages now stand below “%(parent)s”, in all languages.",
        len(pages),
    ) % {"count": len(pages), "parent": destination.title}


def _delete_all(pages, action, user):
    for page in pages:
        tree.delete_page(page_id=page.pk, user=user)
    said = ngettext(
        "%(count)d page is deleted, in all languages.", "%(count)d pages are deleted, in all languages.", len(pages)
    )
    return said % {"count": len(pages)}


def _unpublish_all(pages, action, user):
    below = action.cleaned_form.cleaned_data["include_descendants"]
    said = [sentence_on_unpublishing(page, include_descendants=below) for page in pages]
    for page in pages:
        tree.unpublish_page(page_id=page.pk, include_descendants=below, user=user)
    for sentence in dict.fromkeys(filter(None, said)):
        messages.warning(action.request, sentence)
    done = ngettext(
        "%(count)d page is unpublished, in all languages.",
        "%(count)d pages are unpublished, in all languages.",
        len(pages),
    )
    return done % {"count": len(pages)}


def _leave_to_wagtail(pages, action, user):
    """Publishing is another room's: here a translation alone is refused, and no more."""
    for page in pages:
        if source_of(page) is not None:
            raise NotTheSource(source_of(page))


_IN_BULK = {"move": _move_all, "delete": _delete_all, "unpublish": _unpublish_all, "publish": _leave_to_wagtail}
