"""From source-locale pages to records, at publishing and moving. Nothing here ever changes what an edition requires."""

from django.db import transaction
from wagtail.models import Page

from .pages import ActivityPage, CoursePage, ModulePage, is_source
from .records import Activity, Course, Module


def _titles(page):
    """Titles of the published languages of this page: language code → title. One query."""
    pages = Page.objects.filter(translation_key=page.translation_key, live=True).select_related("locale")
    return {translation.locale.language_code: translation.title for translation in pages}


def _texts(page, field):
    """Language code → list of the plain texts of a StreamField, for the published languages of this course page."""
    pages = CoursePage.objects.filter(translation_key=page.translation_key, live=True).select_related("locale")
    return {each.locale.language_code: [str(block.value) for block in getattr(each, field)] for each in pages}


def record_page(page):
    """
    Bring the record of this published page up to date and return it; None where a page has none (yet).

    The source page writes identity and numbers; another language adds its title alone.
    """
    recorder = next((write for kind, write in _RECORDERS if isinstance(page, kind)), None)
    if recorder is None:
        return None
    with transaction.atomic():
        return recorder(page) if is_source(page) else _add_titles(page)


def _add_titles(page):
    for model in (Course, Module, Activity):
        record = model.objects.filter(key=page.translation_key).first()
        if record is None:
            continue
        record.titles = record.titles | _titles(page)
        fields = ["titles"]
        if model is Course:
            record.topics = record.topics | _texts(page, "topics")
            record.outcomes = record.outcomes | _texts(page, "outcomes")
            fields += ["topics", "outcomes"]
        record.save(update_fields=fields)
        return record
    return None


def _record_course(page):
    known = Course.objects.filter(key=page.translation_key).first()
    course = known or Course(key=page.translation_key)
    course.code = page.code
    course.academic_hours = page.academic_hours
    # Who enrolled in a private course was promised privacy: once anybody did, the switch stays.
    if not (known and known.enrolments.exists()):
        course.private = page.private
    course.titles = course.titles | _titles(page)
    course.topics = course.topics | _texts(page, "topics")
    course.outcomes = course.outcomes | _texts(page, "outcomes")
    course.save()
    if not known:
        _record_children(page)
    return course


def _record_children(page):
    """What was published below a page before the page itself had no record to hang on until now."""
    for child in page.get_children().live().specific():
        record_page(child)


def _record_module(page):
    course = Course.objects.filter(key=page.get_parent().translation_key).first()
    if course is None:
        return None
    known = Module.objects.filter(key=page.translation_key).first()
    module = known or Module(key=page.translation_key, position=0)
    _place_module(module, course)
    module.titles = module.titles | _titles(page)
    module.save()
    record_order(page.get_parent())
    if not known:
        _record_children(page)
    return module


def _record_activity(page):
    module = Module.objects.filter(key=page.get_parent().translation_key).first()
    if module is None:
        return None
    activity = Activity.objects.filter(key=page.translation_key).first()
    activity = activity or Activity(key=page.translation_key, position=0)
    _place_activity(activity, module)
    activity.kind = page.kind
    activity.minutes = page.minutes
    activity.titles = activity.titles | _titles(page)
    activity.save()
    record_order(page.get_parent().get_parent())
    return activity


def _place_module(module, course):
    """A module with an activity that learners of a released edition have to complete stays in its course, as the activity does."""
    if module.pk is None or not module.activities.filter(required_since__isnull=False).exists():
        module.course = course


def _place_activity(activity, module):
    """An activity that learners of a released edition have to complete stays in its course, wherever its page goes."""
    if activity.required_since is None or activity.module.course_id == module.course_id:
        activity.module = module


def record_place(page):
    """Hang the record of a source page that is not published where its page was moved to; its texts wait for publishing."""
    record, parent = page.record, page.get_parent().specific.record
    if record is None or parent is None:
        return
    if isinstance(page, ModulePage):
        _place_module(record, parent)
        record.save(update_fields=["course"])
    else:
        _place_activity(record, parent)
        record.save(update_fields=["module"])


def record_order(course_page):
    """
    Number the modules and activities of this source course page as they stand in its tree; changed rows alone are written.

    A page that was moved here and whose record stayed in its own course keeps its place there.
    """
    keys = list(Page.objects.descendant_of(course_page).order_by("path").values_list("translation_key", flat=True))
    place = {key: number for number, key in enumerate(keys, start=1)}
    for model, course in ((Module, "course"), (Activity, "module__course")):
        for record in model.objects.filter(key__in=keys, **{f"{course}__key": course_page.translation_key}):
            if record.position != place[record.key]:
                record.position = place[record.key]
                record.save(update_fields=["position"])


_RECORDERS = [(CoursePage, _record_course), (ModulePage, _record_module), (ActivityPage, _record_activity)]
