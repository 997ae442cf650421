"""What may be done to a page of the one tree, and the sentences that say why not."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale, Page

from .pages import CoursePage, is_source
from .records import Activity, Course


class TreeRefused(Exception):
    """The tree stays as it is; the message says why and the way out, `page` is where that begins."""

    def __init__(self, message, page=None):
        super().__init__(message)
        self.page = page


class NotTheSource(TreeRefused):
    """A translated page can't go its own way."""

    def __init__(self, source):
        super().__init__(
            _(
                "This page is the translation of “%(title)s” and follows it: moving, ordering, copying, unpublishing and deleting "
                "are done with the %(language)s page, in all languages at once."
            )
            % {"title": source.title, "language": _source_language()},
            source,
        )


class AddressTaken(TreeRefused):
    """Another page below the new parent has the address already, in this or another language."""

    def __init__(self, page, taken_by):
        super().__init__(
            _(
                "Not moved: the address “%(slug)s” (%(language)s) of “%(title)s” belongs to “%(other)s” there already. Change the "
                "slug of one of them, publish it, then move. Slugs never change by themselves."
            )
            % {"slug": page.slug, "language": page.locale, "title": page.title, "other": taken_by.title},
            page,
        )


class ParentNotTranslated(TreeRefused):
    def __init__(self, page, parent, locale):
        super().__init__(
            _(
                "Not moved: “%(title)s” has a page in the language %(language)s, but “%(parent)s” has none to hang it below. "
                "Translate “%(parent)s” first."
            )
            % {"title": page.title, "parent": parent.title, "language": locale},
            parent,
        )


class RequiredInItsCourse(TreeRefused):
    def __init__(self, activity, page):
        super().__init__(
            _(
                "Not moved: “%(title)s” belongs to a released edition of “%(course)s”, and what people have to complete there must "
                "not change. Copy the page into the other course instead."
            )
            % {"title": activity.title, "course": activity.module.course},
            page,
        )


def source_language():
    return Locale.get_default()


def _source_language():
    return source_language().get_display_name()


def in_one_tree(page):
    """Do the translations of this page follow it? A host's own pages are left to the host."""
    return getattr(page.specific_class, "languages_follow", False)


def source_page(page):
    """The page that this translation follows; None for a source page, one without a source, and pages of a host's own."""
    if not in_one_tree(page) or is_source(page):
        return None
    return Page.objects.filter(translation_key=page.translation_key, locale=source_language()).first()


# ---- moving


def check_move(page, parent):
    """May this page hang below this parent, in all languages? Raises TreeRefused."""
    if not in_one_tree(page):
        return
    source = source_page(page)
    if source is not None:
        raise NotTheSource(source)
    if page.get_parent() == parent:
        return
    _check_place(page, parent)
    _check_required_stays(page, parent)
    for each, target in _moves(page, parent):
        _check_address(each, target)


def check_following_move(page, parent):
    """May this translation hang below this parent? Only below the translation of its source's parent."""
    source = source_page(page)
    if source is not None and page.get_parent() != parent:
        above = source.get_parent()
        if above.translation_key != parent.translation_key or parent.locale_id != page.locale_id:
            raise NotTheSource(source)
        _check_address(page, parent)


def _check_address(page, parent):
    other = parent.get_children().filter(slug=page.slug).exclude(pk=page.pk).first()
    if other is not None:
        raise AddressTaken(page, other)


def _check_place(page, parent):
    if not parent.is_root() and parent.locale_id != page.locale_id:
        raise TreeRefused(
            _(
                "Not moved: “%(parent)s” is in another language. Choose its page in the language %(language)s; the others follow."
            )
            % {"parent": parent.title, "language": page.locale},
            page,
        )
    if page.pk == parent.pk or parent.is_descendant_of(page) or not page.specific.can_move_to(parent):
        raise TreeRefused(
            _("Not moved: “%(title)s” can't stand below “%(parent)s”. Choose another place.")
            % {"title": page.title, "parent": parent.title},
            page,
        )


