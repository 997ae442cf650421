"""A course's pages and records once more, under keys of their own. Nothing of any learner is copied."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from .pages import CoursePage
from .records import Activity, Course, Module


class CodeTaken(Exception):
    """Another course has this code already."""

    def __init__(self, code):
        super().__init__(_("The code %(code)s belongs to another course: choose a free one.") % {"code": code})


@dataclass
class CopiedPages:
    """(original, copy) of each source-language page, in the order of the tree."""

    pairs: list = field(default_factory=list)

    @property
    def course_page(self):
        return self.pairs[0][1]

    @property
    def keys(self) -> dict[UUID, UUID]:
        """Key of each original → key of its copy."""
        return {original.translation_key: copy.translation_key for original, copy in self.pairs}

    @property
    def pks(self) -> dict[int, int]:
        return {original.pk: copy.pk for original, copy in self.pairs}


def is_code_taken(code):
    """Is there a course, or a page of one that is not published yet, with this code?"""
    return Course.objects.filter(code=code).exists() or CoursePage.objects.filter(code=code).exists()


def pages_to_copy(course_page):
    """
    (source-language pages that a copy has, how many are left out): what is published and not retired, whatever stands in its
    drafts, but for what stands below a page that is not published.
    """
    kept, left_out, gone = [], 0, []
    retired = Activity.objects.filter(module__course__key=course_page.translation_key, retired_at__isnull=False)
    retired = set(retired.values_list("key", flat=True))
    for page in Page.objects.descendant_of(course_page).order_by("path").specific():
        if not page.live or page.translation_key in retired or page.path.startswith(tuple(gone)):
            gone.append(page.path)
            left_out += 1
        else:
            kept.append(page)
    return [course_page, *kept], left_out


def copy_pages(pages, *, code, title, user=None):
    """Drafts of these pages beside the course's page, the first of them, which gets this code and title."""
    copied, copies = CopiedPages(), {}
    catalogue = Page.objects.get(pk=pages[0].get_parent().pk)
    slug = find_available_slug(catalogue, f"{pages[0].slug}-{code.lower()}")
    copies[pages[0].pk] = pages[0].copy(
        to=catalogue,
        update_attrs={"title": title, "slug": slug, "code": code},
        copy_revisions=False,
        keep_live=False,
        user=user,
    )
    copied.pairs.append((pages[0], copies[pages[0].pk]))
    by_path = {page.path: page.pk for page in pages}
    for page in pages[1:]:
        parent = copies[by_path[page.path[: -page.steplen]]]
        parent.refresh_from_db()
        copies[page.pk] = page.copy(to=parent, copy_revisions=False, keep_live=False, user=user)
        copied.pairs.append((page, copies[page.pk]))
    return copied


def copy_records(copied, *, titles):
    """
    The records of these copies: a course of edition 0 with these titles, in which nothing is required yet. They stand before
    anything is published, because questions and draws name modules.
    """
    keys, page = copied.keys, copied.course_page
    original = Course.objects.get(key=copied.pairs[0][0].translation_key)
    course = Course.objects.create(
        key=page.translation_key,
        code=page.code,
        academic_hours=original.academic_hours,
        topics=original.topics,
        outcomes=original.outcomes,
        private=original.private,
        titles=original.titles | titles,
    )
    modules = {}
    for module in Module.objects.filter(key__in=keys, course=original):
        modules[module.pk] = Module.objects.create(
            key=keys[module.key], course=course, position=module.position, titles=module.titles
        )
    Activity.objects.bulk_create(
        Activity(
            key=keys[activity.key],
            module=modules[activity.module_id],
            kind=activity.kind,
            position=activity.position,
            minutes=activity.minutes,
            titles=activity.titles,
        )
        for activity in Activity.objects.filter(Q(key__in=keys) & Q(module__in=modules))
    )
    return course
