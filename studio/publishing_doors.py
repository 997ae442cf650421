"""
The doors through which the admin publishes, each led through the gate: the editors' buttons, publishing many at once, approval of
a moderation, the calendar. What the gate refuses stays a draft, and a sentence says the way out.
"""

import logging

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, Revision

from .gate import Refused, is_ours, is_source, not_written, publish_other_language, publish_source
from .translations import sync

logger = logging.getLogger(__name__)


def publish_from_editor(request, instance):
    """
    Before Wagtail publishes what it has just saved: all languages go out here, in one transaction. Wagtail's own publishing of the
    same revision after it changes nothing, and goes on with comments and messages. A refusal leads back to the draft.
    """
    if not is_ours(instance):
        return None
    try:
        if not is_source(instance):
            raise not_written(instance)
        publish_source(instance=instance, user=request.user, at=timezone.now(), log_action=False)
    except Refused as refusal:
        _keep_as_draft(instance)
        if is_source(instance):
            sync(instance.get_latest_revision_as_object())
        tell(request, refusal)
        return redirect(edit_url(instance))
    return None


def _keep_as_draft(instance):
    """Wagtail adds a new page as live before it asks whether it may be published."""
    row = type(instance).objects.get(pk=instance.pk)
    if row.live and row.live_revision_id is None and row.first_published_at is None:
        type(instance).objects.filter(pk=row.pk).update(live=False, has_unpublished_changes=True)


def in_one_piece(request):
    """
    Run the view of this request once more inside a transaction, so that a page which is added live is never seen half made. None
    where that is what happens already.
    """
    if request.method != "POST" or not request.POST.get("action-publish") or hasattr(request, "_tiltas_in_one_piece"):
        return None
    request._tiltas_in_one_piece = True
    match = request.resolver_match
    with transaction.atomic():
        return match.func(request, *match.args, **match.kwargs)


def tell(request, refusal, *, title=""):
    """The sentence of a refusal, with what to do about it; `title` says which one it is about."""
    buttons = []
    if refusal.behind:
        twin = refusal.instance.get_translation_or_none(refusal.locale)
        if twin is not None:
            buttons.append(messages.button(edit_url(twin), _("Translate")))
        buttons.append(messages.button(address(refusal.instance), _("See what is missing, or publish with a waiver")))
    messages.error(
        request,
        _("Not published: %(reason)s What you wrote is kept as a draft, and readers see what they saw.")
        % {"reason": f"{title}: {refusal}" if title else str(refusal)},
        buttons=buttons,
    )


def address(instance):
    """The screen on which one sees what of this source page or question is behind."""
    return reverse("tiltas_translating:behind", args=[instance.translation_key])


def edit_url(instance):
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])
    return AdminURLFinder().get_edit_url(instance)


# ---- many at once


def publish_many(request, pages, *, with_descendants):
    """
    Publish these pages one after the other, those above first, each in all languages; returns (published, refusals). A host's own
    pages are published as Wagtail does.
    """
    published, refusals = 0, []
    for page in _in_order(pages, with_descendants, request.user):
        try:
            publish_revision(page, user=request.user)
            published += 1
        except Refused as refusal:
            refusals.append((page, refusal))
    return published, refusals


def _in_order(pages, with_descendants, user):
    found = {page.pk: page.specific for page in pages}
    if with_descendants:
        for page in pages:
            for below in page.get_descendants().not_live().specific():
                if below.permissions_for_user(user).can_publish():
                    found.setdefault(below.pk, below)
    return sorted(found.values(), key=lambda page: (not is_source(page), page.path))


def publish_revision(instance, *, user):
    """Publish the newest draft through the gate, or as Wagtail does what is none of ours. Raises Refused."""
    if not is_ours(instance):
        revision = instance.get_latest_revision() or instance.save_revision(user=user)
        revision.publish(user=user)
    elif is_source(instance):
        publish_source(instance=instance, user=user, at=timezone.now())
    else:
        publish_other_language(instance=instance, user=user)


def answer_many(request, published, refusals):
    if published:
        messages.success(
            request,
            ngettext(
                "%(count)d page is published in all languages.",
                "%(count)d pages are published in all languages.",
                published,
            )
            % {"count": published},
        )
    for page, refusal in refusals:
        tell(request, refusal, title=page.title)


# ---- the calendar


def publish_what_is_due(*, at):
    """
    Publish the drafts of ours whose day has come, in all languages; returns how many. One that is refused goes from the calendar
    and stays a draft: its history says why.
    """
    published = 0
    for revision in Revision.objects.filter(approved_go_live_at__lt=at).order_by("approved_go_live_at"):
        instance = revision.content_object
        if instance is None or not is_ours(instance):
            continue
        try:
            publish_revision(instance, user=None)
            published += 1
        except Refused as refusal:
            _take_from_calendar(revision, instance, refusal)
    return published


def _take_from_calendar(revision, instance, refusal):
    from wagtail.log_actions import log

    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    log(instance=instance, action="tiltas.publish.refused", data={"reason": str(refusal)}, revision=revision)
    logger.warning("Not published on its day: %s: %s", instance, refusal)