def _moves(page, parent):
    """(page, its new parent) of each language. Raises ParentNotTranslated."""
    moves = [(page, parent)]
    for translation in page.get_translations().select_related("locale") if is_source(page) else []:
        target = parent if parent.is_root() else parent.get_translation_or_none(translation.locale)
        if target is None:
            raise ParentNotTranslated(page, parent, translation.locale)
        moves.append((translation, target))
    return moves


def _check_required_stays(page, parent):
    """What an edition requires, or once did, stays in its course: enrolments of that edition count it there."""
    courses = [_course_key(page.get_parent()), _course_key(parent)]
    if courses[0] == courses[1]:
        return
    leaving = Activity.objects.filter(key__in=keys_below(page), required_since__isnull=False)
    activity = leaving.exclude(module__course__key=courses[1]).select_related("module__course").first()
    if activity is not None and is_source(page):
        raise RequiredInItsCourse(activity, page)


def _course_key(page):
    course = page.get_ancestors(inclusive=True).type(CoursePage).last()
    return course and course.translation_key


def keys_below(page):
    """Translation keys of this page and of all below it."""
    return page.get_descendants(inclusive=True).values("translation_key")


# ---- deleting


def check_delete(page):
    """May this page go, with all below it? Raises TreeRefused."""
    refusal = _refusal_for_courses(page)
    if refusal is not None:
        raise refusal
    source = source_page(page)
    if source is not None:
        raise NotTheSource(source)
    activity = _required_without_its_course(page)
    if activity is not None:
        raise TreeRefused(
            _(
                "“%(title)s” has to be completed in “%(course)s”, so its page can't be deleted. Unpublish it to hide it for a while; "
                "to leave it out for good, switch off “required for completion”, release an edition, and delete it when nobody "
                "of an earlier edition is learning any more."
            )
            % {"title": activity.title, "course": activity.module.course},
            page,
        )


def course_in_use(page):
    """The first course with enrolments whose page is this one or stands below it; None where there is none."""
    keys = CoursePage.objects.descendant_of(page, inclusive=True).values("translation_key")
    return Course.objects.filter(key__in=keys, enrolments__isnull=False).first()


def _refusal_for_courses(page):
    course = course_in_use(page)
    return course and TreeRefused(
        _("People are enrolled in “%(course)s”, so its page can't be deleted. Unpublish it to close the course.")
        % {"course": course},
        page,
    )


def _required_without_its_course(page):
    """The first activity below this page that somebody has to complete, now or after enrolling, while its course stays."""
    if not is_source(page):
        return None
    going = CoursePage.objects.descendant_of(page, inclusive=True).values("translation_key")
    staying = Activity.objects.filter(key__in=keys_below(page)).exclude(module__course__key__in=going)
    return next(iter(required_of_somebody(staying)), None)


def required_of_somebody(activities):
    """Those of these activities that the present edition of their course requires, or that of an enrolment that is open."""
    marked = activities.filter(required_since__isnull=False).select_related("module__course")
    return [activity for activity in marked if _is_required(activity)]


def _is_required(activity):
    course, since, until = activity.module.course, activity.required_since, activity.required_until
    if course.edition >= since and (until is None or course.edition < until):
        return True
    editions = Q(edition__gte=since) & (Q() if until is None else Q(edition__lt=until))
    return course.enrolments.open().filter(editions).exists()


# ---- adding and copying


def check_child(parent):
    """May a page be added below this one by hand? Not below a translation: there a page comes by being translated."""
    source = source_page(parent)
    if source is not None:
        raise TreeRefused(
            _(
                "“%(title)s” is a translation: pages below it come by translating those below its %(language)s page. Add the page "
                "there, then translate it."
            )
            % {"title": parent.title, "language": _source_language()},
            source,
        )


def check_copy(page):
    """May this page be copied by hand? A translation and a whole course may not."""
    source = source_page(page)
    if source is not None:
        raise NotTheSource(source)
    if issubclass(page.specific_class, CoursePage):
        raise TreeRefused(
            _(
                "A course is not copied page by page: its code, its tests and their questions would be there twice. Copy it as a "
                "whole, for a new year."
            ),
            page,
        )


LOCKED_OUT = gettext_lazy(
    "The tree of pages is changed in the editor's pages, where all languages follow and what people learn is looked after. Nothing "
    "was changed."
)
