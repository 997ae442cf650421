"""
One tree for all languages: a source page moves, is reordered, leaves and goes with its translations, in one transaction.

Pages say with `languages_follow` that they belong to it; a host's own stay as Wagtail has them. These services lock, check and begin;
the translations follow in the notices of `receivers.py`, so that a page moved by any other code takes them along too.
"""

from difflib import SequenceMatcher

from django.db import transaction
from treebeard.mp_tree import MP_Node
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import Page

from .pages import ActivityPage, CoursePage, ModulePage, is_source
from .recording import record_order, record_page, record_place
from .tree_rules import NotTheSource, check_delete, check_move, in_one_tree, source_page


@transaction.atomic
def move_page(*, page_id, parent_id, user=None):
    """
    Hang this source page below another parent, as the last there, in all languages. Where it is already nothing changes.

    Raises TreeRefused, and then nothing has moved in any language.
    """
    page, parent = _locked(page_id), Page.objects.get(pk=parent_id)
    check_move(page, parent)
    if parent.get_last_child() != page:
        page.move(parent, pos="last-child", user=user)


@transaction.atomic
def reorder_page(*, page_id, position, user=None):
    """Put this source page in this place (from 0) among its siblings, in all languages; beyond the end is the last place."""
    page = _locked(page_id)
    _refuse_translation(page)
    siblings = list(page.get_siblings())
    now, position = siblings.index(page), min(max(position, 0), len(siblings) - 1)
    if position != now:
        page.move(siblings[position], pos="left" if position < now else "right", user=user)


@transaction.atomic
def arrange_pages(*, parent_id, keys):
    """Put the pages of these translation keys below this source page in this order, in all languages; others stay beside them."""
    parent = _locked(parent_id)
    now = [page for page in parent.get_children() if page.translation_key in keys]
    _arrange(now, sorted(now, key=lambda page: keys.index(page.translation_key)))
    settle_order(parent)
    course = _course_of(parent)
    if course is not None:
        record_order(course)


@transaction.atomic
def unpublish_page(*, page_id, include_descendants=False, user=None):
    """
    Take this source page from its readers in all languages; what it is required for stays. What is unpublished stays so.

    Of the pages below it, those that the user may not unpublish (somebody locked them) stay. Raises NotTheSource.
    """
    page = _locked(page_id)
    _refuse_translation(page)
    below = page.get_descendants().live().specific() if include_descendants else []
    for each in [page.specific, *below]:
        if each.pk == page.pk or user is None or each.permissions_for_user(user).can_unpublish():
            each.unpublish(user=user)


@transaction.atomic
def delete_page(*, page_id, user=None):
    """
    Delete this source page and all below it in all languages; records and translated sentences stay. Gone already: nothing.

    Raises TreeRefused where people are enrolled in what it holds, or have to complete it.
    """
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return
    page = _locked(page_id)
    check_delete(page)
    DeletePageAction(page.specific, user=user).execute(skip_permission_checks=True)


def _locked(page_id):
    """This page; whoever else changes the tree by these services waits. Paths of pages say where all the others stand."""
    list(Page.objects.select_for_update().filter(depth=1).values_list("pk", flat=True))
    return Page.objects.get(pk=page_id)


def _refuse_translation(page):
    source = source_page(page)
    if source is not None:
        raise NotTheSource(source)


# ---- what follows, whoever moved the page


def follow_move(page, parent_before):
    """This page was moved from below that parent: its translations and all records go to where it stands now."""
    parent = page.get_parent()
    if in_one_tree(page) and source_page(page) is None and is_source(page):
        _move_translations(page, parent)
    if is_source(page):
        _record(page, parent_before)
    settle_order(parent if is_source(parent) else source_page(parent))


def _move_translations(page, parent):
    for translation in page.get_translations():
        target = parent.get_translation_or_none(translation.locale)
        if target is not None and translation.get_parent() != target:
            translation.move(target, pos="last-child")


def settle_order(parent):
    """Put the translated pages below each translation of this source page into the order that they have below it."""
    if parent is None or not in_one_tree(parent):
        return
    keys = list(parent.get_children().values_list("translation_key", flat=True))
    for twin in parent.get_translations():
        now = [page for page in twin.get_children() if page.translation_key in keys]
        _arrange(now, sorted(now, key=lambda page: keys.index(page.translation_key)))


def _arrange(now, wanted):
    """
    As few moves as make these siblings stand as wanted; others keep their places beside them. No address changes, so the tree
    alone is told and nobody hears a notice.
    """
    matching = SequenceMatcher(None, *([page.pk for page in pages] for pages in (now, wanted))).get_matching_blocks()
    kept = {page.pk for block in matching for page in now[block.a : block.a + block.size]}
    for place, page in enumerate(wanted):
        if page.pk not in kept:
            beside, pos = (wanted[place - 1], "right") if place else (now[0], "left")
            MP_Node.move(_fresh(page), _fresh(beside), pos)


def _fresh(page):
    return Page.objects.get(pk=page.pk)


def _record(page, parent_before):
    """Bring the records to where this source page stands now; its old course closes the gap."""
    page = page.specific
    if page.live:
        record_page(page)
    elif isinstance(page, (ModulePage, ActivityPage)):
        record_place(page)
    for course in {_course_of(page), _course_of(parent_before)} - {None}:
        record_order(course)


def _course_of(page):
    return page and page.get_ancestors(inclusive=True).type(CoursePage).last()


def unpublish_translations(page):
    """A source page leaves in all languages: another language can't stay open on its own."""
    if in_one_tree(page) and is_source(page):
        for translation in page.get_translations().filter(live=True):
            translation.specific.unpublish()


def delete_translations(page):
    """A source page goes in all languages."""
    if in_one_tree(page) and is_source(page):
        for translation in page.get_translations():
            translation.specific.delete()
