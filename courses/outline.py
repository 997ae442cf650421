"""The outline of a course in the reader's language: modules and activities in order, each with the page to open."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from .records import Activity, Enrolment, Module


@dataclass
class Step:
    """One activity of an outline. `url` is None while the activity's page is not published in any language."""

    activity: Activity
    title: str
    url: str | None
    required: bool
    done: bool = False
    here: bool = False
    starts_module: bool = False

    @property
    def continue_url(self):
        """Where going on leads: a page that remembers where its reader stopped understands it, others pass over it."""
        return f"{self.url}?continue" if self.url else None

    @property
    def state(self):
        """What the plank of this step shows."""
        return "here" if self.here else "done" if self.done else "todo"


@dataclass
class Section:
    """One module of an outline."""

    module: object
    title: str
    number: int
    steps: list[Step] = field(default_factory=list)


@dataclass
class Outline:
    """`url` is the address of the course's page, None while it is not published in any language."""

    sections: list[Section]
    url: str | None = None

    @property
    def steps(self):
        return [step for section in self.sections for step in section.steps]

    @property
    def required(self):
        return [step for step in self.steps if step.required]

    @property
    def done(self):
        return [step for step in self.required if step.done]

    @property
    def minutes_left(self):
        return sum(step.activity.minutes for step in self.required if not step.done)

    @property
    def next_step(self):
        """The first required activity that is not done and can be opened; None at the end."""
        return next((step for step in self.required if not step.done and step.url), None)

    @property
    def first(self):
        """The first step that can be opened: anybody may read it. None where nothing can be opened."""
        return next((step for step in self.steps if step.url), None)

    @property
    def missing(self):
        """Required activities whose page can't be opened now: they block, and say so."""
        return [step for step in self.required if not step.done and step.url is None]

    @property
    def contents(self):
        """The outline as `tiltas_ui/components/outline.html` takes it."""
        return [
            {
                "title": _("Module %(number)s. %(title)s") % {"number": section.number, "title": section.title},
                "items": [
                    {
                        "title": step.title,
                        "url": step.url,
                        "state": "done" if step.done else step.state,
                        "current": step.here,
                    }
                    for step in section.steps
                ],
            }
            for section in self.sections
            if section.steps
        ]

    def mark(self, *, done=frozenset(), here=None):
        """Note which activities (primary keys) are done and which one the reader is at."""
        for step in self.steps:
            step.done = step.activity.pk in done
            step.here = step.activity.pk == here
        return self

    def after(self, activity_pk):
        """The step that follows this activity, done or not; None after the last."""
        steps = [step for step in self.steps if step.url]
        place = next((number for number, step in enumerate(steps) if step.activity.pk == activity_pk), None)
        return steps[place + 1] if place is not None and place + 1 < len(steps) else None

    def before(self, activity_pk):
        steps = [step for step in self.steps if step.url]
        place = next((number for number, step in enumerate(steps) if step.activity.pk == activity_pk), 0)
        return steps[place - 1] if place else None


def published_pages(keys):
    """The published pages of these translation keys in every language, each with its locale. One query."""
    return list(Page.objects.filter(translation_key__in=keys, live=True).select_related("locale"))


def in_language(published, locale):
    """Translation key → its page of these, in this locale or, where it has none, in the source language."""
    source = settings.LANGUAGE_CODE
    pages = {}
    for page in published:
        if page.locale_id == locale.pk or (page.locale.language_code == source and page.translation_key not in pages):
            pages[page.translation_key] = page
    return pages


def live_pages(keys, locale):
    """
    Translation key → published page of these keys, in this locale or, where it has none, in the source language.
    One query; `locale.language_code` of each page tells which it is.
    """
    return in_language(published_pages(keys), locale)


def modules_with_activities(**of):
    """The modules of one course in order, each with its course and its activities. Two queries. `of` finds the modules."""
    return list(Module.objects.filter(**of).select_related("course").prefetch_related(_activities()))


def courses_with_modules():
    """Primary key of each course that has modules, by their codes → (course, `modules_with_activities` of it). Two queries."""
    courses = {}
    for module in modules_with_activities():
        courses.setdefault(module.course_id, (module.course, []))[1].append(module)
    return dict(sorted(courses.items(), key=lambda entry: entry[1][0].code))


def _activities():
    return Prefetch("activities", Activity.objects.order_by("position", "pk"))


def keys_of(modules):
    """The translation keys of these modules and of their activities."""
    return [record.key for module in modules for record in (module, *module.activities.all())]


def activity_with_course(key):
    """
    The activity of this key and `modules_with_activities` of its course: (None, []) before its page is first published.

    Two queries for the activity, its course, and all that stands around it there.
    """
    modules = modules_with_activities(course__modules__activities__key=key)
    activities = (activity for module in modules for activity in module.activities.all())
    return next((activity for activity in activities if activity.key == key), None), modules


def course_outline(course, *, locale, edition, request=None, modules=None):
    """
    The outline of a course for an enrolment of this edition: what is required, and what is published besides.

    Three queries, however many lessons there are; one where the caller has `modules_with_activities` already.
    """
    modules = modules_with_activities(course=course) if modules is None else modules
    return outline_of(course, modules, live_pages([course.key, *keys_of(modules)], locale), edition, request)


def outline_of(course, modules, pages, edition, request=None):
    """`course_outline` of what was read already: the modules with their activities, the pages by their keys. No query."""
    sections = []
    for module in modules:
        section = Section(module, _title(module, pages), len(sections) + 1)
        for activity in module.activities.all():
            page = pages.get(activity.key)
            required = activity.is_required_in(edition)
            if not required and (page is None or not activity.is_offered_in(edition)):
                continue
            url = page.get_url(request) if page else None
            section.steps.append(
                Step(
                    activity, _title(activity, pages), url, required, starts_module=not section.steps and bool(sections)
                )
            )
        if section.steps or module.key in pages:
            sections.append(section)
    home = pages.get(course.key)
    return Outline(sections, home.get_url(request) if home else None)


def _title(record, pages):
    page = pages.get(record.key)
    return page.title if page else record.titles.get(settings.LANGUAGE_CODE, record.title)


def newest_enrolment(course, user):
    """The user's open enrolment in the course, else the last completed one, else None."""
    own = Enrolment.objects.for_user(user).filter(course=course, withdrawn_at__isnull=True)
    return own.select_related("course", "learner", "membership__institution").order_by("-enrolled_at").first()


def locale_of_reader(language):
    """The Locale of a language code, else the source locale."""
    return Locale.objects.filter(language_code=language).first() or Locale.get_default()


def course_url(course, request=None):
    """The address of the course's page in the active language; the site's root where no page is published."""
    page = live_pages([course.key], locale_of_reader(get_language())).get(course.key)
    return page.get_url(request) if page else "/"
