"""What it means for learners that pages are unpublished, told before and after it is done."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Activity, CoursePage, Enrolment
from .tree_rules import keys_below, required_of_somebody


def sentence_on_unpublishing(page, *, include_descendants):
    """Who is learning there, and what stays required of them. "" where nobody misses anything. A few queries."""
    keys = keys_below(page) if include_descendants else [page.translation_key]
    required = required_of_somebody(Activity.objects.filter(key__in=keys).order_by("position"))
    course_page = page.get_ancestors(inclusive=True).type(CoursePage).last()
    if course_page is None:
        return ""
    learning = Enrolment.objects.counted().open().filter(course__key=course_page.translation_key).count()
    sentences = [_who_is_learning(learning)] if learning else []
    if required:
        sentences.append(_what_blocks(required))
    return " ".join(sentences)


def _who_is_learning(count):
    said = ngettext(
        "%(count)d person is learning in this course; what is done there is kept.",
        "%(count)d people are learning in this course; what is done there is kept.",
        count,
    )
    return said % {"count": count}


def _what_blocks(activities):
    said = ngettext(
        "“%(title)s” stays required: until it is published again nobody can complete the course, and learners read that it is "
        "being mended.",
        "%(count)d activities stay required, “%(title)s” among them: until they are published again nobody can complete the "
        "course, and learners read that they are being mended.",
        len(activities),
    )
    return said % {"count": len(activities), "title": activities[0].title}


def sentence_on_the_pages_below(page):
    """What the question says of a page with others below it: they have to be chosen too."""
    sentence = sentence_on_unpublishing(page, include_descendants=True)
    return sentence and _("With the pages below it: %(sentence)s") % {"sentence": sentence}
