"""What authors find on the first screen of the editor's pages: the courses, what waits in them, what is to be translated."""

from dataclasses import dataclass

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page

from courses.models import CoursePage
from courses.permissions import can_care
from quizzes.models import Question

from . import translations

# Rows that the first screen shows; the report of translations has them all.
MOST_ROWS = 10


@dataclass(frozen=True)
class DeskRow:
    """One course: its page, how many pages it has in the source language, and how many of them wait to be published."""

    page: CoursePage
    pages: int
    waiting: int
    may_care: bool = False


def desk_rows(user):
    """The courses that this person may edit, by code. Four queries, and what Wagtail asks once for the person's permissions."""
    courses = list(CoursePage.objects.filter(locale=Locale.get_default()).order_by("code"))
    pages = Page.objects.filter(
        locale=Locale.get_default(), depth__gte=min((each.depth for each in courses), default=1)
    )
    known = list(pages.values_list("path", "live", "has_unpublished_changes"))
    rows = []
    for course in courses:
        if not course.permissions_for_user(user).can_edit():
            continue
        own = [(live, changed) for path, live, changed in known if path.startswith(course.path)]
        rows.append(
            DeskRow(course, len(own), sum(changed or not live for live, changed in own), can_care(user, course))
        )
    return rows


class CoursesPanel(Component):
    """The courses on the editor's first screen."""

    template_name = "tiltas_studio/courses_panel.html"
    order = 50

    class Media:
        css = {"all": ["tiltas_studio/desk.css"]}

    def get_context_data(self, parent_context):
        return {"rows": desk_rows(parent_context["request"].user)}


@dataclass(frozen=True)
class TranslationRow:
    """A page or question some sentences of which have no words in a language yet."""

    title: str
    locale: Locale
    edit_url: str
    missing: int


def translation_rows(user):
    """What this person may translate, pages in the order of the tree, then questions. Five queries a language."""
    finder = AdminURLFinder(user)
    source, rows = Locale.get_default(), []
    for locale in Locale.objects.exclude(pk=source.pk).order_by("language_code"):
        missing = {key: all_ - done for key, (all_, done) in translations.progress(locale).items() if done < all_}
        titles = _titles(missing, source)
        for twin in _twins(missing, locale):
            url = finder.get_edit_url(twin)
            if url:
                key = twin.translation_key
                rows.append(TranslationRow(titles.get(key, str(twin)), locale, url, missing[key]))
    return rows


def _twins(keys, locale):
    pages = Page.objects.filter(translation_key__in=keys, locale=locale).select_related("locale").order_by("path")
    questions = Question.objects.filter(translation_key__in=keys, locale=locale).order_by("title", "pk")
    return [*pages, *questions]


def _titles(keys, source):
    """Key → title in the source language, which a translator of new text knows it by."""
    titles = {}
    for model in (Page, Question):
        rows = model.objects.filter(translation_key__in=keys, locale=source)
        titles |= dict(rows.values_list("translation_key", "title"))
    return titles


class TranslationsPanel(Component):
    """What is to be translated, on the editor's first screen: above the courses, and not there when nothing is."""

    template_name = "tiltas_studio/translations_panel.html"
    order = 45

    class Media:
        css = {"all": ["tiltas_studio/desk.css"]}

    def get_context_data(self, parent_context):
        rows = translation_rows(parent_context["request"].user)
        return {"rows": rows[:MOST_ROWS], "more": len(rows) - MOST_ROWS}
