"""What must be true of the tree of pages at any moment, whoever changed it."""

from wagtail.models import Locale, Page

from courses.models import Activity, CoursePage, Module


def english(page):
    """The English page of this source page, as it is now."""
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="en")


def disagreements():
    """Sentences on what does not agree between the languages, or between pages and records; [] where all does."""
    lt = Locale.get_default()
    pages = list(Page.objects.filter(depth__gt=1).select_related("locale").order_by("path"))
    sources = {page.translation_key: page for page in pages if page.locale_id == lt.pk}
    by_path = {page.path: page for page in pages}
    found = []
    for page in pages:
        source = sources.get(page.translation_key)
        if source is None or page is source:
            continue
        above, source_above = (by_path.get(each.path[: -Page.steplen]) for each in (page, source))
        if (above and above.translation_key) != (source_above and source_above.translation_key):
            found.append(f"{page.title} stands elsewhere than {source.title}")
        if page.live and not source.live:
            found.append(f"{page.title} is live without {source.title}")
    return found + _orders(pages, sources) + _records(sources.values())


def _orders(pages, sources):
    order = {key: place for place, key in enumerate(sources)}
    found, last = [], {}
    for page in pages:
        above, place = page.path[: -Page.steplen], order.get(page.translation_key, -1)
        if page.depth > 2 and -1 < place < last.get(above, -1):
            found.append(f"{page.title} stands too late")
        last[above] = max(place, last.get(above, -1))
    return found


def _records(sources):
    """Modules and activities whose pages are there hang as these do, and stand in their order."""
    found, paths = [], {page.path: page for page in sources}
    for model, above in ((Module, "course"), (Activity, "module")):
        records = {record.key: record for record in model.objects.select_related(above)}
        standing = [page for page in paths.values() if page.translation_key in records]
        for page in standing:
            record, parent = records[page.translation_key], paths[page.path[: -Page.steplen]]
            if getattr(record, above).key != parent.translation_key:
                found.append(f"the record of {page.title} hangs elsewhere")
        for course in CoursePage.objects.filter(locale=Locale.get_default()):
            inside = [page for page in standing if page.path.startswith(course.path)]
            positions = [records[page.translation_key].position for page in sorted(inside, key=lambda page: page.path)]
            if positions != sorted(positions):
                found.append(f"the records of {course.title} stand in another order: {positions}")
    return found
