"""Which lessons show which files: as their blocks say now."""

from wagtail.models import Page

from .files import LessonFile
from .models import LessonPage


def files_in(page):
    """Primary keys of the files that the blocks of this lesson show, however deep they stand and whoever's they are."""
    found = page._meta.get_field("body").extract_references(page.body)
    return {int(pk) for model, pk, _model_path, _content_path in found if issubclass(model, LessonFile)}


def lessons_using(file):
    """The lessons that show this file, published or in a draft, in the order of the page tree."""
    keys = set(file.uses.values_list("page", flat=True))
    drafts = LessonPage.objects.filter(has_unpublished_changes=True)
    keys |= {page.pk for page in drafts if file.pk in files_in(page.get_latest_revision_as_object())}
    return list(Page.objects.filter(pk__in=keys).order_by("path"))
